// Attacks the guards an administrator meets, then proves that each change takes hold at once and lasts.
import assert from 'node:assert/strict';
import { pbkdf2Sync } from 'node:crypto';
import { test } from 'node:test';
import type { StaffMember } from '#contract/staff.ts';
import { canonicalText, sha256Hex } from '../ledger/canonical.ts';
import {
  addPerson,
  enrol,
  established,
  goodPassword,
  keptBranches,
  openDesk,
  signIn,
  stageAt,
  type TestDesk,
} from './session-fixture.ts';

const { keep, branch } = keptBranches();
const stage = stageAt;
const reason = 'a reason in words';
const member = async (desk: TestDesk, user: string): Promise<StaffMember> => {
  const { staff }: { staff: StaffMember[] } = await desk.ask(1, 'staff.list');
  const found = staff.find((each) => each.user === user);
  assert.ok(found);
  return found;
};

test('bad people are refused whole', async () => {
  const desk = await branch();
  const good = { user: 'ben', name: 'Ben', roles: ['teller'], password: 'temporary words 7' };
  for (const [change, field] of [
    [{ user: 'B' }, 'user'],
    [{ user: '1ben' }, 'user'],
    [{ user: 'ada' }, 'user'],
    [{ name: '' }, 'name'],
    [{ roles: [] }, 'roles'],
    [{ roles: ['king'] }, 'roles.0'],
    [{ password: 'short' }, 'password'],
    [{ password: 'password1' }, 'password'],
    [{ customer: 77 }, 'customer'],
    [{ extra: true }, undefined],
  ] as const) {
    const fault = await desk.fault(1, 'staff.add', { ...good, ...change });
    assert.equal(fault.field, field, JSON.stringify(change));
  }
  assert.equal(desk.staff.list().length, 1);
});

test('nobody changes their own rights, and the last administrator stays', async () => {
  const desk = await branch();
  const ada = 1;
  const ben = await addPerson(desk, 'ben', ['teller']);
  for (const [name, input] of [
    ['staff.setRoles', { staff: ada, roles: ['teller'], reason }],
    ['staff.setRoles', { staff: ada, roles: ['administrator', 'supervisor'], reason }],
    ['staff.disable', { staff: ada, reason }],
    ['staff.enable', { staff: ada, reason }],
    ['staff.unlock', { staff: ada, reason }],
    ['staff.resetPassword', { staff: ada, password: 'temporary words 7' }],
    ['staff.resetFactor', { staff: ada, reason }],
  ] as const) {
    assert.equal((await desk.fault(1, name, input)).reason, 'own-rights', name);
  }
  const carl = await addPerson(desk, 'carl', ['administrator']);
  await signIn(desk, 2, 'carl');
  await desk.ask(2, 'staff.disable', { staff: ada, reason });
  assert.equal(await stage(desk, 1), 'signed-out', 'the disabled session is gone');
  await desk.ask(2, 'staff.setRoles', { staff: ben, roles: ['teller', 'administrator'], reason });
  await signIn(desk, 3, 'ben');
  await desk.ask(3, 'staff.setRoles', { staff: carl, roles: ['auditor'], reason });
  assert.equal(await stage(desk, 2), 'signed-out', 'the changed session is gone');
  await desk.ask(3, 'staff.enable', { staff: ada, reason });
  await signIn(desk, 4, 'ada');
  await desk.ask(4, 'staff.disable', { staff: ben, reason });
  await signIn(desk, 5, 'carl');
  assert.equal((await desk.fault(5, 'staff.disable', { staff: ada, reason })).code, 'forbidden');
});

test('two administrators who disable each other at once: one stays', async () => {
  const desk = await branch();
  const carl = await addPerson(desk, 'carl', ['administrator']);
  await signIn(desk, 2, 'carl');
  const replies = await Promise.all([
    desk.send(1, 'staff.disable', { staff: carl, reason }),
    desk.send(2, 'staff.disable', { staff: 1, reason }),
  ]);
  assert.equal(replies.filter((reply) => reply.ok).length, 1);
  const active = desk.staff.list().filter((each) => !each.disabled);
  assert.equal(active.length, 1);
});

