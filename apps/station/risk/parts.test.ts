// Holds the parts of training to what they promise: bins, chance, calibration, earned weights.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { binOf, coarsen, edgesOf } from './bins.ts';
import { calibrated, fitIsotonic, fitPlatt } from './calibrate.ts';
import { fitEncoder } from './encode.ts';
import { earnWeights } from './ensemble.ts';
import { solve } from './logistic.ts';
import { logOdds } from './member.ts';
import { createRandom, shuffledIndexes } from './random.ts';
import { sortNumbers } from './sort.ts';

test('bins keep the order of the values, few values apart, the missing alone', () => {
  const list = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 2,
    maxLength: 300,
  });
  fc.assert(
    fc.property(list, fc.constantFrom(16, 64, 4096), (values, binsMax) => {
      const edges = edgesOf(Float64Array.from(values), binsMax);
      assert.ok(edges.length <= binsMax - 2);
      assert.equal(binOf(edges, Number.NaN), 0);
      const sorted = values.toSorted((one, other) => one - other);
      for (let at = 1; at < sorted.length; at++) {
        const [low, high] = [binOf(edges, sorted[at - 1]!), binOf(edges, sorted[at]!)];
        assert.ok(low >= 1 && low <= high && high <= edges.length + 1);
        if (new Set(sorted).size <= binsMax - 2 && sorted[at - 1]! < sorted[at]!)
          assert.ok(low < high);
      }
    }),
    { numRuns: 200 },
  );
});

test('a long run of equal values is cut at its end, and the values around it as if it were short', () => {
  const random = createRandom(4);
  const rise = (count: number, from: number) =>
    Array.from({ length: count }, (_none, at) => from + at + random.unit() / 2);
  const [below, above] = [rise(3_000, -3_001), rise(3_000, 1)];
  const edges = edgesOf(Float64Array.from([...below, ...Array(4_000).fill(0), ...above]), 512);
  const own = (low: number, high: number) => edges.filter((edge) => edge > low && edge < high);
  const [first] = above as [number];
  assert.equal(own(0, first).length, 1, 'the end of the run is one edge');
  assert.ok(edges.every((edge, at) => at === 0 || edge > (edges[at - 1] as number)));
  // Some 425 even cuts over 10,000 rows: one in each 24 rows, before and after the run alike.
  for (const part of [below, above]) {
    for (let at = 400; at < 2_600; at += 100) {
      const [low, high] = [part[at] as number, part[at + 100] as number];
      assert.ok(own(low, high).length >= 3, `no cuts between ${low} and ${high}`);
    }
  }
});

test('the tails are cut finer than the middle', () => {
  const random = createRandom(2);
  const edges = edgesOf(
    Float64Array.from({ length: 50_000 }, () => random.unit()),
    255,
  );
  const between = (low: number, high: number) =>
    edges.filter((edge) => edge > low && edge <= high).length;
  assert.ok(between(0.99, 1) > 10 * between(0.5, 0.51));
});

test('coarse bins keep order and the missing alone', () => {
  const counts = Uint32Array.from({ length: 900 }, (_none, at) => (at * 7919) % 13);
  const groups = coarsen(counts, 128);
  assert.ok(groups[0] === 0 && groups[1] === 1 && Math.max(...groups) <= 127);
  for (let bin = 2; bin < 900; bin++) assert.ok(groups[bin]! >= groups[bin - 1]!);
});

test('chance is the seed’s alone and even', () => {
  const [one, other] = [createRandom(7), createRandom(7)];
  const counts = new Array<number>(10).fill(0);
  for (let turn = 0; turn < 50_000; turn++) {
    const drawn = one.below(10);
    assert.equal(drawn, other.below(10));
    counts[drawn]! += 1;
  }
  for (const count of counts) assert.ok(Math.abs(count - 5000) < 350, `${count}`);
  assert.notEqual(createRandom(7, 1).unit(), createRandom(7, 2).unit());
  const order = shuffledIndexes(100, createRandom(1));
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    [...Array(100).keys()],
  );
  // Written down, so that another machine's other bits would be noticed.
  assert.deepEqual([...shuffledIndexes(8, createRandom(42))], [2, 5, 6, 1, 3, 0, 4, 7]);
});

test('calibration rises, keeps apart what was apart, and comes true', () => {
  const random = createRandom(3);
  const scores = Float64Array.from({ length: 6000 }, () => 3 * random.normal());
  const chance = (score: number) => 1 / (1 + Math.exp(-(0.5 * score - 1)));
  const outcome = scores.map((score) => (random.unit() < chance(score) ? 1 : 0));
  const weight = new Float64Array(6000).fill(1);
  for (const fit of [fitPlatt, fitIsotonic]) {
    const found = fit({ scores, outcome, weight });
    let last = -1;
    for (let score = -6; score <= 6; score += 0.1) {
      const probability = calibrated(found, score);
      assert.ok(probability > last && probability >= 0 && probability <= 1);
      if (Math.abs(score) < 4) assert.ok(Math.abs(probability - chance(score)) < 0.08);
      last = probability;
    }
  }
});

test('a member that knows nothing earns nothing', () => {
  const random = createRandom(4);
  const outcome = Float64Array.from({ length: 2000 }, () => random.below(2));
  const weight = new Float64Array(2000).fill(1);
  const good = outcome.map((truth) => (truth === 1 ? 1.2 : -1.2) + random.normal());
  const noise = outcome.map(() => 3 * random.normal());
  const weights = earnWeights({ outcome, weight, scores: [] }, [good, noise]);
  assert.ok(weights[0]! > 0.9 && Math.abs(weights[0]! + weights[1]! - 1) < 1e-12);
});

test('the solver solves, log odds stay finite', () => {
  const matrix = Float64Array.of(4, 0, 0, 2, 5, 0, 1, 3, 6);
  const answer = solve(matrix, Float64Array.of(7, 10, 10));
  for (const one of answer) assert.ok(Math.abs(one - 1) < 1e-12);
  for (const share of [0, 1, 0.5]) assert.ok(Number.isFinite(logOdds(share)));
});

test('a number of the row is left out, even where some are out of order; few known values stay', () => {
  const count = 400;
  const random = createRandom(3);
  const column = (name: string, valueAt: (at: number) => number) => ({
    ...{ kind: 'numeric' as const, name },
    values: Float64Array.from({ length: count }, (_none, at) => valueAt(at)),
  });
  const columns = [
    column('id', (at) => (at % 100 === 50 ? at - 3 : at)),
    column('amount', () => random.below(1000)),
    column('seldom', (at) => (at % 40 === 0 ? random.below(1000) : Number.NaN)),
  ];
  const outcome = Float64Array.from({ length: count }, (_none, at) => at % 2);
  const { dropped } = fitEncoder({ rowCount: count, columns }, { outcome });
  assert.deepEqual(
    dropped.map(({ name }) => name),
    ['id'],
  );
});

test('sorting digit by digit gives what comparing gives, to the bit', () => {
  const some = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -50, max: 50 }),
    fc.constantFrom(0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324),
  );
  fc.assert(
    fc.property(fc.array(some, { minLength: 30, maxLength: 60 }), fc.nat(), (values, seed) => {
      const random = createRandom(seed);
      const numbers = Float64Array.from({ length: 2100 }, (_none, at) => {
        const value = values[at % values.length] as number;
        return random.below(2) === 0 ? value : value * (random.unit() - 0.5) || 0;
      });
      const expected = numbers.slice().sort();
      sortNumbers(numbers);
      assert.ok(numbers.every((value, at) => Object.is(value, expected[at])));
    }),
    { numRuns: 40 },
  );
});
