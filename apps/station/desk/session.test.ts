// Attacks the sign-in from every side, then proves what a day of signing in, locking and leaving looks like.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SessionState } from '#contract/session.ts';
import {
  addPerson,
  enrol,
  established,
  establishment,
  goodPassword,
  keptBranches,
  openDesk,
  signIn,
  stageAt,
} from './session-fixture.ts';
import { idleLockMs, sessionMs } from './session-seats.ts';

const { keep, branch } = keptBranches();
const stage = stageAt;

test('the first start asks for an administrator, once', async () => {
  const desk = openDesk();
  keep(desk);
  assert.equal(await stage(desk, 1), 'establish');
  for (const [change, reason] of [
    [{ baseCurrency: 'JPY' }, 'base-currency-missing'],
    [{ currencies: ['EUR', 'EUR'] }, 'currency-twice'],
    [{ timeZone: 'Europe/Atlantis' }, 'time-zone-unknown'],
    [{ currencies: ['EUR', 'XQZ'] }, 'unknown-currency'],
    [{ administrator: { user: 'ada', name: 'Ada', password: 'short' } }, 'bad-input'],
    [
      { administrator: { user: 'ada', name: 'Ada', password: 'testbanktestbank' } },
      'password-common',
    ],
  ] as const) {
    const fault = await desk.fault(1, 'branch.establish', { ...establishment, ...change });
    assert.equal(fault.reason, reason);
  }
  const state: SessionState = await desk.ask(1, 'branch.establish', establishment);
  assert.equal(state.stage, 'open');
  assert.equal(state.person?.user, 'ada');
  const timeZone = 'Europe/Berlin';
  assert.deepEqual(state.branch, { code: '001', name: 'Riverside', baseCurrency: 'EUR', timeZone });
  const again = await desk.fault(2, 'branch.establish', establishment);
  assert.equal(again.reason, 'established-already');
  assert.equal(await stage(desk, 2), 'signed-out');
});

test('two first administrators at once: one stays', async () => {
  const desk = openDesk();
  keep(desk);
  const replies = await Promise.all(
    [1, 2].map((window) => desk.send(window, 'branch.establish', establishment)),
  );
  assert.equal(replies.filter((reply) => reply.ok).length, 1);
  assert.equal(desk.staff.list().length, 1);
});

test('unknown name, wrong password and disabled person get the same answer', async () => {
  const desk = await branch();
  const id = await addPerson(desk, 'ben', ['teller']);
  await desk.ask(1, 'staff.disable', { staff: id, reason: 'left the bank' });
  const faults = [];
  for (const [user, password] of [
    ['nobody', 'whatever it is'],
    ['ben', 'whatever it is'],
  ] as const) {
    for (let times = 0; times < 5; times++) {
      faults.push(await desk.fault(2, 'session.open', { user, password }));
    }
    faults.push(await desk.fault(2, 'session.open', { user, password: `${goodPassword} ben` }));
  }
  assert.deepEqual(faults.slice(0, 6), faults.slice(6));
  assert.match(faults[0]?.message ?? '', /4 tries remain/);
  assert.equal(faults[3]?.message.includes('1 try remains'), true);
  assert.deepEqual(
    faults.slice(0, 6).map((fault) => fault.reason),
    [...Array(4).fill('credentials-wrong'), 'locked-out', 'locked-out'],
  );
});

test('a name nobody has does not stand in the log: it may be a password', async () => {
  const desk = await branch();
  await desk.fault(2, 'session.open', { user: 'hunter2secret', password: 'x' });
  const bodies = desk.ledger.events(1, desk.ledger.head().seq).map((each) => JSON.stringify(each));
  assert.ok(bodies.some((body) => body.includes('session.refused')));
  assert.ok(!bodies.some((body) => body.includes('hunter2secret')));
});

test('no password, seed or code ever stands in the log', async () => {
  const desk = await branch();
  await addPerson(desk, 'sam', ['supervisor']);
  await signIn(desk, 2, 'sam');
  const log = JSON.stringify(desk.ledger.events(1, desk.ledger.head().seq));
  assert.doesNotMatch(log, /unrelated words|temporary words|argon2|secret/);
});

