// Attacks approvals: nobody decides their own, nothing but the approved is posted, nothing twice, nothing late.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from 'better-sqlite3';
import { valueMinor } from '#station/bank/denominations.ts';
import {
  at,
  customerWith,
  deposit,
  nextCode,
  openCounter,
  type Served,
  servingCounter,
  type TestCounter,
  transfer,
  withdrawal,
} from './counter-fixture.ts';
import { goodPassword } from './session-fixture.ts';

const million = 1_000_000n;

/** Jonas has 25,000.00, and asks for 11,000.00 in cash at ana's till. */
async function parkedWithdrawal(): Promise<{
  desk: TestCounter;
  jonas: Served;
  approval: number;
}> {
  const desk = await servingCounter();
  const jonas = await customerWith(desk, 'Jonas');
  for (const window of [at.ana, at.ben]) {
    const draft = deposit(jonas, million, { 10000: 100 });
    const reply = await desk.ask(window, 'posting.post', { draft });
    if (reply.state !== 'parked') continue;
    await decide(desk, reply.approval, 'approve');
    await desk.ask(window, 'approval.resume', { approval: reply.approval });
  }
  const posted = await desk.ask(at.ana, 'posting.post', { draft: withdrawal(jonas, 1_100_000n) });
  assert.ok(posted.state === 'parked');
  return { desk, jonas, approval: posted.approval };
}

async function card(desk: TestCounter, approval: number) {
  return desk.ask(at.sam, 'approval.get', { approval });
}

async function decision(desk: TestCounter, approval: number, user: 'sam' | 'rita' = 'sam') {
  await nextCode(desk);
  const { contentDigest } = await card(desk, approval);
  return { approval, decision: 'approve', contentDigest, code: desk.code(user), comment: 'seen' };
}

async function decide(desk: TestCounter, approval: number, how: 'approve' | 'decline') {
  const input = { ...(await decision(desk, approval)), decision: how };
  return desk.ask(at.sam, 'approval.decide', input);
}

const available = (desk: TestCounter, { account }: Served) =>
  desk.ledger.accountByNumber(account)?.availableDebitMinor;

test('what waits holds the money, shows its reasons, and reaches the supervisors at once', async () => {
  const { desk, jonas, approval } = await parkedWithdrawal();
  assert.equal(available(desk, jonas), 2_500_000n - 1_100_000n);
  assert.equal(desk.ledger.accountByNumber('TILL2EUR')?.heldCreditMinor, 1_100_000n);
  for (const window of [at.sam, at.rita]) {
    const heard = desk.heard(window, 'approval.waiting').at(-1)?.push.payload;
    assert.equal((heard as { approval: number }).approval, approval);
  }
  assert.equal(desk.heard(at.ben, 'approval.waiting').length, 0);
  const shown = await card(desk, approval);
  assert.deepEqual(shown.reasons.map((reason) => reason.rule).sort(), [
    ...['over-reporting-threshold', 'over-role-limit'],
  ]);
  assert.equal(shown.mine, true);
  assert.ok(shown.history.length >= 2);
  assert.deepEqual(
    shown.balances.map((each) => [each.beforeMinor, each.afterMinor]),
    [['2500000', '1400000']],
  );
  const queue = await desk.ask(at.ana, 'approval.list', { scope: 'own' });
  assert.deepEqual(queue.approvals.map((each) => [each.approval, each.mine]).at(0), [
    approval,
    false,
  ]);
  desk.close();
});

test('what is held cannot be spent a second time', async () => {
  const { desk, jonas } = await parkedWithdrawal();
  const other = await customerWith(desk, 'Marta', { empty: true });
  const rest = await desk.fault(at.ben, 'posting.post', {
    draft: transfer(jonas, other, 1_400_001n),
  });
  assert.equal(rest.reason, 'not-enough-available');
  const marta = await customerWith(desk, 'Rosa');
  const till = desk.ledger.accountByNumber('TILL2EUR');
  const free = (till?.postedMinor ?? 0n) - 1_100_000n;
  const draft = deposit(marta, 400_000n, { 10000: 40 });
  await desk.ask(at.ana, 'posting.post', { draft });
  const much = { draft: withdrawal(marta, free + 400_000n + 500n) };
  const preview = await desk.ask(at.ana, 'posting.preview', much);
  assert.equal(preview.outcome, 'refused');
  desk.close();
});

