// Attacks the comparison of payees' names: what is the same, what is close, what is somebody else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareNames, createVerifierDouble, distance, noVerifier } from './verifier.ts';

test('order, accents, case and titles make no difference; letters do', () => {
  assert.equal(compareNames('Keller Marta', 'Dr. Marta Kéller'), 'match');
  assert.equal(compareNames('Groß & Söhne', 'Gross und Sohne'), 'match');
  assert.equal(compareNames('Marta Kelller', 'Marta Keller'), 'close-match');
  assert.equal(compareNames('M Keller', 'Marta Keller'), 'close-match');
  assert.equal(compareNames('Jonas Weber', 'Marta Keller'), 'no-match');
  assert.equal(compareNames('Marta Weber', 'Marta Keller'), 'no-match');
  assert.equal(compareNames('??', 'Marta Keller'), 'not-possible');
});

test('the distance counts letters', () => {
  assert.equal(distance('kitten', 'sitting'), 3);
  assert.equal(distance('', 'abc'), 3);
});

test('a double says that it is one; without a connection nothing can be said', async () => {
  const double = createVerifierDouble([{ iban: 'FR1420041010050500013M02606', name: 'Dupont' }]);
  const asked = { iban: 'FR1420041010050500013M02606', name: 'Dupond' };
  const answer = await double.verify(asked);
  assert.deepEqual([answer.outcome, answer.name], ['close-match', 'Dupont']);
  assert.match(answer.source, /stand-in/);
  assert.equal((await noVerifier.verify(asked)).outcome, 'not-possible');
});
