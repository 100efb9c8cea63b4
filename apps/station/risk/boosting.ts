// Boosts histogram trees on the logistic loss: sampled by importance, stopped on rows not seen.
import { coarsen } from './bins.ts';
import { type Matrix, rowByRow } from './encode.ts';
import {
  type CoarseMatrix,
  createScratch,
  type GrowPlan,
  growTree,
  hessianUnit,
  type Leaf,
  type Sample,
} from './grow.ts';
import type { Random } from './random.ts';
import { createTreeBuilder, featureBits, featureMask, type Trees } from './tree.ts';

export interface BoostingPlan {
  readonly trees: number;
  readonly leaves: number;
  readonly learningRate: number;
  readonly ridge: number;
  readonly hessianMin: number;
  readonly rowsMin: number;
  /** Share of the rows a tree learns from. */
  readonly rowShare: number;
  /** Share of the features a tree may ask about. */
  readonly featureShare: number;
  /** Coarse bins of a feature, at most 256. */
  readonly binsMax: number;
  /** Per feature 1, -1 or 0. */
  readonly monotone: Int8Array;
  /** Trees without a gain on the judging rows after which to stop. */
  readonly patience: number;
}

export interface Lesson {
  readonly matrix: Matrix;
  /** 0 or 1 per row. */
  readonly outcome: Float64Array;
  readonly weight: Float64Array;
  /** Rows that judge when to stop; they teach nothing. Empty: all trees are kept. */
  readonly judges: Int32Array;
  /** Rows that teach. */
  readonly rows: Int32Array;
}

export interface Boosted {
  readonly trees: Trees;
  /** Log odds every row starts from. */
  readonly base: number;
  readonly treeCount: number;
}

const slots = 8192;
const reach = 16;
/** Rows by which the sampling level is set. */
const levelRows = 4096;

/**
 * The logistic function by a table of 8,192 steps from -16 to 16, straight between them (error
 * below
 * 1e-6); what training asks a hundred million times.
 */
const logistic = Float64Array.from({ length: slots + 2 }, (_none, at) => {
  return 1 / (1 + Math.exp(-((at / slots) * 2 * reach - reach)));
});

function probabilityOf(margin: number): number {
  const place = (margin + reach) * (slots / (2 * reach));
  if (place <= 0) return logistic[0] as number;
  if (place >= slots) return logistic[slots] as number;
  const at = place | 0;
  const low = logistic[at] as number;
  return low + (place - at) * ((logistic[at + 1] as number) - low);
}

/** Joins the fine bins to at most `binsMax` coarse ones by the rows that teach. */
export function coarseMatrix(matrix: Matrix, rows: Int32Array, binsMax: number): CoarseMatrix {
  const { rowCount, featureCount, bins, isCategory } = matrix;
  const codes = new Uint8Array(featureCount * rowCount);
  const binCounts = new Int32Array(featureCount);
  const [firstFine, lastFine]: [Uint16Array[], Uint16Array[]] = [[], []];
  for (let feature = 0; feature < featureCount; feature++) {
    const fine = matrix.binCounts[feature] as number;
    const start = feature * rowCount;
    const counts = new Uint32Array(fine);
    for (let at = 0; at < rows.length; at++) {
      const bin = bins[start + (rows[at] as number)] as number;
      counts[bin] = (counts[bin] as number) + 1;
    }
    const groups = coarsen(counts, binsMax);
    for (let row = 0; row < rowCount; row++) {
      codes[start + row] = groups[bins[start + row] as number] as number;
    }
    const count = (groups[fine - 1] as number) + 1;
    const [first, last] = [new Uint16Array(count).fill(65_535), new Uint16Array(count)];
    for (let bin = 0; bin < fine; bin++) {
      const group = groups[bin] as number;
      first[group] = Math.min(first[group] as number, bin);
      last[group] = Math.max(last[group] as number, bin);
    }
    binCounts[feature] = count;
    firstFine.push(first);
    lastFine.push(last);
  }
  return { rowCount, featureCount, codes, binCounts, isCategory, firstFine, lastFine };
}

/** How strongly a row pulls: the length of its gradient and hessian together. */
const pullOf = (gradient: number, hessian: number): number =>
  Math.sqrt(gradient * gradient + hessian * hessian);

/** How strongly some thousand rows pull, evenly apart: they tell the level well enough. */
function pullsOfSome({ rows, outcome, weight }: Lesson, margins: Float64Array): Float64Array {
  const stride = Math.max(1, Math.floor(rows.length / levelRows));
  const pulls = new Float64Array(Math.ceil(rows.length / stride));
  for (let place = 0; place < pulls.length; place++) {
    const row = rows[place * stride] as number;
    const probability = probabilityOf(margins[row] as number);
    const own = weight[row] as number;
    const gradient = own * (probability - (outcome[row] as number));
    pulls[place] = pullOf(gradient, own * probability * (1 - probability));
  }
  return pulls;
}

/**
 * The level at which drawing each row with chance `pull / level` (at most 1) draws the wanted share
 * of
 * the rows on average (minimal variance sampling, Ibragimov and Gusev 2019).
 */
