// Holds what a till's opening and closing write: notes changed among themselves, purses, approvals spent once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  float,
  nextCode,
  nothing,
  openedCounter,
  second,
  servingCounter,
  type TestCounter,
  testPolicy,
} from './counter-fixture.ts';

const withEuro = (denominations: Readonly<Record<string, number>>) => [
  { currency: 'EUR', denominations },
  ...nothing('USD'),
];

async function counted(
  desk: TestCounter,
  who: { readonly window: number; readonly till: number },
  counts: readonly object[],
): Promise<{ readonly till: number; readonly count: number }> {
  const { window, till } = who;
  if (desk.counter.tills.till(till)?.state !== 'counting') {
    await desk.ask(window, 'till.beginCount', { till });
  }
  const { count } = await desk.ask(window, 'till.count', { till, counts });
  return { till, count };
}

async function approve(desk: TestCounter, approval: number): Promise<void> {
  await nextCode(desk);
  const { contentDigest } = await desk.ask(at.sam, 'approval.get', { approval });
  const decision = { approval, decision: 'approve', contentDigest, code: desk.code('sam') };
  await desk.ask(at.sam, 'approval.decide', decision);
}

const ana = { window: at.ana as number, till: 2 };
const purse = (desk: TestCounter, number: string) => desk.ledger.accountByNumber(number);

test('a till that agrees to the note is closed without a journal', async () => {
  const desk = await servingCounter();
  const close = await counted(desk, ana, withEuro(float));
  await desk.ask(at.ana, 'till.close', close);
  const [event] = desk.events('till.closed');
  assert.deepEqual([event?.data.journal, event?.data.entry], [undefined, undefined]);
  desk.close();
});

test('notes that were changed among themselves move without a leg', async () => {
  const desk = await servingCounter();
  const before = purse(desk, 'TILL2EUR');
  const changed = { ...float, 10000: 59, 5000: 62 };
  const close = await counted(desk, ana, withEuro(changed));
  await desk.ask(at.ana, 'till.close', close);
  const [event] = desk.events('till.closed');
  const { legs, cash } = (event?.data.journal ?? {}) as Readonly<Record<string, unknown>>;
  assert.deepEqual(legs, []);
  assert.deepEqual(cash, [{ account: before?.id, pieces: { 10000: -1, 5000: 2 } }]);
  assert.equal(purse(desk, 'TILL2EUR')?.postedMinor, before?.postedMinor);
  assert.deepEqual(desk.ledger.pieces(before?.id ?? 0), changed);
  desk.close();
});

test('a till keeps its purse from one day’s work to the next', async () => {
  const desk = await openedCounter();
  await desk.ask(at.ada, 'till.add', { name: 'Till 2', currencies: ['EUR'] });
  for (let times = 0; times < 3; times += 1) {
    await desk.ask(at.ana, 'till.open', { till: 2, counts: nothing('EUR') });
    await desk.ask(at.ana, 'till.close', await counted(desk, ana, nothing('EUR')));
  }
  assert.equal(desk.counter.tills.till(2)?.purses.length, 1);
  desk.close();
});

test('a large difference is booked once, as the supervisor agreed, and the agreement is spent', async () => {
  const desk = await servingCounter();
  const short = { ...float, 10000: 50 };
  await counted(desk, ana, withEuro(short));
  const close = await counted(desk, ana, withEuro(short));
  const asked = await desk.ask(at.ana, 'till.close', { ...close, explanation: 'not found' });
  assert.ok(asked.state === 'parked');
  await approve(desk, asked.approval);
  const done = await desk.ask(at.ana, 'approval.resume', { approval: asked.approval });
  assert.ok(done.journal && done.receiptCode);
  assert.equal(desk.counter.tills.till(2)?.state, 'closed');
  assert.equal(purse(desk, 'CASHSHORTEUR')?.postedMinor, 100_000n);
  const { state } = await desk.ask(at.sam, 'approval.get', { approval: asked.approval });
  assert.equal(state, 'posted');
  const again = await desk.fault(at.ana, 'approval.resume', { approval: asked.approval });
  assert.equal(again.reason, 'approval-posted');
  desk.close();
});

test('an opening that was agreed opens once', async () => {
  const desk = await openedCounter();
  await desk.ask(at.ada, 'till.add', { name: 'Till 2', currencies: ['EUR'] });
  const counts = [{ currency: 'EUR', denominations: { 1000: 3 } }];
  const asked = await desk.ask(at.ana, 'till.open', { till: 2, counts });
  assert.ok(asked.state === 'parked');
  await approve(desk, asked.approval);
  await desk.ask(at.ana, 'approval.resume', { approval: asked.approval });
  const again = await desk.fault(at.ana, 'approval.resume', { approval: asked.approval });
  assert.equal(again.reason, 'approval-posted');
  desk.close();
});

