// Attacks the protocol: hostile pushes first, then random days of two branches on a bad line.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { allowanceProblem, signInGrantMs } from './allowance.ts';
import * as model from './branch-model.ts';
import { endOf } from './chain.ts';
import { createHeadOffice } from './head-office.ts';
import { failed, newLink, nextStep, opened, pushed } from './link.ts';
import { createOfficeState, poolGap } from './office-state.ts';
import { accountKey, type Link, nowhere, type Push, pushEventsMost } from './values.ts';

const sign = (note: Buffer): string =>
  createHash('sha256').update('secret').update(note).digest('hex');
const isSigned = (note: Buffer, signature: string): boolean => sign(note) === signature;
const now = Date.UTC(2026, 10, 20, 9);
const floor = { amountMinor: 5_000n, times: 2 };

function scene() {
  const state = createOfficeState();
  const office = createHeadOffice(state, { now: () => now, sign });
  const home = model.createBranchState('001', 'aa');
  const away = model.createBranchState('002', 'bb');
  office.open('001', 'aa');
  office.open('002', 'bb');
  return { state, office, home, away };
}

type Scene = ReturnType<typeof scene>;

function pushOf(branch: model.BranchState, from = 1, count = 1000): Push {
  const before = from === 1 ? nowhere : (branch.log[from - 2] as Link);
  const events = branch.log.slice(from - 1, from - 1 + count);
  return { branch: branch.branch, device: branch.device, before, events, sentAt: now };
}

function deliver({ office, state }: Scene, branch: model.BranchState): void {
  for (;;) {
    const received = endOf(state.devices.get(branch.branch)?.log ?? []);
    if (received.seq >= branch.log.length) break;
    assert.equal(office.push(pushOf(branch, received.seq + 1)).kind, 'accepted');
  }
  assert.ok(model.applyDown(branch, office.pull(branch.branch, branch.down)));
}

function settle(all: Scene): void {
  for (let round = 0; round < 6; round++)
    for (const each of [all.home, all.away]) deliver(all, each);
}

const account = { branch: '001', number: '10000012' };
const offline = (amountMinor: bigint, more = {}) => ({
  ...{ account, amountMinor, till: 1, now, floor, isDecided: false, isSigned, received: 0 },
  ...more,
});

/** 1,000.00 of which 300.00 are set aside, and an allowance of 200.00 at the other branch. */
function granted(): Scene & { readonly id: string } {
  const all = scene();
  model.deposit(all.home, account.number, 100_000n);
  model.share(all.home, account.number, 30_000n);
  deliver(all, all.home);
  const question = { branch: '002', account, till: null, amountMinor: 20_000n, currency: 'EUR' };
  const { id } = all.office.grant({ ...question, lifeMs: 3_600_000 });
  deliver(all, all.away);
  return { ...all, id };
}

test('a tampered, forked, oversized, foreign or late push is refused whole and named', () => {
  const { office, state, home } = scene();
  for (let each = 0; each < 5; each++) model.deposit(home, '1', 10n);
  assert.equal(office.push(pushOf(home, 1, 2)).kind, 'accepted');
  assert.deepEqual(office.push(pushOf(home, 4)), {
    kind: 'gap',
    received: endOf(home.log.slice(0, 2)),
  });
  const whole = pushOf(home, 3);
  const [first, ...rest] = whole.events;
  const bent = {
    ...whole,
    events: [{ ...(first as Link), body: '{"data":{},"type":"x"}' }, ...rest],
  };
  const reason = (push: Push) => {
    const reply = office.push(push);
    return reply.kind === 'refused' ? reply.reason : reply.kind;
  };
  assert.equal(reason(bent), 'event-tampered');
  assert.equal(reason({ ...whole, device: 'cc' }), 'device-unknown');
  assert.equal(reason({ ...whole, branch: '009' }), 'device-unknown');
  assert.equal(reason({ ...whole, sentAt: now + 365 * 86_400_000 }), 'clock-off');
  const many = Array.from({ length: pushEventsMost + 1 }, () => first as Link);
  assert.equal(reason({ ...whole, events: many }), 'push-too-large');
  assert.equal(state.devices.get('001')?.log.length, 2, 'nothing of a refused push is taken');
  const twin = model.createBranchState('001', 'aa');
  for (let each = 0; each < 3; each++) model.withdraw(twin, '1', 0n);
  twin.log.splice(0, twin.log.length);
  model.record(twin, 'other.history');
  assert.equal(reason(pushOf(twin)), 'log-forked');
  assert.equal(reason(whole), 'device-stopped', 'until a person decides');
  office.resume('001');
  assert.equal(office.push(whole).kind, 'accepted');
  const kinds = state.exceptions.map(({ kind }) => kind);
  assert.deepEqual(kinds, ['gap', 'event-tampered', 'clock-off', 'push-too-large', 'log-forked']);
});

