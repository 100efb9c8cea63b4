// Reads what the guard holds beside the ledger: the tills' cash, and any account it is asked for.
import type { Database } from 'better-sqlite3';
import { createLogReader } from './log.ts';

export interface GuardedBalance {
  readonly account: number;
  readonly currency: string;
  /** Debits minus credits. */
  readonly postedMinor: bigint;
  readonly lowMinor: bigint | null;
  readonly highMinor: bigint | null;
}

interface Row {
  readonly account: bigint;
  readonly currency: string;
  readonly posted: bigint;
  readonly low: bigint | null;
  readonly high: bigint | null;
}

const columns = 'SELECT balance.account, balance.currency, posted, low, high FROM balance';

/** Everything the guard's keeper reads of the ledger. */
export interface GuardedBooks extends GuardedReader {
  /** Number and hash (hex) of the newest event; 0 and zeroes for an empty log. */
  head(): { readonly seq: number; readonly hash: string };
  /** Hash of an event, made anew from its bytes; null when there is none. */
  hashAt(seq: number): string | null;
}

/** What head office lets this branch pay of another's account. */
export interface GuardedAllowance {
  /** Head office's number of it. */
  readonly id: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly spentMinor: bigint;
  readonly isOpen: boolean;
}

export interface GuardedReader {
  /** Every till that is not closed. */
  tills(): readonly GuardedBalance[];
  balance(account: number): GuardedBalance | undefined;
  /** Open ones and ended ones alike; none where the books have no head office. */
  allowances(): readonly GuardedAllowance[];
}

interface AllowanceRow {
  readonly id: string;
  readonly currency: string;
  readonly amount: string;
  readonly spent: bigint;
  readonly state: string;
}

/** Read at the start only: a prepared statement would want the table where there is none. */
function readAllowances(database: Database): readonly GuardedAllowance[] {
  const has = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'office_allowance'`);
  if (has.get() === undefined) return [];
  const rows = database.prepare<[], AllowanceRow>(
    `SELECT id, document ->> 'currency' AS currency, document ->> 'amountMinor' AS amount, spent, state
     FROM office_allowance ORDER BY CAST(id AS INTEGER)`,
  );
  return rows
    .safeIntegers()
    .all()
    .map(({ id, currency, amount, spent, state }) => ({
      ...{ id, currency, amountMinor: BigInt(amount), spentMinor: spent, isOpen: state === 'open' },
    }));
}

export function createGuardedReader(database: Database): GuardedReader {
  const tills = database.prepare<[], Row>(
    `${columns} JOIN account ON account.id = balance.account
     WHERE product = 'till' AND state <> 'closed' ORDER BY balance.account`,
  );
  const one = database.prepare<[bigint], Row>(`${columns} WHERE account = ?`);
  return Object.freeze({
    allowances: () => readAllowances(database),
    tills: () => tills.safeIntegers().all().map(toBalance),
    balance(account: number) {
      const row = one.safeIntegers().get(BigInt(account));
      return row && toBalance(row);
    },
  });
}

const emptyHash = '0'.repeat(64);

export function createGuardedBooks(database: Database): GuardedBooks {
  const { hashOf } = createLogReader(database);
  const newest = database.prepare('SELECT coalesce(max(seq), 0) FROM event').pluck();
  return Object.freeze({
    ...createGuardedReader(database),
    hashAt: hashOf,
    head() {
      const seq = Number(newest.get());
      return { seq, hash: seq === 0 ? emptyHash : (hashOf(seq) ?? emptyHash) };
    },
  });
}

function toBalance({ account, currency, posted, low, high }: Row): GuardedBalance {
  const bounds = { lowMinor: low, highMinor: high };
  return { account: Number(account), currency, postedMinor: posted, ...bounds };
}
