// Names what a payment to another bank is judged by, besides what every draft is judged by.
import type { PaymentChannel } from '#contract/payments.ts';
import type { AccountFacts } from './facts.ts';
import type { Problem } from './problem.ts';

export interface PaymentFacts {
  /** The network it takes; null where the bank takes part in none of that name. */
  readonly channel: PaymentChannel | null;
  /** The liability money waits on until the other bank has it; null where the branch keeps none. */
  readonly outward: AccountFacts | null;
  /** Payee and IBAN as they stand in the message. */
  readonly name: string;
  readonly iban: string;
  /** What stands in the message for the payee to read. */
  readonly text: string;
  /** What the message itself would be refused for, by field of the draft. */
  readonly problems: readonly Problem[];
  /** What a supervisor may pass, such as a national check digit that does not hold for every account. */
  readonly doubts: readonly string[];
  /** Earlier payments of the same parties and amount on the same business date. */
  readonly similar: readonly { readonly payment: number; readonly time: string }[];
  /** Of a bulk: how many transfers it holds; 1 for a single payment. */
  readonly count: number;
}
