// Proves that trees laid out for walking give the bits of the trees as they were learned.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom, type Random } from './random.ts';
import { checkTrees, createTreeBuilder, rightOf, sumOfTrees, type Trees } from './tree.ts';
import { laidForWalking } from './walk.ts';

const featureCount = 5;

/** Trees of all shapes, with ranges of one bin, of all bins, and leaves that are alike. */
function grown(seed: number, count: number): Trees {
  const random = createRandom(seed);
  const builder = createTreeBuilder();
  const add = (depth: number, cover: number): void => {
    if (depth === 0 || random.below(5) === 0) {
      builder.leaf(random.below(3) === 0 ? random.normal() : random.below(2), cover);
      return;
    }
    const first = random.below(40);
    const last = random.below(9) === 0 ? 65_535 : first + random.below(65 - first);
    const part = random.unit() * cover;
    const branch = builder.branch(random.below(featureCount), first, last, cover);
    add(depth - 1, part);
    builder.join(branch);
    add(depth - 1, cover - part);
  };
  for (let tree = 0; tree < count; tree += 1) {
    builder.begin();
    add(random.below(9), 1_000);
  }
  return builder.build();
}

const drawnBins = (random: Random): Uint16Array =>
  Uint16Array.from({ length: featureCount }, () => random.below(70));

/** The plain walk: one tree after the other, one node after the other. */
function plainSum(trees: Trees, bins: Uint16Array): number {
  let sum = 0;
  for (const root of trees.roots) {
    let node = root;
    for (let link = trees.nodes[2 * node + 1]!; link >= 0; link = trees.nodes[2 * node + 1]!) {
      const range = trees.nodes[2 * node]!;
      const isLeft = ((bins[link & 2_047]! - (range >>> 16)) & 0xffff) <= (range & 0xffff);
      node = isLeft ? node + 1 : rightOf(trees, node);
    }
    sum += trees.leaves[~trees.nodes[2 * node + 1]!]!;
  }
  return sum;
}

test('laid out anew, trees give the same bits, eight at a time and one at a time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 31 }),
      fc.integer({ min: 0, max: 19 }),
      (seed, count) => {
        const trees = grown(seed, count);
        const laid = laidForWalking(trees);
        const random = createRandom(seed, 1);
        assert.equal(laid.nodes.length, trees.nodes.length);
        for (let row = 0; row < 40; row += 1) {
          const bins = drawnBins(random);
          const plain = plainSum(trees, bins);
          assert.ok(Object.is(sumOfTrees(trees, bins), plain));
          assert.ok(Object.is(sumOfTrees(laid, bins), plain));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('the child more rows reached comes next, and leaves of one value are one', () => {
  const builder = createTreeBuilder();
  builder.begin();
  const branch = builder.branch(0, 3, 4, 10);
  builder.leaf(7, 1);
  builder.join(branch);
  const inner = builder.branch(1, 0, 0, 9);
  builder.leaf(7, 4);
  builder.join(inner);
  builder.leaf(8, 5);
  const { nodes, leaves } = laidForWalking(builder.build());
  assert.deepEqual([...leaves], [7, 8]);
  // The root's next node is the branch, whose next node is the leaf five rows reached.
  assert.deepEqual([nodes[3]! & 2_047, ~nodes[5]!, ~nodes[7]!, ~nodes[9]!], [1, 1, 0, 0]);
});

test('trees of which two branches lead to one node stay as they are', () => {
  // Each branch leads to the two nodes after it: laid out one by one they would be ever more.
  const count = 60;
  const nodes = new Int32Array(2 * count);
  for (let node = 0; node < count - 2; node += 1) nodes[2 * node + 1] = 2 << 11;
  nodes[2 * count - 3] = nodes[2 * count - 1] = -1;
  const trees = { nodes, leaves: Float64Array.of(1), roots: Int32Array.of(0) };
  const whole = { ...trees, cover: new Float32Array(count).fill(1) };
  checkTrees(whole, featureCount);
  assert.equal(laidForWalking(whole), whole);
});