test('the lock holds the right password out, and lasts exactly half an hour', async () => {
  const desk = await branch();
  await addPerson(desk, 'ben', ['teller']);
  const wrong = { user: 'ben', password: 'wrong words here' };
  for (let times = 0; times < 5; times++) await desk.fault(2, 'session.open', wrong);
  const right = { user: 'ben', password: `${goodPassword} ben` };
  assert.equal((await desk.fault(2, 'session.open', right)).reason, 'locked-out');
  desk.clock.pass(30 * 60_000 - 1);
  assert.equal((await desk.fault(2, 'session.open', right)).reason, 'locked-out');
  desk.clock.pass(1);
  assert.equal(((await desk.ask(2, 'session.open', right)) as SessionState).stage, 'open');
});

test('a sign-in wipes the wrong tries before it', async () => {
  const desk = await branch();
  await addPerson(desk, 'ben', ['teller']);
  const wrong = { user: 'ben', password: 'wrong words here' };
  for (let times = 0; times < 4; times++) await desk.fault(2, 'session.open', wrong);
  await signIn(desk, 2, 'ben');
  assert.match((await desk.fault(3, 'session.open', wrong)).message, /4 tries remain/);
});

test('a password reset while the old one is being checked does not let the old one in', async () => {
  let release: () => void = () => undefined;
  let gate: Promise<void> | null = null;
  const desk = await established({ beforeVerify: () => gate ?? Promise.resolve() });
  keep(desk);
  const ben = await addPerson(desk, 'ben', ['teller']);
  gate = new Promise((resolve) => {
    release = resolve;
  });
  const old = { user: 'ben', password: `${goodPassword} ben` };
  const trying = desk.send(2, 'session.open', old);
  await desk.ask(1, 'staff.resetPassword', { staff: ben, password: 'other temporary 8' });
  release();
  const reply = await trying;
  assert.equal(!reply.ok && reply.fault.reason, 'credentials-wrong');
  assert.equal(await stage(desk, 2), 'signed-out');
});

test('guesses made at once count like guesses in a row', async () => {
  const desk = await branch();
  await addPerson(desk, 'ben', ['teller']);
  const guesses = Array.from({ length: 12 }, (_, index) => ({
    user: 'ben',
    password: index === 9 ? `${goodPassword} ben` : `guess number ${index}`,
  }));
  const replies = await Promise.all(
    guesses.map((input, index) => desk.send(100 + index, 'session.open', input)),
  );
  assert.deepEqual(
    replies.map((reply) => (reply.ok ? 'in' : reply.fault.reason)),
    [...Array(4).fill('credentials-wrong'), ...Array(8).fill('locked-out')],
  );
});

test('a crowd at the door is turned away before it takes the memory', async () => {
  const desk = await branch();
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      desk.send(100 + index, 'session.open', { user: `user${index}`, password: 'x' }),
    ),
  );
  const reasons = replies.map((reply) => (reply.ok ? 'in' : reply.fault.reason));
  assert.equal(reasons.filter((reason) => reason === 'busy').length, 8);
});

test('locks and counted tries survive a restart and any setting of the clock', async () => {
  const desk = await established();
  await addPerson(desk, 'ben', ['teller']);
  await addPerson(desk, 'eva', ['teller']);
  const wrong = (user: string) => ({ user, password: 'wrong words here' });
  for (let times = 0; times < 5; times++) await desk.fault(2, 'session.open', wrong('ben'));
  for (let times = 0; times < 3; times++) await desk.fault(2, 'session.open', wrong('eva'));
  const right = { user: 'ben', password: `${goodPassword} ben` };
  const lockedAt = desk.clock.now();
  desk.clock.set(lockedAt + 31 * 60_000);
  assert.equal(
    (await desk.fault(2, 'session.open', right)).reason,
    'locked-out',
    'a clock set forward does not open the lock',
  );
  desk.clock.set(lockedAt - 24 * 3_600_000);
  desk.close(true);

  const later = openDesk({ folder: desk.folder, clock: desk.clock });
  keep(later);
  assert.equal((await later.fault(2, 'session.open', right)).reason, 'locked-out');
  assert.match((await later.fault(2, 'session.open', wrong('eva'))).message, /1 try remains/);
  later.clock.pass(31 * 60_000);
  assert.equal(
    (await later.fault(2, 'session.open', right)).reason,
    'locked-out',
    'half an hour of a clock set back is not half an hour of the log',
  );
  later.clock.set(lockedAt + 62 * 60_000);
  assert.equal(((await later.ask(2, 'session.open', right)) as SessionState).stage, 'open');
});

