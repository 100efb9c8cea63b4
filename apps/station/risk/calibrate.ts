// Turns scores into probabilities that come true: Platt's line, or isotonic steps where cases
// allow.

/**
 * With knots: straight lines between them, rising. Without: the logistic function of
 * `slope * score + offset` (Platt 1999).
 */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

const none = new Float64Array(0);

/** Log odds are taken as they are. */
export const identity: Calibration = { slope: 1, offset: 0, from: none, to: none };

/** The probability of a score. */
export function calibrated(calibration: Calibration, score: number): number {
  const { slope, offset, from, to } = calibration;
  if (from.length < 2) return 1 / (1 + Math.exp(-(slope * score + offset)));
  let low = 0;
  let high = from.length - 1;
  if (score <= (from[0] as number)) return to[0] as number;
  if (score >= (from[high] as number)) return to[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((from[middle] as number) <= score) low = middle;
    else high = middle;
  }
  const [x0, x1] = [from[low] as number, from[high] as number];
  const [y0, y1] = [to[low] as number, to[high] as number];
  return y0 + ((score - x0) / (x1 - x0)) * (y1 - y0);
}

export interface Judged {
  readonly scores: Float64Array;
  readonly outcome: Float64Array;
  readonly weight: Float64Array;
}

/** Fits Platt's line by Newton's method, with his smoothed targets; the slope stays above 0. */
export function fitPlatt({ scores, outcome, weight }: Judged): Calibration {
  let [positives, negatives] = [0, 0];
  for (let at = 0; at < scores.length; at++) {
    const own = weight[at] as number;
    if (outcome[at] === 1) positives += own;
    else negatives += own;
  }
  const targets = [1 / (negatives + 2), (positives + 1) / (positives + 2)];
  let [slope, offset] = [1, 0];
  for (let step = 0; step < 30; step++) {
    let [g0, g1, h00, h01, h11] = [0, 1e-3 * (1 - slope), 1e-9, 0, 1e-3];
    for (let at = 0; at < scores.length; at++) {
      const score = scores[at] as number;
      const probability = 1 / (1 + Math.exp(-(slope * score + offset)));
      const own = weight[at] as number;
      const pull = own * ((targets[outcome[at] as number] as number) - probability);
      const curve = own * probability * (1 - probability);
      g0 += pull;
      g1 += pull * score;
      h00 += curve;
      h01 += curve * score;
      h11 += curve * score * score;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 1e-12)) break;
    const dOffset = (g0 * h11 - g1 * h01) / determinant;
    const dSlope = (g1 * h00 - g0 * h01) / determinant;
    const share = Math.min(1, 2 / Math.max(Math.abs(dOffset), Math.abs(dSlope), 1e-9));
    offset += share * dOffset;
    slope = Math.max(0.05, slope + share * dSlope);
    if (Math.abs(dOffset) + Math.abs(dSlope) < 1e-9) break;
  }
  return { slope, offset, from: none, to: none };
}

interface Block {
  weight: number;
  positive: number;
  score: number;
}

/** Pools neighbours until the shares rise (pool adjacent violators). */
function pooled(judged: Judged, blockWeightMin: number): readonly Block[] {
  const { scores, outcome, weight } = judged;
  const order = Uint32Array.from(scores, (_score, at) => at).sort(
    (one, other) => (scores[one] as number) - (scores[other] as number) || one - other,
  );
  const blocks: Block[] = [];
  const join = (): void => {
    const last = blocks.pop() as Block;
    const before = blocks.at(-1) as Block;
    before.weight += last.weight;
    before.positive += last.positive;
    before.score += last.score;
  };
  for (const at of order) {
    const own = weight[at] as number;
    const score = scores[at] as number;
    const last = blocks.at(-1);
    const isOpen = last && (last.weight < blockWeightMin || last.score / last.weight >= score);
    if (isOpen) {
      last.weight += own;
      last.positive += own * (outcome[at] as number);
      last.score += own * score;
    } else
      blocks.push({ weight: own, positive: own * (outcome[at] as number), score: own * score });
    while (blocks.length > 1) {
      const [before, after] = blocks.slice(-2) as [Block, Block];
      const isRising = before.positive * after.weight < after.positive * before.weight;
      if (isRising || after.weight < blockWeightMin) break;
      join();
    }
  }
  if (blocks.length > 1 && (blocks.at(-1) as Block).weight < blockWeightMin) join();
  return blocks;
}

/**
 * Isotonic calibration, joined by straight lines so that the order of scores is kept and no two
 * become one. Needs about a thousand judged rows; below, use Platt.
 */
export function fitIsotonic(judged: Judged, blockWeightMin = 30): Calibration {
  const blocks = pooled(judged, blockWeightMin);
  if (blocks.length < 3) return fitPlatt(judged);
  const [from, to]: [number[], number[]] = [[], []];
  for (const { weight, positive, score } of blocks) {
    const x = score / weight;
    const y = Math.max(positive / weight, (to.at(-1) ?? 0) + 1e-9);
    if (from.length > 0 && x <= (from.at(-1) as number)) continue;
    from.push(x);
    to.push(y);
  }
  // Beyond the outermost blocks the line goes on gently, so that ranking is kept there, too.
  const span = (from.at(-1) as number) - (from[0] as number) || 1;
  from.unshift((from[0] as number) - span);
  to.unshift((to[0] as number) / 2);
  from.push((from.at(-1) as number) + span);
  to.push((1 + (to.at(-1) as number)) / 2);
  return { slope: 1, offset: 0, from: Float64Array.from(from), to: Float64Array.from(to) };
}
