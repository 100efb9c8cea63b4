// Attacks the grant to sign in offline: forged, foreign, for other roles, out of its time.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { signInGrantMs, signInGrantNote } from './allowance.ts';
import { signInProblem } from './sign-in.ts';
import { clockSkewMsMost } from './values.ts';

const sign = (note: Buffer): string =>
  createHash('sha256').update('key').update(note).digest('hex');
const now = Date.UTC(2026, 10, 20, 9);
const grant = {
  ...{ branch: '001', device: 'aa', user: 'ben', roles: ['teller'] },
  ...{ issuedAt: now, expiresAt: now + signInGrantMs },
};
const held = { grant, signature: sign(signInGrantNote(grant)) };
const question = {
  ...{ branch: '001', device: 'aa', user: 'ben', roles: ['teller'], now },
  isSigned: (note: Buffer, signature: string) => sign(note) === signature,
};
const reason = (more = {}, given: typeof held | null = held) =>
  signInProblem(given, { ...question, ...more })?.reason ?? null;

test('a grant lets its person in for 72 hours, at its workstation, in its roles', () => {
  assert.equal(reason(), null);
  assert.equal(reason({ now: now + signInGrantMs - 1 }), null);
  assert.equal(reason({ now: now + signInGrantMs }), 'grant-expired');
  assert.equal(reason({ now: now - 366 * 86_400_000 }), 'grant-expired', 'a clock put back');
  assert.equal(reason({ user: 'sam' }), 'grant-foreign');
  assert.equal(reason({ now: now - clockSkewMsMost + 1 }), null, 'a clock a little behind');
  assert.equal(reason({ now: now - clockSkewMsMost }), 'grant-expired');
  assert.equal(reason({ branch: '002' }), 'grant-foreign');
  assert.equal(reason({ device: 'bb' }), 'grant-foreign');
  assert.equal(reason({ roles: ['teller', 'supervisor'] }), 'grant-roles');
  assert.equal(reason({}, null), 'grant-missing');
  const longer = { ...held, grant: { ...grant, expiresAt: grant.expiresAt + 1 } };
  assert.equal(reason({}, longer), 'grant-forged');
});
