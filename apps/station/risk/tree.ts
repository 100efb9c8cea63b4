// Keeps decision trees in flat arrays of whole numbers, so that a row walks them without an object.
import { Refusal } from '#station/bank/refusal.ts';

/**
 * Trees one after the other. A node is two words: the bins that go left (first bin in the upper 16
 * bits, how many more in the lower) and, for a branch, the distance to the right child and the
 * feature
 * (the left child comes next); for a leaf, minus one minus its place in `leaves`.
 */
export interface Trees {
  readonly nodes: Int32Array;
  readonly leaves: Float64Array;
  /** Number of the first node of each tree. */
  readonly roots: Int32Array;
  /** Weight of the training rows that reached each node; what TreeSHAP averages with. */
  readonly cover: Float32Array;
}

// Named apart from what is exported: V8 fetches an exported number anew at each step of a walk.
const bits = 11;
const mask = (1 << bits) - 1;
export const featureBits = bits;
export const featuresMax = 1 << bits;
export const featureMask = mask;
/** A right child lies nearer than so many nodes. */
export const distanceMax = 1 << (31 - featureBits);

/** How much further the row's way leads from a node, in words; 0 at a leaf. */
function stepFrom(nodes: Int32Array, node: number, bins: Uint16Array): number {
  const range = nodes[node] as number;
  const link = nodes[node + 1] as number;
  const isBranch = ~(link >> 31);
  const bin = bins[link & mask & isBranch] as number;
  // -1 where the bin lies outside the range: the way is reckoned, since guessing it is mostly
  // wrong.
  const right = ((range & 0xffff) - ((bin - (range >>> 16)) & 0xffff)) >> 31;
  return (2 + (right & (2 * (link >>> bits) - 2))) & isBranch;
}

/**
 * The sum of what a binned row gets from every tree, added in the trees' order. Eight trees are walked
 * side by side, so that none waits for memory alone; all of it stands in one function, for what V8 takes
 * into one is bounded, and steps that are called cost twice as much.
 */
export function sumOfTrees({ nodes, leaves, roots }: Trees, bins: Uint16Array): number {
  let sum = 0;
  let tree = 0;
  for (; tree + 8 <= roots.length; tree += 8) {
    let a = 2 * (roots[tree] as number);
    let b = 2 * (roots[tree + 1] as number);
    let c = 2 * (roots[tree + 2] as number);
    let d = 2 * (roots[tree + 3] as number);
    let e = 2 * (roots[tree + 4] as number);
    let f = 2 * (roots[tree + 5] as number);
    let g = 2 * (roots[tree + 6] as number);
    let h = 2 * (roots[tree + 7] as number);
    for (let moved = 1; moved !== 0; ) {
      const stepA = stepFrom(nodes, a, bins);
      const stepB = stepFrom(nodes, b, bins);
      const stepC = stepFrom(nodes, c, bins);
      const stepD = stepFrom(nodes, d, bins);
      a += stepA;
      b += stepB;
      c += stepC;
      d += stepD;
      const stepE = stepFrom(nodes, e, bins);
      const stepF = stepFrom(nodes, f, bins);
      const stepG = stepFrom(nodes, g, bins);
      const stepH = stepFrom(nodes, h, bins);
      e += stepE;
      f += stepF;
      g += stepG;
      h += stepH;
      moved = stepA | stepB | stepC | stepD | stepE | stepF | stepG | stepH;
    }
    sum += leaves[~(nodes[a + 1] as number)] as number;
    sum += leaves[~(nodes[b + 1] as number)] as number;
    sum += leaves[~(nodes[c + 1] as number)] as number;
    sum += leaves[~(nodes[d + 1] as number)] as number;
    sum += leaves[~(nodes[e + 1] as number)] as number;
    sum += leaves[~(nodes[f + 1] as number)] as number;
    sum += leaves[~(nodes[g + 1] as number)] as number;
    sum += leaves[~(nodes[h + 1] as number)] as number;
  }
  for (; tree < roots.length; tree += 1) {
    let node = 2 * (roots[tree] as number);
    for (let step = 1; step !== 0; node += step) step = stepFrom(nodes, node, bins);
    sum += leaves[~(nodes[node + 1] as number)] as number;
  }
  return sum;
}

/** The feature a branch asks about, or -1 for a leaf. */
export const featureOf = (trees: Trees, node: number): number => {
  const link = trees.nodes[2 * node + 1] as number;
  return link < 0 ? -1 : link & featureMask;
};

/** The right child of a branch; the left is the node after it. */
export const rightOf = (trees: Trees, node: number): number =>
  node + ((trees.nodes[2 * node + 1] as number) >>> featureBits);

