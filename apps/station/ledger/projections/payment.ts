// Keeps the payments: each with its life line, what waits to be sent, what was taken in, and the bulks.
import type { Database } from 'better-sqlite3';
import { canonicalText } from '../canonical.ts';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';
import { type BulkAfterReads, createBulkAfterReads } from './payment-bulk-after.ts';
import { type BulkReportReads, createBulkReportReads } from './payment-bulk-report.ts';
import {
  type BulkData,
  type InboxData,
  type LifeData,
  type OutboxData,
  type PaymentData,
  paymentOf,
} from './payment-data.ts';
import { createPaymentQueues, type PaymentQueues } from './payment-queue.ts';
import { createPaymentReads, type PaymentReads } from './payment-reads.ts';
import { paymentSchema, paymentTables } from './payment-schema.ts';

function createPaymentWriter(database: Database) {
  const insert =
    database.prepare(`INSERT INTO payment (id, seq, at, date, direction, channel, state,
    message_id, message_type, transaction_id, uetr, end_to_end_id, amount, currency, settlement_date,
    account, other_iban, other_name, parties, remittance, bulk)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return ({ seq, at, date }: StoredEvent, payment: PaymentData, position: number): void => {
    const { direction, debtor, creditor } = payment;
    const other = direction === 'out' ? creditor : debtor;
    // biome-ignore format: one column after the other, as the statement names them
    insert.run(
      paymentOf(seq, position), seq, at, date, direction, payment.channel, payment.state,
      payment.messageId, payment.messageType, payment.transactionId, payment.uetr,
      payment.endToEndId, BigInt(payment.amountMinor), payment.currency, payment.settlementDate,
      payment.account, other.iban, other.name, canonicalText({ debtor, creditor }), payment.text,
      payment.bulk,
    );
  };
}

function createLifeWriter(database: Database) {
  const insert = database.prepare(`INSERT INTO payment_life
    (payment, seq, at, message, direction, status, reason, what, journal)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const setState = database.prepare('UPDATE payment SET state = ?, reason = ? WHERE id = ?');
  const setRecall = database.prepare('UPDATE payment SET recall = ?, reason = ? WHERE id = ?');
  return ({ seq, at }: StoredEvent, life: LifeData): void => {
    const { payment, message, direction, status, reason, what } = life;
    const id = payment === 0 ? paymentOf(seq, 0) : payment;
    insert.run(id, seq, at, message, direction, status, reason, what, life.posts ? seq : null);
    if (life.state !== undefined) setState.run(life.state, reason, id);
    if (life.recall !== undefined) setRecall.run(life.recall, reason, id);
  };
}

function createOutboxWriter(database: Database) {
  const insert = database.prepare(`INSERT INTO payment_outbox
    (name, seq, type, message_id, payments, state) VALUES (?, ?, ?, ?, ?, 'waiting')`);
  const sent = database.prepare("UPDATE payment_outbox SET state = 'sent' WHERE name = ?");
  const failed = database.prepare(
    'UPDATE payment_outbox SET attempts = attempts + 1, state = ? WHERE name = ?',
  );
  const again = database.prepare(
    "UPDATE payment_outbox SET attempts = 0, state = 'waiting' WHERE name = ?",
  );
  const sentPayments = database.prepare(
    "UPDATE payment SET state = 'sent' WHERE message_id = ? AND state IN ('queued', 'failed')",
  );
  const failedPayments = database.prepare(
    "UPDATE payment SET state = ? WHERE message_id = ? AND state IN ('queued', 'failed')",
  );
  const liveAll = database.prepare(`INSERT INTO payment_life
    (payment, seq, at, message, direction, status, reason, what, journal)
    SELECT id, ?, ?, ?, ?, '', '', ?, NULL FROM payment
    WHERE id IN (SELECT value FROM json_each(?)) OR (? AND message_id = ? AND direction = 'out')
    ORDER BY id`);
  const row = database.prepare<[unknown], { type: string; message_id: string; payments: string }>(
    'SELECT type, message_id, payments FROM payment_outbox WHERE name = ?',
  );
  /** A line on the life of every payment the message is about. */
  const tell = ({ seq, at, data }: StoredEvent, direction: 'out' | 'here', what: string): void => {
    const found = row.get(data.name);
    if (!found) return;
    const { type, message_id: messageId, payments } = found;
    const isOwn = payments === '[]' ? 1 : 0;
    liveAll.run(seq, at, type.slice(0, 8), direction, what, payments, isOwn, messageId);
  };
  return (event: StoredEvent): void => {
    const { seq, data } = event;
    for (const each of (data.outbox ?? []) as unknown as readonly OutboxData[]) {
      const { name, type, messageId, payments } = each;
      insert.run(name, seq, type, messageId, canonicalText(payments));
    }
    if (event.type === 'payment.sent') {
      sent.run(data.name);
      sentPayments.run(data.messageId);
      tell(event, 'out', 'The gateway has taken it.');
    } else if (event.type === 'payment.failed') {
      failed.run(data.isDead ? 'dead' : 'waiting', data.name);
      if (data.isDead) failedPayments.run('failed', data.messageId);
      tell(event, 'here', `The gateway did not take it: ${data.message}`);
    } else if (event.type === 'payment.replayed') {
      again.run(data.name);
      failedPayments.run('queued', data.messageId);
      tell(event, 'here', `It is to be sent again: ${data.why}`);
    }
  };
}

function createBulkWriter(database: Database) {
  const insert =
    database.prepare(`INSERT INTO payment_bulk (id, at, state, file, message_id, account,
    iban, name, channel, count, amount, currency, problems, more_problems)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const loaded = database
    .prepare<[number], bigint>('SELECT loaded FROM payment_bulk WHERE id = ?')
    .pluck();
  const item = database.prepare(
    'INSERT INTO payment_bulk_item (bulk, position, body) VALUES (?, ?, ?)',
  );
  const grow = database.prepare('UPDATE payment_bulk SET loaded = loaded + ? WHERE id = ?');
  const setState = database.prepare('UPDATE payment_bulk SET state = ? WHERE id = ?');
  const addSplit = database.prepare('UPDATE payment_bulk SET split = split + ? WHERE id = ?');
  const states = {
    ...{ loaded: 'checked', scheduled: 'scheduled', due: 'checked' },
    ...{ posted: 'posted', done: 'done', cancelled: 'cancelled' },
  };
  return ({ seq, at, data }: StoredEvent): void => {
    const bulk = data.bulk as unknown as BulkData | undefined;
    if (!bulk) return;
    if (bulk.step === 'received') {
      const { file, messageId, account, iban, name, channel, count, currency } = bulk;
      const state = bulk.problems.length > 0 ? 'refused' : 'loading';
      const who = [file, messageId, account, iban, name, channel];
      const sum = [count, BigInt(bulk.amountMinor), currency];
      insert.run(seq, at, state, ...who, ...sum, canonicalText(bulk.problems), bulk.moreProblems);
    } else if (bulk.step === 'items') {
      const from = Number(loaded.get(bulk.order) ?? 0);
      for (const [index, each] of bulk.items.entries()) {
        item.run(bulk.order, from + index, canonicalText(each));
      }
      grow.run(bulk.items.length, bulk.order);
    } else if (bulk.step === 'split') {
      addSplit.run((data.payments as unknown as readonly unknown[]).length, bulk.order);
    } else {
      setState.run(states[bulk.step], bulk.order);
    }
  };
}

export const paymentProjection: Projection = Object.freeze({
  name: 'payment',
  tables: paymentTables,
  schema: paymentSchema,
  prepare(database: Database) {
    const pay = createPaymentWriter(database);
    const live = createLifeWriter(database);
    const queue = createOutboxWriter(database);
    const load = createBulkWriter(database);
    const take = database.prepare(`INSERT INTO payment_inbox
      (seq, at, file, digest, type, message_id, sender, reason, message)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    const configure = database.prepare(`INSERT INTO payment_setting (id, seq, body) VALUES (1, ?, ?)
      ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, body = excluded.body`);
    return (event: StoredEvent) => {
      const { seq, at, data } = event;
      const payments = data.payments as unknown as readonly PaymentData[] | undefined;
      const lives = data.life as unknown as readonly LifeData[] | undefined;
      const inbox = data.inbox as unknown as InboxData | undefined;
      if (event.type === 'payment.configured') configure.run(seq, canonicalText(data.settings));
      payments?.forEach((payment, position) => {
        pay(event, payment, position);
      });
      queue(event);
      lives?.forEach((life) => {
        live(event, life);
      });
      load(event);
      if (!inbox) return;
      const { file, digest, type, messageId, sender, reason, message } = inbox;
      take.run(seq, at, file, digest, type, messageId, sender, reason, message);
    };
  },
});

export interface Payments extends PaymentReads, PaymentQueues, BulkReportReads, BulkAfterReads {}

/** Everything that is asked about payments. */
export function createPayments(database: Database): Payments {
  return Object.freeze({
    ...createPaymentReads(database),
    ...createPaymentQueues(database),
    ...createBulkReportReads(database),
    ...createBulkAfterReads(database),
  });
}