function levelFor(pulls: Float64Array, share: number): number {
  let [low, high] = [0, 0];
  for (let at = 0; at < pulls.length; at++) high += pulls[at] as number;
  const wanted = share * pulls.length;
  high = high / wanted || 1;
  for (let turn = 0; turn < 12; turn++) {
    const level = (low + high) / 2;
    let drawn = 0;
    for (let at = 0; at < pulls.length; at++) {
      const own = pulls[at] as number;
      drawn += own >= level ? 1 : own / level;
    }
    if (drawn > wanted) low = level;
    else high = level;
  }
  return high;
}

/** Room for drawing the rows of one tree. */
interface Draw {
  readonly rows: Int32Array;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly packed: Float64Array;
  /** Rows that were not drawn. */
  readonly others: Int32Array;
}

/**
 * Draws the rows of one tree, each with its gradient and hessian; nothing is kept of the others.
 */
function drawSample(
  lesson: Lesson,
  plan: BoostingPlan,
  margins: Float64Array,
  draw: Draw,
  random: Random,
): Sample {
  const { rows, outcome, weight } = lesson;
  const { rows: drawn, gradients, hessians, others } = draw;
  const isAll = plan.rowShare >= 1;
  const level = isAll ? 0 : levelFor(pullsOfSome(lesson, margins), plan.rowShare);
  let [count, left] = [0, 0];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const probability = probabilityOf(margins[row] as number);
    const own = weight[row] as number;
    const gradient = own * (probability - (outcome[row] as number));
    const hessian = own * probability * (1 - probability);
    const pull = pullOf(gradient, hessian);
    let [chance, isDrawn] = [1, 1];
    if (pull < level) {
      chance = pull / level;
      isDrawn = +(random.unit() < chance);
    }
    // Written to both lists, kept in one: whether a row is drawn is chance, and cannot be guessed.
    drawn[count] = row;
    gradients[count] = gradient / chance;
    hessians[count] = hessian / chance;
    others[left] = row;
    count += isDrawn;
    left += 1 - isDrawn;
  }
  return pack(draw, count, random);
}

/** Rounds by chance, so that the rounding is right on average, and packs both into one number. */
function pack(draw: Draw, count: number, random: Random): Sample {
  const { gradients, hessians, packed } = draw;
  let [gradientSum, hessianSum] = [0, 0];
  for (let at = 0; at < count; at++) {
    gradientSum += Math.abs(gradients[at] as number);
    hessianSum += hessians[at] as number;
  }
  const gradientScale = (2 ** 25 - count) / (gradientSum || 1);
  const hessianScale = (hessianUnit - 1 - count) / (hessianSum || 1);
  for (let at = 0; at < count; at++) {
    const chance = random.unit();
    const gradient = Math.floor((gradients[at] as number) * gradientScale + chance);
    const hessian = Math.floor((hessians[at] as number) * hessianScale + chance);
    packed[at] = gradient * hessianUnit + hessian;
  }
  return { rows: draw.rows, packed, count, gradientScale, hessianScale };
}

/** Bins row after row. */
interface Walked {
  readonly bins: Uint16Array;
  readonly featureCount: number;
}

/**
 * A tree as training walks it: per node the range that goes left, the feature, the step to the left
 * child and what the right one lies further on; a leaf steps nowhere.
 */
function asWalk({ nodes }: Trees): Int32Array {
  const walk = new Int32Array(2 * nodes.length);
  for (let at = 0; at < nodes.length; at += 2) {
    const link = nodes[at + 1] as number;
    walk[2 * at] = nodes[at] as number;
    if (link < 0) {
      walk[2 * at + 1] = 0;
      continue;
    }
    walk[2 * at + 1] = link & featureMask;
    walk[2 * at + 2] = 4;
    walk[2 * at + 3] = 4 * (link >>> featureBits) - 4;
  }
  return walk;
}

/** How much further the row's way leads from this node of `walk`; 0 at a leaf. */
function stepFrom(walk: Int32Array, node: number, bins: Uint16Array, start: number): number {
  const range = walk[node] as number;
  const bin = bins[start + (walk[node + 1] as number)] as number;
  // -1 where the bin lies outside the range: the way is reckoned, never guessed.
  const right = ((range & 0xffff) - ((bin - (range >>> 16)) & 0xffff)) >> 31;
  return (walk[node + 2] as number) + (right & (walk[node + 3] as number));
}

