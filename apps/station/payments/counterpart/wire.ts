// Carries answers badly, as a line does: late, lost, twice under one number, or once more under a new one.

/** A port: a whole number from 0 up to and not including `limit`. */
export interface Chance {
  below(limit: number): number;
}

/** One arrival of an answer. */
export interface Arrival {
  /** ms. */
  readonly at: number;
  /** The same number as the first copy, or one of its own. */
  readonly numbered: 'as-first' | 'anew';
}

/** Shares of a hundred. */
const lostPercent = 15;
const latePercent = 30;
const doubledPercent = 25;

const soonMs = 2_000;
const lateMs = 90_000;

/** When an answer given at an instant (ms) arrives: not at all, once or twice. */
export function carried(at: number, random: Chance): readonly Arrival[] {
  const delay = () => random.below(random.below(100) < latePercent ? lateMs : soonMs);
  const first: Arrival = { at: at + delay(), numbered: 'as-first' };
  const isLost = random.below(100) < lostPercent;
  const isDoubled = random.below(100) < doubledPercent;
  const numbered = random.below(2) === 0 ? 'as-first' : 'anew';
  const second: readonly Arrival[] = isDoubled ? [{ at: at + delay(), numbered }] : [];
  return isLost ? second : [first, ...second];
}
