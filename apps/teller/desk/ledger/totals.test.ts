// Proves that the ledger screen never calls a balance zero that is not, nor a proof done that is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isZero, percentOf } from './totals.ts';

test('only nothing is zero, whatever its sign', () => {
  assert.ok(isZero('0') && isZero('-0'));
  assert.ok(!isZero('1') && !isZero('-1') && !isZero('9223372036854775807'));
});

test('progress is rounded down, so that only the end is a hundred percent', () => {
  assert.equal(percentOf({ done: 0, total: 0 }), null);
  assert.equal(percentOf({ done: 999, total: 1000 }), 99);
  assert.equal(percentOf({ done: 1000, total: 1000 }), 100);
  assert.equal(percentOf({ done: 1001, total: 1000 }), 100);
});
