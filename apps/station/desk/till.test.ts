// Attacks the tills: wrong hands, wrong states, wrong counts; and proves that a count is blind.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAmount } from '#contract/money.ts';
import type { CountResult } from '#contract/tills.ts';
import {
  at,
  customerWith,
  deposit,
  float,
  floatMinor,
  nextCode,
  nothing,
  openedCounter,
  second,
  servingCounter,
  staffedCounter,
  type TestCounter,
  testPolicy,
  transfer,
  withdrawal,
} from './counter-fixture.ts';
import { goodPassword } from './session-fixture.ts';

async function reasons(
  desk: TestCounter,
  cases: readonly (readonly [number, Parameters<TestCounter['fault']>[1], object, string])[],
): Promise<void> {
  for (const [window, name, input, reason] of cases) {
    const fault = await desk.fault(window, name, input);
    assert.equal(fault.reason, reason, `${name} ${JSON.stringify(input)}: ${fault.message}`);
  }
}

test('a till that may not be opened is refused in words', async () => {
  const desk = await staffedCounter();
  await desk.ask(at.ada, 'till.add', { name: 'Till 2', currencies: ['EUR', 'USD'] });
  const counts = nothing('EUR', 'USD');
  await reasons(desk, [
    [at.ada, 'till.add', { name: 'Till 2', currencies: ['EUR'] }, 'name-taken'],
    [at.ada, 'till.add', { name: 'Till 3', currencies: ['GBP'] }, 'currency-not-kept'],
    [at.ada, 'till.add', { name: 'Till 3', currencies: ['EUR', 'EUR'] }, 'currency-twice'],
    [at.ana, 'till.open', { till: 2, counts }, 'day-closed'],
  ]);
  desk.close();
});

test('a count that cannot be is refused, and nothing is opened', async () => {
  const desk = await openedCounter();
  await desk.ask(at.ada, 'till.add', { name: 'Till 2', currencies: ['EUR', 'USD'] });
  const euro = (denominations: object) => [
    { currency: 'EUR', denominations },
    { currency: 'USD', denominations: {} },
  ];
  const open = (counts: object) => ({ till: 2, counts });
  await reasons(desk, [
    [at.ana, 'till.open', { till: 9, counts: nothing('EUR') }, 'till-unknown'],
    [at.ana, 'till.open', { till: 1, counts: nothing('EUR') }, 'till-is-vault'],
    [at.ana, 'till.open', open(nothing('EUR')), 'currency-not-counted'],
    [at.ana, 'till.open', open(nothing('EUR', 'USD', 'USD')), 'currency-twice'],
    [at.ana, 'till.open', open(nothing('EUR', 'USD', 'JPY')), 'currency-not-in-till'],
    [at.ana, 'till.open', open(euro({ 300: 1 })), 'unknown-face'],
    [at.ana, 'till.open', open(euro({ '010': 1 })), 'unknown-face'],
    [at.ana, 'till.open', open(euro({ 100: -1 })), 'bad-input'],
    [at.ana, 'till.open', open(euro({ 100: 1.5 })), 'bad-input'],
    [at.ana, 'till.pause', { till: 2 }, 'till-not-open'],
  ]);
  assert.equal(desk.counter.tills.till(2)?.state, 'closed');
  assert.equal(desk.counter.tills.till(2)?.purses.length, 0);
  desk.close();
});

test('one person has one till, and only its teller works it', async () => {
  const desk = await servingCounter();
  await desk.ask(at.ada, 'till.add', { name: 'Till 4', currencies: ['EUR'] });
  await reasons(desk, [
    [at.ana, 'till.open', { till: 4, counts: nothing('EUR') }, 'till-open-already'],
    [at.ben, 'till.open', { till: 2, counts: nothing('EUR', 'USD') }, 'till-open'],
    [at.ben, 'till.pause', { till: 2 }, 'till-not-yours'],
    [at.ben, 'till.beginCount', { till: 2 }, 'till-not-yours'],
    [at.ana, 'till.resume', { till: 2 }, 'till-open'],
    [at.ana, 'till.count', { till: 2, counts: nothing('EUR', 'USD') }, 'till-open'],
    [at.ana, 'till.close', { till: 2, count: 1 }, 'till-open'],
    [at.ana, 'till.cancelCount', { till: 2 }, 'till-open'],
  ]);
  await desk.ask(at.ana, 'till.pause', { till: 2 });
  const marta = { customer: 1, account: '10000004' };
  await reasons(desk, [
    [at.ana, 'till.pause', { till: 2 }, 'till-paused'],
    [at.ana, 'posting.post', { draft: deposit(marta, 100n, { 100: 1 }) }, 'unknown-account'],
  ]);
  await desk.ask(at.ana, 'till.resume', { till: 2 });
  assert.equal(desk.counter.tills.till(2)?.state, 'open');
  desk.close();
});