test('a supervisor unlocks before the time is over', async () => {
  const desk = await branch();
  const ben = await addPerson(desk, 'ben', ['teller']);
  await addPerson(desk, 'sam', ['supervisor']);
  await signIn(desk, 3, 'sam');
  const unlock = { staff: ben, reason: 'forgot the caps lock' };
  assert.equal((await desk.fault(3, 'staff.unlock', unlock)).reason, 'not-locked');
  for (let times = 0; times < 5; times++) {
    await desk.fault(2, 'session.open', { user: 'ben', password: 'wrong words here' });
  }
  const list: { staff: { user: string; state: string }[] } = await desk.ask(3, 'staff.list');
  assert.equal(list.staff.find((each) => each.user === 'ben')?.state, 'locked');
  await desk.ask(3, 'staff.unlock', unlock);
  await signIn(desk, 2, 'ben');
  assert.equal(await stage(desk, 2), 'open');
});

test('a supervisor needs a factor: set up first, asked for ever after, each code once', async () => {
  const desk = await branch();
  await desk.ask(1, 'staff.add', {
    ...{ user: 'sam', name: 'Sam', roles: ['supervisor'], password: 'temporary words 7' },
  });
  await desk.ask(2, 'session.open', { user: 'sam', password: 'temporary words 7' });
  assert.equal(await stage(desk, 2), 'password-change');
  assert.equal((await desk.fault(2, 'session.enrolFactor')).reason, 'not-now');
  assert.equal((await desk.fault(2, 'staff.list')).code, 'forbidden');
  const change = { current: 'temporary words 7', next: `${goodPassword} sam` };
  await desk.ask(2, 'session.changePassword', change);
  assert.equal(await stage(desk, 2), 'enrol');
  assert.equal((await desk.fault(2, 'staff.list')).code, 'forbidden');
  assert.equal(
    (await desk.fault(2, 'session.confirmFactor', { code: '000000' })).reason,
    'not-now',
  );
  await desk.ask(2, 'session.enrolFactor');
  assert.equal(
    (await desk.fault(2, 'session.confirmFactor', { code: '000000' })).reason,
    'code-wrong',
  );
  await enrol(desk, 2);
  assert.equal(await stage(desk, 2), 'open');
  assert.equal((await desk.fault(2, 'session.enrolFactor')).reason, 'factor-present');
  await desk.ask(2, 'session.close');

  const right = { user: 'sam', password: `${goodPassword} sam` };
  await desk.ask(2, 'session.open', right);
  assert.equal(await stage(desk, 2), 'factor');
  assert.equal(desk.sessions.personOf(2), null);
  const used = { code: desk.code('sam') };
  assert.match((await desk.fault(2, 'session.factor', used)).message, /4 tries remain/);
  desk.clock.pass(30_000);
  const fresh = { code: desk.code('sam') };
  await desk.ask(2, 'session.factor', fresh);
  assert.equal(await stage(desk, 2), 'open');
  await desk.ask(3, 'session.open', right);
  assert.equal((await desk.fault(3, 'session.factor', fresh)).reason, 'credentials-wrong');
});

test('the right password again does not buy new tries at the code', async () => {
  const desk = await branch();
  await addPerson(desk, 'sam', ['supervisor']);
  const left = desk.events('session.closed').length;
  const right = { user: 'sam', password: `${goodPassword} sam` };
  for (let times = 0; times < 4; times++) {
    await desk.ask(2, 'session.open', right);
    await desk.fault(2, 'session.factor', { code: '000000' });
    await desk.ask(2, 'session.close');
  }
  // Nobody was in: leaving half-way, or from an empty window, ends no session.
  await desk.ask(3, 'session.close');
  assert.equal(desk.events('session.closed').length, left);
  await desk.ask(2, 'session.open', right);
  assert.equal((await desk.fault(2, 'session.factor', { code: '000000' })).reason, 'locked-out');
  assert.equal(await stage(desk, 2), 'signed-out');
  assert.equal((await desk.fault(2, 'session.open', right)).reason, 'locked-out');
});

test('a temporary password opens nothing but its own change', async () => {
  const desk = await branch();
  const given = { user: 'ben', name: 'Ben', roles: ['teller'], password: 'temporary words 7' };
  await desk.ask(1, 'staff.add', given);
  await desk.ask(2, 'session.open', { user: 'ben', password: given.password });
  assert.equal((await desk.fault(2, 'customer.search', { text: 'x' })).reason, 'not-signed-in');
  const change = (current: string, next: string) =>
    desk.fault(2, 'session.changePassword', { current, next });
  assert.equal((await change('wrong words', `${goodPassword} ben`)).field, 'current');
  assert.equal((await change(given.password, given.password)).reason, 'password-same');
  assert.equal((await change(given.password, 'plum kite')).reason, 'password-short');
  assert.equal((await change(given.password, 'benbenbenbenbenben')).reason, 'password-common');
  const next = `${goodPassword} ben`;
  await desk.ask(2, 'session.changePassword', { current: given.password, next });
  assert.equal(await stage(desk, 2), 'open');
  await desk.fault(3, 'session.open', { user: 'ben', password: given.password });
  await desk.ask(3, 'session.open', { user: 'ben', password: next });
});

