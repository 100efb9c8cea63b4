// Attacks the policy: set whole or not at all, with a reason, by an administrator, and in force at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  customerWith,
  nothing,
  openCounter,
  servingCounter,
  staffedCounter,
  testPolicy,
  transfer,
} from './counter-fixture.ts';

test('a policy that is not whole changes nothing', async () => {
  const desk = await staffedCounter();
  const before = await desk.ask(at.ada, 'policy.get');
  const [limit] = testPolicy.roleLimits;
  const reason = 'a test';
  const cases: [number, object, string][] = [
    [at.sam, { policy: testPolicy, reason }, 'role-missing'],
    [at.ada, { policy: testPolicy, reason }, 'policy-same'],
    [at.ada, { policy: testPolicy, reason: '' }, 'bad-input'],
    [at.ada, { policy: {}, reason }, 'policy-invalid'],
    [at.ada, { policy: null, reason }, 'policy-invalid'],
    [at.ada, { policy: { ...testPolicy, more: 1 }, reason }, 'policy-invalid'],
    [at.ada, { policy: { ...testPolicy, roleLimits: [limit, limit] }, reason }, 'policy-invalid'],
    [at.ada, { policy: { ...testPolicy, dormantDays: 0 }, reason }, 'policy-invalid'],
    [at.ada, { policy: { ...testPolicy, approvalMinutes: 1.5 }, reason }, 'not-recordable'],
  ];
  for (const [window, input, expected] of cases) {
    const fault = await desk.fault(window, 'policy.set', input);
    assert.equal(fault.reason, expected, fault.message);
    if (expected === 'policy-invalid') assert.match(fault.field ?? '', /^policy/);
  }
  assert.deepEqual(await desk.ask(at.ada, 'policy.get'), before);
  desk.close();
});

test('a new policy is in force at once, and after a restart', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta');
  const jonas = await customerWith(desk, 'Jonas', { empty: true });
  const draft = transfer(marta, jonas, 10_000n);
  const free = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.deepEqual([free.outcome, free.fees], ['post', []]);
  const fee = {
    ...{ task: 'transfer', currency: 'EUR', fromMinor: '0', flatMinor: '100', basisPoints: 0 },
    ...{ minMinor: '0', maxMinor: null },
  };
  await desk.ask(at.ada, 'policy.set', { policy: { ...testPolicy, fees: [fee] }, reason: 'a fee' });
  const dear = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.deepEqual(
    dear.fees.map((each) => each.amountMinor),
    ['100'],
  );
  desk.close(true);
  const again = openCounter({ folder: desk.folder, clock: desk.clock });
  assert.equal(again.counter.policies.policy().fees[0]?.flatMinor, 100n);
  again.close();
});

test('a difference within the tolerance closes without a supervisor', async () => {
  const desk = await servingCounter();
  const policy = { ...testPolicy, differenceTolerances: [{ currency: 'EUR', amountMinor: '500' }] };
  await desk.ask(at.ada, 'policy.set', { policy, reason: 'five euros' });
  for (const [missing, state] of [
    [1, 'closed'],
    [2, 'parked'],
  ] as const) {
    const [till, window] = missing === 1 ? [2, at.ana] : [3, at.ben];
    await desk.ask(window, 'till.beginCount', { till });
    const purse = desk.ledger.accountByNumber(`TILL${till}EUR`)?.id ?? 0;
    const held = desk.ledger.pieces(purse);
    const denominations = { ...held, 500: (held['500'] ?? 0) - missing };
    const counts = [{ currency: 'EUR', denominations }, ...nothing('USD')];
    await desk.ask(window, 'till.count', { till, counts });
    const { count } = await desk.ask(window, 'till.count', { till, counts });
    const closed = await desk.ask(window, 'till.close', { till, count });
    assert.equal(closed.state, state);
  }
  const waiting = await desk.fault(at.ben, 'till.cancelCount', { till: 3 });
  assert.equal(waiting.reason, 'close-waiting');
  const [row] = desk.counter.approvals.open();
  await desk.ask(at.ben, 'approval.withdraw', { approval: row?.approval ?? 0 });
  await desk.ask(at.ben, 'till.cancelCount', { till: 3 });
  assert.equal(desk.counter.tills.till(3)?.state, 'open');
  desk.close();
});

test('what has run out is cleared away by a supervisor, so that nobody’s absence keeps the branch open', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta');
  const jonas = await customerWith(desk, 'Jonas', { empty: true });
  await desk.ask(at.ada, 'policy.set', {
    policy: { ...testPolicy, roleLimits: [] },
    reason: 'all',
  });
  const posted = await desk.ask(at.ana, 'posting.post', { draft: transfer(marta, jonas, 100n) });
  assert.ok(posted.state === 'parked');
  const { approval } = posted;
  const early = await desk.fault(at.sam, 'approval.withdraw', { approval });
  assert.equal(early.reason, 'not-your-approval');
  for (let passed = 0; passed < 61; passed += 4) {
    desk.clock.pass(4 * 60_000);
    await desk.ask(at.sam, 'session.touch');
  }
  await desk.ask(at.sam, 'approval.withdraw', { approval });
  assert.equal(desk.ledger.accountByNumber(marta.account)?.heldDebitMinor, 0n);
  desk.close();
});