/** Sam decides with the code of the moment. */
async function approve(desk: TestCounter, approval: number): Promise<void> {
  await nextCode(desk);
  const { contentDigest } = await desk.ask(at.sam, 'approval.get', { approval });
  const decision = { approval, decision: 'approve', contentDigest, code: desk.code('sam') };
  await desk.ask(at.sam, 'approval.decide', decision);
}

test('a small difference at the opening goes to suspense at once', async () => {
  const desk = await openedCounter();
  const differenceTolerances = [{ currency: 'EUR', amountMinor: '3000' }];
  const policy = { ...testPolicy, differenceTolerances };
  await desk.ask(at.ada, 'policy.set', { policy, reason: 'thirty euros' });
  await desk.ask(at.ada, 'till.add', { name: 'Till 2', currencies: ['EUR'] });
  const counts = [{ currency: 'EUR', denominations: { 1000: 3 } }];
  const opened = await desk.ask(at.ana, 'till.open', { till: 2, counts });
  assert.ok(opened.state === 'open');
  assert.deepEqual(
    opened.differences.map((each) => [each.expectedMinor, each.differenceMinor]),
    [['0', '3000']],
  );
  assert.equal(desk.ledger.accountByNumber('CASHOVEREUR')?.postedMinor, -3000n);
  desk.close();
});

test('a large difference at the opening waits for a supervisor, and the till stays closed', async () => {
  const desk = await openedCounter();
  await desk.ask(at.ada, 'till.add', { name: 'Till 2', currencies: ['EUR'] });
  const counts = [{ currency: 'EUR', denominations: { 1000: 3 } }];
  const asked = await desk.ask(at.ana, 'till.open', { till: 2, counts });
  assert.ok(asked.state === 'parked');
  assert.equal(desk.counter.tills.till(2)?.state, 'closed');
  const twice = await desk.fault(at.ben, 'till.open', { till: 2, counts });
  assert.equal(twice.reason, 'open-waiting');
  const early = await desk.fault(at.ana, 'approval.resume', { approval: asked.approval });
  assert.equal(early.reason, 'approval-waiting');
  await approve(desk, asked.approval);
  const done = await desk.ask(at.ana, 'approval.resume', { approval: asked.approval });
  assert.notEqual(done.journal, null);
  assert.equal(desk.counter.tills.till(2)?.state, 'open');
  assert.equal(desk.counter.tills.till(2)?.teller, desk.staff.byUser('ana')?.id);
  assert.equal(desk.ledger.accountByNumber('CASHOVEREUR')?.postedMinor, -3000n);
  assert.equal(desk.ledger.accountByNumber('TILL2EUR')?.postedMinor, 3000n);
  desk.close();
});

/** Everything a teller can ask that might tell what is in the till. */
async function askEverything(
  desk: TestCounter,
  served: { customer: number; account: string },
  other: { customer: number; account: string },
  journal: number,
): Promise<string> {
  const replacement = deposit(served, 100n, { 100: 1 });
  const drafts = [
    deposit(served, 5_000n, { 5000: 1 }),
    withdrawal(served, 5_000n),
    withdrawal(served, 900_000_000n),
    transfer(served, other, 700n),
    { task: 'cash.exchange', currency: 'EUR', received: { 5000: 1 }, given: {} },
    { task: 'journal.reversal', journal, reason: 'is a mistake' },
    { task: 'journal.correction', journal, reason: 'is a mistake', replacement },
    { task: 'basket', items: [replacement, withdrawal(served, 900_000n)] },
  ];
  const asked: [Parameters<TestCounter['send']>[1], object][] = [
    ...drafts.flatMap((draft): [Parameters<TestCounter['send']>[1], object][] => [
      ['posting.preview', { draft }],
      ['posting.post', { draft }],
    ]),
    ['till.list', {}],
    ['till.need', { till: 2 }],
    ['session.state', {}],
    ['day.state', {}],
    ['day.blockers', {}],
    ['movement.list', {}],
    ['journal.list', {}],
    ['journal.get', { journal }],
    ['receipt.get', { journal }],
    ['approval.list', { scope: 'own' }],
    ['ledger.trialBalance', {}],
    ['log.list', {}],
    ['account.get', { number: 'TILL2EUR' }],
    ['account.statement', { number: 'TILL2EUR' }],
    ['policy.get', {}],
    ['movement.offer', { from: 2, to: 1, currency: 'EUR', denominations: { 10000: 900 } }],
    ['movement.request', { from: 1, to: 2, currency: 'EUR', denominations: { 10000: 1 } }],
    ['till.count', { till: 2, counts: nothing('EUR') }],
    ['till.close', { till: 2, count: 1 }],
    ['till.open', { till: 3, counts: nothing('EUR', 'USD') }],
    ['customer.get', { customer: served.customer }],
  ];
  const replies: unknown[] = [];
  for (const [name, input] of asked) replies.push(await desk.send(at.ana, name, input));
  return JSON.stringify(replies);
}

