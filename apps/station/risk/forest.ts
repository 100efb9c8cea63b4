// Grows a random forest: bootstrap, a few features a split, cuts by chance near the leaves.
import { coarseMatrix } from './boosting.ts';
import { type Matrix, rowByRow } from './encode.ts';
import type { CoarseMatrix } from './grow.ts';
import type { Random } from './random.ts';
import {
  createTreeBuilder,
  featureBits,
  featureMask,
  type TreeBuilder,
  type Trees,
} from './tree.ts';

export interface ForestPlan {
  readonly trees: number;
  /** Features tried at each split. */
  readonly tries: number;
  /** Rows a leaf must hold, bootstrap copies counted. */
  readonly leafRows: number;
  /** Share of the rows drawn, with replacement, for each tree. */
  readonly rowShare: number;
}

export interface ForestLesson {
  readonly matrix: Matrix;
  readonly outcome: Float64Array;
  readonly weight: Float64Array;
  readonly rows: Int32Array;
}

export interface Forest {
  readonly trees: Trees;
  /** Per row the mean of the trees that did not learn from it; NaN where all did. */
  readonly apart: Float64Array;
}

/** A row's weight and its positive weight travel as one number: weight + positive * 2^26. */
const unit = 2 ** 26;
/** Weights are kept in sixteenths. */
const weightUnits = 16;
/** Nodes with no more rows than this are cut between two of their own values drawn by chance. */
const chanceRows = 160;

interface Growth {
  readonly fine: Matrix;
  readonly coarse: CoarseMatrix;
  readonly plan: ForestPlan;
  readonly builder: TreeBuilder;
  readonly rows: Int32Array;
  readonly packed: Float64Array;
  readonly spareRows: Int32Array;
  readonly sparePacked: Float64Array;
  readonly histogram: Float64Array;
  readonly order: Int32Array;
  /** State of the quick dice; see `roll`. */
  readonly dice: Int32Array;
}

/**
 * A number below a small limit (at most 65,536), by the upper half of a linear congruence: ten
 * draws a
 * split make a fifth of the training, and here chance need only be fair, not unforeseeable.
 */
function roll(dice: Int32Array, limit: number): number {
  const state = (Math.imul(dice[0] as number, 1_664_525) + 1_013_904_223) | 0;
  dice[0] = state;
  return ((state >>> 16) * limit) >>> 16;
}

interface Best {
  score: number;
  feature: number;
  first: number;
  last: number;
  isFine: boolean;
}

interface NodeSums {
  readonly weight: number;
  readonly positive: number;
  readonly weightMin: number;
}

function consider(best: Best, node: NodeSums, sum: number, place: Omit<Best, 'score'>): void {
  const positive = Math.floor(sum / unit);
  const weight = sum - positive * unit;
  const otherWeight = node.weight - weight;
  if (weight < node.weightMin || otherWeight < node.weightMin) return;
  const other = node.positive - positive;
  const score = (positive * positive) / weight + (other * other) / otherWeight;
  if (score <= best.score) return;
  best.score = score;
  best.feature = place.feature;
  best.first = place.first;
  best.last = place.last;
  best.isFine = place.isFine;
}

function searchHistogram(
  growth: Growth,
  feature: number,
  range: Range,
  node: NodeSums,
  best: Best,
) {
  const { coarse, rows, packed, histogram } = growth;
  const count = coarse.binCounts[feature] as number;
  const column = feature * coarse.rowCount;
  const { codes } = coarse;
  histogram.fill(0, 0, count);
  for (let at = range.start; at < range.end; at++) {
    const bin = codes[column + (rows[at] as number)] as number;
    histogram[bin] = (histogram[bin] as number) + (packed[at] as number);
  }
  const isCategory = coarse.isCategory[feature] as boolean;
  const missing = histogram[0] as number;
  const place = { feature, first: 0, last: 0, isFine: false };
  let sum = missing;
  if (missing !== 0) consider(best, node, sum, place);
  for (let bin = 1; bin < count; bin++) {
    const own = histogram[bin] as number;
    if (own === 0) continue;
    sum += own;
    place.first = 0;
    place.last = bin;
    consider(best, node, sum, place);
    if (missing !== 0) {
      place.first = 1;
      consider(best, node, sum - missing, place);
    }
    if (!isCategory) continue;
    place.first = bin;
    consider(best, node, own, place);
  }
}

