// Proves that the digest tells commands apart and tells nobody a password.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalText, sha256Hex } from '../ledger/canonical.ts';
import { commandDigest, createSeal } from './credential-digest.ts';

const seal = createSeal(new Uint8Array(32).fill(1));
const input = { second: { user: 'sam', password: 'four words' }, date: '2026-11-20' };

test('who knows the whole input but the pepper cannot confirm the password', () => {
  const digest = commandDigest('day.open', input, seal);
  assert.notEqual(digest, sha256Hex(canonicalText({ input, name: 'day.open' })));
  assert.notEqual(digest, commandDigest('day.open', input, createSeal(new Uint8Array(32))));
});

test('any difference makes another digest, the order of fields none', () => {
  const digest = commandDigest('day.open', input, seal);
  const other = { date: '2026-11-20', second: { password: 'four words', user: 'sam' } };
  assert.equal(commandDigest('day.open', other, seal), digest);
  for (const changed of [
    { ...input, date: '2026-11-21' },
    { ...input, second: { user: 'sam', password: 'five words' } },
    { ...input, second: { user: 'sam', password: '' } },
  ]) {
    assert.notEqual(commandDigest('day.open', changed, seal), digest);
  }
  assert.notEqual(commandDigest('day.close', input, seal), digest);
});
