// Reads what the guard holds beside the ledger: the tills' cash, and any account it is asked for.
import type { Database } from 'better-sqlite3';

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

export interface GuardedReader {
  /** Every till that is not closed. */
  tills(): readonly GuardedBalance[];
  balance(account: number): GuardedBalance | undefined;
}

export function createGuardedReader(database: Database): GuardedReader {
  const tills = database.prepare<[], Row>(
    `${columns} JOIN account ON account.id = balance.account
     WHERE product = 'till' AND state <> 'closed' ORDER BY balance.account`,
  );
  const one = database.prepare<[bigint], Row>(`${columns} WHERE account = ?`);
  return Object.freeze({
    tills: () => tills.safeIntegers().all().map(toBalance),
    balance(account: number) {
      const row = one.safeIntegers().get(BigInt(account));
      return row && toBalance(row);
    },
  });
}

function toBalance({ account, currency, posted, low, high }: Row): GuardedBalance {
  const bounds = { lowMinor: low, highMinor: high };
  return { account: Number(account), currency, postedMinor: posted, ...bounds };
}