/** Adds the newest tree's value to the margins of the rows, four side by side: none waits alone. */
function addTree(
  { bins, featureCount }: Walked,
  trees: Trees,
  rows: Int32Array,
  margins: Float64Array,
): void {
  const { nodes, leaves } = trees;
  const walk = asWalk(trees);
  const last = rows.length - 1;
  for (let at = 0; at <= last; at += 4) {
    const one = rows[at] as number;
    const two = rows[at < last ? at + 1 : last] as number;
    const three = rows[at + 1 < last ? at + 2 : last] as number;
    const four = rows[at + 2 < last ? at + 3 : last] as number;
    let [a, b, c, d, moved] = [0, 0, 0, 0, 1];
    while (moved !== 0) {
      const stepA = stepFrom(walk, a, bins, one * featureCount);
      const stepB = stepFrom(walk, b, bins, two * featureCount);
      const stepC = stepFrom(walk, c, bins, three * featureCount);
      const stepD = stepFrom(walk, d, bins, four * featureCount);
      a += stepA;
      b += stepB;
      c += stepC;
      d += stepD;
      moved = stepA | stepB | stepC | stepD;
    }
    margins[one] = (margins[one] as number) + (leaves[~(nodes[(a >> 1) + 1] as number)] as number);
    if (at + 1 > last) continue;
    margins[two] = (margins[two] as number) + (leaves[~(nodes[(b >> 1) + 1] as number)] as number);
    if (at + 2 > last) continue;
    margins[three] =
      (margins[three] as number) + (leaves[~(nodes[(c >> 1) + 1] as number)] as number);
    if (at + 3 > last) continue;
    margins[four] =
      (margins[four] as number) + (leaves[~(nodes[(d >> 1) + 1] as number)] as number);
  }
}

/**
 * Adds a leaf's value to the margins of the rows the tree was grown on: where they lie is known.
 */
function addLeaves({ rows }: Sample, leaves: readonly Leaf[], margins: Float64Array): void {
  for (const { start, end, value } of leaves) {
    for (let at = start; at < end; at++) {
      const row = rows[at] as number;
      margins[row] = (margins[row] as number) + value;
    }
  }
}

function lossOf(lesson: Lesson, margins: Float64Array): number {
  let sum = 0;
  for (const row of lesson.judges) {
    const probability = probabilityOf(margins[row] as number);
    const chance = lesson.outcome[row] === 1 ? probability : 1 - probability;
    sum -= (lesson.weight[row] as number) * Math.log(Math.max(chance, 1e-9));
  }
  return sum;
}

function baseOf({ rows, outcome, weight }: Lesson): number {
  let [positive, all] = [0, 0];
  for (const row of rows) {
    positive += (weight[row] as number) * (outcome[row] as number);
    all += weight[row] as number;
  }
  const share = Math.min(1 - 1e-6, Math.max(1e-6, positive / all));
  return Math.log(share / (1 - share));
}

function drawFeatures(count: number, share: number, random: Random): Int32Array {
  const wanted = Math.max(1, Math.round(share * count));
  const all = Array.from({ length: count }, (_none, feature) => feature);
  for (let at = 0; at < wanted; at++) {
    const other = at + random.below(count - at);
    [all[at], all[other]] = [all[other] as number, all[at] as number];
  }
  return Int32Array.from(all.slice(0, wanted)).sort();
}

/** Joins single trees into one block, as far as `count` of them. */
function joined(list: readonly Trees[], count: number): Trees {
  const builder = createTreeBuilder();
  for (const trees of list.slice(0, count)) builder.append(trees);
  return builder.build();
}

/** Trains boosted trees; `onStep` hears the share done and may throw to cancel. */
export function trainBoosted(
  lesson: Lesson,
  plan: BoostingPlan,
  random: Random,
  onStep: (done: number) => void,
): Boosted {
  const matrix = coarseMatrix(lesson.matrix, lesson.rows, plan.binsMax);
  const scratch = createScratch(matrix);
  const walked = { bins: rowByRow(lesson.matrix), featureCount: matrix.featureCount };
  const count = lesson.rows.length;
  const numbers = () => new Float64Array(count);
  const draw: Draw = {
    ...{ rows: new Int32Array(count), gradients: numbers(), hessians: numbers() },
    ...{ packed: numbers(), others: new Int32Array(count) },
  };
  const base = baseOf(lesson);
  const margins = new Float64Array(lesson.matrix.rowCount).fill(base);
  const list: Trees[] = [];
  let [best, bestCount] = [lesson.judges.length > 0 ? lossOf(lesson, margins) : 0, 0];
  for (let tree = 0; tree < plan.trees; tree++) {
    const sample = drawSample(lesson, plan, margins, draw, random);
    const grow: GrowPlan = {
      ...{ matrix, monotone: plan.monotone, leavesMax: plan.leaves, ridge: plan.ridge },
      ...{ hessianMin: plan.hessianMin, rowsMin: plan.rowsMin, rate: plan.learningRate },
      features: drawFeatures(matrix.featureCount, plan.featureShare, random),
    };
    const builder = createTreeBuilder();
    const leaves = growTree(grow, sample, scratch, builder);
    const grown = builder.build();
    list.push(grown);
    addLeaves(sample, leaves, margins);
    addTree(walked, grown, draw.others.subarray(0, count - sample.count), margins);
    onStep((tree + 1) / plan.trees);
    if (lesson.judges.length === 0) continue;
    addTree(walked, grown, lesson.judges, margins);
    const loss = lossOf(lesson, margins);
    if (loss < best) [best, bestCount] = [loss, tree + 1];
    else if (tree + 1 - bestCount >= plan.patience) break;
  }
  const treeCount = lesson.judges.length === 0 ? list.length : Math.max(1, bestCount);
  return { trees: joined(list, treeCount), base, treeCount };
}
