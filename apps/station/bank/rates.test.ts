// Holds conversions to exact fractions, lists to what may come into force, and the policy to being whole in every currency.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { digitsOf } from '#contract/currencies.ts';
import { ratesOrder } from '#contract/rates.ts';
import { flagsOf, type Subject } from './flags.ts';
import { roleLimitFor, tillLimitFor } from './limits.ts';
import { amountFor, defaultPolicy } from './policy.ts';
import { fromBase, inForce, type Rates, refuseRates, toBase } from './rates.ts';

const rates: Rates = {
  ...{ base: 'EUR', date: '2026-11-20', version: 3 },
  rates: { USD: '1.0812', JPY: '163.52', KWD: '0.3325', HUF: '391.88', SEK: '11.4' },
};

test('what is not a list of rates is refused by its form', () => {
  const good = { base: 'EUR', date: '2026-11-20', rates: { USD: '1.0812' } };
  assert.ok(ratesOrder.safeParse(good).success);
  for (const rate of [
    '0',
    '0.000',
    '-1',
    '1,08',
    '1e3',
    '01.2',
    '.5',
    '5.',
    '',
    1.08,
    '1'.repeat(11),
  ]) {
    assert.ok(!ratesOrder.safeParse({ ...good, rates: { USD: rate } }).success, String(rate));
  }
  for (const wrong of [
    ...[
      { ...good, rates: {} },
      { ...good, rates: { EUR: '1' } },
      { ...good, base: 'euro' },
    ],
    ...[
      { ...good, date: '2026-02-30' },
      { ...good, more: 1 },
      { ...good, rates: { usd: '1.1' } },
    ],
  ]) {
    assert.ok(!ratesOrder.safeParse(wrong).success, JSON.stringify(wrong));
  }
});

test('a list of another base, an older one, one of next week and one of no money are refused', () => {
  const now = { base: 'EUR', inForce: rates, latest: '2026-11-22' };
  const order = { base: 'EUR', date: '2026-11-20', rates: { USD: '1.1' } };
  refuseRates(order, now);
  const refused = (change: object, reason: string) =>
    assert.throws(() => refuseRates({ ...order, ...change }, now), { reason });
  refused({ base: 'USD' }, 'rates-other-base');
  refused({ date: '2026-11-19' }, 'rates-older');
  refused({ date: '2026-11-23' }, 'rates-ahead');
  refused({ rates: { ABC: '1.1' } }, 'unknown-currency');
  refused({ rates: { HRK: '7.5' } }, 'unknown-currency');
});

test('conversion is exact: digits of either currency, limits down, equivalents to the nearest', () => {
  const down = (amount: bigint, currency: string) =>
    fromBase(rates, amount, { currency, rounding: 'down' });
  assert.equal(down(1_000_000n, 'USD'), 1_081_200n);
  assert.equal(down(1_000_000n, 'JPY'), 1_635_200n);
  assert.equal(down(1_000_000n, 'KWD'), 3_325_000n);
  assert.equal(down(99n, 'JPY'), 161n, '161.8848 yen, down');
  assert.equal(fromBase(rates, 99n, { currency: 'JPY', rounding: 'half-up' }), 162n);
  assert.equal(down(5n, 'EUR'), 5n);
  assert.equal(down(5n, 'GBP'), null);
  assert.equal(toBase(rates, 1_635_200n, 'JPY'), 1_000_000n);
  assert.equal(toBase(rates, 57n, 'SEK'), 5n, '0.57 SEK are exactly 0.05 EUR');
  const halves: Rates = { ...rates, rates: { USD: '2' } };
  assert.deepEqual(
    [1n, 3n, -1n, -3n].map((amount) => toBase(halves, amount, 'USD')),
    [1n, 2n, -1n, -2n],
  );
});

test('there and back differs by less than one unit of the coarser, and more never becomes less', () => {
  const codes = Object.keys(rates.rates);
  fc.assert(
    fc.property(
      fc.bigInt(0n, 2n ** 53n),
      fc.bigInt(0n, 1_000_000n),
      fc.constantFrom(...codes),
      (amount, more, currency) => {
        const there = toBase(rates, amount, currency) ?? -1n;
        assert.ok(there <= (toBase(rates, amount + more, currency) ?? -1n));
        const back = fromBase(rates, there, { currency, rounding: 'half-up' }) ?? -1n;
        const rate = Number(rates.rates[currency]) * 10 ** (digitsOf(currency) - 2);
        const off = back > amount ? back - amount : amount - back;
        assert.ok(
          off <= BigInt(Math.ceil(rate / 2) + 1),
          `${amount} ${currency} came back ${back}`,
        );
        const least = fromBase(rates, there, { currency, rounding: 'down' }) ?? -1n;
        assert.ok(least <= back && back - least <= 1n);
      },
    ),
  );
});

const onlyBase = {
  ...defaultPolicy,
  roleLimits: defaultPolicy.roleLimits.filter(({ currency }) => currency === 'EUR'),
  tillLimits: defaultPolicy.tillLimits.filter(({ currency }) => currency === 'EUR'),
  reportingThresholds: defaultPolicy.reportingThresholds.filter(
    ({ currency }) => currency === 'EUR',
  ),
};

