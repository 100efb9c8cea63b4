// Lets people do anything in any order at the counter, and adds the whole ledger up again after it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { audit } from '#station/ledger/audit.ts';
import { ownProjections } from '#station/ledger/ledger.ts';
import { digestTables, rebuildInPlace } from '#station/ledger/rebuild.ts';
import {
  at,
  customerWith,
  deposit,
  nextCode,
  nothing,
  type Served,
  servingCounter,
  type TestCounter,
  transfer,
  withdrawal,
} from './counter-fixture.ts';
import { projections } from './counter-store-fixture.ts';

const windows = [at.ana, at.ben, at.sam];
const tills = [2, 3, 1];

/** One thing somebody tries; `who` and the numbers are drawn, what is refused is refused. */
interface Step {
  readonly act: string;
  readonly who: number;
  readonly one: number;
  readonly pieces: number;
}

const acts = [
  ...['deposit', 'deposit', 'withdrawal', 'withdrawal', 'transfer', 'exchange', 'reversal'],
  ...['correction', 'basket', 'offer', 'request', 'accept', 'decline', 'cancel', 'pause', 'resume'],
  ...['count', 'decide', 'carry', 'carry', 'carry', 'withdraw', 'ship', 'freeze', 'unfreeze'],
  'reopen',
];
const steps = fc.array(
  fc.record({
    act: fc.constantFrom(...acts),
    who: fc.nat(2),
    one: fc.nat(1_000),
    pieces: fc.integer({ min: 1, max: 220 }),
  }),
  { minLength: 40, maxLength: 70 },
);

type Ask = [name: Parameters<TestCounter['send']>[1], input: object];

/** The request a step stands for; null when there is nothing to do it to. */
function asking(desk: TestCounter, customers: readonly Served[], step: Step): Ask | null {
  const { act, who, one, pieces } = step;
  const served = customers[one % customers.length] as Served;
  const other = customers[(one + 1) % customers.length] as Served;
  const notes = { 5000: pieces };
  const amount = BigInt(pieces) * 5_000n;
  const [mine = 2, theirs = 3] = [tills[who], tills[(who + 1 + (one % 2)) % 3]];
  const cash = { from: mine, to: theirs, currency: 'EUR', denominations: notes };
  const actor = desk.staff.byUser(['ana', 'ben', 'sam'][who] ?? 'ana')?.id;
  const entries = desk.counter.entries.page(1, Number.MAX_SAFE_INTEGER, 60);
  // Mostly what the person may take back; now and then anything.
  const own = entries.filter((row) => row.actor === actor && /^(cash|transfer)/.test(row.kind));
  const journals = one % 5 === 0 || own.length === 0 ? entries : own;
  const journal = journals[one % Math.max(1, journals.length)]?.journal ?? 1;
  const waiting = desk.counter.approvals.open();
  const approval = waiting[one % Math.max(1, waiting.length)]?.approval;
  const approved = waiting.filter((row) => row.state === 'approved').at(-1)?.approval;
  const moving = desk.counter.movements.pending();
  const movement = moving[one % Math.max(1, moving.length)];
  const reason = 'because the test says so';
  switch (act) {
    case 'deposit':
      return ['posting.post', { draft: deposit(served, amount, notes) }];
    case 'withdrawal':
      return ['posting.post', { draft: withdrawal(served, amount) }];
    case 'transfer':
      return ['posting.post', { draft: transfer(served, other, amount - 1n) }];
    case 'exchange': {
      const received = { 5000: pieces * 2 };
      const draft = { task: 'cash.exchange', currency: 'EUR', received, given: { 10000: pieces } };
      return ['posting.post', { draft }];
    }
    case 'reversal':
      return ['posting.post', { draft: { task: 'journal.reversal', journal, reason } }];
    case 'correction': {
      const replacement = deposit(served, amount, notes);
      return [
        'posting.post',
        { draft: { task: 'journal.correction', journal, replacement, reason } },
      ];
    }
    case 'basket': {
      const items = [
        deposit(served, amount, notes),
        withdrawal(served, 5_000n),
        transfer(served, other, 1n),
      ];
      return ['posting.post', { draft: { task: 'basket', items } }];
    }
    case 'offer':
      return ['movement.offer', cash];
    case 'request':
      return ['movement.request', { ...cash, from: theirs, to: mine }];
    case 'accept':
      return movement
        ? [
            'movement.accept',
            { movement: movement.movement, denominations: movement.denominations },
          ]
        : null;
    case 'decline':
      return movement ? ['movement.decline', { movement: movement.movement, reason }] : null;
    case 'cancel':
      return movement ? ['movement.cancel', { movement: movement.movement, reason }] : null;
    case 'pause':
      return ['till.pause', { till: mine }];
    case 'resume':
      return ['till.resume', { till: mine }];
    case 'carry':
      return approved ? ['approval.resume', { approval: approved }] : null;
    case 'withdraw':
      return approval ? ['approval.withdraw', { approval }] : null;
    case 'ship':
      return [
        one % 2 ? 'vault.send' : 'vault.receive',
        { currency: 'EUR', denominations: { 10000: pieces }, reference: 'CC' },
      ];
    case 'freeze':
      return one % 4 ? null : ['account.freeze', { number: served.account, reason }];
    case 'unfreeze':
      return ['account.unfreeze', { number: served.account, reason }];
    default:
      return null;
  }
}

