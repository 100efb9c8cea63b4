// Proves that a vault count is said as what it is: over, short, or right.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceSentence } from './sentences.ts';

test('a count that agrees says so, whatever currencies were counted', () => {
  assert.equal(differenceSentence([]), 'the vault agrees.');
  assert.equal(
    differenceSentence([{ currency: 'EUR', differenceMinor: '0' }]),
    'the vault agrees.',
  );
});

test('over and short are told apart and written without a sign', () => {
  const said = differenceSentence([
    { currency: 'EUR', differenceMinor: '-500' },
    { currency: 'JPY', differenceMinor: '1000' },
    { currency: 'USD', differenceMinor: '0' },
  ]);
  assert.equal(said, 'the vault is 5.00 EUR short, 1,000 JPY over: booked to suspense.');
});