test('who may not decide does not, and what was not on the screen is not decided', async () => {
  const { desk, jonas, approval } = await parkedWithdrawal();
  const input = await decision(desk, approval);
  const cases: [number, object, string][] = [
    [at.ana, input, 'role-missing'],
    [at.cora, input, 'role-missing'],
    [at.nobody, input, 'not-signed-in'],
    [at.sam, { ...input, contentDigest: '0'.repeat(64) }, 'approval-stale'],
    [at.sam, { ...input, contentDigest: input.contentDigest.toUpperCase() }, 'bad-input'],
    [at.sam, { ...input, approval: 1 }, 'approval-unknown'],
    [at.sam, { ...input, code: '000000' }, 'code-wrong'],
    [at.sam, { ...input, decision: 'post' }, 'bad-input'],
  ];
  for (const [window, asked, reason] of cases) {
    const fault = await desk.fault(window, 'approval.decide', asked);
    if (reason === 'code-wrong') assert.match(fault.message, /code/);
    else assert.equal(fault.reason, reason, fault.message);
  }
  assert.equal((await card(desk, approval)).state, 'waiting');
  assert.equal(available(desk, jonas), 1_400_000n);
  desk.close();
});

test('nobody decides their own, whatever roles they hold', async () => {
  const desk = await servingCounter();
  const jonas = await customerWith(desk, 'Jonas');
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const { policy } = await desk.ask(at.ada, 'policy.get');
  const limits = { ...(policy as object), roleLimits: [] };
  await desk.ask(at.ada, 'policy.set', { policy: limits, reason: 'everything asks' });
  const posted = await desk.ask(at.sam, 'posting.post', { draft: transfer(jonas, marta, 100n) });
  assert.ok(posted.state === 'parked');
  const own = await desk.fault(at.sam, 'approval.decide', await decision(desk, posted.approval));
  assert.equal(own.reason, 'own-approval');
  const input = await decision(desk, posted.approval, 'rita');
  assert.equal((await desk.ask(at.rita, 'approval.decide', input)).state, 'approved');
  desk.close();
});

test('a decision counts once; the code that made it makes no other', async () => {
  const { desk, approval } = await parkedWithdrawal();
  const input = await decision(desk, approval);
  await desk.ask(at.sam, 'approval.decide', input);
  const again = await desk.fault(at.sam, 'approval.decide', { ...input, decision: 'decline' });
  assert.equal(again.reason, 'approval-approved');
  const posted = await desk.ask(at.ana, 'posting.post', {
    draft: deposit(await customerWith(desk, 'Rosa'), 1_500_000n, { 10000: 150 }),
  });
  assert.ok(posted.state === 'parked');
  const { contentDigest } = await card(desk, posted.approval);
  const replay = { ...input, approval: posted.approval, contentDigest };
  const spent = await desk.fault(at.sam, 'approval.decide', replay);
  assert.match(spent.message, /used before/);
  desk.close();
});

test('an approved withdrawal is posted as approved, by its teller, once, with the notes counted now', async () => {
  const { desk, jonas, approval } = await parkedWithdrawal();
  await decide(desk, approval, 'approve');
  const heard = desk.heard(at.ana, 'approval.decided').at(-1)?.push.payload;
  assert.deepEqual((heard as { state: string }).state, 'approved');
  const faults: [number, object, string][] = [
    [at.ben, { approval, denominations: { 10000: 110 } }, 'not-your-approval'],
    [at.ana, { approval, denominations: { 10000: 109 } }, 'denominations-do-not-add-up'],
    [at.ana, { approval, denominations: { 50000: 22 } }, 'not-in-till'],
  ];
  for (const [window, input, reason] of faults) {
    assert.equal((await desk.fault(window, 'approval.resume', input)).reason, reason);
  }
  const done = await desk.ask(at.ana, 'approval.resume', {
    ...{ approval, denominations: { 10000: 110 } },
  });
  assert.ok(done.journal && done.receiptCode);
  assert.deepEqual(
    [available(desk, jonas), desk.ledger.accountByNumber('TILL2EUR')?.heldCreditMinor],
    [...[1_400_000n, 0n]],
  );
  const view = await desk.ask(at.otto, 'journal.get', { journal: done.journal });
  assert.deepEqual([view.approval?.approval, view.approval?.comment], [approval, 'seen']);
  const again = await desk.fault(at.ana, 'approval.resume', {
    approval,
    denominations: { 10000: 110 },
  });
  assert.equal(again.reason, 'approval-posted');
  desk.close();
});

