// Reads an account's legs backwards, each from the one after it, so that no index grows with the ledger.
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

const columns = `id, debit, credit, amount, date, value_date, debit_previous, credit_previous,
  debit_balance, credit_balance, debit_number, credit_number, reverses`;

type Row = readonly [
  ...[id: bigint, debit: bigint, credit: bigint, amount: bigint, date: string, valueDate: string],
  ...[debitPrevious: bigint | null, creditPrevious: bigint | null],
  ...[debitBalance: bigint, creditBalance: bigint, debitNumber: bigint, creditNumber: bigint],
  reverses: bigint | null,
];

/** Newest first. A line costs one look-up by number, whatever the size of the ledger. */
export function createStatements(
  database: Database,
): (request: StatementRequest) => readonly StatementLine[] {
  const newest = database
    .prepare<[bigint], bigint | null>('SELECT last_leg FROM balance WHERE account = ?')
    .pluck();
  const byId = database.prepare<[bigint], Row>(`SELECT ${columns} FROM leg WHERE id = ?`).raw();
  return ({ account, before, count }) => {
    const of = BigInt(account);
    let id: bigint | null = null;
    if (before === undefined) id = (newest.get(of) as bigint | null | undefined) ?? null;
    else {
      const row = byId.get(BigInt(before)) as Row | undefined;
      id = row ? previousOf(row, of) : null;
    }
    const lines: StatementLine[] = [];
    while (id !== null && lines.length < count) {
      const row = byId.get(id) as unknown as Row;
      lines.push(toLine(row, of));
      id = previousOf(row, of);
    }
    return lines;
  };
}

function previousOf(row: Row, account: bigint): bigint | null {
  if (row[1] === account) return row[6];
  return row[2] === account ? row[7] : null;
}

function toLine(row: Row, account: bigint): StatementLine {
  const [id, debit, credit, amount, date, valueDate] = row;
  const isDebit = debit === account;
  const leg = Number(id);
  return {
    ...{ leg, journal: journalOf(leg), date, valueDate },
    number: Number(isDebit ? row[10] : row[11]),
    counterparty: Number(isDebit ? credit : debit),
    amountMinor: isDebit ? amount : -amount,
    balanceMinor: isDebit ? row[8] : row[9],
    reverses: row[12] === null ? null : Number(row[12]),
  };
}
