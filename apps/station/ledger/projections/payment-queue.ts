// Reads what the gateway's loop works on: messages to be sent, files taken in, bulks to be split.
import type { Database } from 'better-sqlite3';
import type { BulkItemData, BulkProblemData } from './payment-data.ts';

export interface OutboxRow {
  readonly name: string;
  /** Event whose data holds the message. */
  readonly seq: number;
  readonly type: string;
  readonly messageId: string;
  readonly state: 'waiting' | 'sent' | 'dead';
  readonly attempts: number;
}

export interface InboxRow {
  readonly seq: number;
  readonly at: number;
  readonly file: string;
  readonly type: string;
  readonly messageId: string;
  readonly digest: string;
  readonly reason: string;
  readonly message: string;
}

export interface BulkRow {
  readonly order: number;
  readonly at: number;
  readonly state: 'loading' | 'checked' | 'scheduled' | 'refused' | 'posted' | 'done' | 'cancelled';
  readonly file: string;
  readonly messageId: string;
  readonly account: string;
  readonly iban: string;
  readonly name: string;
  readonly channel: string;
  readonly count: number;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly loaded: number;
  readonly split: number;
  readonly problems: readonly BulkProblemData[];
  readonly moreProblems: number;
}

export interface PaymentQueues {
  /** Messages to be sent, the oldest first. */
  waiting(most: number): readonly OutboxRow[];
  outbox(name: string): OutboxRow | null;
  /** The outbox line of a message number. */
  outboxOf(messageId: string): OutboxRow | null;
  /** The file of these bytes, if it was taken in or put aside before. */
  digest(digest: string): InboxRow | null;
  /** The message of this number and sender that was taken in. */
  taken(sender: string, type: string, messageId: string): InboxRow | null;
  rejects(most: number): readonly InboxRow[];
  bulk(order: number): BulkRow | null;
  bulks(most: number): readonly BulkRow[];
  /** Orders that are posted and not sent on whole, the oldest first. */
  posted(): readonly number[];
  /** Orders that wait for a day to come, the oldest first. */
  scheduled(): readonly number[];
  bulkByMessage(iban: string, messageId: string): BulkRow | null;
  items(order: number, from: number, count: number): readonly BulkItemData[];
}

interface Stored {
  readonly [column: string]: unknown;
}

const outboxRow = (row: Stored): OutboxRow => ({
  name: row.name as string,
  seq: Number(row.seq),
  type: row.type as string,
  messageId: row.message_id as string,
  state: row.state as OutboxRow['state'],
  attempts: Number(row.attempts),
});

const inboxRow = (row: Stored): InboxRow => ({
  seq: Number(row.seq),
  at: Number(row.at),
  file: row.file as string,
  type: row.type as string,
  messageId: row.message_id as string,
  digest: row.digest as string,
  reason: row.reason as string,
  message: row.message as string,
});

const bulkRow = (row: Stored): BulkRow => ({
  order: Number(row.id),
  at: Number(row.at),
  state: row.state as BulkRow['state'],
  ...{ file: row.file as string, messageId: row.message_id as string },
  ...{ account: row.account as string, iban: row.iban as string, name: row.name as string },
  ...{ channel: row.channel as string, count: Number(row.count) },
  ...{ amountMinor: row.amount as bigint, currency: row.currency as string },
  ...{ loaded: Number(row.loaded), split: Number(row.split) },
  problems: JSON.parse(row.problems as string) as BulkProblemData[],
  moreProblems: Number(row.more_problems),
});

function one<T>(row: Stored | undefined, of: (row: Stored) => T): T | null {
  return row ? of(row) : null;
}

export function createPaymentQueues(database: Database): PaymentQueues {
  const query = (sql: string) => database.prepare<unknown[], Stored>(sql);
  const waiting = query(
    "SELECT * FROM payment_outbox WHERE state = 'waiting' ORDER BY seq, name LIMIT ?",
  );
  const outbox = query('SELECT * FROM payment_outbox WHERE name = ?');
  const outboxOf = query('SELECT * FROM payment_outbox WHERE message_id = ?');
  const digest = query('SELECT * FROM payment_inbox WHERE digest = ? ORDER BY seq LIMIT 1');
  const taken = query(`SELECT * FROM payment_inbox
    WHERE sender = ? AND type = ? AND message_id = ? AND reason = ''`);
  const rejects = query("SELECT * FROM payment_inbox WHERE reason <> '' ORDER BY seq DESC LIMIT ?");
  const bulk = query('SELECT * FROM payment_bulk WHERE id = ?');
  const bulks = query('SELECT * FROM payment_bulk ORDER BY id DESC LIMIT ?');
  const posted = query("SELECT id FROM payment_bulk WHERE state = 'posted' ORDER BY id");
  const scheduled = query("SELECT id FROM payment_bulk WHERE state = 'scheduled' ORDER BY id");
  const byMessage = query(`SELECT * FROM payment_bulk WHERE iban = ? AND message_id = ?
    AND state NOT IN ('refused', 'cancelled')`);
  const items = query(`SELECT body FROM payment_bulk_item WHERE bulk = ? AND position >= ?
    ORDER BY position LIMIT ?`);
  return Object.freeze({
    waiting: (most: number) => waiting.all(most).map(outboxRow),
    outbox: (name: string) => one(outbox.get(name), outboxRow),
    outboxOf: (messageId: string) => one(outboxOf.get(messageId), outboxRow),
    digest: (value: string) => one(digest.get(value), inboxRow),
    taken: (sender: string, type: string, messageId: string) =>
      one(taken.get(sender, type, messageId), inboxRow),
    rejects: (most: number) => rejects.all(most).map(inboxRow),
    bulk: (order: number) => one(bulk.get(order), bulkRow),
    bulks: (most: number) => bulks.all(most).map(bulkRow),
    posted: () => posted.all().map((row) => Number(row.id)),
    scheduled: () => scheduled.all().map((row) => Number(row.id)),
    bulkByMessage: (iban: string, messageId: string) =>
      one(byMessage.get(iban, messageId), bulkRow),
    items: (order: number, from: number, count: number) =>
      items.all(order, from, count).map((row) => JSON.parse(row.body as string) as BulkItemData),
  });
}
