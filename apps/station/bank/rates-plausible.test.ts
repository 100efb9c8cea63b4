// Holds a list of rates to the one before it and to itself, on either side of each bound.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type RatesOrder, ratesOrder } from '#contract/rates.ts';
import type { Rates } from './rates.ts';
import { doubtsOf, movedBasisPoints, refuseImplausible } from './rates-plausible.ts';

const before: Rates = {
  ...{ base: 'EUR', date: '2026-11-20', version: 3 },
  rates: { USD: '1.0812', JPY: '163.52', KWD: '0.3325' },
};
const at = { inForce: before, moveBasisPoints: 1_000, inUse: ['EUR', 'USD', 'JPY'] };
const list = (rates: Record<string, string>, change: Partial<RatesOrder> = {}): RatesOrder => ({
  ...{ base: 'EUR', date: '2026-11-21', rates: { ...before.rates, ...rates } },
  ...change,
});
const refused = (order: RatesOrder, reason: string, message = /./) =>
  assert.throws(() => refuseImplausible(order, at), { reason, message });

test('a rate may move by the policy’s share a day and no further, up or down', () => {
  const rates = (usd: string): Rates => ({ ...before, rates: { USD: usd } });
  const of = (from: string, to: string) =>
    doubtsOf(list({ USD: to }), { ...at, inForce: rates(from) }).length;
  assert.deepEqual([of('1.0000', '1.1000'), of('1.0000', '1.1001')], [0, 1]);
  assert.deepEqual([of('1.1000', '1.0000'), of('1.1001', '1.0000')], [0, 1]);
  assert.equal(of('1.0812', '10.812'), 1, 'a slipped point');
  assert.equal(of('1.0812', '0.9249'), 1, 'turned upside down');
});

test('over days in between it may move further, five days’ worth at most', () => {
  const on = (date: string, USD: string) => doubtsOf(list({ USD }, { date }), at).length;
  assert.deepEqual([on('2026-11-20', '1.1893'), on('2026-11-20', '1.1894')], [0, 1]);
  assert.deepEqual([on('2026-11-22', '1.2974'), on('2026-11-22', '1.2975')], [0, 1]);
  assert.deepEqual([on('2026-12-20', '1.6218'), on('2026-12-20', '1.6219')], [0, 1]);
});

test('the refusal says what moved, by how much, and which list stays', () => {
  refuseImplausible(list({ USD: '1.09' }), at);
  refused(
    list({ USD: '10.812' }),
    'rates-implausible',
    /^USD goes from 1.0812 to 10.812, 900.00 % in 1 day where 10.00 % is the most. Those of 2026-11-20, version 3, stay in force/,
  );
  const all = { USD: '9', JPY: '9', KWD: '9', SEK: '1' };
  refused(list(all), 'rates-implausible', /^JPY .*; KWD .*; USD /);
  refuseImplausible(list(all), { ...at, inForce: null });
});

test('a currency in use that had a rate and has none is looked at; one nobody uses is not', () => {
  const without = (gone: string) => {
    const { [gone]: _gone, ...rates } = before.rates;
    return { ...list({}), rates };
  };
  refused(without('JPY'), 'rates-implausible', /JPY is in use and has no rate any more/);
  refuseImplausible(without('KWD'), at);
});

test('a second person lets through what they have seen, by name, and nothing else', () => {
  const second = { given: 'Ada Lind', seen: 'Sam Berg', currencies: ['USD'], reason: 'devalued' };
  refuseImplausible(list({ USD: '2' }, { second }), at);
  refused(list({ USD: '2', JPY: '20' }, { second }), 'rates-implausible', /^JPY /);
  const isForm = (change: object) =>
    ratesOrder.safeParse(list({}, { second: { ...second, ...change } })).success;
  assert.ok(isForm({}));
  for (const wrong of [{ seen: ' ada lind' }, { currencies: [] }, { reason: '' }, { more: 1 }]) {
    assert.ok(!isForm(wrong), JSON.stringify(wrong));
  }
});

test('a list that contradicts itself is refused, whoever has seen it', () => {
  const second = { given: 'Ada', seen: 'Sam', currencies: ['USD', 'JPY'], reason: 'sure' };
  const quoted = (quotes: RatesOrder['quotes']) => list({}, { quotes, second });
  refuseImplausible(quoted({ USD: { bid: '1.0812', ask: '1.0812' } }), at);
  refuseImplausible(quoted({ JPY: { bid: '163', ask: '164', inverse: '0.006115' } }), at);
  refused(
    quoted({ USD: { bid: '1.0813', ask: '1.09' } }),
    'rates-contradict',
    /between bid 1.0813/,
  );
  refused(quoted({ USD: { bid: '1.07', ask: '1.0811' } }), 'rates-contradict');
  refused(quoted({ USD: { bid: '1.09', ask: '1.07' } }), 'rates-contradict');
  refused(quoted({ SEK: { bid: '11', ask: '12' } }), 'rates-contradict', /has no rate/);
  const inverse = (text: string) => quoted({ USD: { bid: '1', ask: '2', inverse: text } });
  refuseImplausible(inverse('0.9249'), at);
  refuseImplausible(inverse('0.9295'), at);
  refused(inverse('0.9296'), 'rates-contradict', /0.51 % apart; 0.50 %/);
  refused(inverse('1.0812'), 'rates-contradict');
});

test('property: the distance is the same both ways, nothing at itself, and exact beside floats', () => {
  const rate = fc
    .tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 6 }))
    .map(([digits, decimals]) => (digits / 10 ** decimals).toFixed(decimals));
  fc.assert(
    fc.property(rate, rate, (one, other) => {
      const moved = movedBasisPoints(one, other);
      assert.equal(moved, movedBasisPoints(other, one));
      assert.equal(movedBasisPoints(one, one), 0n);
      const [low, high] = [Number(one), Number(other)].sort((a, b) => a - b) as [number, number];
      const about = (high / low - 1) * 10_000;
      assert.ok(Math.abs(Number(moved) - about) <= 1 + about * 1e-9, `${one} ${other} ${moved}`);
    }),
  );
});
