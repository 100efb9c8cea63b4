// Holds approvals where two people act at once, where the decider is concerned, and where notes come with what has none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  customerWith,
  deposit,
  nextCode,
  servingCounter,
  type TestCounter,
  testPolicy,
  transfer,
  withdrawal,
} from './counter-fixture.ts';
import { enrol, goodPassword, type TestDesk } from './session-fixture.ts';

async function decision(desk: TestCounter, approval: number, user: 'sam' | 'rita' = 'sam') {
  await nextCode(desk);
  const { contentDigest } = await desk.ask(at.sam, 'approval.get', { approval });
  return { approval, decision: 'approve', contentDigest, code: desk.code(user) };
}

/** A branch in which everything but what `more` allows needs a second person. */
async function strictCounter(more: object = {}): Promise<TestCounter> {
  const desk = await servingCounter();
  const policy = { ...testPolicy, roleLimits: [], ...more };
  await desk.ask(at.ada, 'policy.set', { policy, reason: 'everything asks' });
  return desk;
}

async function parked(desk: TestCounter, draft: object, window: number = at.ana): Promise<number> {
  const reply = await desk.ask(window, 'posting.post', { draft });
  assert.ok(reply.state === 'parked');
  return reply.approval;
}

test('of two supervisors who decide at once one has decided, and is the one on record', async () => {
  const desk = await servingCounter();
  const jonas = await customerWith(desk, 'Jonas');
  const { policy } = await desk.ask(at.ada, 'policy.get');
  const strict = { ...(policy as object), roleLimits: [] };
  await desk.ask(at.ada, 'policy.set', { policy: strict, reason: 'everything asks' });
  const approval = await parked(desk, withdrawal(jonas, 10_000n));
  const yes = await decision(desk, approval);
  const no = { ...yes, decision: 'decline', code: desk.code('rita') };
  const replies = await Promise.all([
    desk.send(at.sam, 'approval.decide', yes),
    desk.send(at.rita, 'approval.decide', no),
  ]);
  assert.deepEqual(replies.map((reply) => reply.ok).sort(), [false, true]);
  assert.equal(desk.events('approval.decided').length, 1);
  desk.close();
});

test('the lists hold what they say: what waits, what is one’s own, what was decided', async () => {
  const desk = await strictCounter();
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const first = await parked(desk, deposit(marta, 5_000n, { 5000: 1 }));
  const second = await parked(desk, deposit(marta, 10_000n, { 10000: 1 }));
  await desk.ask(at.sam, 'approval.decide', await decision(desk, first));
  const listed = async (window: number, scope: string) => {
    const { approvals } = await desk.ask(window, 'approval.list', { scope });
    return approvals.map((each) => [each.approval, each.state]);
  };
  assert.deepEqual(await listed(at.sam, 'waiting'), [[second, 'waiting']]);
  assert.deepEqual(await listed(at.sam, 'decided'), [[first, 'approved']]);
  assert.deepEqual(await listed(at.sam, 'own'), []);
  assert.deepEqual(await listed(at.ben, 'decided'), [], 'a colleague does not see them');
  assert.equal((await listed(at.ana, 'own')).length, 2);
  desk.close();
});

test('notes counted out with what pays none out are refused; a correction’s withdrawal takes them', async () => {
  const desk = await strictCounter();
  const jonas = await customerWithMoney(desk);
  const cash = deposit(jonas, 5_000n, { 5000: 1 });
  const approval = await parked(desk, cash);
  await desk.ask(at.sam, 'approval.decide', await decision(desk, approval));
  const resume = (asked: number, denominations?: object) =>
    desk.send(at.ana, 'approval.resume', { approval: asked, denominations });
  const wrong = await resume(approval, { 5000: 1 });
  assert.equal(!wrong.ok && wrong.fault.reason, 'denominations-not-due');
  assert.ok((await resume(approval)).ok);

  const paid = await parked(desk, withdrawal(jonas, 5_000n));
  await desk.ask(at.sam, 'approval.decide', await decision(desk, paid));
  const done = await resume(paid, { 5000: 1 });
  assert.ok(done.ok);
  const { journal } = done.output as { journal: number };
  const replacement = withdrawal(jonas, 10_000n);
  const draft = { task: 'journal.correction', journal, reason: 'is a mistake', replacement };
  const corrected = await parked(desk, draft);
  await desk.ask(at.sam, 'approval.decide', await decision(desk, corrected));
  assert.ok((await resume(corrected, { 5000: 2 })).ok);
  const posted = desk.ledger.accountByNumber(jonas.account)?.postedMinor;
  assert.equal(posted, -(500_000n + 5_000n - 10_000n));
  desk.close();
});