/** Whether a bin goes left at a branch. */
export function goesLeft(trees: Trees, node: number, bin: number): boolean {
  const range = trees.nodes[2 * node] as number;
  return (bin - (range >>> 16)) >>> 0 <= (range & 0xffff);
}

export const leafOf = (trees: Trees, node: number): number =>
  trees.leaves[~(trees.nodes[2 * node + 1] as number)] as number;

/** Writes trees node by node, each left child directly after its parent. */
export interface TreeBuilder {
  /** Begins a tree; its nodes follow. */
  begin(): void;
  /** Adds a branch that sends bins from `first` to `last` left; gives its number for `join`. */
  branch(feature: number, first: number, last: number, cover: number): number;
  leaf(value: number, cover: number): void;
  /** Says that the next node is the right child of this branch. */
  join(branch: number): void;
  /** Adds whole trees built elsewhere. */
  append(trees: Trees): void;
  build(): Trees;
}

/** A typed array that grows, of which the first `count` numbers count. */
function grown<T extends Int32Array | Float32Array | Float64Array>(array: T, count: number): T {
  if (count <= array.length) return array;
  const larger = new (array.constructor as new (length: number) => T)(Math.max(count, 2 * count));
  larger.set(array);
  return larger;
}

export function createTreeBuilder(): TreeBuilder {
  let nodes = new Int32Array(128);
  let cover = new Float32Array(64);
  let leaves = new Float64Array(32);
  let [nodeCount, leafCount] = [0, 0];
  const roots: number[] = [];
  const add = (range: number, link: number, weight: number): number => {
    nodes = grown(nodes, 2 * nodeCount + 2);
    cover = grown(cover, nodeCount + 1);
    nodes[2 * nodeCount] = range;
    nodes[2 * nodeCount + 1] = link;
    cover[nodeCount] = weight;
    return nodeCount++;
  };
  const append = (trees: Trees): void => {
    const count = trees.cover.length;
    nodes = grown(nodes, 2 * (nodeCount + count));
    cover = grown(cover, nodeCount + count);
    leaves = grown(leaves, leafCount + trees.leaves.length);
    nodes.set(trees.nodes, 2 * nodeCount);
    for (let at = nodeCount; at < nodeCount + count; at++) {
      const link = nodes[2 * at + 1] as number;
      if (link < 0) nodes[2 * at + 1] = link - leafCount;
    }
    cover.set(trees.cover, nodeCount);
    leaves.set(trees.leaves, leafCount);
    for (const root of trees.roots) roots.push(nodeCount + root);
    nodeCount += count;
    leafCount += trees.leaves.length;
  };
  return Object.freeze({
    append,
    begin: () => void roots.push(nodeCount),
    branch: (feature: number, first: number, last: number, weight: number) =>
      add((first << 16) | (last - first), feature, weight),
    leaf: (value: number, weight: number) => {
      add(0, ~leafCount, weight);
      leaves = grown(leaves, leafCount + 1);
      leaves[leafCount++] = value;
    },
    join: (branch: number) => {
      const distance = nodeCount - branch;
      if (distance >= distanceMax) throw new RangeError(`a tree has over ${distanceMax} nodes`);
      nodes[2 * branch + 1] = (nodes[2 * branch + 1] as number) | (distance << featureBits);
    },
    build: () => ({
      nodes: nodes.slice(0, 2 * nodeCount),
      cover: cover.slice(0, nodeCount),
      leaves: leaves.slice(0, leafCount),
      roots: Int32Array.from(roots),
    }),
  });
}

/**
 * Refuses `model-damaged` unless every walk through the trees ends and stays inside them: children
 * only ever lie further on, features and leaves exist, numbers are finite.
 */
export function checkTrees(trees: Trees, featureCount: number): void {
  const { nodes, leaves, roots, cover } = trees;
  const count = nodes.length / 2;
  let sound = Number.isInteger(count) && cover.length === count;
  for (let node = 0; node < count && sound; node++) {
    const link = nodes[2 * node + 1] as number;
    if (link < 0) sound = ~link < leaves.length;
    else {
      const right = node + (link >>> featureBits);
      sound = right > node + 1 && right < count && (link & featureMask) < featureCount;
    }
  }
  sound &&= roots.every((root) => root >= 0 && root < count) && leaves.every(Number.isFinite);
  sound &&= cover.every((weight) => Number.isFinite(weight) && weight >= 0);
  if (!sound) throw new Refusal('model-damaged', 'The trees of this model file do not hold.');
}
