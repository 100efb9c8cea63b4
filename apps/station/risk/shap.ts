// Says exactly what each feature adds to a trees' score: path-dependent TreeSHAP.
import { featureOf, goesLeft, leafOf, rightOf, type Trees } from './tree.ts';

/**
 * The path of features from the root to here, unique, with the share of rows that flow on when a
 * feature is left open (zero) and whether the row itself flows on (one), and the weight of subsets
 * of
 * each size. Levels of the recursion lie one after the other in the same arrays.
 */
interface Path {
  readonly feature: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
}

interface Visit {
  readonly trees: Trees;
  readonly bins: Uint16Array;
  readonly path: Path;
  readonly into: Float64Array;
}

function extend(
  path: Path,
  from: number,
  depth: number,
  zero: number,
  one: number,
  feature: number,
) {
  const { weight } = path;
  path.feature[from + depth] = feature;
  path.zero[from + depth] = zero;
  path.one[from + depth] = one;
  weight[from + depth] = depth === 0 ? 1 : 0;
  for (let at = depth - 1; at >= 0; at--) {
    const own = weight[from + at] as number;
    const next = weight[from + at + 1] as number;
    weight[from + at + 1] = next + (one * own * (at + 1)) / (depth + 1);
    weight[from + at] = (zero * own * (depth - at)) / (depth + 1);
  }
}

/** Takes the feature at `place` back out of the path. */
function unwind(path: Path, from: number, depth: number, place: number): void {
  const { weight } = path;
  const one = path.one[from + place] as number;
  const zero = path.zero[from + place] as number;
  let next = weight[from + depth] as number;
  for (let at = depth - 1; at >= 0; at--) {
    const own = weight[from + at] as number;
    if (one !== 0) {
      weight[from + at] = (next * (depth + 1)) / ((at + 1) * one);
      next = own - ((weight[from + at] as number) * zero * (depth - at)) / (depth + 1);
    } else weight[from + at] = (own * (depth + 1)) / (zero * (depth - at));
  }
  for (let at = place; at < depth; at++) {
    path.feature[from + at] = path.feature[from + at + 1] as number;
    path.zero[from + at] = path.zero[from + at + 1] as number;
    path.one[from + at] = path.one[from + at + 1] as number;
  }
}

/** Sum of the weights the path would have without the feature at `place`. */
function unwoundSum(path: Path, from: number, depth: number, place: number): number {
  const { weight } = path;
  const one = path.one[from + place] as number;
  const zero = path.zero[from + place] as number;
  let next = weight[from + depth] as number;
  let total = 0;
  for (let at = depth - 1; at >= 0; at--) {
    if (one !== 0) {
      const part = (next * (depth + 1)) / ((at + 1) * one);
      total += part;
      next = (weight[from + at] as number) - (part * zero * (depth - at)) / (depth + 1);
    } else total += ((weight[from + at] as number) * (depth + 1)) / (zero * (depth - at));
  }
  return total;
}

/** Copies a path of so many features to where the next level begins. */
function copyPath(path: Path, from: number, to: number, length: number): void {
  const { feature, zero, one, weight } = path;
  for (let at = 0; at <= length; at++) {
    feature[to + at] = feature[from + at] as number;
    zero[to + at] = zero[from + at] as number;
    one[to + at] = one[from + at] as number;
    weight[to + at] = weight[from + at] as number;
  }
}

/** Where a feature stands in the path, or 0 where it does not. */
function placeOf(path: Path, from: number, depth: number, asked: number): number {
  const { feature } = path;
  for (let at = 1; at <= depth; at++) if (feature[from + at] === asked) return at;
  return 0;
}

function addLeaf({ path, into }: Visit, from: number, depth: number, value: number): void {
  const { feature, zero, one } = path;
  for (let at = 1; at <= depth; at++) {
    const own = feature[from + at] as number;
    const share = (one[from + at] as number) - (zero[from + at] as number);
    into[own] = (into[own] as number) + unwoundSum(path, from, depth, at) * share * value;
  }
}

/**
 * Visits the children of a node whose path, from `from` on, holds `depth` features: first the one
 * the row goes to. Numbers are handed on as they are; an object a node took longer than the sums.
 */
