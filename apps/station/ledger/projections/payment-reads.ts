// Reads the payments: one, many, those that look alike, and what an incoming message belongs to.
import type { Database } from 'better-sqlite3';
import { type PaymentSettings, type PaymentState, paymentSettings } from '#contract/payments.ts';
import type { PartyData } from './payment-data.ts';

export interface PaymentRow {
  readonly payment: number;
  /** Event that made it; the outbox message stands there. */
  readonly seq: number;
  readonly at: number;
  readonly date: string;
  readonly direction: 'out' | 'in';
  readonly channel: string;
  readonly state: PaymentState;
  readonly recall: 'none' | 'asked' | 'pending' | 'refused' | 'granted';
  /** The reason that came with the state, or ''. */
  readonly reason: string;
  readonly messageId: string;
  readonly messageType: string;
  readonly transactionId: string;
  readonly uetr: string;
  readonly endToEndId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly settlementDate: string;
  readonly account: string;
  readonly debtor: PartyData;
  readonly creditor: PartyData;
  readonly text: string;
  readonly bulk: number | null;
}

export interface LifeRow {
  readonly seq: number;
  readonly at: number;
  readonly message: string;
  readonly direction: 'out' | 'in' | 'here';
  readonly status: string;
  readonly reason: string;
  readonly what: string;
  readonly journal: number | null;
}

export interface PayeeRow {
  readonly name: string;
  readonly iban: string;
  readonly bic: string;
  readonly times: number;
  readonly lastOn: string;
  readonly text: string;
}

/** References of an incoming message, '' where it has none. */
export interface References {
  readonly uetr: string;
  readonly transactionId: string;
  readonly endToEndId: string;
  readonly messageId: string;
}

export interface PaymentPage {
  readonly scope: 'open' | 'attention' | 'all';
  readonly text: string;
  /** Payments before this one; the newest first. */
  readonly before: number;
  readonly count: number;
}

export interface PaymentReads {
  settings(): PaymentSettings | null;
  payment(id: number): PaymentRow | null;
  life(id: number): readonly LifeRow[];
  page(page: PaymentPage): readonly PaymentRow[];
  /** Payments of the same account, payee and amount on a business date. */
  similar(of: {
    readonly account: string;
    readonly iban: string;
    readonly amountMinor: bigint;
    readonly date: string;
  }): readonly PaymentRow[];
  payees(account: string, text: string, most: number): readonly PayeeRow[];
  /** Payments an incoming message is about: by UETR, else by transaction, else by message and end-to-end. */
  matching(references: References, direction: 'out' | 'in'): readonly PaymentRow[];
}

interface Stored {
  readonly [column: string]: unknown;
}

function rowOf(stored: Stored): PaymentRow {
  const parties = JSON.parse(stored.parties as string) as {
    debtor: PartyData;
    creditor: PartyData;
  };
  const text = (column: string) => stored[column] as string;
  return Object.freeze({
    payment: Number(stored.id),
    seq: Number(stored.seq),
    at: Number(stored.at),
    ...{ date: text('date'), direction: text('direction') as PaymentRow['direction'] },
    ...{ channel: text('channel'), state: text('state') as PaymentState },
    ...{ recall: text('recall') as PaymentRow['recall'], reason: text('reason') },
    ...{ messageId: text('message_id'), messageType: text('message_type') },
    ...{ transactionId: text('transaction_id'), uetr: text('uetr') },
    ...{ endToEndId: text('end_to_end_id'), amountMinor: stored.amount as bigint },
    ...{ currency: text('currency'), settlementDate: text('settlement_date') },
    ...{ account: text('account'), text: text('remittance'), ...parties },
    bulk: stored.bulk === null ? null : Number(stored.bulk),
  });
}

/** Everything but what has come to its end; what needs a person is a part of it. */
const scopes: Readonly<Record<PaymentPage['scope'], string>> = {
  open: "state IN ('queued', 'sent', 'accepted', 'failed', 'unapplied')",
  attention: "(state IN ('failed', 'unapplied') OR recall = 'asked' AND direction = 'in')",
  all: '1',
};

/** Escapes what LIKE would read as a sign of its own. */
const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function createPages(database: Database) {
  const prepared = Object.entries(scopes).map(
    ([scope, condition]) =>
      [
        scope,
        database.prepare<unknown[], Stored>(`SELECT * FROM payment WHERE ${condition} AND id < ?
          AND (? = '' OR other_name LIKE ? ESCAPE '\\' OR account = ? OR other_iban LIKE ? ESCAPE '\\'
            OR uetr = ? OR end_to_end_id = ? OR transaction_id = ?)
          ORDER BY id DESC LIMIT ?`),
      ] as const,
  );
  const statements = new Map<string, (typeof prepared)[number][1]>(prepared);
  return ({ scope, text, before, count }: PaymentPage): readonly PaymentRow[] => {
    const compact = text.replaceAll(' ', '');
    const like = [likeText(text), compact, likeText(compact.toUpperCase())];
    const exact = [compact.toLowerCase(), text, compact];
    const found = statements.get(scope)?.all(before, text, ...like, ...exact, count);
    return (found ?? []).map(rowOf);
  };
}

