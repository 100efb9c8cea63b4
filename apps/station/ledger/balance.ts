// Reads accounts with their balances; the only place that knows how a row becomes an Account.
import type { Database } from 'better-sqlite3';
import type { AccountClass, AccountProduct, AccountState } from './events.ts';

export interface Account {
  readonly id: number;
  readonly number: string;
  readonly product: AccountProduct;
  readonly class: AccountClass;
  readonly currency: string;
  readonly name: string;
  /** First owner; null for the bank's own accounts. */
  readonly customer: number | null;
  readonly openedOn: string;
  readonly state: AccountState;
  readonly cash: boolean;
  /** Debits minus credits, in minor units: what a deposit customer has is the negative of it. */
  readonly postedMinor: bigint;
  readonly heldDebitMinor: bigint;
  readonly heldCreditMinor: bigint;
  readonly lowMinor: bigint | null;
  readonly highMinor: bigint | null;
  /** What a further debit may take; null where there is no bound. */
  readonly availableDebitMinor: bigint | null;
  /** Number of legs posted to it, and the newest one. */
  readonly legs: number;
  readonly lastLeg: number | null;
}

interface AccountRow {
  readonly id: bigint;
  readonly number: string;
  readonly product: AccountProduct;
  readonly class: AccountClass;
  readonly currency: string;
  readonly name: string;
  readonly customer: bigint | null;
  readonly opened_on: string;
  readonly state: AccountState;
  readonly counted: bigint | null;
  readonly posted: bigint;
  readonly held_debit: bigint;
  readonly held_credit: bigint;
  readonly low: bigint | null;
  readonly high: bigint | null;
  readonly legs: bigint;
  readonly last_leg: bigint | null;
}

const columns = `SELECT account.id, number, product, class, account.currency, name, customer, opened_on,
  state, counted, posted, held_debit, held_credit, low, high, legs, last_leg
  FROM account JOIN balance ON balance.account = account.id`;

export interface Balances {
  account(id: number): Account | undefined;
  accountByNumber(number: string): Account | undefined;
  /** Pieces of a cash account by face value, without the faces of which there are none. */
  pieces(account: number): Readonly<Record<string, number>>;
  /** The highest number of eight digits any account has, or null: what is numbered next goes on from it. */
  highestNumber(): string | null;
  /** The id the next account will have. */
  nextAccountId(): number;
}

export function createBalances(database: Database): Balances {
  const byId = database.prepare<[bigint], AccountRow>(`${columns} WHERE account.id = ?`);
  const byNumber = database.prepare<[string], AccountRow>(`${columns} WHERE number = ?`);
  const pieces = database.prepare<[bigint], { face: bigint; pieces: bigint }>(
    'SELECT face, pieces FROM cash WHERE account = ? AND pieces > 0 ORDER BY face DESC',
  );
  const newest = database.prepare<[], bigint | null>('SELECT max(id) FROM account').pluck();
  const highest = database
    .prepare<[], string>(
      `SELECT number FROM account WHERE number BETWEEN '10000000' AND '99999999'
       AND length(number) = 8 ORDER BY number DESC LIMIT 1`,
    )
    .pluck();
  return Object.freeze({
    highestNumber: () => highest.get() ?? null,
    account: (id: number) => toAccount(byId.get(BigInt(id))),
    accountByNumber: (number: string) => toAccount(byNumber.get(number)),
    pieces(account: number) {
      const rows = pieces.all(BigInt(account));
      return Object.fromEntries(rows.map((row) => [String(row.face), Number(row.pieces)]));
    },
    nextAccountId: () => Number(newest.get() ?? 0n) + 1,
  });
}

function toAccount(row: AccountRow | undefined): Account | undefined {
  if (!row) return undefined;
  const { number, product, currency, name, state, posted, low, high } = row;
  return {
    ...{ id: Number(row.id), number, product, class: row.class, currency, name },
    customer: row.customer === null ? null : Number(row.customer),
    openedOn: row.opened_on,
    state,
    cash: row.counted !== null,
    postedMinor: posted,
    heldDebitMinor: row.held_debit,
    heldCreditMinor: row.held_credit,
    lowMinor: low,
    highMinor: high,
    availableDebitMinor: high === null ? null : high - posted - row.held_debit,
    legs: Number(row.legs),
    lastLeg: row.last_leg === null ? null : Number(row.last_leg),
  };
}
