// A count must reach the station as it was counted, empty currencies included.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counts } from '#contract/tills.ts';
import { countsOf, isCounted, wrongFaces } from './counts.ts';

test('every currency of the till is counted, with nothing where nothing was found', () => {
  const typed = { EUR: { 5000: '3', 200: '' } };
  const read = countsOf(typed, ['EUR', 'USD']);
  assert.deepEqual(read, [
    { currency: 'EUR', denominations: { 5000: 3 } },
    { currency: 'USD', denominations: {} },
  ]);
  assert.equal(counts.safeParse(read).success, true);
});

test('what cannot be counted is named: letters, and pieces given back', () => {
  assert.deepEqual(wrongFaces({ EUR: { 5000: '3x', 1000: '-1', 500: '2' } }), [
    'EUR 5000',
    'EUR 1000',
  ]);
  assert.deepEqual(wrongFaces({ EUR: { 500: '2' } }), []);
});

test('an empty count is told from one of nothing typed', () => {
  assert.equal(isCounted({ EUR: { 500: '' } }), false);
  assert.equal(isCounted({ EUR: { 500: '0' } }), true);
});
