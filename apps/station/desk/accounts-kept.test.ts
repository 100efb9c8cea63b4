// Proves that mandates leave their trace, and that accounts are the same after a repeat and a restart.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { branch, openAccount, opening, post, reason, view } from './accounts-fixture.ts';
import { openDesk, signIn, type TestDesk } from './session-fixture.ts';

const opened: TestDesk[] = [];
after(() => {
  for (const desk of opened) desk.close();
});
async function kept() {
  const desk = await branch();
  opened.push(desk);
  return desk;
}

test('mandates are granted once, revoked once, and leave their trace', async () => {
  const desk = await kept();
  const number = await openAccount(desk, desk.anna);
  const mandate = { customer: desk.jonas, kind: 'attorney' };
  const grant = { number, mandate, reason };
  const { mandate: id }: { mandate: number } = await desk.ask(3, 'account.grantMandate', grant);
  const twice = await desk.fault(3, 'account.grantMandate', grant);
  assert.deepEqual([twice.reason, twice.field], ['mandate-twice', 'mandate.customer']);
  const own = { ...grant, mandate: { ...mandate, customer: desk.anna } };
  assert.equal((await desk.fault(3, 'account.grantMandate', own)).reason, 'owner-already');
  await desk.ask(3, 'account.revokeMandate', { mandate: id, reason });
  assert.equal(
    (await desk.fault(3, 'account.revokeMandate', { mandate: id, reason })).reason,
    'mandate-unknown',
  );
  assert.deepEqual((await view(desk, number)).mandates, []);
  const { mandate: next }: { mandate: number } = await desk.ask(3, 'account.grantMandate', grant);
  assert.equal(next, id + 1);
  assert.equal(desk.events('mandate.revoked').length, 1);
});

test('the same opening asked twice opens one account', async () => {
  const desk = await kept();
  const key = '11111111-2222-4333-8444-555555555555';
  const replies = await Promise.all(
    [1, 2].map(() => desk.send(2, 'account.open', opening(desk.anna), key)),
  );
  const numbers = replies.map((reply) => reply.ok && (reply.output as { number: string }).number);
  assert.equal(numbers[0], numbers[1]);
  assert.equal(desk.customers.accountsOf(desk.anna).length, 1);
});

test('accounts, owners and mandates are the same after a restart', async () => {
  const desk = await branch();
  const number = await openAccount(desk, desk.anna, {
    mandates: [{ customer: desk.jonas, kind: 'view' }],
  });
  post(desk, number, 4200n);
  const before = await view(desk, number);
  desk.close(true);
  const later = openDesk({ folder: desk.folder, clock: desk.clock });
  opened.push(later);
  desk.clock.pass(30_000);
  await signIn(later, 2, 'ben');
  assert.deepEqual(await view(later, number), before);
});
