// Adds up the books: from the stored balances in a moment, and again from every leg as proof.
import type { Database } from 'better-sqlite3';
import type { AccountProduct } from './events.ts';

export interface TrialBalanceRow {
  readonly account: number;
  readonly number: string;
  readonly name: string;
  readonly product: AccountProduct;
  readonly currency: string;
  /** Debits minus credits, in minor units. */
  readonly postedMinor: bigint;
}

export interface TrialBalance {
  /** Currency -> sum over its accounts: zero, or the books are broken. */
  readonly totals: Readonly<Record<string, bigint>>;
  readonly rows: readonly TrialBalanceRow[];
}

export interface TrialBalances {
  /** Sums per currency from the stored balances. */
  totals(): Readonly<Record<string, bigint>>;
  trialBalance(): TrialBalance;
  /** Account -> balance added up from all legs; reads the whole ledger. */
  recomputed(): ReadonlyMap<number, bigint>;
}

export function createTrialBalances(database: Database): TrialBalances {
  const sums = database.prepare<[], { currency: string; total: bigint }>(
    'SELECT currency, sum(posted) AS total FROM balance GROUP BY currency ORDER BY currency',
  );
  const rows = database.prepare<[], Omit<TrialBalanceRow, 'account' | 'postedMinor'> & Sums>(
    `SELECT id, number, name, product, account.currency, posted
     FROM account JOIN balance ON balance.account = account.id ORDER BY number`,
  );
  const legs = database.prepare<[], Sums>(
    `SELECT id, sum(posted) AS posted FROM (
       SELECT debit AS id, sum(amount) AS posted FROM leg GROUP BY debit
       UNION ALL SELECT credit, -sum(amount) FROM leg GROUP BY credit)
     GROUP BY id`,
  );
  const totals = () =>
    Object.fromEntries(sums.all().map(({ currency, total }) => [currency, total]));
  return {
    totals,
    trialBalance: () => ({
      totals: totals(),
      rows: rows.all().map(({ id, posted, ...row }) => ({
        account: Number(id),
        ...row,
        postedMinor: posted,
      })),
    }),
    recomputed: () => new Map(legs.all().map(({ id, posted }) => [Number(id), posted])),
  };
}

interface Sums {
  readonly id: bigint;
  readonly posted: bigint;
}
