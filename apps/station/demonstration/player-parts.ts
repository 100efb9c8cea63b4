// Says what the hands that play the acts share.
import type { Person } from '../desk/desk.ts';
import type { Account } from '../ledger/balance.ts';
import type { PlannedAccount } from './accounts.ts';
import type { Act, Deed, Purse, TillName } from './acts.ts';
import type { Clerk } from './clerk.ts';
import type { PlannedCustomer } from './customers.ts';

/** A piece of work that records at most one command; it runs inside a write. */
export type Step = () => void;

export interface PlayerParts {
  readonly clerk: Clerk;
  readonly customers: readonly PlannedCustomer[];
  readonly accounts: readonly PlannedAccount[];
  readonly person: (user: string) => Person;
  /** Numbers of the tills. */
  readonly tills: Readonly<Record<TillName, number>>;
  /** Digest of what waits under an approval. */
  readonly digestOf: (approval: number) => string;
  readonly accountOf: (number: string) => Account;
  /** Id of the account that stands for the old books in a currency. */
  readonly contraId: (currency: string) => number;
}

/** Turns an act into its steps, in order. What one act makes, later ones name. */
export type Player = (act: Act) => readonly Step[];

/** What a command that may be parked came to. */
export type Outcome =
  | { readonly state: 'posted'; readonly journal: number; readonly journals: readonly number[] }
  | { readonly state: 'parked'; readonly approval: number }
  | { readonly state: 'closed' };

export type Of<A extends Deed['act']> = Extract<Act, { readonly act: A }>;

/** Counts as a form sends them: faces without pieces are left out. */
export function countsOf(purse: Purse) {
  return Object.entries(purse).map(([currency, pieces]) => ({
    currency,
    denominations: Object.fromEntries(Object.entries(pieces).filter(([, count]) => count > 0)),
  }));
}
