// Tries what a new branch is told to do next: nothing is called done that is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '#contract/operation.ts';
import type { StaffMember } from '#contract/staff.ts';
import type { TillView } from '#contract/tills.ts';
import { type Branch, firstSteps } from './firstSteps.ts';

const member = (user: string, roles: Role[], more: Partial<StaffMember> = {}): StaffMember => ({
  ...{ id: 1, user, name: user, roles, state: 'active', lockedUntil: null, hasFactor: false },
  ...{ mustChangePassword: false, lastSignedInAt: null, customer: null, ...more },
});

const till = (kind: 'till' | 'vault', totalMinor: string | null = '0'): TillView => ({
  ...{
    till: 1,
    kind,
    name: kind,
    state: 'open',
    teller: null,
    openedAt: null,
    lastCountedAt: null,
  },
  positions: [
    { currency: 'EUR', totalMinor, denominations: {}, softLimitMinor: null, hardLimitMinor: null },
  ],
});

const ada = member('ada', ['administrator']);
const sam = member('sam', ['supervisor']);
const ben = member('ben', ['teller']);
const fresh: Branch = { staff: [ada], tills: [till('vault')], wasOpened: false };

/** The steps that are still to be done. */
const open = (branch: Branch): string[] =>
  firstSteps(branch)
    .filter(({ isDone }) => !isDone)
    .map(({ what }) => what);

test('a branch just named lacks everything, in the order in which it can be done', () => {
  assert.deepEqual(open(fresh), [
    ...['A supervisor', 'A teller', 'Passwords of their own', 'A till'],
    ...['The first business day', 'Cash in the vault'],
  ]);
});

test('a supervisor alone cannot open: the vault is counted by two', () => {
  assert.ok(open({ ...fresh, staff: [ada, sam] }).includes('A teller'));
  assert.ok(!open({ ...fresh, staff: [ada, sam, ben] }).includes('A teller'));
  const gone = { ...ben, state: 'disabled' as const };
  assert.ok(open({ ...fresh, staff: [ada, sam, gone] }).includes('A teller'));
});

test('temporary passwords open nothing, and those who have one are named', () => {
  const due = { ...ben, mustChangePassword: true };
  const steps = firstSteps({ ...fresh, staff: [ada, sam, due] });
  const step = steps.find(({ what }) => what === 'Passwords of their own');
  assert.equal(step?.isDone, false);
  assert.match(step?.how ?? '', /^ben signs in/);
});

test('a branch that could serve is told nothing', () => {
  const tills = [till('vault', '100'), till('till')];
  assert.deepEqual(open({ staff: [ada, sam, ben], tills, wasOpened: true }), []);
  const counting = [till('vault'), till('till', null)];
  assert.deepEqual(open({ staff: [ada, sam, ben], tills: counting, wasOpened: true }), []);
});
