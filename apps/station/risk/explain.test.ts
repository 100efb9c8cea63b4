// Holds explanations to brute force: Shapley values by their definition, changes that really help.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { changesInWords, usualValues, whatWouldBeNormal } from './counterfactual.ts';
import { createRandom, type Random } from './random.ts';
import { inWords, reasonsOf } from './reasons.ts';
import { createTreeExplainer } from './shap.ts';
import { createPastCases } from './similar.ts';
import { madeCases } from './synthetic.fixture.ts';
import { rowAt, rowOf } from './table.ts';
import { train } from './train.ts';
import {
  createTreeBuilder,
  featureOf,
  goesLeft,
  leafOf,
  rightOf,
  sumOfTrees,
  type Trees,
} from './tree.ts';

const features = 4;

/** A tree of chance over four features with bins 0 to 7. */
function madeTree(random: Random): Trees {
  const builder = createTreeBuilder();
  builder.begin();
  const grow = (depth: number, rows: number): void => {
    if (depth === 4 || rows < 2 || random.below(4) === 0)
      return builder.leaf(random.normal(), rows);
    const first = random.below(2) === 0 ? 0 : random.below(4);
    const branch = builder.branch(random.below(features), first, first + random.below(4), rows);
    const left = 1 + random.below(rows - 1);
    grow(depth + 1, left);
    builder.join(branch);
    grow(depth + 1, rows - left);
  };
  grow(0, 100);
  return builder.build();
}

/** What the tree says when only some features are known: the others follow the training rows. */
function expected(trees: Trees, node: number, bins: Uint16Array, known: number): number {
  const asked = featureOf(trees, node);
  if (asked < 0) return leafOf(trees, node);
  const [left, right] = [node + 1, rightOf(trees, node)];
  if (known & (1 << asked)) {
    return expected(trees, goesLeft(trees, node, bins[asked]!) ? left : right, bins, known);
  }
  const [leftRows, rightRows] = [trees.cover[left]!, trees.cover[right]!];
  const sum =
    leftRows * expected(trees, left, bins, known) + rightRows * expected(trees, right, bins, known);
  return sum / (leftRows + rightRows);
}

const factorial = [1, 1, 2, 6, 24];

function shapley(trees: Trees, bins: Uint16Array, feature: number): number {
  let sum = 0;
  for (let known = 0; known < 1 << features; known++) {
    if (known & (1 << feature)) continue;
    const size = [0, 1, 2, 3].filter((at) => known & (1 << at)).length;
    const weight = (factorial[size]! * factorial[features - size - 1]!) / factorial[features]!;
    const gain = expected(trees, 0, bins, known | (1 << feature)) - expected(trees, 0, bins, known);
    sum += weight * gain;
  }
  return sum;
}

test('TreeSHAP is the Shapley value of every subset, and adds up to 1e-9', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.nat(7), { minLength: 4, maxLength: 4 }), (seed, list) => {
      const trees = madeTree(createRandom(seed));
      const bins = Uint16Array.from(list);
      const into = new Float64Array(features);
      const explainer = createTreeExplainer(trees);
      explainer.explain(bins, into);
      for (let at = 0; at < features; at++) {
        assert.ok(Math.abs(into[at]! - shapley(trees, bins, at)) < 1e-9);
      }
      const sum = into.reduce((total, one) => total + one, explainer.base);
      assert.ok(Math.abs(sum - sumOfTrees(trees, bins)) < 1e-9);
    }),
    { numRuns: 300 },
  );
});

const { table, labels } = madeCases(1200);
const model = await train('gradient-boosting', table, labels, { trees: 60 });
const risky = rowOf(model.columns, { amount: 990, age: null, branch: 'd', noise: 0 });

test('reasons name the values with their numbers, the strongest first', () => {
  const [first] = reasonsOf(model, risky);
  assert.deepEqual([first!.column, first!.value], ['amount', '990']);
  const words = inWords(model, risky);
  assert.match(words[0]!, /^amount is 990: \d+ % of what speaks for a risk\.$/);
  assert.ok(words.some((sentence) => /^(age is not known|branch is d):/.test(sentence)));
  const shares = reasonsOf(model, risky, { count: 4 }).map(({ share }) => share);
  assert.ok(Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) < 1e-9);
});

test('what would make it normal really does, and goes no further than it must', () => {
  const values = usualValues(table);
  const changes = whatWouldBeNormal(model, risky, { below: 0.3, values });
  assert.ok(changes && changes.length > 0);
  assert.equal(changes[0]!.column, 'amount');
  const known: Record<string, number | string | null> = {
    amount: 990,
    age: null,
    branch: 'd',
    noise: 0,
  };
  for (const { column, to } of changes) known[column] = to;
  assert.ok(model.score(rowOf(model.columns, known)) < 0.3);
  assert.match(
    changesInWords(changes),
    /^It would be normal \(.* %\) if amount were .* instead of 990/,
  );
  const fixed = whatWouldBeNormal(model, risky, { below: 0.3, values: { noise: [0.5] } });
  assert.equal(fixed, null);
  const usual = rowOf(model.columns, { amount: 5, age: 40, branch: 'a', noise: 0 });
  assert.deepEqual(whatWouldBeNormal(model, usual, { below: 0.3, values }), []);
});

test('nearest to a past case is itself, and distance grows with difference', () => {
  const past = createPastCases(model, table);
  for (const at of [0, 600, 1199]) {
    const [first, second] = past.nearest(rowAt(table, at), 2);
    assert.equal(first!.distance, 0);
    assert.ok(second!.distance >= first!.distance && second!.distance < 0.2);
  }
  const near = past.nearest(risky, 5);
  const codes = near.map(({ at }) => rowAt(table, at));
  assert.ok(
    codes.every((row) => row[0]! > 500),
    'like cases have like amounts',
  );
});
