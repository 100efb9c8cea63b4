// Reads an account's legs backwards, each from the one after it, so that no index grows with the
// ledger.
import type { Database } from 'better-sqlite3';
import { journalOf } from './events.ts';

/** One leg as one of its two accounts sees it. */
export interface StatementLine {
  readonly leg: number;
  readonly journal: number;
  /** Line number on this account, from 1 without a gap. */
  readonly number: number;
  readonly date: string;
  readonly valueDate: string;
  /** The account on the other side. */
  readonly counterparty: number;
  /** Debit positive, credit negative, in minor units. */
  readonly amountMinor: bigint;
  /** Balance after it: debits minus credits. */
  readonly balanceMinor: bigint;
  /** The leg it takes back, or null. */
  readonly reverses: number | null;
}

export interface StatementRequest {
  readonly account: number;
  /** Leg of the last line already seen; absent: from the newest. Must be a leg of this account. */
  readonly before?: number;
  readonly count: number;
}

/** The leg as the account @account sees it; `previous` is the leg before it on that account. */
const seen = `leg.id, iif(leg.debit = @account, leg.debit_previous, leg.credit_previous) AS previous,
  iif(leg.debit = @account, leg.credit, leg.debit) AS counterparty,
  iif(leg.debit = @account, leg.amount, -leg.amount) AS amount,
  iif(leg.debit = @account, leg.debit_balance, leg.credit_balance) AS balance,
  iif(leg.debit = @account, leg.debit_number, leg.credit_number) AS number,
  leg.value_date, leg.reverses`;

/** One statement for all lines, because a call costs as much as the look-up it makes. */
const backwards = `WITH RECURSIVE line AS (
    SELECT ${seen} FROM leg WHERE leg.id = @first
    UNION ALL SELECT ${seen} FROM line JOIN leg ON leg.id = line.previous)
  SELECT id, counterparty, amount, balance, number, value_date, reverses FROM line LIMIT @count`;

/** What the statement is bound to. */
interface Seen {
  readonly account: number;
  readonly first: bigint;
  readonly count: number;
}

type Row = readonly [
  id: bigint,
  counterparty: bigint,
  amount: bigint,
  balance: bigint,
  number: bigint,
  valueDate: string | null,
  reverses: bigint | null,
];

/** Newest first. A line costs one look-up by number, whatever the size of the ledger. */
export function createStatements(
  database: Database,
): (request: StatementRequest) => readonly StatementLine[] {
  const newest = database
    .prepare<[number], bigint | null>('SELECT last_leg FROM balance WHERE account = ?')
    .pluck();
  const previous = database
    .prepare<[number, number], bigint | null>(
      `SELECT CASE ? WHEN debit THEN debit_previous WHEN credit THEN credit_previous END
       FROM leg WHERE id = ?`,
    )
    .pluck();
  const lines = database.prepare<[Seen], Row>(backwards).raw();
  const dateOf = createDateFinder(database);
  return ({ account, before, count }) => {
    const first = before === undefined ? newest.get(account) : previous.get(account, before);
    if (first === null || first === undefined) return [];
    const rows = lines.all({ account, first: first as bigint, count }) as unknown as readonly Row[];
    return rows.map((row) => toLine(row, dateOf));
  };
}

/** The business date of an event; neighbours share it, so one look-up serves many lines. */
export function createDateFinder(database: Database): (seq: number) => string {
  const find = database.prepare<[number], { date: string; opened: bigint; closed: bigint | null }>(
    'SELECT date, opened, closed FROM business_date WHERE opened <= ? ORDER BY opened DESC LIMIT 1',
  );
  let known = { date: '', opened: 1n, closed: 0n };
  return (seq) => {
    if (seq >= known.opened && seq <= known.closed) return known.date;
    const row = find.get(seq);
    if (!row) return '';
    // A day that is still open may yet close and give way to another: remembered no further than
    // asked.
    known = { ...row, closed: row.closed ?? BigInt(seq) };
    return known.date;
  };
}

function toLine(row: Row, dateOf: (seq: number) => string): StatementLine {
  const [id, counterparty, amountMinor, balanceMinor, number, valueDate, reverses] = row;
  const leg = Number(id);
  const journal = journalOf(leg);
  const date = dateOf(journal);
  return {
    ...{ leg, journal, date, valueDate: valueDate ?? date },
    ...{ number: Number(number), counterparty: Number(counterparty), amountMinor, balanceMinor },
    reverses: reverses === null ? null : Number(reverses),
  };
}