/** So that much of what is tried needs a supervisor, and holds money until one has decided. */
async function lowerLimits(desk: TestCounter): Promise<void> {
  const { policy } = await desk.ask(at.ada, 'policy.get');
  const { roleLimits } = policy as { roleLimits: { role: string; softMinor: string }[] };
  const lower = roleLimits.map((limit) => ({ ...limit, softMinor: '100000' }));
  const input = { policy: { ...(policy as object), roleLimits: lower }, reason: 'low limits' };
  await desk.ask(at.ada, 'policy.set', input);
}

async function decideOne(desk: TestCounter, { one }: Step): Promise<void> {
  const waiting = desk.counter.approvals.open().filter((each) => each.state === 'waiting');
  const holding = waiting.filter(
    (each) => desk.counter.approvals.holdsOf(each.approval).length > 0,
  );
  const row = holding.at(-1) ?? waiting[one % Math.max(1, waiting.length)];
  if (!row) return;
  await nextCode(desk);
  const { contentDigest } = await desk.ask(at.rita, 'approval.get', { approval: row.approval });
  const decision = one % 4 === 0 ? 'decline' : 'approve';
  const code = desk.code('rita');
  await desk.send(at.rita, 'approval.decide', {
    approval: row.approval,
    decision,
    contentDigest,
    code,
  });
}

/** Counts the own till a few pieces off, and closes or goes on. */
async function countOne(desk: TestCounter, { who, one }: Step): Promise<void> {
  const window = windows[who] ?? at.ana;
  const till = tills[who] ?? 2;
  const began = await desk.send(window, 'till.beginCount', { till });
  if (!began.ok) return;
  const purse = desk.ledger.accountByNumber(`TILL${till}EUR`)?.id ?? 0;
  const pieces: Record<string, number> = { ...desk.ledger.pieces(purse) };
  if (one % 3 === 0) pieces['100'] = (pieces['100'] ?? 0) + 1;
  const counts = [{ currency: 'EUR', denominations: pieces }, ...nothing('USD')];
  const { count } = await desk.ask(window, 'till.count', { till, counts });
  if (one % 2 === 0) await desk.send(window, 'till.close', { till, count });
  await desk.send(window, 'till.cancelCount', { till });
}

async function reopenOne(desk: TestCounter, { who, one }: Step): Promise<void> {
  const till = tills[who] ?? 2;
  const purse = desk.ledger.accountByNumber(`TILL${till}EUR`)?.id ?? 0;
  const pieces: Record<string, number> = { ...desk.ledger.pieces(purse) };
  if (one % 3 === 0) pieces['10000'] = (pieces['10000'] ?? 0) + 2;
  const counts = [{ currency: 'EUR', denominations: pieces }, ...nothing('USD')];
  await desk.send(windows[who] ?? at.ana, 'till.open', { till, counts });
}