/** The bin of a row of the node, drawn by chance: where a small node is cut. */
function drawBin(growth: Growth, column: number, range: Range): number {
  const at = range.start + roll(growth.dice, range.end - range.start);
  return growth.fine.bins[column + (growth.rows[at] as number)] as number;
}

/** Sum over the rows of the node whose fine bin lies from `first` to `last`. */
function sumBetween(growth: Growth, column: number, range: Range, first: number, last: number) {
  const { rows, packed } = growth;
  const { bins } = growth.fine;
  const span = last - first;
  let sum = 0;
  for (let at = range.start; at < range.end; at++) {
    const isIn = ((bins[column + (rows[at] as number)] as number) - first) >>> 0 <= span;
    sum += isIn ? (packed[at] as number) : 0;
  }
  return sum;
}

/**
 * A small node is cut between the values of two of its own rows, drawn by chance: finer than any
 * bin,
 * far cheaper than sorting, and the trees differ more, which is what a forest lives by.
 */
function searchByChance(growth: Growth, feature: number, range: Range, node: NodeSums, best: Best) {
  const { fine, dice } = growth;
  const column = feature * fine.rowCount;
  const isCategory = fine.isCategory[feature] as boolean;
  const place = { feature, first: 0, last: 0, isFine: true };
  const bin = drawBin(growth, column, range);
  const other = isCategory ? bin : drawBin(growth, column, range);
  const isAlone = isCategory && roll(dice, 2) === 0;
  place.first = isAlone ? bin : 0;
  // Between the two values, each side of which has then at least one row.
  place.last = Math.min(bin, other) + (Math.abs(bin - other) >> 1);
  const sum = sumBetween(growth, column, range, place.first, place.last);
  consider(best, node, sum, place);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function findSplit(growth: Growth, range: Range, node: NodeSums): Best | null {
  const { plan, dice, order } = growth;
  const floor = (node.positive * node.positive) / node.weight;
  const best: Best = { score: floor + 1e-9, feature: -1, first: 0, last: 0, isFine: false };
  const isSmall = range.end - range.start <= chanceRows;
  for (let tried = 0; tried < order.length; tried++) {
    if (tried >= plan.tries && best.feature >= 0) break;
    const other = tried + roll(dice, order.length - tried);
    const feature = order[other] as number;
    order[other] = order[tried] as number;
    order[tried] = feature;
    if (isSmall) searchByChance(growth, feature, range, node, best);
    else searchHistogram(growth, feature, range, node, best);
  }
  return best.feature < 0 ? null : best;
}

function partition(growth: Growth, range: Range, best: Best): number {
  const { rows, packed, spareRows, sparePacked, fine, coarse } = growth;
  const codes = best.isFine ? fine.bins : coarse.codes;
  const column = best.feature * fine.rowCount;
  const span = best.last - best.first;
  let [left, right] = [range.start, 0];
  for (let at = range.start; at < range.end; at++) {
    const row = rows[at] as number;
    const value = packed[at] as number;
    if (((codes[column + row] as number) - best.first) >>> 0 <= span) {
      rows[left] = row;
      packed[left++] = value;
    } else {
      spareRows[right] = row;
      sparePacked[right++] = value;
    }
  }
  for (let at = 0; at < right; at++) {
    rows[left + at] = spareRows[at] as number;
    packed[left + at] = sparePacked[at] as number;
  }
  return left;
}

function growNode(growth: Growth, range: Range): void {
  const { packed, plan, builder, coarse } = growth;
  let sum = 0;
  for (let at = range.start; at < range.end; at++) sum += packed[at] as number;
  const positive = Math.floor(sum / unit);
  const weight = sum - positive * unit;
  const weightMin = plan.leafRows * weightUnits;
  const isPure = positive === 0 || positive === weight;
  const isSmall = weight < 2 * weightMin;
  const best = isPure || isSmall ? null : findSplit(growth, range, { weight, positive, weightMin });
  if (!best) return builder.leaf(positive / weight, weight / weightUnits);
  const middle = partition(growth, range, best);
  const { feature, first, last, isFine } = best;
  const fineFirst = isFine ? first : (coarse.firstFine[feature]?.[first] as number);
  const fineLast = isFine ? last : (coarse.lastFine[feature]?.[last] as number);
  const branch = builder.branch(feature, fineFirst, fineLast, weight / weightUnits);
  growNode(growth, { start: range.start, end: middle });
  builder.join(branch);
  growNode(growth, { start: middle, end: range.end });
}

/** Draws the rows of one tree; gives how many different ones there are. */
function draw(lesson: ForestLesson, plan: ForestPlan, random: Random, growth: Growth) {
  const { rows, outcome, weight } = lesson;
  const copies = new Uint8Array(rows.length);
  const wanted = Math.round(plan.rowShare * rows.length);
  for (let turn = 0; turn < wanted; turn++) {
    const at = random.below(rows.length);
    if ((copies[at] as number) < 255) copies[at] = (copies[at] as number) + 1;
  }
  let count = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const units = Math.round((copies[at] as number) * (weight[row] as number) * weightUnits);
    if (units === 0) continue;
    growth.rows[count] = row;
    growth.packed[count++] = units + (outcome[row] === 1 ? units * unit : 0);
  }
  return { copies, count };
}