test('unknown people and empty changes are named', async () => {
  const desk = await branch();
  const ben = await addPerson(desk, 'ben', ['teller']);
  for (const [name, input, wanted] of [
    ['staff.disable', { staff: 99, reason }, 'staff-unknown'],
    ['staff.endSessions', { staff: 99, reason }, 'staff-unknown'],
    ['staff.setRoles', { staff: ben, roles: ['teller', 'teller'], reason }, 'nothing-changed'],
    ['staff.enable', { staff: ben, reason }, 'enabled-already'],
    ['staff.resetFactor', { staff: ben, reason }, 'factor-missing'],
    ['staff.unlock', { staff: ben, reason }, 'not-locked'],
  ] as const) {
    assert.equal((await desk.fault(1, name, input)).reason, wanted, name);
  }
});

test('a teller made supervisor must set up a factor before the desk opens again', async () => {
  const desk = await branch();
  const ben = await addPerson(desk, 'ben', ['teller']);
  await signIn(desk, 2, 'ben');
  await desk.ask(1, 'staff.setRoles', { staff: ben, roles: ['teller', 'supervisor'], reason });
  assert.equal(await stage(desk, 2), 'signed-out');
  await signIn(desk, 2, 'ben');
  assert.equal(await stage(desk, 2), 'enrol');
  await enrol(desk, 2);
  assert.deepEqual(desk.sessions.personOf(2)?.roles, ['supervisor', 'teller']);
});

test('a reset password is temporary, a reset factor is set up anew, and both end sessions', async () => {
  const desk = await branch();
  const sam = await addPerson(desk, 'sam', ['supervisor']);
  await signIn(desk, 2, 'sam');
  await desk.ask(1, 'staff.resetPassword', { staff: sam, password: 'other temporary 8' });
  assert.equal(await stage(desk, 2), 'signed-out');
  const old = { user: 'sam', password: `${goodPassword} sam` };
  assert.equal((await desk.fault(2, 'session.open', old)).reason, 'credentials-wrong');
  assert.equal((await member(desk, 'sam')).mustChangePassword, true);
  await desk.ask(1, 'staff.resetFactor', { staff: sam, reason });
  await desk.ask(2, 'session.open', { user: 'sam', password: 'other temporary 8' });
  assert.equal(await stage(desk, 2), 'password-change');
  const change = { current: 'other temporary 8', next: 'plum kite tango' };
  await desk.ask(2, 'session.changePassword', change);
  assert.equal(await stage(desk, 2), 'enrol');
});

test('who loses a factor nobody demanded must choose a longer password', async () => {
  const desk = await branch();
  const ben = await addPerson(desk, 'ben', ['teller']);
  await signIn(desk, 2, 'ben');
  await enrol(desk, 2);
  const short = { current: `${goodPassword} ben`, next: 'plum kite' };
  await desk.ask(2, 'session.changePassword', short);
  await desk.ask(1, 'staff.resetFactor', { staff: ben, reason });
  await desk.ask(2, 'session.open', { user: 'ben', password: 'plum kite' });
  assert.equal(await stage(desk, 2), 'password-change');
});

test('the last administrator is kept even by an asker whose own rights are gone', async () => {
  const desk = await branch();
  const ben = await addPerson(desk, 'ben', ['teller']);
  const asker = { window: 2, person: { id: ben, user: 'ben', name: 'Ben', customer: null } };
  for (const [name, input] of [
    ['staff.disable', { staff: 1, reason }],
    ['staff.setRoles', { staff: 1, roles: ['teller'], reason }],
  ] as const) {
    const handler = desk.handlers[name] as { record(...all: unknown[]): unknown };
    assert.throws(() => handler.record(input, { ...asker, roles: [] }), {
      reason: 'last-administrator',
    });
  }
});

test('ending sessions empties every window of the person at once, half-done ones too', async () => {
  const desk = await branch();
  const sam = await addPerson(desk, 'sam', ['supervisor']);
  await signIn(desk, 2, 'sam');
  await desk.ask(3, 'session.open', { user: 'sam', password: `${goodPassword} sam` });
  await desk.ask(1, 'staff.endSessions', { staff: sam, reason });
  assert.deepEqual([await stage(desk, 2), await stage(desk, 3)], ['signed-out', 'signed-out']);
  const told = desk.pushes.filter((push) => push.event === 'session.moved');
  assert.deepEqual(
    told.map((push) => push.window),
    [2, 3],
  );
});