test('declined or taken back, the money is free again and nothing can be posted', async () => {
  const { desk, jonas, approval } = await parkedWithdrawal();
  await decide(desk, approval, 'decline');
  assert.equal(available(desk, jonas), 2_500_000n);
  assert.equal(
    (await desk.fault(at.ana, 'approval.resume', { approval })).reason,
    'approval-declined',
  );
  const posted = await desk.ask(at.ana, 'posting.post', { draft: withdrawal(jonas, 1_100_000n) });
  assert.ok(posted.state === 'parked');
  const { approval: second } = posted;
  assert.equal(
    (await desk.fault(at.ben, 'approval.withdraw', { approval: second })).reason,
    'not-your-approval',
  );
  await desk.ask(at.ana, 'approval.withdraw', { approval: second });
  assert.equal(available(desk, jonas), 2_500_000n);
  for (const asked of [second, approval]) {
    const fault = await desk.fault(at.sam, 'approval.decide', await decision(desk, asked));
    assert.match(fault.reason, /approval-(withdrawn|declined)/);
  }
  desk.close();
});

test('notes the maker named when asking stand there to be paid out', async () => {
  const { desk, jonas, approval: first } = await parkedWithdrawal();
  await desk.ask(at.ana, 'approval.withdraw', { approval: first });
  const notes = { 10000: 100, 5000: 20 };
  const draft = withdrawal(jonas, 1_100_000n, notes);
  const asked = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(asked.state === 'parked');
  const { approval } = asked;
  await decide(desk, approval, 'approve');
  const { proposal } = await desk.ask(at.ana, 'approval.get', { approval });
  assert.deepEqual(proposal, notes, 'what Enter pays out');
  desk.close();
});

test('a request or an approval that has run out becomes void and holds nothing', async () => {
  const { desk, jonas, approval } = await parkedWithdrawal();
  await decide(desk, approval, 'approve');
  const { proposal } = await desk.ask(at.ana, 'approval.get', { approval });
  assert.equal(proposal && valueMinor(proposal), 1_100_000n, 'the maker is shown what to pay out');
  assert.equal((await card(desk, approval)).proposal, null, 'nobody else is');
  await passMinutes(desk, 61);
  const done = await desk.ask(at.ana, 'approval.resume', { approval });
  assert.deepEqual(done, { journal: null, receiptCode: null });
  assert.equal((await card(desk, approval)).state, 'void');
  assert.equal(available(desk, jonas), 2_500_000n);
  const posted = await desk.ask(at.ana, 'posting.post', { draft: withdrawal(jonas, 1_100_000n) });
  assert.ok(posted.state === 'parked');
  await passMinutes(desk, 61);
  const input = await decision(desk, posted.approval);
  assert.equal((await desk.ask(at.sam, 'approval.decide', input)).state, 'void');
  assert.equal(available(desk, jonas), 2_500_000n);
  desk.close();
});

/** Time passes with somebody at every keyboard. */
async function passMinutes(desk: TestCounter, minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 4) {
    desk.clock.pass(4 * 60_000);
    for (const window of Object.values(at)) await desk.send(window, 'session.touch', {});
  }
}

test('a reason that came up after the approval makes it void', async () => {
  const desk = await servingCounter();
  const jonas = await customerWith(desk, 'Jonas');
  const { policy } = await desk.ask(at.ada, 'policy.get');
  const limits = { ...(policy as object), roleLimits: [] };
  await desk.ask(at.ada, 'policy.set', { policy: limits, reason: 'everything asks' });
  const posted = await desk.ask(at.ana, 'posting.post', { draft: withdrawal(jonas, 10_000n) });
  assert.ok(posted.state === 'parked');
  await decide(desk, posted.approval, 'approve');
  const strict = {
    ...limits,
    manyWithdrawals: { count: 2, days: 1 },
    structuring: { days: 7, lowerBasisPoints: 1, items: 2 },
  };
  await desk.ask(at.ada, 'policy.set', { policy: strict, reason: 'stricter now' });
  const threshold = { ...strict, reportingThresholds: [{ currency: 'EUR', amountMinor: '9999' }] };
  await desk.ask(at.ada, 'policy.set', { policy: threshold, reason: 'stricter still' });
  const done = await desk.ask(at.ana, 'approval.resume', { approval: posted.approval });
  assert.equal(done.journal, null);
  assert.equal((await card(desk, posted.approval)).state, 'void');
  const [event] = desk.events('approval.voided');
  assert.equal(event?.data.reason, 'approval-new-reason');
  desk.close();
});

