// Names what a prepared draft is: everything that would be posted, and everything a person should
// know first.
import type { Preview } from '#contract/postings.ts';
import type { Denominations } from '#contract/values.ts';
import type { Pieces } from './denominations.ts';
import type { AccountFacts } from './facts.ts';
import type { Flag } from './flag.ts';
import type { Problem } from './problem.ts';

export type Outcome = Preview['outcome'];

export interface PreparedLeg {
  readonly debit: AccountFacts;
  readonly credit: AccountFacts;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly label: string;
}

/**
 * A change of the till's notes and coins; its value is what the legs move on the till's account.
 */
export interface CashChange {
  readonly account: AccountFacts;
  readonly currency: string;
  readonly pieces: Pieces;
}

/** Cash that counts for persons: for each of them it is added up over the business date. */
export interface CashActivity {
  /** Person keys (facts.ts): the owners of the account and who stood at the desk. */
  readonly persons: readonly string[];
  readonly account: string;
  readonly direction: 'in' | 'out';
  readonly currency: string;
  readonly amountMinor: bigint;
}

export interface Fee {
  readonly label: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly from: 'account' | 'cash';
}

/** One journal to post. A basket has one an item, a correction a reversal and a replacement. */
export interface PreparedJournal {
  readonly kind:
    | 'cash.deposit'
    | 'cash.withdrawal'
    | 'transfer'
    | 'cash.exchange'
    | 'journal.reversal'
    | 'payment.outgoing'
    | 'payment.bulk';
  readonly title: string;
  readonly legs: readonly PreparedLeg[];
  readonly cash: readonly CashChange[];
  readonly fees: readonly Fee[];
  readonly activity: readonly CashActivity[];
  readonly valueDate: string;
  readonly narrative: string;
  /** Amount and account as the journal's line shows them. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly account: string;
  /** The customer served; null when no customer is (an exchange of notes). */
  readonly customer: number | null;
  readonly conductor:
    | { readonly kind: 'customer'; readonly customer: number; readonly name: string }
    | { readonly kind: 'other'; readonly name: string; readonly document: string }
    | null;
  readonly reversalOf: number | null;
  /** The journal this one stands in the place of. */
  readonly correctionOf: number | null;
  /** Accounts whose state is dormant and which this journal wakes. */
  readonly wakes: readonly number[];
}

/**
 * Money set aside while a supervisor decides: the account's limit counts it as if it were posted.
 */
export interface PreparedHold {
  readonly account: AccountFacts;
  readonly side: 'debit';
  readonly amountMinor: bigint;
}

export interface PreparedBalance {
  readonly account: AccountFacts;
  /** Debits minus credits. */
  readonly beforeMinor: bigint;
  readonly afterMinor: bigint;
  /** What can still be taken out by a debit; null where there is no bound. */
  readonly availableAfterMinor: bigint | null;
}

export interface LimitUsed {
  readonly label: string;
  readonly usedMinor: bigint;
  readonly limitMinor: bigint;
  readonly currency: string;
  readonly state: 'within' | 'notice' | 'approval' | 'refused';
}

export interface RunningCash {
  readonly person: string;
  readonly customer: number | null;
  readonly name: string;
  readonly direction: 'in' | 'out';
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly thresholdMinor: bigint | null;
}

export interface Proposal {
  readonly field: string;
  readonly currency: string;
  readonly denominations: Denominations;
  readonly message: string;
}

/** What a sheet holds once a draft has been gone through. */
export interface SheetResult {
  readonly journals: readonly PreparedJournal[];
  readonly refusals: readonly Problem[];
  readonly flags: readonly Flag[];
  readonly limits: readonly LimitUsed[];
  readonly proposals: readonly Proposal[];
  readonly runningCash: readonly RunningCash[];
  readonly balances: readonly PreparedBalance[];
  readonly holds: readonly PreparedHold[];
}

export interface Prepared extends SheetResult {
  readonly outcome: Outcome;
  readonly task: string;
  readonly title: string;
  readonly businessDate: string | null;
  readonly valueDate: string | null;
  /** The customer served, for the card and the approval. */
  readonly customer: number | null;
  /** Largest amount and its currency, by which an approver's limit is judged. */
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Canonical text of what an approval signs: everything but the notes and coins. */
  readonly content: string;
}
