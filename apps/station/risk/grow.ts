// Grows one boosted tree on binned gradients: histograms, best split, partition, leaf by leaf.
import type { TreeBuilder } from './tree.ts';

/**
 * A gradient and a hessian travel as one whole number, gradient * 2^26 + hessian, so that a
 * histogram
 * is one addition a row, exact in any order, and a sibling's histogram is an exact difference.
 */
export const hessianUnit = 2 ** 26;

/** Coarse bins of the training rows, feature after feature. */
export interface CoarseMatrix {
  readonly rowCount: number;
  readonly featureCount: number;
  readonly codes: Uint8Array;
  readonly binCounts: Int32Array;
  readonly isCategory: readonly boolean[];
  /** Per feature and coarse bin: its first and last fine bin, as trees keep them. */
  readonly firstFine: readonly Uint16Array[];
  readonly lastFine: readonly Uint16Array[];
}

export interface GrowPlan {
  readonly matrix: CoarseMatrix;
  /** Features this tree may ask about. */
  readonly features: Int32Array;
  /** 1, -1 or 0 per feature. */
  readonly monotone: Int8Array;
  readonly leavesMax: number;
  readonly ridge: number;
  readonly hessianMin: number;
  readonly rowsMin: number;
  /** What a leaf's value is multiplied with. */
  readonly rate: number;
}

/** The rows a tree learns from: `rows` is reordered, `packed` holds each position's gradient. */
export interface Sample {
  readonly rows: Int32Array;
  readonly packed: Float64Array;
  readonly count: number;
  readonly gradientScale: number;
  readonly hessianScale: number;
}

export interface Leaf {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly first: number;
  readonly last: number;
  readonly leftValue: number;
  readonly rightValue: number;
}

interface Node {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly histogram: Float64Array;
  readonly split: Split | null;
  children: readonly [Node, Node] | null;
}

/** Room that every tree of a training uses again. */
export interface Scratch {
  readonly offsets: Int32Array;
  readonly pool: Float64Array[];
  readonly spareRows: Int32Array;
  readonly sparePacked: Float64Array;
  readonly size: number;
}

export function createScratch(matrix: CoarseMatrix): Scratch {
  const offsets = new Int32Array(matrix.featureCount + 1);
  for (let feature = 0; feature < matrix.featureCount; feature++) {
    offsets[feature + 1] = (offsets[feature] as number) + (matrix.binCounts[feature] as number);
  }
  return {
    offsets,
    pool: [],
    spareRows: new Int32Array(matrix.rowCount),
    sparePacked: new Float64Array(matrix.rowCount),
    size: offsets[matrix.featureCount] as number,
  };
}

/** Room for one histogram; what lies in it is undefined. */
const roomFor = (scratch: Scratch): Float64Array =>
  scratch.pool.pop() ?? new Float64Array(scratch.size);

function histogramOf(plan: GrowPlan, sample: Sample, scratch: Scratch, from: number, to: number) {
  const { matrix, features } = plan;
  const { rows, packed } = sample;
  const { codes, rowCount } = matrix;
  const { offsets } = scratch;
  const histogram = roomFor(scratch);
  for (let each = 0; each < features.length; each++) {
    const feature = features[each] as number;
    const column = feature * rowCount;
    const offset = offsets[feature] as number;
    histogram.fill(0, offset, offsets[feature + 1]);
    for (let at = from; at < to; at++) {
      const bin = offset + (codes[column + (rows[at] as number)] as number);
      histogram[bin] = (histogram[bin] as number) + (packed[at] as number);
    }
  }
  return histogram;
}

/** What splits of one node are weighed with. */
interface Weighing {
  readonly gradient: number;
  readonly hessian: number;
  readonly ridge: number;
  readonly hessianMin: number;
  readonly low: number;
  readonly high: number;
  readonly gainNow: number;
}

const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value;

/** Twice the loss a leaf saves with this value. */
const savedBy = (value: number, gradient: number, hessian: number, ridge: number): number =>
  -(2 * gradient * value + (hessian + ridge) * value * value);

interface Found {
  gain: number;
  feature: number;
  first: number;
  last: number;
  left: number;
  right: number;
}

interface Ask {
  readonly gradientScale: number;
  readonly hessianScale: number;
  /** 1, -1 or 0: which way the right side must lie. */
  readonly direction: number;
  readonly feature: number;
}

/**
 * Weighs sending the bins from `first` to `last` left, with this packed sum, against the best so
 * far.
 */