/** Jonas with 5,000.00, posted where everything waits. */
async function customerWithMoney(desk: TestCounter) {
  const jonas = await customerWith(desk, 'Jonas', { empty: true });
  const approval = await parked(desk, deposit(jonas, 500_000n, { 5000: 100 }));
  await desk.ask(at.sam, 'approval.decide', await decision(desk, approval));
  await desk.ask(at.ana, 'approval.resume', { approval });
  return jonas;
}

test('a supervisor approves no item of a basket above what a supervisor may', async () => {
  const limit = (softMinor: string, hardMinor: string | null) => ({
    ...{ role: 'supervisor', task: 'cash.deposit', currency: 'EUR', softMinor, hardMinor },
  });
  const desk = await strictCounter({ roleLimits: [limit('1000', '9999')] });
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const items = [deposit(marta, 5_000n, { 5000: 1 }), deposit(marta, 10_000n, { 10000: 1 })];
  const approval = await parked(desk, { task: 'basket', items });
  const input = await decision(desk, approval);
  assert.equal((await desk.fault(at.sam, 'approval.decide', input)).reason, 'over-hard-limit');
  const small = await parked(desk, { task: 'basket', items: [items[0], items[0]] });
  await desk.ask(at.sam, 'approval.decide', await decision(desk, small));
  desk.close();
});

test('a supervisor decides nothing that touches their own account, on either side of it', async () => {
  const desk = await strictCounter();
  const jonas = await customerWithMoney(desk);
  const vera = await customerWith(desk, 'Vera', { empty: true });
  const password = 'temporary words 7';
  const added = { user: 'vera', name: 'Vera Example', roles: ['supervisor'], password };
  await desk.ask(at.ada, 'staff.add', { ...added, customer: vera.customer });
  const own = `${goodPassword} vera`;
  await desk.ask(at.nobody, 'session.open', { user: 'vera', password });
  await desk.ask(at.nobody, 'session.changePassword', { current: password, next: own });
  await enrol(desk as unknown as TestDesk, at.nobody);
  const decides = async (approval: number) => {
    const input = { ...(await decision(desk, approval)), code: desk.code('vera') };
    const reply = await desk.send(at.nobody, 'approval.decide', input);
    return reply.ok ? 'decided' : reply.fault.reason;
  };
  const toVera = await parked(desk, transfer(jonas, vera, 1_000n));
  assert.equal(await decides(toVera), 'own-account');
  const cash = await parked(desk, deposit(vera, 5_000n, { 5000: 1 }));
  assert.equal(await decides(cash), 'own-account');
  const other = await parked(desk, deposit(jonas, 5_000n, { 5000: 1 }));
  assert.equal(await decides(other), 'decided');
  desk.close();
});

test('a supervisor clears away what has run out, also what was approved; nobody else does', async () => {
  const desk = await strictCounter({ approvalMinutes: 60 });
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const approval = await parked(desk, deposit(marta, 5_000n, { 5000: 1 }));
  await desk.ask(at.sam, 'approval.decide', await decision(desk, approval));
  const withdraw = async (window: number) => {
    const reply = await desk.send(window, 'approval.withdraw', { approval });
    return reply.ok ? 'withdrawn' : reply.fault.reason;
  };
  assert.equal(await withdraw(at.rita), 'not-your-approval', 'it has not run out');
  for (let minutes = 0; minutes < 62; minutes += 4) {
    desk.clock.pass(4 * 60_000);
    for (const window of Object.values(at)) await desk.send(window, 'session.touch', {});
  }
  assert.equal(await withdraw(at.ben), 'not-your-approval');
  assert.equal(await withdraw(at.rita), 'withdrawn');
  desk.close();
});

test('a request is read by who made it and who may decide or watch, not by a colleague', async () => {
  const desk = await strictCounter();
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const approval = await parked(desk, deposit(marta, 5_000n, { 5000: 1 }));
  for (const window of [at.ana, at.sam, at.cora, at.otto]) {
    assert.equal((await desk.ask(window, 'approval.get', { approval })).approval, approval);
  }
  const colleague = await desk.fault(at.ben, 'approval.get', { approval });
  assert.equal(colleague.reason, 'approval-not-yours');
  desk.close();
});