test('a limit without an entry is the base’s converted; one with an entry stays', () => {
  const whole = inForce(onlyBase, rates);
  const asked = { roles: ['teller'], task: 'cash.withdrawal', currency: 'HUF' } as const;
  const limit = roleLimitFor(whole, asked);
  assert.equal(limit.softMinor, 391_880_000n);
  assert.deepEqual(limit.by, {
    ...{ baseMinor: 1_000_000n, base: 'EUR', rate: '391.88', date: '2026-11-20', version: 3 },
  });
  const till = tillLimitFor(whole, 'till', 'JPY');
  assert.deepEqual([till.softMinor, till.hardMinor], [8_176_000n, 32_704_000n]);
  assert.equal(amountFor(whole.reportingThresholds, 'KWD'), 3_325_000n);
  const own = inForce(defaultPolicy, rates);
  assert.equal(amountFor(own.reportingThresholds, 'USD'), 1_000_000n, 'the policy names USD');
  assert.equal(amountFor(own.reportingThresholds, 'HUF'), 391_880_000n, 'and not HUF');
  assert.deepEqual(own.fees, defaultPolicy.fees, 'a price is not converted');
  assert.equal(roleLimitFor(onlyBase, asked).isSet, false);
});

function subject(change: Partial<Subject>): Subject {
  return {
    ...{ task: 'cash.deposit', amountMinor: 1n, currency: 'USD', date: '2026-11-21' },
    ...{ policy: inForce(onlyBase, rates), roles: ['supervisor'], cash: 'in' as const },
    ...{ from: null, to: null, persons: [], risk: null },
    ...change,
  };
}

const said = (change: Partial<Subject>, rule: string): string =>
  flagsOf(subject(change)).find((flag) => flag.rule === rule)?.message ?? '';

test('a flag over a converted limit names rate, date and version, and says when they are old', () => {
  const rule = 'over-reporting-threshold';
  assert.equal(said({ amountMinor: 1_081_200n }, rule), '', 'at the threshold is not over it');
  assert.match(
    said({ amountMinor: 1_081_201n }, rule),
    /threshold of 10,812.00 USD \(10,000.00 EUR at 1.0812, rates of 2026-11-20, version 3\)$/,
  );
  const later = { amountMinor: 1_081_201n, date: '2026-12-02' };
  assert.match(said(later, rule), /version 3, 12 days old\)$/);
  const teller = { amountMinor: 1_081_201n, roles: ['teller'] };
  assert.match(said(teller, 'over-role-limit'), /teller limit of 10,812.00 USD \(10,000.00 EUR at/);
});

test('without a rate nothing is let pass unseen and nothing refused: a second person looks, and why is said', () => {
  const gbp = { currency: 'GBP', amountMinor: 100n };
  assert.match(said(gbp, 'over-reporting-threshold'), /cannot be held to .* no rate is known/);
  assert.match(said(gbp, 'over-role-limit'), /limit of 0.00 GBP: the policy sets none for GBP/);
  const none = { ...gbp, policy: { ...onlyBase, reportingThresholds: [] } };
  assert.equal(said(none, 'over-reporting-threshold'), '', 'a bank without thresholds has none');
});

test('cash of one person in several currencies is added up in the base, in and out apart', () => {
  const item = { date: '2026-11-21', account: 'x', journal: 1 } as const;
  const items = [
    { ...item, direction: 'in' as const, currency: 'USD', amountMinor: 540_600n },
    { ...item, direction: 'out' as const, currency: 'EUR', amountMinor: 900_000n },
  ];
  const persons = [{ name: 'Marta Keller', items }];
  const euros = (amountMinor: bigint) =>
    said({ persons, currency: 'EUR', amountMinor }, 'over-reporting-threshold');
  assert.equal(euros(500_000n), '', '5,000.00 EUR and 5,406.00 USD are just 10,000.00 EUR');
  assert.match(
    euros(500_001n),
    /Marta Keller on 2026-11-21 in all currencies is worth 10,000.01 EUR .*version 3/,
  );
});

test('cash kept just under the threshold, each time in another currency, is one series worth its sum in the base', () => {
  const item = (date: string, currency: string, amountMinor: bigint, change: object = {}) => ({
    ...{ date, currency, amountMinor, account: 'x', journal: 1, direction: 'in' as const },
    ...change,
  });
  const earlier = [
    item('2026-11-19', 'USD', 1_000_000n),
    item('2026-11-20', 'SEK', 10_500_000n),
    item('2026-11-20', 'JPY', 1_000n),
  ];
  const euros = (items: readonly object[], amountMinor = 900_000n) => {
    const persons = [{ name: 'Marta Keller', items: items as typeof earlier }];
    return said({ persons, currency: 'EUR', amountMinor }, 'structuring');
  };
  assert.match(
    euros(earlier),
    /cash worth 27,459.51 EUR in 3 days by the rates of 2026-11-20, version 3 \(3 deposits of Marta Keller in several/,
  );
  assert.equal(euros([]), '', 'one deposit is no series');
  assert.equal(euros(earlier, 100_000n), '', 'the item itself is far below');
  const out = earlier.map((each) => ({ ...each, direction: 'out' as const }));
  assert.equal(euros(out), '', 'in and out are apart');
  assert.equal(euros([item('2026-11-20', 'GBP', 900_000n)]), '', 'without a rate it was flagged');
  assert.equal(euros([item('2026-10-01', 'USD', 1_000_000n)]), '', 'before the window');
  const one = [item('2026-11-20', 'EUR', 900_000n), ...earlier];
  assert.match(
    euros(one),
    /^structuring-like: 18,000.00 EUR in 2 days/,
    'one currency says it first',
  );
});
