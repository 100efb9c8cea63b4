// Plays an instant scheme: ten seconds for the payee's bank to answer, and one truth for both sides after them.
import type { NetworkAnswer } from './rtgs.ts';

/** SEPA Instant: from the time stamp of the order to the answer (EPC004-16, section 4.2.3). */
export const budgetMs = 10_000;

/** How the payee's bank takes an order. */
export interface PayeeAnswer {
  readonly accepts: boolean;
  /** Code of a rejection, '' for none. */
  readonly reason: string;
  /** ms after the order; null where it never answers. */
  readonly afterMs: number | null;
}

/** What the scheme decides about an order, and when (ms). */
export interface InstantDecision {
  readonly at: number;
  readonly answer: NetworkAnswer;
}

/**
 * The scheme's decision. An answer within the budget counts, at its last millisecond too; after it the
 * scheme has rejected (AB05), whatever the payee's bank still says.
 */
export function decideInstant(
  order: { readonly id: string; readonly bank: string; readonly at: number },
  payee: PayeeAnswer,
): InstantDecision {
  const { id, bank, at } = order;
  const { afterMs, accepts, reason } = payee;
  if (afterMs === null || afterMs > budgetMs) {
    return { at: at + budgetMs, answer: { id, bank, status: 'RJCT', reason: 'AB05' } };
  }
  const answer: NetworkAnswer = accepts
    ? { id, bank, status: 'ACSC', reason: '' }
    : { id, bank, status: 'RJCT', reason };
  return { at: at + afterMs, answer };
}
