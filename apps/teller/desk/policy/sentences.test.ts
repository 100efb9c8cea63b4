// Proves that the policy's sentences say the policy's numbers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ordinal, policyIn, ruleSentences } from './sentences.ts';

const policy = {
  ...{ roleLimits: [], tillLimits: [], fees: [], valueDays: [] },
  reportingThresholds: [{ currency: 'EUR', amountMinor: '1000000' }],
  structuring: { days: 4, lowerBasisPoints: 7000, items: 2 },
  manyWithdrawals: { count: 3, days: 2 },
  youngAccount: { days: 30, floors: [] },
  dormantDays: 365,
  riskBasisPoints: 5000,
  differenceTolerances: [],
  approvalMinutes: 60,
  frozenAcceptsCredits: false,
  rates: { oldDays: 9, moveBasisPoints: 250 },
  calendar: { weekend: [6, 7], holidays: ['2026-12-25'] },
};

const yen = { currency: 'JPY', amountMinor: '1500000' };

test('every rule is said with its own numbers', () => {
  const said = ruleSentences(policy).join('\n');
  for (const part of [
    '10,000.00 EUR',
    '70 %',
    '4 days',
    '3rd withdrawal',
    '30 days',
    '365 days',
    '50 %',
    '60 minutes',
    'Rates of head office older than 9 days',
    '2.5 % in a day needs a second person at head office',
    'Saturday and Sunday',
    'Fri 25 Dec 2026',
    'No money may come into a frozen account',
    'Any difference at a till’s opening or close',
  ]) {
    assert.ok(said.includes(part), part);
  }
});

test('one currency is shown at a time, and the whole policy stays whole', () => {
  const both = { ...policy, reportingThresholds: [...policy.reportingThresholds, yen] };
  assert.deepEqual(policyIn(both, 'JPY').reportingThresholds, [yen]);
  assert.equal(both.reportingThresholds.length, 2);
  assert.ok(ruleSentences(policyIn(both, 'JPY')).join().includes('1,500,000 JPY'));
});

test('ordinals of the teens are no exception to the exception', () => {
  assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 111].map(ordinal), [
    ...['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '111th'],
  ]);
});
