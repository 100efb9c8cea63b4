// A policy typed is the policy read; what is no number is said at its field.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RiskPolicy } from '#contract/risk.ts';
import { policyChanges, policyRows, readPolicy, typedPolicy } from './policyForm.ts';

const policy: RiskPolicy = {
  ...{ mode: 'live', reviewCost: 12, questionCost: 2, lossBasisPoints: 6_000 },
  ...{ askBasisPoints: 525, holdBasisPoints: 2_000, alwaysHoldBasisPoints: 8_000 },
  ...{ holdsPerThousand: 10, deadlineMs: 60, quietDays: 30, shadowDays: 7, from: '2026-01-01' },
};

test('typed and read again it is the same policy, from the day given', () => {
  const read = readPolicy(typedPolicy(policy, '2026-11-20'));
  assert.deepEqual(read, { policy: { ...policy, from: '2026-11-20' } });
  const fields = Object.keys(policy).filter((field) => !['mode', 'from'].includes(field));
  assert.deepEqual(policyRows.map(({ field }) => field).toSorted(), fields.toSorted());
});

test('a comma is a decimal point, and what is no number is named', () => {
  const typed = typedPolicy(policy, '2026-11-20');
  const comma = readPolicy({ ...typed, holdBasisPoints: '22,5' });
  assert.ok('policy' in comma);
  assert.equal(comma.policy.holdBasisPoints, 2_250);
  for (const [field, text] of [
    ['holdBasisPoints', 'twenty'],
    ['holdBasisPoints', '-1'],
    ['quietDays', '30.5'],
    ['deadlineMs', ''],
  ] as const) {
    const read = readPolicy({ ...typed, [field]: text });
    assert.ok('field' in read, text);
    assert.equal(read.field, field);
  }
});

test('changes are said in plain units', () => {
  const other = { ...policy, mode: 'shadow' as const, holdBasisPoints: 3_050, from: '2026-11-20' };
  assert.deepEqual(policyChanges(policy, other), [
    'live becomes shadow',
    'hold from 30.5 % instead of 20',
    'from 2026-11-20',
  ]);
});
