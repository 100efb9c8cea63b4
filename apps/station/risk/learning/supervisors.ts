// Watches the teachers: what a model taught without one of them thinks of that one's verdicts.

export interface TaughtWithout {
  readonly author: number;
  /** Verdicts the author gave that may teach. */
  readonly verdicts: number;
  /** Of those, cases called legitimate that the others' model holds for fraud. */
  readonly suspicious: number;
}

export interface Watched extends TaughtWithout {
  readonly isNamed: boolean;
}

/** Probability from which "legitimate" is suspicious. */
export const suspiciousFrom = 0.5;
/** So many times the others' median, and at least so many, and somebody looks (measured: 136 against 9 to 33). */
export const timesMedian = 3;
export const suspiciousLeast = 10;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Names whoever's count is more than three times the median of the others'. */
export function nameSuspects(counts: readonly TaughtWithout[]): readonly Watched[] {
  return counts.map((own) => {
    const others = counts.filter(({ author }) => author !== own.author);
    const usual = median(others.map(({ suspicious }) => suspicious));
    const isNamed =
      others.length > 0 &&
      own.suspicious >= suspiciousLeast &&
      own.suspicious > timesMedian * Math.max(usual, 1);
    return { ...own, isNamed };
  });
}

/** Who has a hand in a case. */
export interface Hands {
  /** Staff id of who posted or asked. */
  readonly maker: number;
  /** Staff id of who approved; null where nobody did. */
  readonly approver: number | null;
  /** Customers whose money it moved. */
  readonly customers: readonly number[];
}

/**
 * Why a verdict may not teach; '' where it may. Nobody teaches from a case of their own, and what a model holds
 * for fraud is called legitimate by two.
 */
export function whyNotTeach(given: {
  readonly author: number;
  readonly authorCustomer: number | null;
  readonly hands: Hands;
  readonly verdict: 'fraud' | 'legitimate' | 'unsure';
  readonly probability: number | null;
  /** Others who have called it legitimate before. */
  readonly seconds: number;
}): string {
  const { author, authorCustomer, hands, verdict, probability, seconds } = given;
  if (hands.maker === author) return 'you posted it yourself';
  if (hands.approver === author) return 'you decided it yourself';
  if (authorCustomer !== null && hands.customers.includes(authorCustomer)) {
    return 'your own money is part of it';
  }
  if (verdict === 'legitimate' && (probability ?? 0) >= suspiciousFrom && seconds === 0) {
    return 'the model holds it for fraud: a second person must say the same';
  }
  return '';
}
