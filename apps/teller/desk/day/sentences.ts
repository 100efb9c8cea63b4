// Says what a vault count found, in one sentence.
import { formatMoney } from '#contract/money.ts';

export interface Difference {
  readonly currency: string;
  readonly differenceMinor: string;
}

/** Over, short, or that everything agrees. */
export function differenceSentence(differences: readonly Difference[]): string {
  const found = differences.filter(({ differenceMinor }) => BigInt(differenceMinor) !== 0n);
  if (found.length === 0) return 'the vault agrees.';
  const said = found.map(({ currency, differenceMinor }) => {
    const minor = BigInt(differenceMinor);
    const size = formatMoney(minor < 0n ? -minor : minor, currency);
    return `${size} ${minor < 0n ? 'short' : 'over'}`;
  });
  return `the vault is ${said.join(', ')}: booked to suspense.`;
}
