// Runs a whole day at the counter through the gate: opened, served, flagged, corrected, counted, closed.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  at,
  customerWith,
  deposit,
  nextCode,
  nothing,
  openCounter,
  second,
  servingCounter,
  type TestCounter,
  withdrawal,
} from './counter-fixture.ts';

async function tillTotal(desk: TestCounter, till: number): Promise<string | null | undefined> {
  const { tills } = await desk.ask(at.sam, 'till.list');
  return tills.find((each) => each.till === till)?.positions[0]?.totalMinor;
}

/** Serves, gets a withdrawal approved, corrects a mistake; returns what is left in till 2. */
async function serve(desk: TestCounter): Promise<bigint> {
  const marta = await customerWith(desk, 'Marta');
  await desk.ask(at.ana, 'posting.post', {
    draft: deposit(marta, 125_000n, { 10000: 12, 5000: 1 }),
  });
  const jonas = await customerWith(desk, 'Jonas', { empty: true });
  const big = deposit(jonas, 1_950_000n, { 10000: 195 });
  const first = await desk.ask(at.ana, 'posting.post', { draft: big });
  assert.ok(first.state === 'parked', 'over the limit and the threshold');
  await approve(desk, first.approval);
  await desk.ask(at.ana, 'approval.resume', { approval: first.approval });

  const asked = await desk.ask(at.ana, 'posting.post', { draft: withdrawal(jonas, 1_100_000n) });
  assert.ok(asked.state === 'parked');
  const held = await desk.ask(at.ana, 'account.get', { number: jonas.account });
  assert.deepEqual([held.balanceMinor, held.availableMinor], ['1950000', '850000']);
  await approve(desk, asked.approval);
  const notes = { 10000: 110 };
  const done = await desk.ask(at.ana, 'approval.resume', {
    ...{ approval: asked.approval, denominations: notes },
  });
  assert.ok(done.journal !== null);

  const wrong = await desk.ask(at.ana, 'posting.post', {
    draft: deposit(marta, 200_000n, { 10000: 20 }),
  });
  assert.ok(wrong.state === 'posted');
  const replacement = deposit(marta, 20_000n, { 10000: 2 });
  const correction = {
    ...{ task: 'journal.correction', journal: wrong.journal },
    ...{ replacement, reason: 'a nought too many' },
  };
  const corrected = await desk.ask(at.ana, 'posting.post', { draft: correction });
  assert.ok(corrected.state === 'posted');
  assert.equal(corrected.journals.length, 2);
  const again = await desk.fault(at.ana, 'posting.post', { draft: correction });
  assert.equal(again.reason, 'already-reversed');
  const view = await desk.ask(at.ana, 'journal.get', { journal: corrected.journal });
  assert.deepEqual([view.state, view.amountMinor], ['correction', '20000']);
  return 1_250_000n + 500_000n + 125_000n + 1_950_000n - 1_100_000n + 20_000n;
}

async function approve(desk: TestCounter, approval: number): Promise<void> {
  const card = await desk.ask(at.sam, 'approval.get', { approval });
  await nextCode(desk);
  const { contentDigest } = card;
  const input = { approval, decision: 'approve', contentDigest, code: desk.code('sam') };
  const { state } = await desk.ask(at.sam, 'approval.decide', { ...input, comment: 'seen' });
  assert.equal(state, 'approved');
}

/** Notes of a till as the ledger has them, with so many pieces of a face missing. */
async function counted(desk: TestCounter, till: number, face: string, missing: number) {
  const { tills } = await desk.ask(at.sam, 'till.list');
  const positions = tills.find((each) => each.till === till)?.positions ?? [];
  return positions.map(({ currency, denominations }) => {
    const pieces: Record<string, number> = { ...denominations };
    if (currency === 'EUR') pieces[face] = (pieces[face] ?? 0) - missing;
    return { currency, denominations: pieces };
  });
}

/** Counts blind, five euros short; a supervisor agrees to the difference. */
async function closeTills(desk: TestCounter): Promise<void> {
  await desk.ask(at.ana, 'till.beginCount', { till: 2 });
  const counts = await counted(desk, 2, '500', 1);
  await desk.ask(at.ana, 'till.count', { till: 2, counts });
  const result = await desk.ask(at.ana, 'till.count', { till: 2, counts });
  assert.deepEqual(
    result.differences.map((each) => each.differenceMinor),
    ['-500'],
  );
  const close = { till: 2, count: result.count, explanation: 'looked twice' };
  const parked = await desk.ask(at.ana, 'till.close', close);
  assert.ok(parked.state === 'parked');
  await approve(desk, parked.approval);
  await desk.ask(at.ana, 'approval.resume', { approval: parked.approval });
  await desk.ask(at.ben, 'till.beginCount', { till: 3 });
  const whole = await counted(desk, 3, '500', 0);
  const { count } = await desk.ask(at.ben, 'till.count', { till: 3, counts: whole });
  assert.deepEqual(await desk.ask(at.ben, 'till.close', { till: 3, count }), {
    ...{ state: 'closed', till: 3 },
  });
}

async function closeDay(desk: TestCounter): Promise<void> {
  const { tills } = await desk.ask(at.sam, 'till.list');
  const vaultCounts = (tills[0]?.positions ?? []).map(({ currency, denominations }) => ({
    ...{ currency, denominations: denominations ?? {} },
  }));
  const proof = await second(desk, 'rita');
  await desk.ask(at.sam, 'day.countVault', { vaultCounts, second: proof });
  assert.deepEqual(await desk.ask(at.sam, 'day.blockers'), { blockers: [] });
  await desk.ask(at.sam, 'day.close');
}

test('a day from the vault count to the signed pack, and the next', async () => {
  const desk = await servingCounter();
  const left = await serve(desk);
  assert.equal(await tillTotal(desk, 2), String(left));
  const blocked = await desk.fault(at.sam, 'day.close');
  assert.equal(blocked.reason, 'day-blocked');
  await closeTills(desk);
  assert.equal(await tillTotal(desk, 2), String(left - 500n));
  await closeDay(desk);

  const late = await desk.fault(at.ana, 'till.open', { till: 2, counts: nothing('EUR', 'USD') });
  assert.equal(late.reason, 'day-closed');
  const file = join(desk.folder, 'packs', 'day-pack-2026-11-20.json');
  const pack = await desk.ask(at.otto, 'day.pack', { date: '2026-11-20' });
  assert.equal(pack.json, readFileSync(file, 'utf8'));
  assert.ok(existsSync(file.replace('.json', '.pdf')), 'and its paper');
  const { exceptions, totals } = (JSON.parse(pack.json) as { pack: PackRead }).pack;
  assert.deepEqual(totals, { EUR: '0', JPY: '0', USD: '0' });
  assert.deepEqual(
    [exceptions.reversals.length, exceptions.approvals.length, exceptions.differences.length],
    [1, 3, 2],
  );
  writeFileSync(file, pack.json.replace('"journals"', '"journal"'));
  const changed = await desk.fault(at.otto, 'day.pack', { date: '2026-11-20' });
  assert.equal(changed.reason, 'pack-file-changed');

  desk.close(true);
  const again = openCounter({ folder: desk.folder, clock: desk.clock });
  assert.equal(again.counter.days.latest()?.date, '2026-11-20');
  assert.equal(again.counter.tills.till(2)?.state, 'closed');
  again.close();
});

interface PackRead {
  readonly totals: object;
  readonly exceptions: Record<'reversals' | 'approvals' | 'differences', readonly unknown[]>;
}
