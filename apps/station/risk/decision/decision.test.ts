// Holds the decision: cost, budget, shadow, answers, what a model may never do, and its exact record.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { featureCount, featureNames } from '../features/catalogue.ts';
import { fraudAssessmentOf } from './adapter.ts';
import { backTestPolicy } from './back-test.ts';
import { type DecisionQuestion, decide } from './decide.ts';
import { defaultRiskPolicy, policyHash } from './policy.ts';
import { reasonsOf } from './reasons.ts';
import { vectorOf, vectorText } from './record.ts';

const question = (more: Partial<DecisionQuestion> = {}): DecisionQuestion => ({
  ...{ policy: defaultRiskPolicy, probability: 0.3, mayHold: true, amountMinor: 500_000 },
  ...{ scale: 100, heldRecently: 0, decidedRecently: 1_000, answers: null, ...more },
});

test('cost decides: the same probability is worth a review for much and nothing for little', () => {
  assert.equal(decide(question()).action, 'hold');
  assert.equal(decide(question({ amountMinor: 5_000 })).action, 'ask');
  assert.equal(decide(question({ amountMinor: 500 })).action, 'allow');
  assert.equal(decide(question({ probability: 0.049 })).action, 'allow');
});

test('past the budget the teller asks instead, but what is certain is held all the same', () => {
  assert.equal(decide(question({ heldRecently: 10 })).because, 'budget');
  assert.equal(decide(question({ heldRecently: 10 })).action, 'ask');
  assert.equal(decide(question({ heldRecently: 10, probability: 0.9 })).because, 'certain');
});

test('novelty alone only asks, shadow only writes down, and silence allows', () => {
  assert.equal(decide(question({ mayHold: false, probability: 1 })).action, 'ask');
  const shadow = { ...defaultRiskPolicy, mode: 'shadow' as const };
  const written = decide(question({ policy: shadow }));
  assert.deepEqual([written.action, written.would, written.band], ['allow', 'hold', 'HIGH']);
  assert.equal(decide(question({ probability: null })).because, 'rules-alone');
});

test('more risk or more money never makes a decision milder', () => {
  const order = ['allow', 'ask', 'hold'];
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const amounts = fc.integer({ min: 1, max: 10_000_000 });
  fc.assert(
    fc.property(share, share, amounts, amounts, (p, q, a, b) => {
      const [low, high] = [Math.min(p, q), Math.max(p, q)];
      const [little, much] = [Math.min(a, b), Math.max(a, b)];
      const mild = decide(question({ probability: low, amountMinor: little })).would;
      const hard = decide(question({ probability: high, amountMinor: much })).would;
      assert.ok(order.indexOf(hard) >= order.indexOf(mild));
    }),
  );
});

test('a vector comes back from its text bit for bit, unknown values too', () => {
  const vector = Float32Array.from({ length: featureCount }, (_none, index) =>
    index % 5 === 0 ? Number.NaN : Math.fround(index / 7 - 3),
  );
  const again = vectorOf(vectorText(vector));
  assert.deepEqual(again, vector);
  assert.equal(vectorOf('00'), null);
});

test('what is unknown is written in one way, whichever of its many bit patterns the processor took', () => {
  const vector = new Float32Array(featureCount);
  const text = vectorText(vector.fill(Number.NaN));
  // 0 divided by 0 gives another pattern than the constant does, on some processors and in some of V8's tiers.
  new Uint32Array(vector.buffer).fill(0xffc00001);
  assert.ok(Number.isNaN(vector[0]));
  assert.equal(vectorText(vector), text);
});

test('a policy has one hash, and another policy another', () => {
  assert.equal(policyHash({ ...defaultRiskPolicy }), policyHash(defaultRiskPolicy));
  assert.notEqual(
    policyHash({ ...defaultRiskPolicy, reviewCost: 13 }),
    policyHash(defaultRiskPolicy),
  );
});

test('reasons carry the numbers, say what raises the risk only, and no more than three', () => {
  const vector = new Float32Array(featureCount);
  const set = (name: string, value: number) => {
    vector[featureNames.indexOf(name)] = value;
  };
  set('isCashOut', 1);
  set('amountToMean30', 14);
  set('amountToBalance', 0.9);
  set('isNewPayee', 1);
  set('outCount1h', 2);
  const added = new Map([
    ['amountToMean30', 2],
    ['amountToBalance', 1],
    ['isNewPayee', 0.5],
    ['outCount1h', -1],
  ]);
  const said = reasonsOf(added, { vector, amount: 1_900, currency: 'EUR' });
  assert.deepEqual(said, [
    "1,900.00 EUR is 14 times this account's usual withdrawal (30-day mean 135.71 EUR)",
    'it takes 90 % of 2,111.11 EUR',
    'first payment to this account',
  ]);
});

test('the predecessor is told of a reject only where a person or a rule refused', () => {
  const decided = { band: 'HIGH', probability: 0.9, reasons: [] } as const;
  const final = (end: 'posted' | 'waiting' | 'refused') =>
    fraudAssessmentOf({ ...decided, end }).final_decision;
  assert.deepEqual(
    [final('posted'), final('waiting'), final('refused')],
    ['APPROVE', 'MANUAL_REVIEW', 'REJECT'],
  );
});

test('a back-test keeps the budget as the counter would have', () => {
  const cases = Array.from({ length: 1_000 }, (_none, index) => ({
    ...{ probability: 0.5, amountMinor: 500_000, scale: 100, isFraud: index < 4 },
  }));
  const tried = backTestPolicy(defaultRiskPolicy, cases, true);
  assert.equal(tried.held, 10);
  assert.equal(tried.asked, 990);
  assert.deepEqual(backTestPolicy({ ...defaultRiskPolicy, mode: 'off' }, cases, true).held, 0);
});
