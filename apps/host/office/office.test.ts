// Holds PostgreSQL to the pure head office: attacked alike, they answer alike and end with the same books.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OfficeLine } from '#station/office/client/calls.ts';
import * as model from '#station/office/protocol/branch-model.ts';
import { createHeadOffice, type HeadOffice } from '#station/office/protocol/head-office.ts';
import { createOfficeState, type OfficeState } from '#station/office/protocol/office-state.ts';
import {
  type Link,
  nowhere,
  type Position,
  type Push,
  type PushReply,
} from '#station/office/protocol/values.ts';
import {
  noPostgres,
  openLine,
  openTestOffice,
  pushBytes,
  type TestOffice,
  testDevice,
  withoutVerifier,
} from './office.fixture.ts';

interface Both {
  readonly branch: model.BranchState;
  readonly line: OfficeLine;
  /** Pushes to both and gives PostgreSQL's answer, which must be the model's. */
  push(push: Push): Promise<PushReply>;
  deliver(): Promise<void>;
}

let office: TestOffice;
let state: OfficeState;
let pure: HeadOffice;
let serial = 0;

before(
  async () => {
    if (noPostgres) return;
    office = await openTestOffice();
  },
  { timeout: 1_800_000 },
);
after(async () => office?.remove(), { timeout: 1_800_000 });

/** Two branches nobody knew before, known to both head offices. */
async function pair(): Promise<{ readonly home: Both; readonly away: Both }> {
  serial += 1;
  state = createOfficeState();
  pure = createHeadOffice(state, { now: Date.now, sign: () => '' });
  return { home: await enter(`H${serial}`), away: await enter(`A${serial}`) };
}

async function enter(code: string): Promise<Both> {
  const device = testDevice(code);
  const branch = model.createBranchState(code, device.publicKey);
  const line = await openLine(await office.enrol({ branch: code, name: code }));
  await line.open(device.publicKey, { head: 0, down: 0 });
  pure.open(code, device.publicKey);
  const push = async (sent: Push): Promise<PushReply> => {
    const due = pure.push(sent);
    const reply = await line.push(pushBytes(device, sent));
    assert.equal(reply.kind, due.kind);
    if (reply.kind === 'refused' && due.kind === 'refused') assert.equal(reply.reason, due.reason);
    else assert.deepEqual({ ...reply, down: 0 }, { ...due, down: 0 });
    return reply;
  };
  const received = async (): Promise<Position> =>
    (await line.open(device.publicKey, { head: branch.log.length, down: branch.down.seq }))
      .received;
  return {
    ...{ branch, line, push },
    async deliver() {
      const { seq } = await received();
      if (seq < branch.log.length) await push(pushOf(branch, seq + 1));
      assert.ok(model.applyDown(branch, await line.pull(branch.down, 500)));
    },
  };
}

function pushOf(branch: model.BranchState, from = 1, count = 1000): Push {
  const before = from === 1 ? nowhere : (branch.log[from - 2] as Link);
  const events = branch.log.slice(from - 1, from - 1 + count);
  return { branch: branch.branch, device: branch.device, before, events, sentAt: Date.now() };
}

const kinds = async (code: string): Promise<string[]> =>
  (
    await office.query<{ kind: string }>(
      'SELECT kind FROM office.exception WHERE branch = $1 ORDER BY id',
      [code],
    )
  ).rows.map((row) => row.kind);

test('a tampered, gapped, forked, oversized or late push is refused whole, named and raised', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  const { home } = await pair();
  const { branch, push } = home;
  for (let each = 0; each < 6; each++) model.deposit(branch, '1', 10n);
  assert.equal((await push(pushOf(branch, 1, 3))).kind, 'accepted');
  assert.equal((await push(pushOf(branch, 2, 4))).kind, 'accepted', 'an overlap counts once');
  assert.equal((await push(pushOf(branch, 1))).kind, 'accepted');
  model.deposit(branch, '1', 1n);
  model.deposit(branch, '1', 1n);
  assert.equal((await push(pushOf(branch, 8))).kind, 'gap');
  const whole = pushOf(branch, 7);
  const [first, ...rest] = whole.events as [Link, ...Link[]];
  await push({ ...whole, events: [{ ...first, body: '{"data":{},"type":"x"}' }, ...rest] });
  await push({ ...whole, sentAt: Date.now() - 366 * 86_400_000 });
  await push({ ...whole, events: Array.from({ length: 1001 }, () => first) });
  const twin = model.createBranchState(branch.branch, branch.device);
  model.record(twin, 'other.history');
  await push(pushOf(twin));
  assert.equal((await push(whole)).kind, 'refused', 'stopped until a person decides');
  assert.deepEqual(await kinds(branch.branch), [
    ...['gap', 'event-tampered', 'clock-off', 'push-too-large', 'log-forked'],
  ]);
  await office.query(`SELECT office.resume_device($1, 'looked at it')`, [branch.branch]);
  pure.resume(branch.branch);
  assert.equal((await push(whole)).kind, 'accepted');
});

