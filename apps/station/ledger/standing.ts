// Remembers where accounts stand, so that a leg can be written without reading them first.
import type { Database } from 'better-sqlite3';

/** What a leg names of an account: the balance and the leg it stands on. */
export interface Standing {
  posted: bigint;
  legs: number;
  lastLeg: number | null;
  readonly isCash: boolean;
  readonly currency: string;
}

export interface Standings {
  /**
   * Where the account stands as far as we remember; undefined when the bank has no such account.
   */
  of(account: number): Standing | undefined;
  /** Forgets, because it was wrong or may be. */
  forget(account: number): void;
}

interface Row {
  readonly posted: bigint;
  readonly legs: bigint;
  readonly last_leg: bigint | null;
  readonly counted: bigint | null;
  readonly currency: string;
}

/** More than the accounts of a branch's busy day; beyond it we start to remember anew. */
const rememberedMax = 50_000;

/**
 * A memory, not a truth: a rolled-back transaction leaves it wrong, and then the schema refuses the
 * leg, because every leg must stand on the balances it names. Whoever is refused forgets and tries
 * once more.
 */
export function createStandings(database: Database): Standings {
  const read = database.prepare<[number], Row>(
    'SELECT posted, legs, last_leg, counted, currency FROM balance WHERE account = ?',
  );
  const remembered = new Map<number, Standing>();
  return {
    of(account) {
      const known = remembered.get(account);
      if (known) return known;
      const row = read.get(account);
      if (!row) return undefined;
      const { posted, currency, last_leg: last } = row;
      const legs = Number(row.legs);
      const lastLeg = last === null ? null : Number(last);
      const standing = { posted, legs, lastLeg, currency, isCash: row.counted !== null };
      if (remembered.size >= rememberedMax) remembered.clear();
      remembered.set(account, standing);
      return standing;
    },
    forget: (account) => void remembered.delete(account),
  };
}