test('a count is blind: nothing the teller can ask holds the figure before the count is in', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const jonas = await customerWith(desk, 'Jonas', { empty: true });
  const draft = deposit(marta, 34_700n, { 10000: 3, 2000: 2, 500: 1, 200: 1 });
  const posted = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(posted.state === 'posted');
  const figure = floatMinor + 34_700n;
  assert.equal(desk.ledger.accountByNumber('TILL2EUR')?.postedMinor, figure);
  const shown = [String(figure), formatAmount(figure, 'EUR')];
  const seen = (text: string) => shown.some((each) => text.includes(each));

  const before = JSON.stringify(await desk.send(at.ana, 'till.list', {}));
  assert.ok(seen(before), 'while the till is open its teller sees the figure');
  await desk.ask(at.ana, 'till.beginCount', { till: 2 });
  const mark = desk.pushes.length;
  const replies = await askEverything(desk, marta, jonas, posted.journal);
  assert.ok(!seen(replies), 'no answer holds the figure');
  const heard = JSON.stringify(desk.pushes.slice(mark).filter((each) => each.window === at.ana));
  assert.ok(!seen(heard), 'no push holds the figure');
  const watched = JSON.stringify(await desk.send(at.sam, 'till.list', {}));
  assert.ok(seen(watched), 'the supervisor, who does not count, sees it');

  const counts = [{ currency: 'EUR', denominations: float }, ...nothing('USD')];
  const once = await desk.send(at.ana, 'till.count', { till: 2, counts });
  assert.ok(!seen(JSON.stringify(once)), 'the first answer says only that it does not agree');
  assert.ok(once.ok);
  const first = once.output as CountResult;
  assert.deepEqual([first.balanced, first.disclosed, first.differences], [false, false, []]);
  assert.ok(!seen(await askEverything(desk, marta, jonas, posted.journal)), 'still blind');
  const hasty = await desk.fault(at.ana, 'till.close', { till: 2, count: first.count });
  assert.equal(hasty.reason, 'count-once-more');
  const counted = await desk.ask(at.ana, 'till.count', { till: 2, counts });
  assert.equal(counted.disclosed, true);
  assert.deepEqual(
    counted.differences.map((each) => [each.expectedMinor, each.countedMinor]),
    [[String(figure), String(floatMinor)]],
  );
  const found = desk.counter.tills.count(counted.count);
  assert.deepEqual(found?.lines[0]?.counted, float, 'the count is kept');
  const purse = desk.ledger.accountByNumber('TILL2EUR')?.id ?? 0;
  assert.deepEqual(found?.lines[0]?.expected, desk.ledger.pieces(purse), 'so is the ledger');
  desk.close();
});

test('a count that knows the figures is kept as such, and its close is decided by two', async () => {
  const desk = await servingCounter();
  const missing = { ...float, 500: 79 };
  const count = async (denominations: object) => {
    const counts = [{ currency: 'EUR', denominations }, ...nothing('USD')];
    const { count: seq } = await desk.ask(at.ana, 'till.count', { till: 2, counts });
    return { seq, blind: desk.counter.tills.count(seq)?.blind };
  };
  await desk.ask(at.ana, 'till.beginCount', { till: 2 });
  assert.equal((await count(missing)).blind, true);
  assert.equal((await count(missing)).blind, true);
  const third = await count(float);
  assert.equal(third.blind, false, 'after the figures were told');
  const close = { till: 2, count: third.seq, explanation: 'found it' };
  const asked = await desk.ask(at.ana, 'till.close', close);
  assert.ok(asked.state === 'parked');
  const { reasons: why } = await desk.ask(at.sam, 'approval.get', { approval: asked.approval });
  assert.deepEqual(
    why.map((each) => each.message),
    ['Till 2 was counted again after its figures were known; the first count was 5.00 EUR short'],
  );
  await desk.ask(at.ana, 'approval.withdraw', { approval: asked.approval });
  await desk.ask(at.ana, 'till.cancelCount', { till: 2 });
  await desk.ask(at.ana, 'till.beginCount', { till: 2 });
  assert.equal((await count(float)).blind, false, 'breaking off in between is no way round');
  desk.close();
});

