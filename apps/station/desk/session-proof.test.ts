// Proves whom a second signature and the demonstration's card rest on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