function judgeApart(
  lesson: ForestLesson,
  bins: Uint16Array,
  trees: Trees,
  copies: Uint8Array,
  sums: { readonly total: Float64Array; readonly votes: Uint16Array },
): void {
  const { nodes, leaves } = trees;
  const { featureCount } = lesson.matrix;
  for (let at = 0; at < copies.length; at++) {
    if (copies[at] !== 0) continue;
    const row = lesson.rows[at] as number;
    let node = 0;
    let link = nodes[1] as number;
    while (link >= 0) {
      const range = nodes[2 * node] as number;
      const bin = bins[row * featureCount + (link & featureMask)] as number;
      node += (bin - (range >>> 16)) >>> 0 <= (range & 0xffff) ? 1 : link >>> featureBits;
      link = nodes[2 * node + 1] as number;
    }
    sums.total[row] = (sums.total[row] as number) + (leaves[~link] as number);
    sums.votes[row] = (sums.votes[row] as number) + 1;
  }
}

/** Trains a forest; the rows a tree did not draw judge it. `onStep` may throw to cancel. */
export function trainForest(
  lesson: ForestLesson,
  plan: ForestPlan,
  random: Random,
  onStep: (done: number) => void,
): Forest {
  const { matrix, rows } = lesson;
  const numbers = () => new Float64Array(rows.length);
  const walked = rowByRow(matrix);
  const dice = Int32Array.of(random.below(2 ** 32));
  const builder = createTreeBuilder();
  const growth: Growth = {
    ...{ fine: matrix, coarse: coarseMatrix(matrix, rows, 255), plan, builder, dice },
    ...{ rows: new Int32Array(rows.length), packed: numbers() },
    ...{ spareRows: new Int32Array(rows.length), sparePacked: numbers() },
    ...{ histogram: new Float64Array(256) },
    order: Int32Array.from({ length: matrix.featureCount }, (_none, at) => at),
  };
  const total = new Float64Array(matrix.rowCount);
  const votes = new Uint16Array(matrix.rowCount);
  for (let tree = 0; tree < plan.trees; tree++) {
    const { copies, count } = draw(lesson, plan, random, growth);
    const own = createTreeBuilder();
    own.begin();
    growNode({ ...growth, builder: own }, { start: 0, end: count });
    const grown = own.build();
    judgeApart(lesson, walked, grown, copies, { total, votes });
    builder.append(grown);
    onStep((tree + 1) / plan.trees);
  }
  const apart = total.map((sum, row) => sum / (votes[row] as number));
  return { trees: builder.build(), apart };
}
