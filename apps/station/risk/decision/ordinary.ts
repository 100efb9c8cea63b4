// Says what would have made an attempt ordinary: the same attempt with one thing otherwise, scored, not guessed.
import { formatMoney } from '#contract/money.ts';
import type { Attempt } from '../features/attempt.ts';
import { vectorText } from './record-vector.ts';

/** One thing that could have been otherwise. */
export type Change = 'amount' | 'holder' | 'wait';

/** An attempt that would have been ordinary, as the log keeps it; `features` and `probability` as in a decision. */
export interface Ordinary {
  readonly change: Change;
  readonly amountMinor: string;
  /** Days later; 0 where it is not the wait. */
  readonly days: number;
  readonly features: string;
  readonly probability: string;
}

export interface Alternative {
  readonly change: Change;
  readonly days: number;
  readonly attempt: Attempt;
}

const dayMs = 86_400_000;
/** Whole weeks, so that the weekday stays what it was. */
const waitsDays = [7, 14, 28] as const;
const shares = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01] as const;

/** Rounded down to two digits of whole units: an amount somebody would name. */
function named(amountMinor: number, scale: number): number {
  const whole = amountMinor / scale;
  if (whole < 1) return 0;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(whole)) - 1);
  return Math.floor(whole / step) * step * scale;
}

/**
 * The attempts to try beside the given one, by kind of change, the least change first. `scale` is minor units in
 * one of the currency.
 */
export function alternativesOf(attempt: Attempt, scale: number): readonly Alternative[] {
  const amounts = shares.map((share) => named(attempt.amountMinor * share, scale));
  const smaller = [...new Set(amounts)].filter((each) => each > 0 && each < attempt.amountMinor);
  const holder = attempt.isOtherAtDesk ? [{ ...attempt, isOtherAtDesk: false }] : [];
  return [
    ...holder.map((each) => ({ change: 'holder' as const, days: 0, attempt: each })),
    ...smaller.map((amountMinor) => ({
      ...{ change: 'amount' as const, days: 0, attempt: { ...attempt, amountMinor } },
    })),
    ...waitsDays.map((days) => ({
      ...{ change: 'wait' as const, days, attempt: { ...attempt, at: attempt.at + days * dayMs } },
    })),
  ];
}

/**
 * Of each kind of change the least that brings the probability below the border, as the model said. `scored`
 * stands in the order of the alternatives.
 */
export function ordinaryOf(
  alternatives: readonly Alternative[],
  scored: readonly { readonly vector: Float32Array; readonly probability: number }[],
  below: number,
): readonly Ordinary[] {
  const found = new Map<Change, Ordinary>();
  alternatives.forEach(({ change, days, attempt }, index) => {
    const score = scored[index];
    if (!score || score.probability >= below || found.has(change)) return;
    found.set(change, {
      ...{ change, days, amountMinor: String(attempt.amountMinor) },
      ...{ features: vectorText(score.vector), probability: String(score.probability) },
    });
  });
  return [...found.values()];
}

const percent = (text: string): string => `${(Number(text) * 100).toFixed(1)} %`;

function words({ change, amountMinor, days, probability }: Ordinary, currency: string): string {
  const chance = `(${percent(probability)})`;
  if (change === 'holder') return `with the holder at the desk ${chance}`;
  if (change === 'amount') return `at ${formatMoney(amountMinor, currency)} ${chance}`;
  return `in ${days} days ${chance}, if nothing else happens`;
}

/** The changes as one sentence. */
export function ordinaryInWords(list: readonly Ordinary[], currency: string): string {
  if (list.length === 0) {
    return 'Neither a smaller amount nor four weeks would make it ordinary to the model.';
  }
  return `It would be ordinary ${list.map((each) => words(each, currency)).join(', or ')}.`;
}