test('another device is refused, and a head it signed stops the device where the cluster cannot check', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  const { home } = await pair();
  await assert.rejects(home.line.open(testDevice('thief').publicKey, { head: 0, down: 0 }), {
    reason: 'device-foreign',
  });
  model.deposit(home.branch, '1', 10n);
  const sent = pushOf(home.branch);
  await withoutVerifier(office, () => home.line.push(pushBytes(testDevice('thief'), sent)));
  assert.ok((await office.work()) > 0);
  assert.deepEqual(await kinds(home.branch.branch), ['device-foreign', 'signature-wrong']);
  const again = await home.line.push(pushBytes(testDevice(home.branch.branch), sent));
  assert.equal(again.kind === 'refused' && again.reason, 'device-stopped');
});

test('random days end with the same pools, visits and exceptions in both', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  const { home, away } = await pair();
  const account = { branch: home.branch.branch, number: '10000012' };
  model.deposit(home.branch, account.number, 50_000n);
  model.share(home.branch, account.number, 9_000n);
  await home.deliver();
  let seed = 7;
  const dice = (most: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % most;
  };
  const floor = { amountMinor: 2_000n, times: 3 };
  for (let turn = 0; turn < 90; turn++) {
    const amountMinor = BigInt(dice(1_500) + 1);
    const what = dice(11);
    if (what === 0) model.withdraw(home.branch, account.number, amountMinor);
    else if (what === 1) model.depositFor(away.branch, account, amountMinor);
    else if (what <= 3) {
      const question = {
        account,
        amountMinor,
        till: 1,
        now: Date.now(),
        floor,
        isDecided: dice(2) === 0,
      };
      model.payOffline(away.branch, { ...question, isSigned: () => true, received: 0 });
    } else if (what <= 5) {
      const key = String(turn).padStart(32, '0');
      model.ask(away.branch, key, account, amountMinor);
      const asked = { key, account, amountMinor, currency: 'EUR' };
      const due = pure.reserve({ ...asked, branch: away.branch.branch });
      const reply = await away.line.reserve(asked);
      assert.equal(reply.kind, due.kind);
      if (dice(4) > 0) model.answered(away.branch, key, reply.kind === 'reserved');
      if (dice(3) > 0) model.payReserved(away.branch, key);
      else model.abandon(away.branch, key);
    } else if (what >= 9) {
      const stands = (['open', 'open', 'frozen', 'dormant'] as const)[dice(4)] ?? 'open';
      if (what === 9) model.makeCard(home.branch, account.number, stands);
      else model.endCard(away.branch, account);
    } else if (what === 6) model.share(home.branch, account.number, amountMinor);
    else await (dice(2) === 0 ? home : away).deliver();
  }
  for (let round = 0; round < 5; round++) for (const each of [home, away]) await each.deliver();
  const { rows } = await office.query('SELECT shared, free FROM office.pool WHERE branch = $1', [
    account.branch,
  ]);
  const pool = state.pools.get(`${account.branch}/${account.number}`);
  assert.deepEqual(rows, [{ shared: String(pool?.sharedMinor), free: String(pool?.freeMinor) }]);
  const due = state.exceptions
    .filter(({ branch }) => branch === away.branch.branch)
    .map(({ kind }) => kind);
  assert.deepEqual(await kinds(away.branch.branch), due);
  const moving = await office.query('SELECT 1 FROM office.visit WHERE branch = $1 AND NOT booked', [
    account.branch,
  ]);
  assert.equal(moving.rows.length, state.inTransit.size);
  const key = `${account.branch}/${account.number}`;
  const cards = await office.query<{ state: string; version: string }>(
    'SELECT state, version FROM office.card WHERE branch = $1',
    [account.branch],
  );
  const card = state.cards.get(key);
  const standing = card ? [{ state: card.state, version: String(card.version) }] : [];
  assert.deepEqual(cards.rows, standing);
  const guests = await office.query('SELECT 1 FROM office.visitor WHERE branch = $1', [
    account.branch,
  ]);
  assert.equal(guests.rows.length, state.visitors.get(key)?.size ?? 0);
  assert.deepEqual(away.branch.cards.get(key), card, 'what the branch was sent is what stands');
  const kept = home.branch.kept.get(account.number);
  assert.equal(
    (kept?.balanceMinor ?? 0n) - (kept?.shortMinor ?? 0n),
    home.branch.cashMinor + away.branch.cashMinor,
  );
  assert.equal(kept?.sharedMinor, pool?.sharedMinor);
});

