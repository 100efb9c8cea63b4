// Holds the measures to worked examples and to their definitions by counting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  areaUnderRoc,
  averagePrecision,
  brier,
  calibrationError,
  pairedBootstrap,
  recallAt,
  weightedPrecision,
} from './metrics.ts';
import { createRandom } from './random.ts';

const f = (...list: number[]) => Float64Array.from(list);

test('scikit-learn’s own example of average precision and AUROC', () => {
  // From the documentation of average_precision_score and roc_auc_score.
  const [truth, scores] = [f(0, 0, 1, 1), f(0.1, 0.4, 0.35, 0.8)];
  assert.equal(areaUnderRoc(scores, truth), 0.75);
  assert.ok(Math.abs(averagePrecision(scores, truth) - 0.8333333333333333) < 1e-15);
});

test('AUROC is the share of pairs in the right order, ties half', () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
      const [good, bad] = [rows.filter(([, y]) => !y), rows.filter(([, y]) => y)];
      fc.pre(good.length > 0 && bad.length > 0);
      let right = 0;
      for (const [one] of bad)
        for (const [other] of good) right += one > other ? 1 : one === other ? 0.5 : 0;
      const found = areaUnderRoc(
        f(...rows.map(([s]) => s)),
        f(...rows.map(([, y]) => (y ? 1 : 0))),
      );
      assert.ok(Math.abs(found - right / (good.length * bad.length)) < 1e-12);
    }),
  );
});

test('recall at a budget, Brier and calibration error by hand', () => {
  const [scores, truth] = [f(0.9, 0.8, 0.3, 0.2), f(1, 0, 1, 0)];
  assert.equal(recallAt(scores, truth, 0.5), 0.5);
  assert.ok(Math.abs(brier(scores, truth) - (0.01 + 0.64 + 0.49 + 0.04) / 4) < 1e-12);
  assert.ok(Math.abs(calibrationError(scores, truth) - (0.1 + 0.8 + 0.7 + 0.2) / 4) < 1e-12);
});

test('the bootstrap finds a real difference and no difference', () => {
  const random = createRandom(3);
  const outcome = Float64Array.from({ length: 400 }, () => random.below(2));
  const good = outcome.map((truth) => truth + random.normal());
  const poor = outcome.map((truth) => truth + 4 * random.normal());
  const duel = { outcome, measure: areaUnderRoc, rounds: 100, random };
  assert.ok(pairedBootstrap({ ...duel, first: good, second: poor }).low > 0);
  const same = pairedBootstrap({ ...duel, first: good, second: good });
  assert.deepEqual([same.difference, same.low, same.high], [0, 0, 0]);
});

test('average precision by weight is that of the rows written out as often as they weigh', () => {
  const one = fc.record({
    score: fc.nat(9),
    truth: fc.nat(1),
    weight: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), (drawn) => {
      const cases = [...drawn, { score: 3, truth: 1, weight: 2 }];
      const out = cases.flatMap((each) => Array.from({ length: each.weight }, () => each));
      const scores = (list: typeof cases) => Float64Array.from(list, ({ score }) => score);
      const truths = (list: typeof cases) => Float64Array.from(list, ({ truth }) => truth);
      const weight = Float64Array.from(cases, (each) => each.weight);
      const written: number = averagePrecision(scores(out), truths(out));
      const weighed: number = weightedPrecision(scores(cases), truths(cases), weight);
      assert.ok(Math.abs(written - weighed) < 1e-9);
    }),
    { numRuns: 100 },
  );
});