function consider(
  node: Weighing,
  ask: Ask,
  sum: number,
  first: number,
  last: number,
  best: Found,
): void {
  const { ridge, hessianMin, low, high } = node;
  const units = Math.floor(sum / hessianUnit);
  const hessian = (sum - units * hessianUnit) / ask.hessianScale;
  const rightHessian = node.hessian - hessian;
  if (hessian < hessianMin || rightHessian < hessianMin) return;
  const gradient = units / ask.gradientScale;
  const rightGradient = node.gradient - gradient;
  const left = clamp(-gradient / (hessian + ridge), low, high);
  const right = clamp(-rightGradient / (rightHessian + ridge), low, high);
  if (ask.direction !== 0 && (right - left) * ask.direction < 0) return;
  const gain =
    savedBy(left, gradient, hessian, ridge) +
    savedBy(right, rightGradient, rightHessian, ridge) -
    node.gainNow;
  if (gain <= best.gain) return;
  best.gain = gain;
  best.feature = ask.feature;
  best.first = first;
  best.last = last;
  best.left = left;
  best.right = right;
}

/** Best split of one feature: bins up to one (with the missing left or right), or one category. */
function searchFeature(
  plan: GrowPlan,
  sample: Sample,
  node: Weighing,
  histogram: Float64Array,
  place: { readonly feature: number; readonly offset: number },
  best: Found,
): void {
  const { feature, offset } = place;
  const { gradientScale, hessianScale } = sample;
  const direction = plan.monotone[feature] as number;
  const count = plan.matrix.binCounts[feature] as number;
  const isCategory = plan.matrix.isCategory[feature] as boolean;
  const missing = histogram[offset] as number;
  const ask = { gradientScale, hessianScale, direction, feature };
  let sum = 0;
  for (let bin = 1; bin < count; bin++) {
    const own = histogram[offset + bin] as number;
    if (own === 0) continue;
    sum += own;
    // The last bin alone against the missing alone is a split, too.
    if (bin < count - 1 || missing !== 0) consider(node, ask, sum, 1, bin, best);
    if (missing !== 0 && bin < count - 1) consider(node, ask, sum + missing, 0, bin, best);
    if (isCategory) consider(node, ask, own, bin, bin, best);
  }
}

function bestSplit(
  plan: GrowPlan,
  sample: Sample,
  scratch: Scratch,
  node: { histogram: Float64Array; low: number; high: number; value: number },
  total: { readonly gradient: number; readonly hessian: number },
): Split | null {
  const { low, high, value, histogram } = node;
  const { ridge, hessianMin } = plan;
  const gainNow = savedBy(value, total.gradient, total.hessian, ridge);
  const weighing = { ...total, ridge, hessianMin, low, high, gainNow };
  const best: Found = { gain: 1e-9, feature: -1, first: 0, last: 0, left: 0, right: 0 };
  for (let each = 0; each < plan.features.length; each++) {
    const feature = plan.features[each] as number;
    const offset = scratch.offsets[feature] as number;
    searchFeature(plan, sample, weighing, histogram, { feature, offset }, best);
  }
  if (best.feature < 0) return null;
  const { gain, feature, first, last, left, right } = best;
  return { gain, feature, first, last, leftValue: left, rightValue: right };
}

function totalOf(plan: GrowPlan, sample: Sample, scratch: Scratch, histogram: Float64Array) {
  const feature = plan.features[0] as number;
  const [from, to] = [scratch.offsets[feature] as number, scratch.offsets[feature + 1] as number];
  let sum = 0;
  for (let at = from; at < to; at++) sum += histogram[at] as number;
  const units = Math.floor(sum / hessianUnit);
  return {
    gradient: units / sample.gradientScale,
    hessian: (sum - units * hessianUnit) / sample.hessianScale,
  };
}

/** Puts the rows that go left first, keeping their order; gives where the right ones begin. */
function partition(plan: GrowPlan, sample: Sample, scratch: Scratch, node: Node, split: Split) {
  const { rows, packed } = sample;
  const { spareRows, sparePacked } = scratch;
  const column = split.feature * plan.matrix.rowCount;
  const { codes } = plan.matrix;
  const span = split.last - split.first;
  let [left, right] = [node.start, 0];
  for (let at = node.start; at < node.end; at++) {
    const row = rows[at] as number;
    const value = packed[at] as number;
    const isLeft = +(((codes[column + row] as number) - split.first) >>> 0 <= span);
    // Written to both sides, kept on one: the way of a row cannot be guessed.
    rows[left] = row;
    packed[left] = value;
    spareRows[right] = row;
    sparePacked[right] = value;
    left += isLeft;
    right += 1 - isLeft;
  }
  rows.set(spareRows.subarray(0, right), left);
  packed.set(sparePacked.subarray(0, right), left);
  return left;
}