function descend(context: Visit, node: number, from: number, depth: number): void {
  const { trees, bins, path } = context;
  const asked = featureOf(trees, node);
  if (asked < 0) {
    addLeaf(context, from, depth, leafOf(trees, node));
    return;
  }
  const isLeft = goesLeft(trees, node, bins[asked] as number);
  const [left, right] = [node + 1, rightOf(trees, node)];
  let [zeroSoFar, oneSoFar, length] = [1, 1, depth];
  const place = placeOf(path, from, depth, asked);
  if (place > 0) {
    zeroSoFar = path.zero[from + place] as number;
    oneSoFar = path.one[from + place] as number;
    unwind(path, from, depth, place);
    length--;
  }
  const all = trees.cover[node] as number;
  const start = from + depth + 2;
  for (let side = 0; side < 2; side++) {
    const child = (side === 0) === isLeft ? left : right;
    const one = side === 0 ? oneSoFar : 0;
    const zero = (zeroSoFar * (trees.cover[child] as number)) / all;
    // A side no training row went to and this row does not go to weighs nothing.
    if (zero === 0 && one === 0) continue;
    copyPath(path, from, start, length);
    extend(path, start, length + 1, zero, one, asked);
    descend(context, child, start, length + 1);
  }
}

function depthOf(trees: Trees, node: number): number {
  if (featureOf(trees, node) < 0) return 0;
  return 1 + Math.max(depthOf(trees, node + 1), depthOf(trees, rightOf(trees, node)));
}

/** The mean of a tree's leaves, weighted by the training rows in each. */
function meanOf(trees: Trees, node: number): number {
  if (featureOf(trees, node) < 0) return leafOf(trees, node);
  const [left, right] = [node + 1, rightOf(trees, node)];
  const [leftRows, rightRows] = [trees.cover[left] as number, trees.cover[right] as number];
  const sum = meanOf(trees, left) * leftRows + meanOf(trees, right) * rightRows;
  return sum / (leftRows + rightRows);
}

export interface TreeExplainer {
  /** Mean of the sum of the trees. */
  readonly base: number;
  /** Adds what each feature adds to the sum of the trees for this binned row into `into`. */
  explain(bins: Uint16Array, into: Float64Array): void;
}

/** Makes room once for a block of trees (Lundberg, Erion, Lee 2018, algorithm 2). */
export function createTreeExplainer(trees: Trees): TreeExplainer {
  let [deepest, base] = [0, 0];
  for (const root of trees.roots) {
    deepest = Math.max(deepest, depthOf(trees, root));
    base += meanOf(trees, root);
  }
  const size = ((deepest + 3) * (deepest + 4)) / 2 + deepest + 4;
  const path: Path = {
    feature: new Int32Array(size),
    zero: new Float64Array(size),
    one: new Float64Array(size),
    weight: new Float64Array(size),
  };
  return Object.freeze({
    base,
    explain: (bins: Uint16Array, into: Float64Array) => {
      const context = { trees, bins, path, into };
      for (const node of trees.roots) {
        extend(path, 0, 0, 1, 1, -1);
        descend(context, node, 0, 0);
      }
    },
  });
}

/**
 * What each feature adds along the row's own way through the trees: the change of the mean at each
 * branch (Saabas 2014). Adds up like TreeSHAP and costs one walk, but depends on the order of the
 * branches; good enough for a forest's importance over many rows.
 */
export function createPathExplainer(trees: Trees): TreeExplainer {
  const means = new Float64Array(trees.cover.length);
  for (let node = means.length - 1; node >= 0; node--) {
    if (featureOf(trees, node) < 0) {
      means[node] = leafOf(trees, node);
      continue;
    }
    const [left, right] = [node + 1, rightOf(trees, node)];
    const [leftRows, rightRows] = [trees.cover[left] as number, trees.cover[right] as number];
    const sum = (means[left] as number) * leftRows + (means[right] as number) * rightRows;
    means[node] = sum / (leftRows + rightRows);
  }
  let base = 0;
  for (const root of trees.roots) base += means[root] as number;
  return Object.freeze({
    base,
    explain: (bins: Uint16Array, into: Float64Array) => {
      for (const root of trees.roots) {
        let node = root;
        for (let asked = featureOf(trees, node); asked >= 0; asked = featureOf(trees, node)) {
          const isLeft = goesLeft(trees, node, bins[asked] as number);
          const next = isLeft ? node + 1 : rightOf(trees, node);
          const change = (means[next] as number) - (means[node] as number);
          into[asked] = (into[asked] as number) + change;
          node = next;
        }
      }
    },
  });
}
