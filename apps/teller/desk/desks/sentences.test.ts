// What an administrator reads of a desk must say what to do, and never that a lost code can be shown again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskView } from '#contract/desks.ts';
import { grouped, seenSentence, stateSentence } from './sentences.ts';

const until = '2026-11-20T09:15:00.000Z';
const idle = { wrongTries: 0, renewsFrom: null, isRenewalDue: false, nextUntil: null };
const known = (state: DeskView['state'], more: Partial<DeskView> = {}) =>
  stateSentence({ state, until, ...idle, ...more });

test('each state says what it means and what is to be done', () => {
  assert.match(known('invited'), /good until .*shown once/);
  assert.match(known('lapsed'), /was not used/);
  assert.match(known('lapsed', { wrongTries: 5 }), /void.*line between/);
  assert.match(known('enrolled'), /certificate is good until/);
  assert.match(known('expired'), /invite it anew/);
  assert.match(known('revoked'), /never let in again/);
});

test('a certificate that is renewed says when, and what is to be done where it was not', () => {
  const renewsFrom = '2026-09-21T09:15:00.000Z';
  assert.match(known('enrolled', { renewsFrom }), /renews it by itself from .*Sep/);
  assert.match(known('enrolled', { renewsFrom, isRenewalDue: true }), /next time it is started/);
  assert.match(known('enrolled', { nextUntil: '2027-11-20T09:15:00.000Z' }), /the next one.*Nov/);
});

test('a desk at work, one that was, and one that never came', () => {
  const seen = (windows: number, lastSeenAt: string | null, address: string | null) =>
    seenSentence({ windows, lastSeenAt, address });
  assert.equal(seen(1, until, '10.0.0.7'), '1 window open now, enrolled from 10.0.0.7');
  assert.equal(seen(2, until, null), '2 windows open now');
  assert.match(seen(0, until, '10.0.0.7'), /^20 Nov .*enrolled from 10\.0\.0\.7$/);
  assert.equal(seen(0, null, null), 'never');
});

test('a fingerprint is read in groups of eight', () => {
  assert.equal(grouped('ab'.repeat(8)), 'abababab abababab');
});
