// Names what a play needs of a branch, so that one play runs against tables alone and against the whole.

import type { Payments } from '#station/ledger/projections/payment.ts';
import type { PaymentData } from '#station/ledger/projections/payment-data.ts';
import type { Seen } from '../branch/counterparty.fixture.ts';

/** A journal that was posted, by its kind and the payment it is about. */
export interface Posted {
  readonly kind: string;
  readonly payment: number;
}

/** A payment that was ordered, and what the other side gets to see of it. */
export interface Ordered {
  readonly payment: number;
  readonly seen: Seen;
}

type Soon<T> = T | Promise<T>;

export interface PlayedBranch {
  readonly payments: Pick<Payments, 'payment'>;
  /** Journals of the play so far. */
  posted(): readonly Posted[];
  /** Debits minus credits of the play so far; `CUSTOMER` is the payer's account. */
  balance(number: string): bigint;
  /** Posts a payment; its references are the branch's own where it makes them itself. */
  order(payment: PaymentData): Soon<Ordered>;
  /** Lets the carrier's receipt be written down. */
  sent(payment: number): Soon<void>;
  /** One message of the other side; false where the branch refuses it. */
  take(xml: string): Soon<boolean>;
  /** Begins a new play: what was before is forgotten. */
  clear(): void;
}