test('five quiet minutes lock the window; the password opens it again where it stood', async () => {
  const desk = await branch();
  desk.clock.pass(idleLockMs - 1);
  assert.equal(await stage(desk, 1), 'open');
  await desk.ask(1, 'session.touch');
  desk.clock.pass(idleLockMs - 1);
  assert.equal(await stage(desk, 1), 'open');
  desk.clock.pass(1);
  assert.deepEqual(
    desk.pushes.map(({ window, event, payload }) => [
      window,
      event,
      (payload as { stage: string }).stage,
    ]),
    [[1, 'session.moved', 'locked']],
  );
  assert.equal(await stage(desk, 1), 'locked');
  assert.equal((await desk.fault(1, 'staff.list')).reason, 'not-signed-in');
  assert.equal((await desk.fault(1, 'session.touch')).reason, 'not-signed-in');
  const wrong = await desk.fault(1, 'session.unlock', { password: 'not this one' });
  assert.match(wrong.message, /4 tries remain/);
  await desk.ask(1, 'session.unlock', { password: goodPassword });
  assert.equal(await stage(desk, 1), 'open');
  assert.equal(desk.events('session.locked').length, 1);
  assert.equal(desk.events('session.unlocked').length, 1);
});

test('a machine that slept through the idle time wakes up locked, though no timer fired', async () => {
  const desk = await branch();
  desk.clock.set(desk.clock.now() + idleLockMs);
  assert.equal(desk.sessions.personOf(1), null);
  assert.equal(await stage(desk, 1), 'locked');
});

test('a sign-in left half way is over after five minutes', async () => {
  const desk = await branch();
  await addPerson(desk, 'sam', ['supervisor']);
  await desk.ask(2, 'session.open', { user: 'sam', password: `${goodPassword} sam` });
  desk.clock.pass(idleLockMs);
  assert.equal(await stage(desk, 2), 'signed-out');
});

test('eight hours end the session, however busy it was and however the clock is set', async () => {
  const desk = await branch();
  const quarter = idleLockMs - 1000;
  for (let passed = 0; passed + quarter < sessionMs; passed += quarter) {
    desk.clock.pass(quarter);
    desk.clock.set(Date.UTC(2026, 10, 20, 9));
    await desk.ask(1, 'session.touch');
  }
  desk.clock.pass(quarter);
  assert.equal(await stage(desk, 1), 'signed-out');
  assert.equal(desk.pushes.at(-1)?.event, 'session.moved');
});

test('a locked window is left by signing out, and cannot be taken by somebody else', async () => {
  const desk = await branch();
  await addPerson(desk, 'ben', ['teller']);
  await desk.ask(1, 'session.lock');
  const ben = { user: 'ben', password: `${goodPassword} ben` };
  assert.equal((await desk.fault(1, 'session.open', ben)).reason, 'signed-in-already');
  await desk.ask(1, 'session.close');
  await desk.ask(1, 'session.open', ben);
  assert.equal(desk.sessions.personOf(1)?.user, 'ben');
  // Ben's first one was closed when his password was changed.
  const ended = ['session.locked', 'session.closed'].map((type) => desk.events(type).length);
  assert.deepEqual(ended, [1, 2]);
});

test('several windows have each their own sign-in, and one that is gone has none', async () => {
  const desk = await branch();
  await addPerson(desk, 'ben', ['teller']);
  await signIn(desk, 2, 'ben');
  await signIn(desk, 3, 'ben');
  assert.deepEqual(
    [1, 2, 3, 4].map((window) => desk.sessions.personOf(window)?.user ?? null),
    ['ada', 'ben', 'ben', null],
  );
  desk.sessions.close(3);
  assert.equal(desk.sessions.personOf(3), null);
  assert.equal(desk.sessions.personOf(2)?.user, 'ben');
  await desk.send(3, 'session.open', { user: 'ben', password: `${goodPassword} ben` });
  assert.equal(desk.sessions.personOf(3), null, 'nobody is seated where no window is');
});
