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

const columns = `id, debit, credit, amount, value_date, debit_previous, credit_previous,
  debit_balance, credit_balance, debit_number, credit_number, reverses`;

interface Row {
  readonly id: bigint;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly amount: bigint;
  readonly value_date: string | null;
  readonly debit_previous: bigint | null;
  readonly credit_previous: bigint | null;
  readonly debit_balance: bigint;
  readonly credit_balance: bigint;
  readonly debit_number: bigint;
  readonly credit_number: bigint;
  readonly reverses: bigint | null;
}

/** Newest first. A line costs one look-up by number, whatever the size of the ledger. */
export function createStatements(
  database: Database,
): (request: StatementRequest) => readonly StatementLine[] {
  const newest = database
    .prepare<[number], bigint | null>('SELECT last_leg FROM balance WHERE account = ?')
    .pluck();
  const byId = database.prepare<[bigint], Row>(`SELECT ${columns} FROM leg WHERE id = ?`);
  const dateOf = createDateFinder(database);
  return ({ account, before, count }) => {
    const of = BigInt(account);
    let id: bigint | null = null;
    if (before === undefined) id = (newest.get(account) as bigint | null | undefined) ?? null;
    else id = previousOf(byId.get(BigInt(before)), of);
    const lines: StatementLine[] = [];
    while (id !== null && lines.length < count) {
      const row = byId.get(id);
      if (row) lines.push(toLine(row, of, dateOf(journalOf(Number(id)))));
      id = previousOf(row, of);
    }
    return lines;
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

function previousOf(row: Row | undefined, account: bigint): bigint | null {
  if (row?.debit === account) return row.debit_previous;
  return row?.credit === account ? row.credit_previous : null;
}

function toLine(row: Row, account: bigint, date: string): StatementLine {
  const isDebit = row.debit === account;
  const leg = Number(row.id);
  return {
    ...{ leg, journal: journalOf(leg), date, valueDate: row.value_date ?? date },
    number: Number(isDebit ? row.debit_number : row.credit_number),
    counterparty: Number(isDebit ? row.credit : row.debit),
    amountMinor: isDebit ? row.amount : -row.amount,
    balanceMinor: isDebit ? row.debit_balance : row.credit_balance,
    reverses: row.reverses === null ? null : Number(row.reverses),
  };
}