test('people come over from a predecessor with their hash, which is renewed at the first sign-in', async () => {
  const desk = await branch();
  const salt = 'ab'.repeat(32);
  const made = pbkdf2Sync('AdminPass123!', Buffer.from(salt, 'hex'), 100_000, 32, 'sha256');
  const person = { user: 'old', name: 'Old Hand', roles: ['teller'], iterations: 100_000, salt };
  const hash = made.toString('hex');
  const { staff: id }: { staff: number } = await desk.ask(1, 'staff.import', { ...person, hash });
  const stored = () => Buffer.from(desk.secrets.get(`staff/${id}/password`) ?? []).toString();
  assert.match(stored(), /^\$pbkdf2-sha256\$i=100000\$/);
  const wrong = await desk.fault(2, 'session.open', { user: 'old', password: 'AdminPass123?' });
  assert.match(wrong.message, /4 tries remain/);
  await desk.ask(2, 'session.open', { user: 'old', password: 'AdminPass123!' });
  assert.equal(await stage(desk, 2), 'open');
  assert.match(stored(), /^\$argon2id\$/);
  await desk.ask(2, 'session.close');
  await desk.ask(2, 'session.open', { user: 'old', password: 'AdminPass123!' });
  assert.doesNotMatch(JSON.stringify(desk.events('staff.imported')), new RegExp(hash.slice(0, 20)));
});

test('the same command twice adds one person; the same key for another is refused', async () => {
  const desk = await branch();
  const key = '11111111-2222-4333-8444-555555555555';
  const ben = { user: 'ben', name: 'Ben', roles: ['teller'], password: 'temporary words 7' };
  const replies = await Promise.all([1, 2].map(() => desk.send(1, 'staff.add', ben, key)));
  assert.deepEqual(
    replies.map((reply) => reply.ok && reply.output),
    [{ staff: 2 }, { staff: 2 }],
  );
  const other = await desk.send(1, 'staff.add', { ...ben, user: 'eva' }, key);
  assert.equal(!other.ok && other.fault.reason, 'key-reused');
  assert.equal(desk.staff.list().length, 2);
});

test('everybody is as they were after a restart', async () => {
  const desk = await established();
  const ben = await addPerson(desk, 'ben', ['teller']);
  await addPerson(desk, 'sam', ['supervisor']);
  await desk.ask(1, 'staff.disable', { staff: ben, reason });
  const before = desk.staff.list();
  desk.close(true);
  const later = openDesk({ folder: desk.folder, clock: desk.clock });
  keep(later);
  assert.deepEqual(later.staff.list(), before);
  await signIn(later, 2, 'sam');
  assert.equal(later.sessions.personOf(2)?.user, 'sam');
  assert.equal(await stage(later, 1), 'signed-out', 'no session outlives the workstation');
});

test('a command whose asker is disabled while its hash is made does nothing', async () => {
  const desk = await branch();
  const carl = await addPerson(desk, 'carl', ['administrator']);
  await signIn(desk, 2, 'carl');
  const eva = { user: 'eva', name: 'Eva', roles: ['administrator'], password: 'temporary words 7' };
  const adding = desk.send(2, 'staff.add', eva);
  const disabling = desk.send(1, 'staff.disable', { staff: carl, reason });
  const [added, disabled] = await Promise.all([adding, disabling]);
  assert.ok(disabled.ok);
  assert.equal(!added.ok && added.fault.reason, 'session-ended');
  assert.equal(desk.staff.byUser('eva'), null);
});

test('the log holds no digest a password could be guessed against', async () => {
  const desk = await branch();
  const input = { user: 'ben', name: 'Ben', roles: ['teller'], password: 'temporary words 7' };
  await desk.ask(1, 'staff.add', input);
  const guess = sha256Hex(canonicalText({ input, name: 'staff.add' }));
  const [event] = desk.events('staff.added').slice(-1);
  assert.match(event?.digest ?? '', /^[0-9a-f]{64}$/);
  assert.notEqual(event?.digest, guess);
});

test('nobody is disabled twice, and no predecessor’s person takes a name somebody has', async () => {
  const desk = await branch();
  const ben = await addPerson(desk, 'ben', ['teller']);
  const disable = { staff: ben, reason: 'left the bank' };
  await desk.ask(1, 'staff.disable', disable);
  assert.equal((await desk.fault(1, 'staff.disable', disable)).reason, 'disabled-already');
  const iterations = 600_000;
  const hash = { hash: '00'.repeat(32), salt: '00'.repeat(16), iterations };
  const person = { user: 'ben', name: 'Ben Other', roles: ['teller'] };
  const fault = await desk.fault(1, 'staff.import', { ...person, ...hash });
  assert.equal(fault.reason, 'user-taken', fault.message);
});