test('a count made after a request told the figures is not blind, even when it agrees', async () => {
  const desk = await openedCounter();
  await desk.ask(at.ada, 'till.add', { name: 'Till 2', currencies: ['EUR'] });
  const first = { till: 2, counts: [{ currency: 'EUR', denominations: { 1000: 3 } }] };
  const told = await desk.ask(at.ana, 'till.open', first);
  assert.ok(told.state === 'parked');
  await desk.ask(at.ana, 'approval.withdraw', { approval: told.approval });
  const asked = await desk.ask(at.ana, 'till.open', { till: 2, counts: nothing('EUR') });
  assert.ok(asked.state === 'parked', 'it agrees, and still somebody else has to look');
  const { reasons } = await desk.ask(at.sam, 'approval.get', { approval: asked.approval });
  assert.deepEqual(
    reasons.map(({ rule }) => rule),
    ['till-counted-knowing'],
  );
  assert.match(reasons[0]?.message ?? '', /asked before: Open Till 2, 30\.00 EUR over/);
  await approve(desk, asked.approval);
  await desk.ask(at.ana, 'approval.resume', { approval: asked.approval });
  const [count] = desk.counter.tills.countsBetween(asked.approval, Number.MAX_SAFE_INTEGER);
  assert.equal(count?.blind, false);
  desk.close();
});

test('cash on its way from or to a till keeps that till open, and no other', async () => {
  const desk = await servingCounter();
  const ben = { window: at.ben, till: 3 };
  const closes = async (who: typeof ana, notes: Readonly<Record<string, number>>) => {
    const close = await counted(desk, who, withEuro(notes));
    const reply = await desk.send(who.window, 'till.close', close);
    return reply.ok ? 'closed' : reply.fault.reason;
  };
  const offer = { from: 2, to: 1, currency: 'EUR', denominations: { 1000: 1 } };
  const { movement } = await desk.ask(at.ana, 'movement.offer', offer);
  assert.equal(await closes(ben, float), 'closed', 'what leaves another till is not in the way');
  const left = { ...float, 1000: 99 };
  assert.equal(await closes(ana, left), 'movement-pending', 'what leaves this one is');
  await desk.ask(at.ana, 'movement.cancel', { movement, reason: 'not now' });
  assert.equal(await closes(ana, float), 'closed');
  desk.close();
});

test('nobody counts their own till as somebody absent, nor one with business unfinished', async () => {
  const desk = await servingCounter();
  await desk.ask(at.ada, 'till.add', { name: 'Till 4', currencies: ['EUR'] });
  await desk.ask(at.sam, 'till.open', { till: 4, counts: nothing('EUR') });
  const force = async (till: number, counts: readonly object[]) => ({
    ...{ till, counts, reason: 'gone home ill', second: await second(desk, 'rita') },
  });
  const own = await desk.fault(at.sam, 'till.forceClose', await force(4, nothing('EUR')));
  assert.equal(own.reason, 'till-is-yours');
  const offer = { from: 2, to: 1, currency: 'EUR', denominations: { 1000: 1 } };
  await desk.ask(at.ana, 'movement.offer', offer);
  const moving = await desk.fault(at.sam, 'till.forceClose', await force(2, withEuro(float)));
  assert.equal(moving.reason, 'movement-pending');
  assert.equal(desk.counter.tills.till(2)?.state, 'open');
  desk.close();
});

test('what nobody was told, or was true of other money, leaves a count blind', async () => {
  const desk = await servingCounter();
  const short = withEuro({ ...float, 500: 79 });
  await desk.ask(at.sam, 'till.surpriseCount', { till: 2, counts: short });
  const { count } = await counted(desk, ana, short);
  assert.equal(desk.counter.tills.count(count)?.blind, true, 'the supervisor counted, not ana');
  await counted(desk, ana, short);
  await desk.ask(at.ana, 'till.cancelCount', { till: 2 });
  const offer = { from: 2, to: 1, currency: 'EUR', denominations: { 1000: 1 } };
  const { movement } = await desk.ask(at.ana, 'movement.offer', offer);
  const later = await counted(desk, ana, withEuro({ ...float, 500: 79, 1000: 99 }));
  assert.equal(
    desk.counter.tills.count(later.count)?.blind,
    true,
    'the till holds other money now',
  );
  await desk.ask(at.ana, 'movement.cancel', { movement, reason: 'not now' });
  desk.close();
});

test('the vault takes in what it may hold, and sends what is there', async () => {
  const desk = await openedCounter();
  const begun = purse(desk, 'VAULTEUR')?.postedMinor ?? 0n;
  const limit = { kind: 'vault', currency: 'EUR', softMinor: '0' };
  const tillLimits = [{ ...limit, hardMinor: String(begun + 10_000n) }];
  const policy = { ...testPolicy, tillLimits };
  await desk.ask(at.ada, 'policy.set', { policy, reason: 'the vault is small' });
  const cash = (denominations: object) => ({ currency: 'EUR', denominations, reference: 'CC-1' });
  const over = await desk.fault(at.sam, 'vault.receive', cash({ 5000: 2, 100: 1 }));
  assert.equal(over.reason, 'till-over-limit');
  await desk.ask(at.sam, 'vault.receive', cash({ 5000: 2 }));
  const none = await desk.fault(at.sam, 'vault.send', cash({ 20000: 1 }));
  assert.equal(none.reason, 'not-in-till');
  const nothingSent = await desk.fault(at.sam, 'vault.send', cash({}));
  assert.equal(nothingSent.reason, 'nothing-counted');
  desk.close();
});
