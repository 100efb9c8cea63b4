// Proves whom a second signature and the demonstration's card rest on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factorSecret } from '../ledger/projections/staff-secrets.ts';
import { fromBase32, oneTimeCode, stepAt } from './session-factor.ts';
import { addPerson, established, goodPassword, keptBranches } from './session-fixture.ts';

const { keep, branch } = keptBranches();

test('a second person is proven by password, and by a code that then is spent', async () => {
  const desk = await branch();
  await addPerson(desk, 'ben', ['teller']);
  await addPerson(desk, 'sam', ['supervisor']);
  const place = { window: 1, purpose: 'day.open', field: 'second' };
  const check = (user: string, password: string, code?: string) =>
    desk.sessions.checkPassword({ user, password, code }, place);
  assert.equal((await check('ben', `${goodPassword} ben`)).user, 'ben');
  await assert.rejects(check('ben', 'wrong words'), { field: 'second.password' });
  const samWords = `${goodPassword} sam`;
  await assert.rejects(check('sam', samWords), { reason: 'code-missing', field: 'second.code' });
  const code = desk.code('sam');
  assert.equal((await check('sam', samWords, code)).user, 'sam');
  await assert.rejects(check('sam', samWords, code), { reason: 'credentials-wrong' });
  const sam = desk.staff.byUser('sam')?.id ?? 0;
  await assert.rejects(desk.sessions.checkFactor(sam, code, place), { field: 'second.code' });
  desk.clock.pass(30_000);
  assert.equal((await desk.sessions.checkFactor(sam, desk.code('sam'), place)).user, 'sam');
  const ben = desk.staff.byUser('ben')?.id ?? 0;
  await assert.rejects(desk.sessions.checkFactor(ben, '123456', place), {
    reason: 'factor-missing',
  });
  assert.deepEqual(
    desk.events('session.proven').map((event) => event.data.purpose),
    ['day.open', 'day.open', 'day.open'],
  );
});

test('the demonstration shows its card, and nothing anybody has chosen; a real branch shows none', async () => {
  const real = await branch();
  assert.equal((await real.fault(5, 'demonstration.card')).reason, 'not-a-demonstration');
  const card = [
    { user: 'ada', password: goodPassword, totpSecret: null },
    { user: 'ben', password: 'temporary words 7', totpSecret: null },
  ];
  const pretender = await established({ card, demonstration: false });
  keep(pretender);
  assert.equal((await pretender.fault(5, 'demonstration.card')).reason, 'not-a-demonstration');
  const desk = await established({ card });
  keep(desk);
  await addPerson(desk, 'ben', ['teller']);
  const { people }: { people: { user: string; password: string }[] } = await desk.ask(
    5,
    'demonstration.card',
  );
  assert.deepEqual(
    people.map(({ user, password }) => [user, password]),
    [
      ['ada', goodPassword],
      ['ben', '(changed)'],
    ],
  );
});

test('who must have a factor and has none yet is no second person, whatever password they know', async () => {
  const desk = await branch();
  const ben = await addPerson(desk, 'ben', ['teller']);
  const place = { window: 1, purpose: 'day.open', field: 'second' };
  const check = () =>
    desk.sessions.checkPassword({ user: 'ben', password: `${goodPassword} ben` }, place);
  await check();
  await desk.ask(1, 'staff.setRoles', {
    ...{ staff: ben, roles: ['teller', 'supervisor'], reason: 'promoted' },
  });
  await assert.rejects(check(), { reason: 'factor-missing', field: 'second.code' });
  assert.equal(desk.events('session.proven').length, 1);
});

test('who has a temporary password is no second person, and nothing says they proved anything', async () => {
  const desk = await branch();
  const password = 'temporary words 7';
  await desk.ask(1, 'staff.add', { user: 'new', name: 'New', roles: ['teller'], password });
  const place = { window: 1, purpose: 'day.open', field: 'second' };
  await assert.rejects(desk.sessions.checkPassword({ user: 'new', password }, place), {
    ...{ reason: 'password-change-first', field: 'second.user' },
  });
  assert.equal(desk.events('session.proven').length, 0);
});

test('the card shows a code only from the factor it brought, and nobody who is unknown or disabled', async () => {
  const seed = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const entry = (user: string, totpSecret: string | null) => ({
    ...{ user, password: 'temporary words 7', totpSecret },
  });
  const card = [entry('sam', seed), entry('rita', seed), entry('ben', seed), entry('gone', null)];
  const desk = await established({ card: [...card, entry('nobody', null)] });
  keep(desk);
  for (const user of ['sam', 'rita']) await addPerson(desk, user, ['supervisor']);
  await addPerson(desk, 'ben', ['teller']);
  const gone = await addPerson(desk, 'gone', ['teller']);
  await desk.ask(1, 'staff.disable', { staff: gone, reason: 'left' });
  const bytes = fromBase32(seed);
  const sam = desk.staff.byUser('sam')?.id ?? 0;
  assert.ok(bytes);
  desk.secrets.set(factorSecret(sam), Buffer.from(bytes));
  const { people }: { people: { user: string; code: string | null }[] } = await desk.ask(
    ...([5, 'demonstration.card'] as const),
  );
  assert.deepEqual(
    people.map(({ user, code }) => [user, code]),
    [
      ['sam', oneTimeCode(bytes, stepAt(desk.clock.now()))],
      // Their own authenticator, and none at all.
      ['rita', null],
      ['ben', null],
    ],
  );
});
