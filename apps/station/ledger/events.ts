// Names what an event is and which parts of its data move the ledger, so that every room writes
// them alike.
import type { CanonicalValue } from './canonical.ts';

/** What a room asks to be recorded. The log adds number, time and business date. */
export interface EventInput {
  /** noun.past-participle, such as `cash.deposited`. */
  readonly type: string;
  /** Staff id, or `system`. */
  readonly actor: string;
  /**
   * Canonical: no undefined, amounts as decimal strings. Its ledger parts are those of
   * `LedgerParts`.
   */
  readonly data: Readonly<Record<string, unknown>>;
  /** Idempotency key, a UUID without hyphens; "" when none. */
  readonly key?: string;
  /** SHA-256 (hex) of name and input of the command; "" when none. */
  readonly digest?: string;
}

/** An event as it stands in the log, and as every projection sees it, live and replayed. */
export interface StoredEvent {
  readonly seq: number;
  /** Booking time, ms since 1970; never before the event in front. */
  readonly at: number;
  /**
   * Business date that was open (the one being opened, for the event that opens it), "" when none
   * was.
   */
  readonly date: string;
  readonly type: string;
  readonly actor: string;
  readonly key: string;
  readonly digest: string;
  readonly data: Readonly<Record<string, CanonicalValue>>;
}

/**
 * The parts of any event's data that the ledger acts on, whatever the event's type, in this order:
 * dateOpened, accounts, limits, states to `open`, journal, the other states, dateClosed.
 */
export interface LedgerParts {
  readonly dateOpened?: string;
  readonly accounts?: readonly AccountData[];
  readonly limits?: readonly LimitData[];
  readonly states?: readonly StateData[];
  readonly journal?: JournalData;
  readonly dateClosed?: string;
}

export type AccountClass = 'asset' | 'liability' | 'income' | 'expense' | 'equity';
export type AccountState = 'open' | 'dormant' | 'frozen' | 'closed';
export type AccountProduct =
  | 'checking'
  | 'savings'
  | 'loan'
  | 'credit'
  | 'vault'
  | 'till'
  | 'transit'
  | 'suspense'
  | 'fees'
  | 'fx-position'
  | 'nostro'
  | 'capital'
  | 'interest';

export interface AccountData {
  readonly id: number;
  readonly number: string;
  readonly product: AccountProduct;
  readonly class: AccountClass;
  readonly currency: string;
  readonly name: string;
  /** First owner; null for the bank's own accounts. */
  readonly customer: number | null;
  /**
   * True where notes and coins stand behind the balance: every movement then carries its pieces.
   */
  readonly cash: boolean;
  /** posted - held credits may not go below this; null: no bound. */
  readonly lowMinor: string | null;
  /**
   * posted + held debits may not go above this (an overdraft limit for a deposit); null: no bound.
   */
  readonly highMinor: string | null;
  /** Date it was opened where it came over from another system; the business date when absent. */
  readonly openedOn?: string;
}

export interface LimitData {
  readonly account: number;
  readonly lowMinor: string | null;
  readonly highMinor: string | null;
}

export interface StateData {
  readonly account: number;
  readonly state: AccountState;
}

/**
 * What a journal does, in the order it is done: holds end, legs are posted, pieces move, holds are
 * placed.
 */
export interface JournalData {
  /** Task it was posted under, such as `cash.deposit`. */
  readonly kind: string;
  /** At most 1,024; may be empty where only pieces or holds change. */
  readonly legs: readonly LegData[];
  readonly cash?: readonly CashData[];
  readonly holds?: HoldsData;
  /** Journal this one takes back, leg by leg from the last to the first. */
  readonly reversalOf?: number;
  readonly narrative?: string;
  readonly customer?: number;
  readonly till?: number;
}

export interface LegData {
  readonly debit: number;
  readonly credit: number;
  readonly amountMinor: string;
  readonly currency: string;
  /** The business date when absent. */
  readonly valueDate?: string;
  readonly label?: string;
}

/** Pieces that come (positive) and go (negative), by face value in minor units. */
export interface CashData {
  readonly account: number;
  readonly pieces: Readonly<Record<string, number>>;
}

export interface HoldsData {
  readonly capture?: readonly { readonly hold: number; readonly amountMinor: string }[];
  readonly release?: readonly { readonly hold: number }[];
  readonly place?: readonly HoldPlaced[];
}

export interface HoldPlaced {
  readonly account: number;
  readonly side: 'debit' | 'credit';
  readonly amountMinor: string;
  readonly why: string;
}

/** Legs and holds of one journal: ids are `seq * 1024 + position`. */
export const positionsPerJournal = 1024;

export function idOf(seq: number, position: number): number {
  return seq * positionsPerJournal + position;
}

export function journalOf(id: number): number {
  return Math.floor(id / positionsPerJournal);
}
