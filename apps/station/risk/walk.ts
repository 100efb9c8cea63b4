// Lays trees out anew for walking: a large forest lies mostly in far memory, and a row should ask little of it.
import { distanceMax, featureBits, featureMask, type Trees } from './tree.ts';

/** In the first word of a node: where the first bin begins, and the bits of a bin. */
const [firstBits, binMask] = [16, 0xffff];

/** Leaves of the same value are one: the many of a forest become few enough for the nearest cache. */
function shareLeaves(leaves: Float64Array): { values: Float64Array; place: Int32Array } {
  const known = new Map<number, number>();
  const place = Int32Array.from(leaves, (value) => {
    const at = known.get(value) ?? known.size;
    known.set(value, at);
    return at;
  });
  return { values: Float64Array.from(known.keys()), place };
}

/** The range of bins by which exactly the others go left; ranges go round at the last bin. */
function others(range: number): number {
  const [first, more] = [range >>> firstBits, range & binMask];
  return (((first + more + 1) & binMask) << firstBits) | (binMask - 1 - more);
}

/** Lays node after node; null where they do not fit, as where two branches lead to one node. */
function layNodes({ nodes, roots, cover }: Trees, place: Int32Array) {
  const laid = new Int32Array(nodes.length);
  const firsts = new Int32Array(roots.length);
  /** Nodes to lay, each after the place of the branch that is to be joined to it, or -1. */
  const waiting: number[] = [];
  let next = 0;
  for (const [tree, root] of roots.entries()) {
    firsts[tree] = next;
    waiting.push(-1, root);
    while (waiting.length > 0) {
      const [node, branch, at] = [waiting.pop() as number, waiting.pop() as number, next];
      if (2 * at === laid.length || (branch >= 0 && at - branch >= distanceMax)) return null;
      next += 1;
      const joined = 2 * branch + 1;
      if (branch >= 0) laid[joined] = (laid[joined] as number) | ((at - branch) << featureBits);
      const [range, link] = [nodes[2 * node] as number, nodes[2 * node + 1] as number];
      if (link < 0) {
        laid[2 * at + 1] = ~(place[~link] as number);
        continue;
      }
      const [left, right] = [node + 1, node + (link >>> featureBits)];
      const isTurned =
        (cover[right] as number) > (cover[left] as number) && (range & binMask) < binMask;
      laid[2 * at] = isTurned ? others(range) : range;
      laid[2 * at + 1] = link & featureMask;
      waiting.push(at, isTurned ? left : right, -1, isTurned ? right : left);
    }
  }
  return { nodes: laid, roots: firsts };
}

/**
 * The same trees, for `sumOfTrees` alone: it gives the same bits. Of two children the one that more
 * training rows reached comes next in memory, where the walk mostly has it at hand. Takes trees that
 * `checkTrees` has let pass; explanations stay with the trees as they were learned.
 */
export function laidForWalking(trees: Trees): Trees {
  const { values, place } = shareLeaves(trees.leaves);
  const laid = layNodes(trees, place);
  return laid ? { ...laid, leaves: values, cover: new Float32Array(0) } : trees;
}
