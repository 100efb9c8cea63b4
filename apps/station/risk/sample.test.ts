// Holds the sample to its promise: bounded, seeded, and of the same weight as the whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { prepare } from './lesson.ts';
import { type Drawn, drawRows, sampled } from './sample.ts';
import { madeCases } from './synthetic.fixture.ts';

test('a draw holds at most so many rows of each outcome and stands for all of them', () => {
  const lists = fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 60 }), fc.nat(), (list, rowsMax, seed) => {
      const outcome = Float64Array.from(list);
      const rows = Int32Array.from(list, (_truth, at) => at);
      const drawn: Drawn = drawRows(rows, outcome, rowsMax, seed);
      assert.deepEqual(drawRows(rows, outcome, rowsMax, seed), drawn);
      assert.deepEqual(drawn.rows, Int32Array.from(new Set(drawn.rows)).sort());
      for (const truth of [0, 1]) {
        const places: readonly number[] = Array.from(drawn.rows, (_row, at) => at);
        const own: readonly number[] = places.filter(
          (at) => outcome[drawn.rows[at] as number] === truth,
        );
        const all = list.filter((one) => one === truth).length;
        assert.equal(own.length, Math.min(all, rowsMax));
        const weight = own.reduce((sum, at) => sum + (drawn.factor[at] as number), 0);
        assert.ok(Math.abs(weight - all) < 1e-6);
      }
    }),
    { numRuns: 100 },
  );
});

test('a sampled lesson keeps the weight of each outcome; a small one is left as it is', () => {
  const { table, labels } = madeCases(900, 3);
  const whole = prepare(table, labels);
  assert.equal(sampled(whole, 900, 1), whole);
  const fewer = sampled(whole, 50, 1);
  assert.ok(fewer.rows.length <= 100);
  for (const truth of [0, 1]) {
    const weightOf = ({ rows, outcome, weight }: typeof whole) =>
      rows.reduce((sum, row) => sum + (outcome[row] === truth ? (weight[row] as number) : 0), 0);
    assert.ok(Math.abs(weightOf(fewer) - weightOf(whole)) < 1e-6);
  }
  assert.equal(
    fewer.positives,
    fewer.rows.reduce((sum, row) => sum + (fewer.outcome[row] as number), 0),
  );
});
