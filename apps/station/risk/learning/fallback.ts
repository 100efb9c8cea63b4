// Says when a champion has stopped being right often enough to stay.

export interface DayHits {
  readonly held: number;
  readonly real: number;
}

/** Days in a row, and cases held on each, before anybody is judged. */
export const fallbackDays = 3;
export const heldLeast = 5;

/** Lower end of the 95 % interval (Wilson) of a share seen `hits` times in `of`. */
export function wilsonLow(hits: number, of: number): number {
  if (of === 0) return 0;
  const z = 1.96;
  const share = hits / of;
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return Math.max(0, (share + (z * z) / (2 * of) - spread) / (1 + (z * z) / of));
}

/** True where on each of the newest three days with enough cases fewer were real than the trial's low end. */
export function shouldFallBack(days: readonly DayHits[], expectedLow: number): boolean {
  const judged = days.filter(({ held }) => held >= heldLeast).slice(-fallbackDays);
  if (judged.length < fallbackDays) return false;
  return judged.every(({ held, real }) => real / held < expectedLow);
}