test('a second device under the same branch is refused, and a push said twice counts once', () => {
  const { office, state, home } = scene();
  assert.throws(() => office.open('001', 'cc'), { reason: 'device-foreign' });
  model.deposit(home, '1', 10n);
  model.share(home, '1', 4n);
  for (let each = 0; each < 3; each++) office.push(pushOf(home));
  assert.equal(state.pools.get('001/1')?.freeMinor, 4n);
});

test('offline, the allowance is spent, then the floor, then a supervisor decides', () => {
  const { away, home } = granted();
  assert.equal(model.withdraw(home, account.number, 70_001n), false, 'what is set aside is held');
  assert.equal(model.withdraw(home, account.number, 70_000n), true);
  const by = (amount: bigint, more = {}) => {
    const cover = model.payOffline(away, offline(amount, more));
    return cover.kind === 'covered' ? cover.by : cover.kind;
  };
  assert.equal(by(15_000n), 'allowance');
  assert.equal(by(8_000n), 'floor', '5,000 of the allowance and 3,000 of the floor');
  assert.equal(by(3_000n), 'decision');
  assert.equal(by(3_000n, { isDecided: true }), 'decision');
  assert.equal(
    away.exposures.reduce((sum, each) => sum + each.amountMinor, 0n),
    6_000n,
  );
});

test('an expired, foreign, forged, returned or spent allowance is refused', () => {
  const { away, id } = granted();
  const held = away.allowances.get(id);
  assert.ok(held);
  const question = {
    ...{ branch: '002', device: 'bb', till: 1, account, currency: 'EUR', now, isSigned },
  };
  const reason = (one: typeof held, more = {}) =>
    allowanceProblem(one, { ...question, ...more })?.reason ?? null;
  assert.equal(reason(held), null);
  assert.equal(reason(held, { now: now + 3_600_000 }), 'allowance-expired');
  assert.equal(reason(held, { device: 'cc' }), 'allowance-foreign');
  assert.equal(reason(held, { account: { branch: '001', number: '2' } }), 'allowance-foreign');
  assert.equal(reason({ ...held, spentMinor: 20_000n }), 'allowance-spent');
  assert.equal(reason({ ...held, state: 'returned' }), 'allowance-ended');
  const more = { ...held, allowance: { ...held.allowance, amountMinor: '999999' } };
  assert.equal(reason(more), 'allowance-forged');
  assert.equal(signInGrantMs, 72 * 3_600_000);
});

test('head office takes back by the branch’s word or a person’s write-off; spent afterwards is shown', () => {
  const { office, state, away, home, id } = granted();
  office.writeOff(id);
  assert.equal(
    model.payOffline(away, offline(10_000n)).kind,
    'covered',
    'the news has not arrived',
  );
  settle({ office, state, away, home });
  assert.ok(state.exceptions.some(({ kind }) => kind === 'spent-after-write-off'));
  assert.equal(poolGap(state, accountKey(account)), 0n);
  assert.equal(away.allowances.get(id)?.state, 'written-off');
});

test('what is left of an allowance comes back once, by the branch’s word', () => {
  const { office, state, away, home, id } = granted();
  assert.equal(model.payOffline(away, offline(5_000n)).kind, 'covered');
  model.giveBack(away, id);
  model.giveBack(away, id);
  assert.equal(model.payOffline(away, offline(6_000n)).kind, 'decision', 'it is spent no more');
  settle({ office, state, away, home });
  assert.equal(state.allowances.get(id)?.state, 'returned');
  assert.equal(state.pools.get(accountKey(account))?.freeMinor, 25_000n);
  assert.equal(poolGap(state, accountKey(account)), 0n);
  assert.throws(() => office.writeOff(id), { reason: 'allowance-ended' });
});

test('a reservation answers the same for its key, and one given up early stays given up', () => {
  const { office, state, home, away } = granted();
  const request = { branch: '002', account, amountMinor: 10_000n, currency: 'EUR' };
  assert.equal(office.reserve({ ...request, key: 'k1' }).kind, 'reserved');
  assert.equal(office.reserve({ ...request, key: 'k1' }).kind, 'reserved');
  assert.equal(state.pools.get(accountKey(account))?.freeMinor, 0n);
  assert.equal(office.reserve({ ...request, key: 'k2' }).kind, 'waiting');
  deliver({ office, state, home, away }, home);
  deliver({ office, state, home, away }, home);
  assert.equal(
    office.reserve({ ...request, key: 'k2' }).kind,
    'reserved',
    'the branch set more aside',
  );
  model.ask(away, 'k3', account, 1n);
  model.abandon(away, 'k3');
  deliver({ office, state, home, away }, away);
  assert.equal(office.reserve({ ...request, key: 'k3', amountMinor: 1n }).kind, 'declined');
});

const action = fc.record({
  what: fc.constantFrom(
    ...['home', 'away', 'deposit', 'ask', 'pay', 'abandon', 'grant', 'back', 'recall'],
    ...['push', 'pushAgain', 'pull', 'share', 'writeOff'],
  ),
  amount: fc.bigInt(1n, 4_000n),
  who: fc.boolean(),
});

