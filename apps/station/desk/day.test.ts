// Attacks the day: opened by two on a date that can be, closed only when nothing is left, proven twice.
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  at,
  customerWith,
  deposit,
  openCounter,
  openedCounter,
  second,
  servingCounter,
  staffedCounter,
  type TestCounter,
  testPolicy,
  vaultBegins,
  withdrawal,
} from './counter-fixture.ts';
import { goodPassword } from './session-fixture.ts';

test('a day that may not be opened stays closed', async () => {
  const desk = await staffedCounter();
  const rita = await second(desk, 'rita');
  const day = { date: '2026-11-20', vaultCounts: vaultBegins, second: rita };
  const [first] = vaultBegins;
  const cases: [number, object, string][] = [
    [at.ana, day, 'role-missing'],
    [at.sam, { ...day, date: '2026-11-21' }, 'not-a-business-day'],
    [at.sam, { ...day, date: '2026-12-21' }, 'date-too-late'],
    [at.sam, { ...day, date: '2026-02-30' }, 'not-a-date'],
    [at.sam, { ...day, date: '20.11.2026' }, 'bad-input'],
    [at.sam, { ...day, vaultCounts: [first] }, 'currency-not-counted'],
    [at.sam, { ...day, vaultCounts: [...vaultBegins, first] }, 'currency-twice'],
    [at.sam, { ...day, second: { ...rita, user: 'sam' } }, 'same-person'],
    [at.sam, { ...day, second: { ...rita, password: 'not the password' } }, 'credentials-wrong'],
    [at.sam, { ...day, second: { user: 'otto', password: `${goodPassword} otto` } }, 'role-needed'],
    [
      at.sam,
      { ...day, second: { user: 'nobody', password: 'whatever it is' } },
      'credentials-wrong',
    ],
  ];
  for (const [window, input, reason] of cases) {
    const fault = await desk.fault(window, 'day.open', input);
    assert.equal(fault.reason, reason, fault.message);
  }
  assert.equal((await desk.ask(at.sam, 'day.state')).state, 'never-opened');
  assert.equal((await desk.ask(at.sam, 'day.state')).nextDate, '2026-11-20');
  desk.close();
});

test('a password is asked of the second person, and never stands in the log', async () => {
  const desk = await openedCounter();
  const log = JSON.stringify(desk.ledger.events(1, desk.ledger.head().seq));
  assert.ok(!log.includes(`${goodPassword} rita`));
  const again = {
    date: '2026-11-23',
    vaultCounts: vaultBegins,
    second: await second(desk, 'rita'),
  };
  assert.equal((await desk.fault(at.sam, 'day.open', again)).reason, 'day-still-open');
  desk.close();
});

test('each thing in the way of the close is listed with the screen that settles it', async () => {
  const desk = await servingCounter();
  const jonas = await customerWith(desk, 'Jonas');
  await desk.ask(at.ana, 'posting.post', { draft: deposit(jonas, 1_500_000n, { 10000: 150 }) });
  const offer = { from: 2, to: 3, currency: 'EUR', denominations: { 10000: 1 } };
  await desk.ask(at.ana, 'movement.offer', offer);
  const { blockers } = await desk.ask(at.sam, 'day.blockers');
  assert.deepEqual(
    blockers.map((each) => [each.kind, each.action.screen, each.action.id]),
    [
      ['till-open', 'till', 2],
      ['till-open', 'till', 3],
      ['approval-waiting', 'approvals', blockers[2]?.action.id],
      ['movement-pending', 'movements', blockers[3]?.action.id],
      ['vault-not-counted', 'day', null],
    ],
  );
  assert.equal((await desk.fault(at.sam, 'day.close')).reason, 'day-blocked');
  assert.equal((await desk.fault(at.ana, 'day.close')).reason, 'role-missing');
  desk.close();
});

/** Vault as the ledger has it, a few pieces off when asked. */
function vaultNow(desk: TestCounter, change: Readonly<Record<string, number>> = {}) {
  const vault = desk.counter.tills.vault();
  return (vault?.purses ?? []).map(({ currency, account }) => {
    const denominations: Record<string, number> = { ...desk.ledger.pieces(account) };
    for (const [face, pieces] of Object.entries(currency === 'EUR' ? change : {})) {
      denominations[face] = (denominations[face] ?? 0) + pieces;
    }
    return { currency, denominations };
  });
}

async function closedDay(): Promise<TestCounter> {
  const desk = await openedCounter();
  const vaultCounts = vaultNow(desk, { 1000: -1 });
  const counted = await desk.ask(at.sam, 'day.countVault', {
    ...{ vaultCounts, second: await second(desk, 'rita') },
  });
  assert.deepEqual(counted.differences, [{ currency: 'EUR', differenceMinor: '-1000' }]);
  await desk.ask(at.sam, 'day.close');
  return desk;
}

test('cash that moves after the vault was counted has it counted again', async () => {
  const desk = await openedCounter();
  const vaultCounts = vaultNow(desk);
  await desk.ask(at.sam, 'day.countVault', { vaultCounts, second: await second(desk, 'rita') });
  assert.deepEqual((await desk.ask(at.sam, 'day.blockers')).blockers, []);
  const cash = { currency: 'EUR', denominations: { 10000: 1 }, reference: 'CC-1' };
  await desk.ask(at.sam, 'vault.receive', cash);
  const { blockers } = await desk.ask(at.sam, 'day.blockers');
  assert.deepEqual(
    blockers.map((each) => each.kind),
    ['vault-not-counted'],
  );
  assert.match(blockers[0]?.message ?? '', /moved/);
  desk.close();
});