/** Characters of the reference of an instruction (ISO 20022 InstrId under CBPR+, field 20 of an MT). */
const instructionLength = 16;

function createMatching(database: Database) {
  const by = (condition: string) =>
    database.prepare<unknown[], Stored>(
      `SELECT * FROM payment WHERE direction = ? AND ${condition} ORDER BY id LIMIT 1025`,
    );
  const byUetr = by('uetr = ?');
  const byTransaction = by('transaction_id = ?');
  const byInstruction = by("transaction_id >= ? AND transaction_id < ? || '~'");
  const byMessage = by('message_id = ?');
  const byEndToEnd = by('end_to_end_id = ?');
  return (references: References, direction: 'out' | 'in'): readonly PaymentRow[] => {
    const { uetr, transactionId, endToEndId, messageId } = references;
    const rows = (statement: typeof byUetr, value: string) =>
      statement.all(direction, value).map(rowOf);
    if (uetr !== '') return rows(byUetr, uetr);
    if (transactionId !== '') {
      const found = rows(byTransaction, transactionId);
      if (found.length > 0) return found;
      // An MT names the instruction only, which is the first sixteen characters of the transaction.
      const isCut = transactionId.length === instructionLength;
      const cut = isCut ? byInstruction.all(direction, transactionId, transactionId) : [];
      if (cut.length > 0) return cut.map(rowOf);
    }
    const hasEndToEnd = endToEndId !== '' && endToEndId !== 'NOTPROVIDED';
    if (messageId !== '') {
      const found = rows(byMessage, messageId);
      return hasEndToEnd ? found.filter((row) => row.endToEndId === endToEndId) : found;
    }
    return hasEndToEnd ? rows(byEndToEnd, endToEndId) : [];
  };
}

function createSettings(database: Database): PaymentReads['settings'] {
  const body = database.prepare<[], string>('SELECT body FROM payment_setting').pluck();
  // Kept by its text, as the policy is: after a rollback the same number may stand for other settings.
  let known: { readonly text: string; readonly settings: PaymentSettings } | null = null;
  return () => {
    const text = body.get() as string | undefined;
    if (text === undefined) return null;
    if (known?.text !== text) known = { text, settings: paymentSettings.parse(JSON.parse(text)) };
    return known.settings;
  };
}

export function createPaymentReads(database: Database): PaymentReads {
  const byId = database.prepare<[number], Stored>('SELECT * FROM payment WHERE id = ?');
  const life = database.prepare<[number], Stored>(
    'SELECT * FROM payment_life WHERE payment = ? ORDER BY ordinal',
  );
  const similar = database.prepare<unknown[], Stored>(`SELECT * FROM payment WHERE direction = 'out'
    AND account = ? AND other_iban = ? AND amount = ? AND date = ?
    AND state NOT IN ('rejected', 'returned') ORDER BY id LIMIT 20`);
  const payees = database.prepare<unknown[], Stored>(`SELECT other_iban, other_name, parties,
    count(*) AS times, max(date) AS last_on, remittance, max(id) FROM payment
    WHERE direction = 'out' AND account = ? AND bulk IS NULL AND state NOT IN ('rejected', 'returned')
    AND (? = '' OR other_name LIKE ? ESCAPE '\\' OR other_iban LIKE ? ESCAPE '\\')
    GROUP BY other_iban ORDER BY max(id) DESC LIMIT ?`);
  return Object.freeze({
    settings: createSettings(database),
    payment(id: number) {
      const stored = byId.get(id);
      return stored ? rowOf(stored) : null;
    },
    life: (id: number) =>
      life.all(id).map((row) => ({
        seq: Number(row.seq),
        at: Number(row.at),
        message: row.message as string,
        direction: row.direction as LifeRow['direction'],
        status: row.status as string,
        reason: row.reason as string,
        what: row.what as string,
        journal: row.journal === null ? null : Number(row.journal),
      })),
    page: createPages(database),
    similar: ({ account, iban, amountMinor, date }: Parameters<PaymentReads['similar']>[0]) =>
      similar.all(account, iban, amountMinor, date).map(rowOf),
    payees: (account: string, text: string, most: number) =>
      payees
        .all(account, text, likeText(text), likeText(text.replaceAll(' ', '').toUpperCase()), most)
        .map((row) => ({
          name: row.other_name as string,
          iban: row.other_iban as string,
          bic: (JSON.parse(row.parties as string) as { creditor: PartyData }).creditor.bic,
          times: Number(row.times),
          lastOn: row.last_on as string,
          text: row.remittance as string,
        })),
    matching: createMatching(database),
  });
}
