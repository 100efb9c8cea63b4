// Asks the guard's operations what a supervisor asks them, and what they say when something is wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guardView } from '#contract/guard.ts';
import {
  capital,
  giveBack,
  grantOf,
  makeFolder,
  newMachine,
  openGuarded,
  post,
  receive,
  spend,
  till,
} from '#station/guard/keeper.fixture.ts';
import { at, customerWith, servingCounter } from './counter-fixture.ts';
import { alarmOf, guardHandlers } from './guard.ts';

test('the guard shows each till as the ledger has it, and its quote stands at the head', async () => {
  const desk = await servingCounter();
  await customerWith(desk, 'Marta');
  const view = await desk.ask(at.otto, 'guard.state');
  assert.deepEqual(guardView.parse(view), view, 'what is answered is what was promised');
  assert.equal(view.kind, 'memory');
  assert.match(view.absence ?? '', /no kernel/);
  const { rows } = await desk.ask(at.otto, 'ledger.trialBalance');
  for (const { number, balanceMinor, heldMinor } of view.accounts) {
    const row = rows.find((each) => each.number === number);
    const posted = BigInt(row?.debitMinor ?? 0) - BigInt(row?.creditMinor ?? 0);
    if (number !== '') assert.equal(balanceMinor, String(posted), number);
    assert.equal(heldMinor, '0', number);
  }
  assert.ok(view.accounts.some(({ balanceMinor }) => balanceMinor !== '0'));
  assert.equal(view.quote?.seq, desk.ledger.head().seq);
  assert.ok(view.quote?.isHead);
  assert.ok(view.counts.posted > 0 && view.latency.length > 0);
  assert.equal(view.alarm, null);
  assert.deepEqual(await desk.ask(at.ana, 'guard.alarm'), { alarm: null });
  const fault = await desk.fault(at.sam, 'guard.confirm', { reason: 'just so' });
  assert.equal(fault.reason, 'nothing-to-confirm');
  desk.close();
});

test('a log accepted in spite of the guard waits, loudly, for a supervisor’s word', (context) => {
  const place = makeFolder();
  context.after(place.remove);
  const machine = newMachine();
  const first = openGuarded(place, machine);
  first.close();
  // The machine's guard has gone on without this file: what an old copy looks like.
  const ahead = machine.open();
  ahead.attach(2, 1n);
  const { counter } = ahead.quote('00'.repeat(32));
  ahead.extend(counter, { counter: counter + 5n, value: 'ee'.repeat(32) });
  ahead.close();
  const unguarded = openGuarded(place, 'no guard');
  const { hash } = unguarded.books.head();
  unguarded.close();
  const branch = openGuarded(place, machine, { acceptHead: hash });
  const { opened, ledger } = branch;
  const handlers = guardHandlers({ guard: opened, ledger });
  assert.equal(alarmOf(opened)?.reason, 'guard-unconfirmed');
  assert.throws(() => ledger.write(() => post(ledger, [[till, capital, 1]])), /until a supervisor/);
  const moment = { seq: 9, at: 0, date: '2026-11-20' };
  const confirm = handlers['guard.confirm'];
  const recorded = confirm.record(
    { reason: 'restored on Monday' },
    {} as never,
    moment,
    undefined as never,
  );
  assert.equal(recorded.type, 'guard.confirmed');
  assert.equal(alarmOf(opened)?.tone, 'red', 'only once it is recorded');
  recorded.announce?.();
  assert.equal(
    alarmOf(opened)?.reason,
    'guard-not-ours',
    'a kernel’s guard is here and not in use',
  );
  ledger.write(() => post(ledger, [[till, capital, 1]]));
  branch.close();
});

test('the guard shows what is left of each allowance, and which have ended', (context) => {
  const place = makeFolder();
  context.after(place.remove);
  const branch = openGuarded(place, newMachine());
  const { ledger, opened } = branch;
  ledger.write(() => post(ledger, [[till, capital, 5000]]));
  ledger.write(() => receive(ledger, [grantOf('7', '300'), grantOf('8', '40')]));
  ledger.write(() => spend(ledger, '7', 120));
  ledger.write(() => giveBack(ledger, '8'));
  const { 'guard.state': ask } = guardHandlers({ guard: opened, ledger });
  const { accounts } = guardView.parse((ask as () => unknown)());
  const shown = accounts
    .filter(({ name }) => /allowance/.test(name))
    .map(({ number, name, currency, balanceMinor }) => [number, name, currency, balanceMinor]);
  assert.deepEqual(shown, [
    ['7', 'Head office’s allowance', 'EUR', '180'],
    ['8', 'Head office’s allowance, ended', 'EUR', '40'],
  ]);
  branch.close();
});
