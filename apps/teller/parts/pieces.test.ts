// The drawer must add up: what is typed, what is given back, and what would complete the amount.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describePieces, readPieces, restIn, typedOf } from './pieces.ts';

test('pieces with a minus are given back and taken off the total', () => {
  assert.deepEqual(readPieces({ 5000: '5', 1000: '-1', 200: '', 100: ' 2 ' }), {
    received: { 5000: 5, 100: 2 },
    given: { 1000: 1 },
    totalMinor: 24_200n,
    wrong: [],
  });
});

test('what is no whole number of pieces is named, not read as nothing', () => {
  assert.deepEqual(readPieces({ 5000: '1.5', 1000: 'x', 500: '12345678', 200: '1000001' }).wrong, [
    '200',
    '500',
    '1000',
    '5000',
  ]);
});

test('a vector typed is the vector read', () => {
  const vector = fc.dictionary(
    fc.integer({ min: 1, max: 100_000 }).map(String),
    fc.integer({ min: 1, max: 1_000_000 }),
  );
  fc.assert(
    fc.property(vector, (pieces) => {
      const read = readPieces(typedOf(pieces));
      assert.deepEqual({ ...read.received }, { ...pieces });
      assert.deepEqual(read.given, {});
    }),
  );
});

test('the rest in one face brings the total to the amount, or there is none', () => {
  assert.equal(restIn({ 10000: '2' }, 5000, 25_000n), 1);
  assert.equal(restIn({ 10000: '3', 5000: '9' }, 5000, 25_000n), -1);
  assert.equal(restIn({}, 5000, 26_000n), undefined);
  // A million pieces can be typed, one more cannot.
  assert.equal(restIn({}, 1, 1_000_000n), 1_000_000);
  assert.equal(restIn({}, 1, 1_000_001n), undefined);
  fc.assert(
    fc.property(
      fc.constantFrom(1, 5, 200, 5000),
      fc.integer({ min: -50, max: 50 }),
      fc.bigInt({ min: 0n, max: 10_000_000n }),
      (face, others, amount) => {
        const typed = { 1000: String(others) };
        const rest = restIn(typed, face, amount);
        if (rest === undefined) return;
        assert.equal(readPieces({ ...typed, [face]: String(rest) }).totalMinor, amount);
      },
    ),
  );
});

test('a vector in one line, largest first', () => {
  assert.equal(
    describePieces({ 50: 1, 10000: 2, 5000: -3 }, (face) => face),
    '2×10000  −3×5000  1×50',
  );
});
