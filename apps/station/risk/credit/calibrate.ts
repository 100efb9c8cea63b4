// Sets the scorecard right by what became of the branch's own credits: the level, never the order.

export interface CreditResult {
  /** Log odds the scorecard gave, without any shift. */
  readonly odds: number;
  readonly isDefault: boolean;
}

/** Fewer outcomes, or fewer defaults, than these leave the expert's level as it is. */
export const outcomesLeast = 50;
export const defaultsLeast = 5;

const steps = 50;

/** The shift of the log odds by which the mean probability equals the share of defaults; 0 while too few. */
export function shiftOf(results: readonly CreditResult[]): number {
  const defaults = results.filter(({ isDefault }) => isDefault).length;
  if (results.length < outcomesLeast || defaults < defaultsLeast) return 0;
  if (defaults === results.length) return 0;
  let shift = 0;
  for (let step = 0; step < steps; step += 1) {
    let [sum, slope] = [-defaults, 0];
    for (const { odds } of results) {
      const probability = 1 / (1 + Math.exp(-(odds + shift)));
      sum += probability;
      slope += probability * (1 - probability);
    }
    const move = sum / Math.max(slope, 1e-9);
    shift -= Math.min(2, Math.max(-2, move));
    if (Math.abs(move) < 1e-12) break;
  }
  return shift;
}
