// Sets the scorecard right by what became of the branch's own credits: the level, with more of them the spread, never
// the order.

export interface CreditResult {
  /** Log odds the scorecard gave, before any calibration. */
  readonly odds: number;
  readonly isDefault: boolean;
}

/** What is made of the scorecard's log odds: `slope * odds + shift`. The slope is positive, so the order stays. */
export interface CreditLevel {
  readonly slope: number;
  readonly shift: number;
  /** `expert`: nothing learned; `level`: the mean is right; `spread`: the steepness as well (Platt). */
  readonly kind: 'expert' | 'level' | 'spread';
}

/** Fewer outcomes, or fewer defaults, than these leave the expert's level as it is. */
export const outcomesLeast = 50;
export const defaultsLeast = 5;
/** From here on the steepness is learned, too. */
export const spreadOutcomes = 200;
export const spreadDefaults = 20;
/** The expert's steepness counts like so many outcomes: few results move it little. */
const slopeTrust = 10;
const slopeLeast = 0.1;
const slopeMost = 3;

const steps = 60;

export const expertLevel: CreditLevel = Object.freeze({ slope: 1, shift: 0, kind: 'expert' });

const bounded = (move: number): number => Math.min(2, Math.max(-2, move));

/** One step of Newton on the log likelihood; where the spread is not learned the slope stays. */
function stepOf(results: readonly CreditResult[], level: CreditLevel, hasSpread: boolean) {
  let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9];
  for (const { odds, isDefault } of results) {
    const p = 1 / (1 + Math.exp(-(level.slope * odds + level.shift)));
    const [error, weight] = [p - (isDefault ? 1 : 0), p * (1 - p)];
    g0 += error;
    g1 += error * odds;
    h00 += weight;
    h01 += weight * odds;
    h11 += weight * odds * odds;
  }
  if (!hasSpread) return { shift: bounded(g0 / h00), slope: 0 };
  g1 += slopeTrust * (level.slope - 1);
  h11 += slopeTrust;
  const determinant = h00 * h11 - h01 * h01;
  return {
    shift: bounded((h11 * g0 - h01 * g1) / determinant),
    slope: bounded((h00 * g1 - h01 * g0) / determinant),
  };
}

/** The level the outcomes teach. Afterwards the mean probability equals the share of defaults among them. */
export function levelOf(results: readonly CreditResult[]): CreditLevel {
  const defaults = results.filter(({ isDefault }) => isDefault).length;
  const isFew = results.length < outcomesLeast || defaults < defaultsLeast;
  if (isFew || defaults === results.length) return expertLevel;
  const hasSpread = results.length >= spreadOutcomes && defaults >= spreadDefaults;
  let level: CreditLevel = { ...expertLevel, kind: hasSpread ? 'spread' : 'level' };
  for (let step = 0; step < steps; step += 1) {
    const move = stepOf(results, level, hasSpread);
    const slope = Math.min(slopeMost, Math.max(slopeLeast, level.slope - move.slope));
    level = { ...level, slope, shift: level.shift - move.shift };
    if (Math.abs(move.shift) + Math.abs(move.slope) < 1e-12) break;
  }
  return Object.freeze(level);
}

/** How far a probability rests on outcomes, for who reads it. */
export function levelInWords({ kind }: CreditLevel, outcomes: number): string {
  if (kind === 'spread')
    return `set right in level and spread by ${outcomes} outcomes of this branch`;
  if (kind === 'level') return `set right in level by ${outcomes} outcomes of this branch`;
  const few = `${outcomes} outcomes of this branch are too few to set it right`;
  return `by an expert, not learned: ${outcomes === 0 ? 'no credit of this branch has ended yet' : few}`;
}
