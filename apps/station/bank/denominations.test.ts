// Proves the arithmetic of notes and coins, and what the cash-mix adviser keeps back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cashCurrencies, facesOf, faceValues } from '#contract/faces.ts';
import { payLargestFirst } from './cash-day.fixture.ts';
import { guessReceived, proposeChange, proposePayOut } from './cash-mix.ts';
import {
  addPieces,
  bundlePieces,
  describePieces,
  faceProblem,
  isEmpty,
  isStock,
  stockProblem,
  subtractPieces,
  valueMinor,
} from './denominations.ts';

const vector = fc.dictionary(
  fc.constantFrom('5000', '2000', '1000', '100', '1'),
  fc.integer({ min: 1, max: 10_000 }),
);

test(
  'property: adding and subtracting notes adds and subtracts their value, and undoes ' + 'itself',
  () => {
    fc.assert(
      fc.property(vector, vector, (one, other) => {
        assert.equal(valueMinor(addPieces(one, other)), valueMinor(one) + valueMinor(other));
        assert.equal(valueMinor(subtractPieces(one, other)), valueMinor(one) - valueMinor(other));
        assert.deepEqual({ ...subtractPieces(addPieces(one, other), other) }, { ...one });
        assert.ok(isEmpty(subtractPieces(one, one)));
        assert.ok(isStock(addPieces(one, other)));
      }),
    );
    assert.equal(isStock({ 5000: -1 }), false);
    assert.equal(isStock({ 5000: 1.5 }), false);
  },
);

test('property: a change is refused exactly when a face would go below none', () => {
  const at = { currency: 'EUR', field: 'denominations', where: 'Till 2' };
  fc.assert(
    fc.property(vector, vector, (stock, wanted) => {
      const change = subtractPieces({}, wanted);
      assert.equal(stockProblem(stock, change, at) === null, isStock(addPieces(stock, change)));
    }),
  );
});

test('faces a currency does not have are refused by name', () => {
  assert.equal(faceProblem({ 5000: 2, 1: 3 }, 'EUR', 'denominations'), null);
  const wrong = faceProblem({ 2500: 1 }, 'EUR', 'change');
  assert.deepEqual([wrong?.reason, wrong?.field], ['unknown-face', 'change.2500']);
  assert.match(wrong?.message ?? '', /no note or coin of 25\.00 EUR: there are 500\.00, 200\.00/);
  assert.equal(faceProblem({ 2500: 1 }, 'XXX', 'd')?.reason, 'unknown-face');
  assert.equal(faceProblem({ 5000: -1 }, 'EUR', 'd')?.reason, 'pieces-negative');
});

test('the tables of notes and coins are sane', () => {
  for (const currency of cashCurrencies) {
    const values = faceValues(currency);
    assert.deepEqual(
      [...values],
      [...values].sort((one, other) => other - one),
      currency,
    );
    assert.equal(new Set(values).size, values.length);
    for (const face of facesOf(currency)?.seldom ?? []) assert.ok(values.includes(face));
  }
  assert.equal(bundlePieces('EUR', 5000), 100);
  assert.equal(bundlePieces('EUR', 200), 25);
  assert.equal(bundlePieces('KWD', 100), undefined);
  assert.equal(describePieces({ 100: 3, 5000: 1, 50: 0 }, 'EUR'), '1 x 50.00, 3 x 1.00 EUR');
  assert.equal(describePieces({ 1000: 2 }, 'JPY'), '2 x 1,000 JPY');
});

test('the adviser pays where greed fails, and says so where nothing can', () => {
  assert.deepEqual(proposePayOut(6000n, { 5000: 1, 2000: 4 }), { 2000: 3 });
  assert.deepEqual(proposePayOut(8000n, { 5000: 3, 2000: 4, 1000: 0 }), { 2000: 4 });
  assert.equal(proposePayOut(3000n, { 5000: 3, 2000: 1 }), null);
  assert.equal(proposePayOut(1n, {}), null);
  assert.deepEqual(proposePayOut(0n, {}), {});
  assert.equal(proposePayOut(-1n, { 1: 5 }), null);
});

test('the adviser keeps small notes back for the next customer, and large ones not', () => {
  const lean = { 10000: 9, 5000: 9, 2000: 9, 1000: 2 };
  assert.deepEqual(proposePayOut(60_000n, lean), { 10000: 6 });
  assert.deepEqual(proposePayOut(6_000n, { ...lean, 1000: 0 }), { 2000: 3 });
  assert.deepEqual(proposePayOut(20_000n, { 5000: 4, 2000: 20 }), { 5000: 4 });
});

test('a large pay-out is never a heap of small notes for the sake of keeping some back', () => {
  const vectors = fc.dictionary(
    fc.constantFrom('50000', '10000', '5000', '2000', '1000', '500', '200', '100', '50'),
    fc.integer({ min: 0, max: 60 }),
  );
  const count = (pieces: Readonly<Record<string, number>>) =>
    Object.values(pieces).reduce((sum, each) => sum + each, 0);
  fc.assert(
    fc.property(vectors, fc.integer({ min: 1, max: 12_000 }), (stock, units) => {
      const amount = BigInt(units) * 50n;
      const proposed = proposePayOut(amount, stock);
      const largestFirst = payLargestFirst(amount, stock);
      if (!largestFirst) return;
      assert.ok(proposed);
      assert.ok(count(proposed) <= count(largestFirst) + 4);
    }),
    { numRuns: 300 },
  );
});

test('change comes out of the till and what was just received', () => {
  assert.deepEqual(proposeChange(18_000n, { 5000: 4 }, { 1000: 4 }), { 1000: 2 });
  assert.equal(proposeChange(19_999n, { 5000: 4 }, { 1000: 4 }), null);
});

test('the first guess at what is received leaves seldom notes out', () => {
  assert.deepEqual(guessReceived(25_000n, 'EUR'), { 10000: 2, 5000: 1 });
  assert.deepEqual(guessReceived(90_001n, 'EUR'), { 10000: 9, 1: 1 });
  assert.equal(guessReceived(1n, 'KWD'), null);
  assert.equal(guessReceived(0n, 'EUR'), null);
});
