// Proves fees, limits and the policy's own checks: whole amounts, half up, nothing said twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FeeRule } from '#contract/policy.ts';
import { feeMinor, shareOf } from './fees.ts';
import { roleLimitFor, tillLimitFor } from './limits.ts';
import { amountFor, defaultPolicy, defaultPolicyInput, readPolicy, writePolicy } from './policy.ts';
import { Refusal } from './refusal.ts';

const rule: FeeRule = {
  task: 'transfer',
  currency: 'EUR',
  fromMinor: 0n,
  flatMinor: 0n,
  basisPoints: 0,
  minMinor: 0n,
  maxMinor: null,
};
const fee = (rules: Partial<FeeRule>[], amountMinor: bigint) =>
  feeMinor(
    rules.map((one) => ({ ...rule, ...one })),
    { task: 'transfer', currency: 'EUR', amountMinor },
  );

test('the parts of a fee are the fee to the unit, and differ by one unit at most', () => {
  const items = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), items, (whole, count) => {
      const parts = Array.from({ length: count }, (_, at) => shareOf(whole, count, at));
      assert.equal(
        parts.reduce((sum, part) => sum + part, 0n),
        whole,
      );
      const even = whole / BigInt(count);
      assert.ok(parts.every((part) => part === even || part === even + 1n));
    }),
  );
});

test('a fee is flat and a part, rounded half up, within its bounds', () => {
  assert.equal(fee([], 10_000n), 0n);
  assert.equal(fee([{ flatMinor: 250n }], 1n), 250n);
  assert.equal(fee([{ basisPoints: 50 }], 10_000n), 50n);
  assert.equal(fee([{ basisPoints: 50 }], 99n), 0n);
  assert.equal(fee([{ basisPoints: 50 }], 100n), 1n);
  assert.equal(fee([{ basisPoints: 50, minMinor: 100n }], 100n), 100n);
  assert.equal(fee([{ basisPoints: 50, maxMinor: 40n }], 10_000n), 40n);
  assert.equal(fee([{ flatMinor: 100n, basisPoints: 25 }], 2n ** 53n), 100n + 22_517_998_136_852n);
});

test('the rule of the highest lower bound counts, of this task and currency only', () => {
  const steps = [
    { flatMinor: 1n },
    { fromMinor: 1000n, flatMinor: 2n },
    { fromMinor: 5000n, flatMinor: 3n },
  ];
  assert.deepEqual(
    [999n, 1000n, 4999n, 5000n].map((amount) => fee(steps, amount)),
    [1n, 2n, 2n, 3n],
  );
  assert.equal(
    fee(
      [
        { currency: 'USD', flatMinor: 9n },
        { task: 'cash.deposit', flatMinor: 9n },
      ],
      5n,
    ),
    0n,
  );
});

test('property: a fee by parts is never off by more than half a minor unit', () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 2n ** 53n),
      fc.integer({ min: 0, max: 10_000 }),
      (amount, basisPoints) => {
        const off = fee([{ basisPoints }], amount) * 10_000n - amount * BigInt(basisPoints);
        assert.ok(off > -5_000n && off <= 5_000n);
      },
    ),
  );
});

test('a limit is that of the highest role, and zero where nothing is said', () => {
  const task = 'cash.deposit';
  const of = (roles: string[], currency = 'EUR') =>
    roleLimitFor(defaultPolicy, { roles, task, currency });
  assert.deepEqual(of(['teller']), {
    ...{ role: 'teller', softMinor: 1_000_000n, hardMinor: null, isSet: true },
  });
  assert.equal(of(['teller', 'supervisor']).softMinor, 5_000_000n);
  assert.equal(of(['administrator']).role, 'teller');
  assert.equal(of(['supervisor'], 'THB').softMinor, 0n);
  assert.deepEqual(tillLimitFor(defaultPolicy, 'till', 'THB'), {
    softMinor: null,
    hardMinor: null,
  });
});

test('the default policy is whole, and comes back from its wire form', () => {
  assert.deepEqual(readPolicy(defaultPolicyInput), defaultPolicy);
  assert.deepEqual(readPolicy(writePolicy(defaultPolicy)), defaultPolicy);
  assert.deepEqual(writePolicy(defaultPolicy), defaultPolicyInput);
  assert.equal(amountFor(defaultPolicy.reportingThresholds, 'EUR'), 1_000_000n);
  assert.deepEqual(defaultPolicy.fees, []);
});

test('a policy that contradicts itself is refused, naming the place', () => {
  const refusedAt = (given: object, field: RegExp) =>
    assert.throws(
      () => readPolicy({ ...defaultPolicyInput, ...given }),
      (error) => error instanceof Refusal && field.test(error.field ?? ''),
    );
  const [limit] = defaultPolicyInput.roleLimits;
  refusedAt({ roleLimits: [limit, limit] }, /roleLimits/);
  refusedAt({ roleLimits: [{ ...limit, hardMinor: '1' }] }, /roleLimits\.0\.hardMinor/);
  refusedAt({ roleLimits: [{ ...limit, softMinor: '-1' }] }, /softMinor/);
  refusedAt({ structuring: { days: 0, lowerBasisPoints: 7000, items: 2 } }, /structuring\.days/);
  refusedAt({ riskBasisPoints: 10_001 }, /riskBasisPoints/);
  refusedAt({ calendar: { weekend: [8], holidays: [] } }, /calendar/);
  refusedAt({ surprise: 1 }, /.*/);
});