test('whatever happens, money is conserved and nobody loses more than the floor', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const all = scene();
      const { home, away, office, state } = all;
      model.deposit(home, account.number, 10_000n);
      let key = 0;
      for (const { what, amount, who } of actions) {
        const keys = [...away.asked.keys()];
        const last = keys.at(-1) ?? '';
        const branch = who ? home : away;
        if (what === 'home') model.withdraw(home, account.number, amount);
        else if (what === 'share') model.share(home, account.number, amount);
        else if (what === 'away') model.payOffline(away, offline(amount));
        else if (what === 'deposit') model.depositFor(away, account, amount);
        else if (what === 'ask') {
          key += 1;
          model.ask(away, `k${key}`, account, amount);
          const asked = { branch: '002', key: `k${key}`, account, currency: 'EUR' };
          const reply = office.reserve({ ...asked, amountMinor: amount });
          if (who) model.answered(away, `k${key}`, reply.kind === 'reserved');
        } else if (what === 'pay') model.payReserved(away, last);
        else if (what === 'abandon') model.abandon(away, last);
        else if (what === 'back') model.giveBack(away, [...away.allowances.keys()].at(-1) ?? '');
        else if (what === 'writeOff' && state.nextAllowance > 1 && amount < 400n) {
          try {
            office.writeOff(String(state.nextAllowance - 1));
          } catch {}
        } else if (what === 'grant') {
          const question = {
            branch: '002',
            account,
            till: null,
            currency: 'EUR',
            lifeMs: 3_600_000,
          };
          try {
            office.grant({ ...question, amountMinor: amount });
          } catch {}
        } else if (what === 'push') deliver(all, branch);
        else if (what === 'pushAgain') office.push(pushOf(branch, 1, Number(amount % 7n) + 1));
        else if (what === 'pull') model.applyDown(branch, office.pull(branch.branch, branch.down));
        assert.equal(poolGap(state, accountKey(account)), 0n);
        assert.ok((state.pools.get(accountKey(account))?.freeMinor ?? 0n) >= 0n);
      }
      settle(all);
      const kept = home.kept.get(account.number);
      assert.ok(kept);
      const cash = home.cashMinor + away.cashMinor;
      assert.equal(kept.balanceMinor - kept.shortMinor, cash, 'money is conserved');
      assert.equal(home.interbranchMinor + away.interbranchMinor, 0n, 'the branches agree');
      assert.equal(state.inTransit.size, 0);
      assert.ok(kept.balanceMinor >= 0n && kept.sharedMinor >= 0n);
      const pool = state.pools.get(accountKey(account));
      assert.equal(
        kept.sharedMinor,
        pool?.sharedMinor ?? 0n,
        'what is held is what head office has',
      );
      const exposed = away.exposures.reduce((sum, each) => sum + each.amountMinor, 0n);
      const after = state.exceptions
        .filter(({ kind }) => kind === 'spent-after-write-off')
        .reduce((sum, each) => sum + each.amountMinor, 0n);
      assert.ok(kept.shortMinor <= exposed + after, 'nobody loses more than was left open');
      assert.equal(state.devices.get('001')?.log.length, home.log.length);
    }),
    { numRuns: 300, seed: 6 },
  );
});

test('the line opens, delivers, backs off with a ceiling, and stops on a fork', () => {
  const head = { seq: 9, hash: 'h' };
  const facts = { now, head, down: nowhere };
  assert.equal(nextStep(newLink, facts).kind, 'open');
  const hashAt = (seq: number) => (seq <= 9 ? `own${seq}` : null);
  const open = opened(newLink, { received: { seq: 4, hash: 'own4' }, down: 0 }, { now, hashAt });
  const step = nextStep(open, facts);
  assert.deepEqual([step.kind, 'before' in step && step.before.seq], ['push', 4]);
  const behind = opened(newLink, { received: { seq: 12, hash: 'x' }, down: 0 }, { now, hashAt });
  assert.match(behind.why, /older copy/);
  const forked = opened(newLink, { received: { seq: 4, hash: 'x' }, down: 0 }, { now, hashAt });
  assert.match(forked.why, /two of this branch/);
  assert.equal(nextStep(forked, facts).kind, 'stopped');
  let state = open;
  const waits: number[] = [];
  for (let each = 0; each < 12; each++) {
    state = failed(state, 'reset', { now, chance: 0.5 });
    waits.push(state.notBefore - now);
  }
  assert.ok(waits.every((wait) => wait <= 30_000) && (waits.at(-1) ?? 0) >= 15_000);
  assert.ok((waits[0] ?? 0) < 250);
  const lower = pushed(
    open,
    { kind: 'accepted', received: { seq: 2, hash: 'own2' }, fresh: 0, down: 0 },
    now,
  );
  assert.equal(lower.received.seq, 2, 'head office’s word stands even where it is lower');
});