test('a branch sees its own rows, writes none, and reads no other branch', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  const { home, away } = await pair();
  const details = {
    givenName: 'Marta',
    familyName: 'Keller',
    documents: [{ country: 'DE', number: 'c01 x' }],
  };
  const body = { data: { customer: 7, details }, type: 'customer.registered' };
  const account = {
    id: 1,
    number: '10000012',
    product: 'checking',
    class: 'liability',
    currency: 'EUR',
    name: 'M',
    customer: 7,
  };
  const { canonicalText } = await import('#station/bank/canonical.ts');
  const { linkTo } = await import('#station/office/protocol/chain.ts');
  const one = linkTo(nowhere, canonicalText(body));
  const two = linkTo(one, canonicalText({ data: { accounts: [account] }, type: 'account.opened' }));
  home.branch.log.push(one, two);
  await home.push(pushOf(home.branch));
  assert.equal((await home.line.read('SELECT * FROM office.person')).length, 1);
  assert.equal((await away.line.read('SELECT * FROM office.person')).length, 0);
  const found = await away.line.findAccount({ branch: home.branch.branch, number: '10000012' });
  assert.deepEqual(found, { name: 'M', currency: 'EUR', product: 'checking', state: 'open' });
  for (const sql of [
    ...['SELECT * FROM office.push', 'SELECT * FROM office.event', 'SELECT * FROM office.device'],
    'SELECT * FROM office.pool',
    ...['SELECT * FROM office.branch_line', `SELECT office.give_order('all', 'x', 1, '1', '')`],
    ...['DELETE FROM office.person', `SELECT office.write_off_allowance(1, 'because', '')`],
    `SELECT office.hand_down(1, '{}')`,
  ]) {
    await assert.rejects(home.line.read(sql), { reason: 'office-forbidden' }, sql);
  }
  await assert.rejects(office.query('UPDATE office.push SET bodies = bodies'), /log-append-only/);
  await assert.rejects(office.query('TRUNCATE office.push'), /log-append-only/);
});

test('legs move two balances of one currency, or the push is refused whole', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  const { home } = await pair();
  const { canonicalText } = await import('#station/bank/canonical.ts');
  const { linkTo } = await import('#station/office/protocol/chain.ts');
  const leg = (debit: number, credit: number, amountMinor: string, currency = 'EUR') => ({
    debit,
    credit,
    amountMinor,
    currency,
  });
  const journal = (...legs: object[]) =>
    canonicalText({
      data: { journal: { kind: 'transfer', legs } },
      type: 'journal.posted',
    } as never);
  const send = async (text: string) => {
    const at = home.branch.log.at(-1) ?? nowhere;
    const link = linkTo(at, text);
    const sent = { before: at, events: [link], sentAt: Date.now() };
    const reply = await home.line.push(pushBytes(testDevice(home.branch.branch), sent));
    if (reply.kind === 'accepted') home.branch.log.push(link);
    return reply.kind === 'refused' ? reply.reason : reply.kind;
  };
  assert.equal(await send(journal(leg(1, 2, '500'), leg(3, 2, '70'))), 'accepted');
  assert.equal(await send(journal(leg(1, 1, '5'))), 'journal-unlawful');
  assert.equal(await send(journal(leg(1, 2, '-5'))), 'journal-unlawful');
  assert.equal(await send(journal(leg(1, 2, '5', 'USD'))), 'journal-unlawful');
  assert.equal(await send('not json'), 'event-not-canonical');
  const { rows } = await office.query<{ posted: string }>(
    'SELECT account, posted FROM office.balance JOIN office.device ON id = device WHERE branch = $1 ORDER BY account',
    [home.branch.branch],
  );
  assert.deepEqual(
    rows.map((row) => row.posted),
    ['500', '-570', '70'],
  );
  assert.equal((await office.query('SELECT * FROM office.wrong_balances()')).rows.length, 0);
});