test('a fee that changed after the approval makes it void: other legs than were signed', async () => {
  const { desk, approval } = await parkedWithdrawal();
  await decide(desk, approval, 'approve');
  const { policy } = await desk.ask(at.ada, 'policy.get');
  const fee = {
    ...{ task: 'cash.withdrawal', currency: 'EUR', fromMinor: '0', flatMinor: '500' },
    ...{ basisPoints: 0, minMinor: '0', maxMinor: null },
  };
  const changed = { ...(policy as object), fees: [fee] };
  await desk.ask(at.ada, 'policy.set', { policy: changed, reason: 'a fee' });
  const done = await desk.ask(at.ana, 'approval.resume', { approval });
  assert.equal(done.journal, null);
  assert.equal(desk.events('approval.voided')[0]?.data.reason, 'approval-stale');
  desk.close();
});

/** Somebody with the file and the key changes what was approved, past every trigger. */
function tamper(database: Database, sql: string, ...values: unknown[]): void {
  database.exec('DROP TRIGGER approval_decided_once');
  database.prepare(sql).run(...values);
}

test('an approval altered behind the station’s back posts nothing', async () => {
  const alter: readonly ((desk: TestCounter, approval: number) => void)[] = [
    // The content, and the draft with it, says a larger amount.
    ({ database }, approval) =>
      tamper(
        database,
        "UPDATE approval SET body = replace(body, '1100000', '1200000') WHERE seq = ?",
        approval,
      ),
    // The draft alone names another amount than the content that was signed.
    ({ database, counter }, approval) => {
      const body = { ...counter.approvals.approval(approval) } as Record<string, unknown>;
      body.draft = { ...(body.draft as object), amountMinor: '1200000' };
      tamper(
        database,
        'UPDATE approval SET body = ? WHERE seq = ?',
        JSON.stringify(body),
        approval,
      );
    },
    // The decision points at the event of another.
    ({ database }, approval) =>
      tamper(database, 'UPDATE approval SET decided = decided - 1 WHERE seq = ?', approval),
    // A waiting request is made approved without a decision in the log.
    ({ database }, approval) =>
      tamper(
        database,
        "UPDATE approval SET state = 'approved', decided_by = 2, decided = seq, decided_at = at WHERE seq = ?",
        approval,
      ),
  ];
  for (const [index, change] of alter.entries()) {
    const { desk, approval } = await parkedWithdrawal();
    if (index < 3) await decide(desk, approval, 'approve');
    const before = desk.ledger.totals();
    change(desk, approval);
    const posted = desk.events('journal.posted').length;
    const reply = await desk.send(at.ana, 'approval.resume', { approval });
    if (reply.ok) assert.equal((reply.output as { journal: unknown }).journal, null, `${index}`);
    assert.equal(desk.events('journal.posted').length, posted, `alteration ${index} posted`);
    assert.deepEqual(desk.ledger.totals(), before);
    desk.close();
  }
});

test('a supervisor’s decision is signed by the device over exactly what was decided', async () => {
  const { desk, approval } = await parkedWithdrawal();
  await decide(desk, approval, 'approve');
  const [event] = desk.events('approval.decided').slice(-1);
  const statement = JSON.parse(event?.data.statement as string) as Record<string, unknown>;
  assert.deepEqual(
    [statement.approval, statement.decision, statement.comment],
    [approval, 'approve', 'seen'],
  );
  assert.equal(statement.contentDigest, (await card(desk, approval)).contentDigest);
  assert.equal(statement.approver, Number(event?.actor));
  desk.close();
});

test('approvals and their holds outlive a restart', async () => {
  const { desk, jonas, approval } = await parkedWithdrawal();
  await decide(desk, approval, 'approve');
  desk.close(true);
  const again = openCounter({ folder: desk.folder, clock: desk.clock });
  again.clock.pass(60_000);
  assert.equal(available(again, jonas), 1_400_000n);
  const credentials = { user: 'ana', password: `${goodPassword} ana` };
  await again.ask(at.ana, 'session.open', credentials);
  const done = await again.ask(at.ana, 'approval.resume', {
    ...{ approval, denominations: { 10000: 110 } },
  });
  assert.ok(done.journal);
  again.close();
});