function makeNode(
  plan: GrowPlan,
  sample: Sample,
  scratch: Scratch,
  bare: Omit<Node, 'split' | 'children'>,
): Node {
  const isLarge = bare.end - bare.start >= 2 * plan.rowsMin;
  const total = totalOf(plan, sample, scratch, bare.histogram);
  const split = isLarge ? bestSplit(plan, sample, scratch, bare, total) : null;
  return { ...bare, split, children: null };
}

/** Leaves in `larger` what the sibling's histogram does not hold, for the features at hand. */
function subtract(larger: Float64Array, smaller: Float64Array, plan: GrowPlan, scratch: Scratch) {
  const { offsets } = scratch;
  for (let each = 0; each < plan.features.length; each++) {
    const feature = plan.features[each] as number;
    const end = offsets[feature + 1] as number;
    for (let bin = offsets[feature] as number; bin < end; bin++) {
      larger[bin] = (larger[bin] as number) - (smaller[bin] as number);
    }
  }
}

/** How a node is divided: where, and whether its children may be divided again. */
interface Division {
  readonly split: Split;
  readonly isLast: boolean;
}

function splitNode(
  plan: GrowPlan,
  sample: Sample,
  scratch: Scratch,
  node: Node,
  { split, isLast }: Division,
) {
  const middle = partition(plan, sample, scratch, node, split);
  const isLeftSmaller = middle - node.start <= node.end - middle;
  const [from, to] = isLeftSmaller ? [node.start, middle] : [middle, node.end];
  // Of leaves that stay leaves nobody asks where they could be divided.
  const smaller = isLast ? roomFor(scratch) : histogramOf(plan, sample, scratch, from, to);
  const larger = node.histogram;
  if (!isLast) subtract(larger, smaller, plan, scratch);
  const direction = plan.monotone[split.feature] as number;
  const border = (split.leftValue + split.rightValue) / 2;
  const { low, high } = node;
  const left = {
    ...{ start: node.start, end: middle, value: split.leftValue },
    low: direction < 0 ? Math.max(low, border) : low,
    high: direction > 0 ? Math.min(high, border) : high,
    histogram: isLeftSmaller ? smaller : larger,
  };
  const right = {
    ...{ start: middle, end: node.end, value: split.rightValue },
    low: direction > 0 ? Math.max(low, border) : low,
    high: direction < 0 ? Math.min(high, border) : high,
    histogram: isLeftSmaller ? larger : smaller,
  };
  const made = (bare: typeof left): Node =>
    isLast ? { ...bare, split: null, children: null } : makeNode(plan, sample, scratch, bare);
  node.children = [made(left), made(right)];
  return node.children;
}

function write(plan: GrowPlan, builder: TreeBuilder, node: Node, leaves: Leaf[]): void {
  const cover = node.end - node.start;
  if (!node.children || !node.split) {
    builder.leaf(node.value * plan.rate, cover);
    leaves.push({ start: node.start, end: node.end, value: node.value * plan.rate });
    return;
  }
  const { feature, first, last } = node.split;
  const { firstFine, lastFine } = plan.matrix;
  const fineFirst = firstFine[feature]?.[first] as number;
  const fineLast = lastFine[feature]?.[last] as number;
  const branch = builder.branch(feature, fineFirst, fineLast, cover);
  write(plan, builder, node.children[0], leaves);
  builder.join(branch);
  write(plan, builder, node.children[1], leaves);
}

/**
 * Grows one tree, always splitting the leaf that gains most, and writes it. Gives the leaves with
 * the
 * range of the sample's rows that lie in each.
 */
export function growTree(
  plan: GrowPlan,
  sample: Sample,
  scratch: Scratch,
  builder: TreeBuilder,
): readonly Leaf[] {
  const histogram = histogramOf(plan, sample, scratch, 0, sample.count);
  const bare = { start: 0, end: sample.count, low: -Infinity, high: Infinity, value: 0, histogram };
  const total = totalOf(plan, sample, scratch, histogram);
  const value = -total.gradient / (total.hessian + plan.ridge);
  const root = makeNode(plan, sample, scratch, { ...bare, value });
  const open: Node[] = [root];
  for (let leaves = 1; leaves < plan.leavesMax; leaves++) {
    let best: Node | null = null;
    for (const node of open) {
      if (node.split && (best?.split?.gain ?? 0) < node.split.gain) best = node;
    }
    if (!best?.split) break;
    const division = { split: best.split, isLast: leaves === plan.leavesMax - 1 };
    open.splice(open.indexOf(best), 1, ...splitNode(plan, sample, scratch, best, division));
  }
  const leaves: Leaf[] = [];
  builder.begin();
  write(plan, builder, root, leaves);
  for (const node of open) scratch.pool.push(node.histogram);
  return leaves;
}
