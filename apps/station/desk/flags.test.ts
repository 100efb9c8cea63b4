// Proves that the rules see what was posted: cash added up over persons, tills and days, and nothing taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  customerWith,
  deposit,
  nextCode,
  type Served,
  servingCounter,
  type TestCounter,
  transfer,
  withdrawal,
} from './counter-fixture.ts';

async function flagsOf(desk: TestCounter, window: number, draft: object): Promise<string[]> {
  const { flags, outcome } = await desk.ask(window, 'posting.preview', { draft });
  assert.notEqual(outcome, 'refused');
  return flags.filter((flag) => flag.needs === 'approval').map((flag) => flag.rule);
}

test('cash adds up over tills and over who stands at the desk, and a reversal takes it out again', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const jonas = await customerWith(desk, 'Jonas', { empty: true });
  const six = deposit(marta, 600_000n, { 10000: 60 });
  const first = await desk.ask(at.ana, 'posting.post', { draft: six });
  assert.ok(first.state === 'posted');
  assert.deepEqual(await flagsOf(desk, at.ben, deposit(marta, 400_000n, { 10000: 40 })), []);
  const more = deposit(marta, 400_100n, { 10000: 40, 100: 1 });
  assert.deepEqual(await flagsOf(desk, at.ben, more), ['over-reporting-threshold']);
  const broughtBy = { ...more, account: jonas.account };
  assert.deepEqual(await flagsOf(desk, at.ben, broughtBy), ['over-reporting-threshold']);
  const { runningCash } = await desk.ask(at.ben, 'posting.preview', { draft: more });
  assert.deepEqual(
    runningCash.map((each) => [each.amountMinor, each.thresholdMinor]),
    [['1000100', '1000000']],
  );
  const reversal = { task: 'journal.reversal', journal: first.journal, reason: 'wrong customer' };
  await desk.ask(at.ana, 'posting.post', { draft: reversal });
  assert.deepEqual(await flagsOf(desk, at.ben, more), []);
  desk.close();
});

test('several just under the threshold are read out as one series', async () => {
  const desk = await servingCounter();
  const jonas = await customerWith(desk, 'Jonas', { empty: true });
  await desk.ask(at.ana, 'posting.post', { draft: deposit(jonas, 750_000n, { 10000: 75 }) });
  const draft = deposit(jonas, 980_000n, { 10000: 98 });
  const { flags } = await desk.ask(at.ana, 'posting.preview', { draft });
  const series = flags.find((flag) => flag.rule === 'structuring');
  assert.match(series?.message ?? '', /^structuring-like: 17,300\.00 EUR in 1 day \(2 deposits/);
  desk.close();
});

async function sleeping(desk: TestCounter, served: Served): Promise<void> {
  const account = desk.ledger.accountByNumber(served.account)?.id ?? 0;
  const states = [{ account, state: 'dormant' as const }];
  desk.ledger.write(() =>
    desk.ledger.append({ type: 'account.state-changed', actor: 'system', data: { states } }),
  );
}

test('a dormant account wakes by a supervisor’s leave, and only when it is posted to', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta');
  const jonas = await customerWith(desk, 'Jonas', { empty: true });
  await sleeping(desk, marta);
  const draft = transfer(marta, jonas, 1_000n);
  assert.deepEqual(await flagsOf(desk, at.ana, draft), ['dormant-waking']);
  const posted = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(posted.state === 'parked');
  assert.equal(desk.ledger.accountByNumber(marta.account)?.state, 'dormant');
  await nextCode(desk);
  const { contentDigest } = await desk.ask(at.sam, 'approval.get', { approval: posted.approval });
  await desk.ask(at.sam, 'approval.decide', {
    ...{ approval: posted.approval, decision: 'approve', contentDigest, code: desk.code('sam') },
  });
  await desk.ask(at.ana, 'approval.resume', { approval: posted.approval });
  const account = desk.ledger.accountByNumber(marta.account);
  assert.deepEqual([account?.state, account?.postedMinor], ['open', -499_000n]);
  desk.close();
});

test('many withdrawals are counted per account', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta');
  const { policy } = await desk.ask(at.ada, 'policy.get');
  const many = { ...(policy as object), manyWithdrawals: { count: 3, days: 1 } };
  await desk.ask(at.ada, 'policy.set', { policy: many, reason: 'three are many' });
  for (let times = 0; times < 2; times += 1) {
    const reply = await desk.ask(at.ana, 'posting.post', { draft: withdrawal(marta, 5_000n) });
    assert.equal(reply.state, 'posted');
  }
  assert.deepEqual(await flagsOf(desk, at.ana, withdrawal(marta, 5_000n)), ['many-withdrawals']);
  desk.close();
});
