// Attacks the days in the shadow: days are days of scores, and a model that finds less or stops more does not pass.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ShadowCase, shadowReport } from './shadow.ts';

const rule = { budget: 0.01, holdFrom: 0.5, daysLeast: 3 };

/** A thousand cases on so many days, the first ten of them frauds; scores by place. */
function cases(
  days: number,
  scored: (index: number) => { challenger: number; champion: number | null },
): ShadowCase[] {
  return Array.from({ length: 1_000 }, (_none, index) => ({
    ...{ date: `2026-11-${String(1 + (index % days)).padStart(2, '0')}`, isFraud: index < 10 },
    ...scored(index),
  }));
}

const passed = (list: readonly ShadowCase[]) =>
  shadowReport(list, rule).gates.map((gate) => gate.passed);
const low = (index: number) => index / 1e5;

test('a challenger that finds what the champion finds, on enough days, passes', () => {
  const both = (index: number) => (index < 10 ? 0.9 : low(index));
  const list = cases(3, (index) => ({ challenger: both(index), champion: both(index) }));
  assert.deepEqual(passed(list), [true, true, true]);
  const report = shadowReport(list, rule);
  assert.deepEqual([report.days, report.cases, report.frauds], [3, 1_000, 10]);
  assert.equal(report.challenger.averagePrecision, 1);
});

test('many cases on too few days are too few days', () => {
  const list = cases(2, (index) => ({ challenger: low(index), champion: low(index) }));
  assert.equal(passed(list)[0], false);
});

test('one that misses what the champion finds, or holds too many honest cases, does not pass', () => {
  const champion = (index: number) => (index < 10 ? 0.9 : low(index));
  const misses = cases(3, (index) => ({
    challenger: 0.01 - low(index),
    champion: champion(index),
  }));
  misses.forEach((each, index) => {
    if (index < 10) Object.assign(each, { challenger: 0 });
  });
  assert.deepEqual(passed(misses), [true, false, true]);
  const noisy = cases(3, (index) => ({
    ...{ challenger: index < 60 ? 0.9 - low(index) : low(index), champion: champion(index) },
  }));
  assert.deepEqual(passed(noisy), [true, true, false]);
});

test('without a champion the rules are beside it: nothing to beat, the rest holds', () => {
  const list = cases(3, (index) => ({ challenger: low(index), champion: null }));
  const report = shadowReport(list, rule);
  assert.equal(report.champion, null);
  assert.deepEqual(
    report.gates.map((gate) => gate.passed),
    [true, true, true],
  );
});

test('only cases both scored are compared', () => {
  const list = cases(3, (index) => ({
    ...{ challenger: index < 10 ? 0 : low(index), champion: index < 500 ? null : low(index) },
  }));
  assert.equal(shadowReport(list, rule).frauds, 0, 'the frauds were scored by one of them only');
});
