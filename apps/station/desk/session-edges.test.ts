// Holds the sign-in where it was seen by nobody: right codes of locked people, temporary passwords of second ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBase32, oneTimeCode, stepAt } from './session-factor.ts';
import { addPerson, goodPassword, keptBranches, stageAt } from './session-fixture.ts';

const { branch } = keptBranches();

test('a lock holds the right code out too, in whatever window it is asked', async () => {
  const desk = await branch();
  await addPerson(desk, 'sam', ['supervisor']);
  const right = { user: 'sam', password: `${goodPassword} sam` };
  await desk.ask(2, 'session.open', right);
  await desk.ask(3, 'session.open', right);
  const codes = ['000000', '000001', '000002', '000003', '000004'];
  const wrong = codes.filter((code) => code !== desk.code('sam'));
  for (let times = 0; times < 5; times += 1) {
    const window = (await stageAt(desk, 2)) === 'factor' ? 2 : 3;
    await desk.fault(window, 'session.factor', { code: wrong[times % wrong.length] });
  }
  assert.equal((await desk.fault(3, 'session.open', right)).reason, 'locked-out');
  const place = { window: 1, purpose: 'day.open', field: 'second' };
  const sam = desk.staff.byUser('sam')?.id ?? 0;
  const prove = () => desk.sessions.checkFactor(sam, desk.code('sam'), place);
  await assert.rejects(prove(), { reason: 'locked-out' });
  desk.clock.pass(30 * 60_000);
  assert.equal((await prove()).user, 'sam');
});

test('a temporary password makes nobody a second person', async () => {
  const desk = await branch();
  const ben = await addPerson(desk, 'ben', ['teller']);
  const password = 'other temporary 8';
  await desk.ask(1, 'staff.resetPassword', { staff: ben, password });
  const place = { window: 1, purpose: 'day.open', field: 'second' };
  const proven = (words: string) =>
    desk.sessions.checkPassword({ user: 'ben', password: words }, place);
  await assert.rejects(proven(password), {
    reason: 'password-change-first',
    field: 'second.user',
  });
  const next = `${goodPassword} ben anew`;
  await desk.ask(2, 'session.open', { user: 'ben', password });
  await desk.ask(2, 'session.changePassword', { current: password, next });
  assert.equal((await proven(next)).user, 'ben');
});

test('somebody disabled has no seat from that moment on, and none again when enabled', async () => {
  const desk = await branch();
  const ben = await addPerson(desk, 'ben', ['teller']);
  await desk.ask(2, 'session.open', { user: 'ben', password: `${goodPassword} ben` });
  assert.equal(desk.sessions.personOf(2)?.user, 'ben');
  await desk.ask(1, 'staff.disable', { staff: ben, reason: 'left the bank' });
  assert.equal(desk.sessions.personOf(2), null);
  await desk.ask(1, 'staff.enable', { staff: ben, reason: 'came back' });
  assert.equal(desk.sessions.personOf(2), null, 'signed in anew or not at all');
});

test('a window that is taken anew has forgotten who sat there, and its time starts afresh', async () => {
  const desk = await branch();
  await addPerson(desk, 'sam', ['supervisor']);
  await desk.ask(2, 'session.open', { user: 'sam', password: `${goodPassword} sam` });
  desk.clock.pass(4 * 60_000);
  await desk.ask(2, 'session.open', { user: 'sam', password: `${goodPassword} sam` });
  desk.clock.pass(4 * 60_000);
  assert.equal(await stageAt(desk, 2), 'factor', 'the first one’s five minutes are over');
  await desk.ask(2, 'session.factor', { code: desk.code('sam') });
  assert.equal(await stageAt(desk, 2), 'open');
});

test('of two windows that set up an authenticator at once, one has done it', async () => {
  const desk = await branch();
  const password = 'temporary words 7';
  const next = `${goodPassword} sam`;
  const added = { user: 'sam', name: 'Sam Example', roles: ['supervisor'], password };
  await desk.ask(1, 'staff.add', added);
  await desk.ask(2, 'session.open', { user: 'sam', password });
  await desk.ask(2, 'session.changePassword', { current: password, next });
  await desk.ask(3, 'session.open', { user: 'sam', password: next });
  const codes: string[] = [];
  for (const window of [2, 3]) {
    const { secret }: { secret: string } = await desk.ask(window, 'session.enrolFactor');
    const seed = fromBase32(secret);
    assert.ok(seed);
    codes.push(oneTimeCode(seed, stepAt(desk.clock.now())));
  }
  await desk.ask(2, 'session.confirmFactor', { code: codes[0] });
  const late = await desk.fault(3, 'session.confirmFactor', { code: codes[1] });
  assert.equal(late.reason, 'factor-present', 'the first one’s authenticator stays the one');
  assert.equal(await stageAt(desk, 2), 'open');
});