test('the till of somebody who is not there is counted by two others and closed', async () => {
  const desk = await servingCounter();
  const counts = [{ currency: 'EUR', denominations: { ...float, 500: 79 } }, ...nothing('USD')];
  const input = async (user: 'sam' | 'rita') => ({
    ...{ till: 2, counts, reason: 'gone home ill', second: await second(desk, user) },
  });
  await reasons(desk, [
    [at.ana, 'till.forceClose', await input('rita'), 'role-missing'],
    [at.sam, 'till.forceClose', await input('sam'), 'same-person'],
    [at.sam, 'till.forceClose', { ...(await input('rita')), till: 1 }, 'till-is-vault'],
  ]);
  const own = { user: 'ana', password: `${goodPassword} ana` };
  const present = await desk.fault(at.sam, 'till.forceClose', {
    ...(await input('rita')),
    second: own,
  });
  assert.equal(present.reason, 'teller-is-here');
  const result = await desk.ask(at.sam, 'till.forceClose', await input('rita'));
  assert.equal(result.differences[0]?.differenceMinor, '-500');
  assert.equal(desk.counter.tills.till(2)?.state, 'closed');
  assert.equal(desk.ledger.accountByNumber('CASHSHORTEUR')?.postedMinor, 500n);
  const kept = desk.counter.tills.count(result.count);
  assert.equal(kept?.second, desk.staff.byUser('rita')?.id);
  const again = await desk.fault(at.sam, 'till.forceClose', await input('rita'));
  assert.equal(again.reason, 'till-closed');
  desk.close();
});

test('the detective names the deposit that was entered and never put into the till', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const notes = { 10000: 3, 2000: 2, 500: 1, 200: 1 };
  const posted = await desk.ask(at.ana, 'posting.post', { draft: deposit(marta, 34_700n, notes) });
  assert.ok(posted.state === 'posted');
  await desk.ask(at.ana, 'till.beginCount', { till: 2 });
  const counts = [{ currency: 'EUR', denominations: float }, ...nothing('USD')];
  await desk.ask(at.ana, 'till.count', { till: 2, counts });
  const { differences } = await desk.ask(at.ana, 'till.count', { till: 2, counts });
  const suspected = differences[0]?.causes.slice(0, 3).map((cause) => cause.journal);
  assert.ok(suspected?.includes(posted.journal), JSON.stringify(differences));
  desk.close();
});

test('a close goes by the last count only, and waits for unfinished business', async () => {
  const desk = await servingCounter();
  await desk.ask(at.ana, 'till.beginCount', { till: 2 });
  const counts = [{ currency: 'EUR', denominations: float }, ...nothing('USD')];
  const first = await desk.ask(at.ana, 'till.count', { till: 2, counts });
  const last = await desk.ask(at.ana, 'till.count', { till: 2, counts });
  await reasons(desk, [
    [at.ana, 'till.close', { till: 2, count: first.count }, 'count-stale'],
    [at.ben, 'till.close', { till: 2, count: last.count }, 'till-not-yours'],
    [at.ana, 'till.close', { till: 2, count: 99_999 }, 'count-stale'],
  ]);
  await desk.ask(at.ana, 'till.close', { till: 2, count: last.count });
  const again = await desk.fault(at.ana, 'till.close', { till: 2, count: last.count });
  assert.equal(again.reason, 'till-not-open');

  const ask = { from: 1, to: 3, currency: 'EUR', denominations: { 10000: 1 } };
  await desk.ask(at.ben, 'movement.request', ask);
  await desk.ask(at.ben, 'till.beginCount', { till: 3 });
  const { count } = await desk.ask(at.ben, 'till.count', { till: 3, counts });
  assert.equal(
    (await desk.fault(at.ben, 'till.close', { till: 3, count })).reason,
    'movement-pending',
  );
  desk.close();
});

test('a surprise count books nothing and is nobody’s own', async () => {
  const desk = await servingCounter();
  const counts = [{ currency: 'EUR', denominations: { ...float, 10000: 59 } }, ...nothing('USD')];
  const before = desk.ledger.trialBalance();
  const found = await desk.ask(at.sam, 'till.surpriseCount', { till: 2, counts });
  assert.deepEqual(
    found.differences.map((each) => each.differenceMinor),
    ['-10000'],
  );
  assert.deepEqual(desk.ledger.trialBalance(), before);
  assert.equal(desk.counter.tills.lastCount(2)?.purpose, 'surprise');
  const own = await desk.fault(at.ana, 'till.surpriseCount', { till: 2, counts });
  assert.equal(own.reason, 'role-missing');
  desk.close();
});