test('a vault difference is suspense, a closed day takes nothing, and the next one goes on', async () => {
  const desk = await closedDay();
  assert.equal(desk.ledger.accountByNumber('CASHSHORTEUR')?.postedMinor, 1_000n);
  const cash = { currency: 'EUR', denominations: { 10000: 1 }, reference: 'CC-1' };
  assert.equal((await desk.fault(at.sam, 'vault.receive', cash)).reason, 'day-closed');
  assert.equal((await desk.fault(at.sam, 'day.close')).reason, 'day-closed');
  assert.deepEqual((await desk.ask(at.sam, 'day.blockers')).blockers, []);
  const state = await desk.ask(at.sam, 'day.state');
  assert.deepEqual(
    [state.state, state.date, state.nextDate],
    ['closed', '2026-11-20', '2026-11-23'],
  );
  const open = async (date: string) => ({
    ...{ date, vaultCounts: vaultNow(desk), second: await second(desk, 'rita') },
  });
  const back = await desk.fault(at.sam, 'day.open', await open('2026-11-20'));
  assert.equal(back.reason, 'date-not-later');
  const opened = await desk.ask(at.sam, 'day.open', await open('2026-11-23'));
  assert.deepEqual(opened, { date: '2026-11-23', differences: [] });
  desk.close();
});

test('a pack that is lost is made again from the log; a log that was changed makes no pack', async () => {
  const desk = await closedDay();
  const asked = { date: '2026-11-20' };
  const first = await desk.ask(at.otto, 'day.pack', asked);
  const file = join(desk.folder, 'packs', 'day-pack-2026-11-20.json');
  assert.ok(existsSync(file));
  rmSync(file);
  assert.deepEqual(await desk.ask(at.otto, 'day.pack', asked), first);
  assert.ok(existsSync(file), 'it is written again');
  const { packs } = await desk.ask(at.otto, 'day.packs');
  const { pack } = JSON.parse(first.json) as { pack: { head: { seq: number }; journals: number } };
  assert.deepEqual(
    packs.map((each) => [each.date, each.headSeq, each.journals]),
    [['2026-11-20', pack.head.seq, pack.journals]],
  );
  assert.equal(
    (await desk.fault(at.otto, 'day.pack', { date: '2026-11-19' })).reason,
    'day-not-closed',
  );

  desk.database.exec('DROP TRIGGER event_kept');
  const row = desk.database.prepare('SELECT seq, body FROM event WHERE seq = ?');
  const opening = desk.events('date.opened')[0];
  assert.ok(opening);
  const { body } = row.get(opening.seq) as { body: Buffer };
  const changed = body
    .toString('utf8')
    .replace('"legs":[{"amountMinor":"', '"legs":[{"amountMinor":"1');
  const update = desk.database.prepare('UPDATE event SET body = ? WHERE seq = ?');
  update.run(Buffer.from(changed), opening.seq);
  const fault = await desk.fault(at.otto, 'day.pack', asked);
  assert.equal(fault.reason, 'pack-differs');
  desk.close();
});

test('the day outlives a restart', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta');
  desk.close(true);
  const again = openCounter({ folder: desk.folder, clock: desk.clock });
  assert.equal(again.ledger.moment().date, '2026-11-20');
  await again.ask(at.ana, 'session.open', { user: 'ana', password: `${goodPassword} ana` });
  const posted = await again.ask(at.ana, 'posting.post', { draft: withdrawal(marta, 5_000n) });
  assert.equal(posted.state, 'posted');
  again.close();
});

test('what nobody moved for as long as the policy says sleeps from the close on', async () => {
  const desk = await openedCounter();
  const policy = { ...testPolicy, dormantDays: 3 };
  await desk.ask(at.ada, 'policy.set', { policy, reason: 'three days' });
  const rosa = await customerWith(desk, 'Rosa', { empty: true });
  const stateOf = (served: { account: string }) =>
    desk.ledger.accountByNumber(served.account)?.state;
  const close = async () => {
    const proof = await second(desk, 'rita');
    await desk.ask(at.sam, 'day.countVault', { vaultCounts: vaultNow(desk), second: proof });
    await desk.ask(at.sam, 'day.close');
  };
  await close();
  assert.equal(stateOf(rosa), 'open', 'opened today');
  const day = { date: '2026-11-23', vaultCounts: vaultNow(desk) };
  await desk.ask(at.sam, 'day.open', { ...day, second: await second(desk, 'rita') });
  const marta = await customerWith(desk, 'Marta', { empty: true });
  await close();
  assert.deepEqual([stateOf(marta), stateOf(rosa)], ['open', 'dormant']);
  const [, last] = desk.events('date.closed');
  assert.equal((last?.data.states as unknown[] | undefined)?.length, 1);
  const pack = await desk.ask(at.otto, 'day.pack', { date: '2026-11-23' });
  assert.ok(pack.json.length > 0, 'the pack is still derived from the log');
  desk.close();
});