/** Window of who asked for what is carried out; another's is refused anyway. */
function makerOf(desk: TestCounter, input: object): number {
  const row = desk.counter.approvals.approval((input as { approval: number }).approval);
  const { user } = desk.staff.byId(row?.maker ?? 0) ?? { user: 'ana' };
  return at[user as keyof typeof at];
}

async function take(desk: TestCounter, customers: readonly Served[], step: Step): Promise<boolean> {
  // Half of what is carried out was decided just before, so that most of it is still what was approved.
  if (step.act === 'decide' || (step.act === 'carry' && step.one % 2)) await decideOne(desk, step);
  if (step.act === 'count') await countOne(desk, step);
  if (step.act === 'reopen') await reopenOne(desk, step);
  const asked = asking(desk, customers, step);
  if (!asked) return false;
  const window = step.act === 'carry' ? makerOf(desk, asked[1]) : windows[step.who];
  const reply = await desk.send(window ?? at.ana, asked[0], asked[1]);
  // A refusal is an answer; a mistake of ours is not (the fixture fails on any that is reported).
  if (!reply.ok) assert.equal(reply.fault.code === 'internal', false, reply.fault.message);
  return reply.ok;
}

/** The invariants I1 to I12, by the engine's audit, and the tills' own: notes are the account. */
function prove(desk: TestCounter): void {
  const { ok, findings } = audit(desk.database);
  assert.ok(ok, JSON.stringify(findings.filter((finding) => finding.broken > 0)));
  for (const till of desk.counter.tills.list()) {
    for (const { account } of till.purses) {
      const pieces = Object.entries(desk.ledger.pieces(account));
      const worth = pieces.reduce((sum, [face, count]) => sum + BigInt(face) * BigInt(count), 0n);
      assert.equal(worth, desk.ledger.account(account)?.postedMinor, till.name);
    }
  }
  const transit = desk.ledger.accountByNumber('TRANSITEUR')?.postedMinor ?? 0n;
  const offered = desk.counter.movements.pending().filter((row) => row.state === 'offered');
  assert.equal(
    offered.reduce((sum, row) => sum + row.amountMinor, 0n),
    transit,
    'I7: transit',
  );
  const open = desk.counter.approvals
    .open()
    .flatMap((row) => desk.counter.approvals.holdsOf(row.approval));
  const placed = desk.database
    .prepare("SELECT count(*) FROM hold WHERE state = 'placed'")
    .pluck()
    .get();
  assert.equal(BigInt(open.length), placed, 'I6: every hold belongs to a request that is open');
}

/** Everything but the log, made again from the log, is the same to the byte. */
function proveRebuild(desk: TestCounter): void {
  const tables = projections
    .flatMap((each) => each.tables)
    .filter((each) => each !== 'customer_part');
  const before = digestTables(desk.database, tables);
  const { ok } = rebuildInPlace(
    desk.database,
    [...ownProjections, ...projections],
    () => undefined,
  );
  assert.ok(ok);
  assert.deepEqual(digestTables(desk.database, tables), before);
}

test('whatever people do in whatever order, the books hold and come out of the log again', async () => {
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const desk = await servingCounter();
      try {
        const customers = [
          await customerWith(desk, 'Marta'),
          await customerWith(desk, 'Jonas'),
          await customerWith(desk, 'Rosa', { empty: true }),
        ];
        await lowerLimits(desk);
        for (const [index, step] of sequence.entries()) {
          const isDone = await take(desk, customers, step);
          if (isDone) done.set(step.act, (done.get(step.act) ?? 0) + 1);
          if (index % 20 === 19) prove(desk);
        }
        prove(desk);
        proveRebuild(desk);
      } finally {
        desk.close();
      }
    }),
    { numRuns: 16, endOnFailure: true },
  );
  for (const act of [
    'deposit',
    'withdrawal',
    'transfer',
    'exchange',
    'offer',
    'reversal',
    'carry',
  ]) {
    assert.ok((done.get(act) ?? 0) > 0, `${act} was done at least once`);
  }
});
