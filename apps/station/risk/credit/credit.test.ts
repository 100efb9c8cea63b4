// The credit scorecard: signs that reason demands, limits that hold, reasons that are true, and nobody's person.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { creditApplication } from '#contract/credit.ts';
import { calibrationError } from '../metrics.ts';
import { createRandom } from '../random.ts';
import { acceptable, assessCredit, debtServiceMost, figuresOf } from './assess.ts';
import { levelOf } from './calibrate.ts';
import { logOdds, probabilityOf } from './scorecard.ts';

const requests = fc.record({
  product: fc.constantFrom('loan' as const, 'overdraft' as const),
  amountMinor: fc.integer({ min: 10_000, max: 5_000_000 }),
  months: fc.integer({ min: 1, max: 120 }),
  incomeMinor: fc.integer({ min: 50_000, max: 1_000_000 }),
  obligationsMinor: fc.integer({ min: 0, max: 300_000 }),
  employedMonths: fc.integer({ min: 0, max: 400 }),
});
const conducts = fc.record({
  historyMonths: fc.integer({ min: 0, max: 300 }),
  inflow90Minor: fc.integer({ min: 0, max: 3_000_000 }),
  overdrawnShare: fc.double({ min: 0, max: 1, noNaN: true }),
});

test('more debt, less time and more overdrafts never lower the risk', () => {
  fc.assert(
    fc.property(requests, conducts, (request, conduct) => {
      const { probability } = assessCredit(request, conduct);
      const worse = [
        assessCredit({ ...request, obligationsMinor: request.obligationsMinor + 50_000 }, conduct),
        assessCredit({ ...request, amountMinor: request.amountMinor * 2 }, conduct),
        assessCredit({ ...request, employedMonths: 0 }, conduct),
        assessCredit(request, { ...conduct, historyMonths: 0 }),
        assessCredit(request, { ...conduct, inflow90Minor: 0 }),
        assessCredit(request, { ...conduct, overdrawnShare: 1 }),
      ];
      for (const each of worse) assert.ok(each.probability >= probability - 1e-12);
    }),
  );
});

test('the limit carries, and the next hundred would not', () => {
  fc.assert(
    fc.property(requests, conducts, (request, conduct) => {
      const { limitMinor } = assessCredit(request, conduct);
      const carries = (amount: number) => {
        const figures = figuresOf(request, conduct, amount);
        return (
          probabilityOf(logOdds(figures)) <= acceptable && figures.debtService <= debtServiceMost
        );
      };
      if (limitMinor > 0) assert.ok(carries(limitMinor));
      const top = Math.ceil((request.amountMinor * 2) / 10_000) * 10_000;
      if (limitMinor < top) assert.ok(!carries(limitMinor + 10_000));
    }),
  );
});

test('an application has no place for who somebody is', () => {
  const request = {
    ...{ customer: 1, product: 'loan', amountMinor: '100000', currency: 'EUR', months: 12 },
    ...{ incomeMinor: '200000', obligationsMinor: '0', employedMonths: 24 },
  };
  assert.ok(creditApplication.safeParse(request).success);
  for (const who of ['name', 'gender', 'nationality', 'birthDate', 'maritalStatus', 'address']) {
    assert.ok(!creditApplication.safeParse({ ...request, [who]: 'x' }).success, who);
  }
});

test('reasons are given for what is bad, and none for what is good', () => {
  const good = assessCredit(
    {
      ...{ product: 'loan', amountMinor: 200_000, months: 24, incomeMinor: 300_000 },
      ...{ obligationsMinor: 0, employedMonths: 120 },
    },
    { historyMonths: 120, inflow90Minor: 900_000, overdrawnShare: 0 },
  );
  assert.deepEqual([good.band, good.reasons], ['A', []]);
  const bad = assessCredit(
    {
      ...{ product: 'loan', amountMinor: 2_000_000, months: 24, incomeMinor: 150_000 },
      ...{ obligationsMinor: 60_000, employedMonths: 2 },
    },
    { historyMonths: 1, inflow90Minor: 0, overdrawnShare: 0.5 },
  );
  assert.equal(bad.band, 'D');
  assert.equal(bad.limitMinor, 0);
  assert.equal(bad.reasons[0], 'fixed payments would take 99 % of the net income');
  assert.equal(bad.reasons.length, 4);
});

/** Outcomes drawn where the truth is `slope * odds + shift` of what the scorecard says. */
function drawn(count: number, slope: number, shift: number) {
  const random = createRandom(9);
  return Array.from({ length: count }, () => {
    const odds = -5 + 5 * random.unit();
    return { odds, isDefault: random.unit() < probabilityOf(slope * odds + shift) };
  });
}

test('few outcomes set the level right and leave order and spread alone', () => {
  const odds = Array.from({ length: 120 }, (_none, index) => -4 + (index % 40) / 10);
  const results = odds.map((each, index) => ({ odds: each, isDefault: index % 8 === 0 }));
  const level = levelOf(results);
  assert.deepEqual([level.kind, level.slope], ['level', 1]);
  const mean =
    results.reduce((sum, each) => sum + probabilityOf(each.odds + level.shift), 0) / results.length;
  assert.ok(Math.abs(mean - 15 / 120) < 1e-9);
  assert.equal(levelOf(results.slice(0, 20)).kind, 'expert');
});

test('many outcomes find the spread as well, and it never turns the order round', () => {
  const level = levelOf(drawn(4_000, 0.5, -0.4));
  assert.equal(level.kind, 'spread');
  assert.ok(Math.abs(level.slope - 0.5) < 0.1, String(level.slope));
  assert.ok(Math.abs(level.shift + 0.4) < 0.25, String(level.shift));
  const turned = levelOf(drawn(4_000, -1, -3));
  assert.ok(turned.slope > 0, 'what contradicts reason only flattens');
});

test('probabilities set right on one half hold on the other: calibration error at most 0.02', () => {
  const results = drawn(40_000, 0.6, 0.7);
  const { slope, shift } = levelOf(results.slice(0, 4_000));
  const later = results.slice(4_000);
  const scores = Float64Array.from(later, ({ odds }) => probabilityOf(slope * odds + shift));
  const truth = Float64Array.from(later, ({ isDefault }) => (isDefault ? 1 : 0));
  assert.ok(calibrationError(scores, truth) <= 0.02);
  const raw = Float64Array.from(later, ({ odds }) => probabilityOf(odds));
  assert.ok(calibrationError(raw, truth) > 0.05, 'it was not right before');
});
