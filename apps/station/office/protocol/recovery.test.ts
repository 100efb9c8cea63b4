// Puts an older copy in head office's place and looks at what it believes, lends, hands down again and raises.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSigned, sign } from '../simulation/office-sign.ts';
import * as model from './branch-model.ts';
import { createHeadOffice } from './head-office.ts';
import { giveOrder } from './office-orders.ts';
import { beginRecovery } from './office-recovery.ts';
import { createOfficeState, type OfficeState, poolGap } from './office-state.ts';
import { declarationProblem } from './rejoin.ts';
import { nowhere } from './values.ts';

const account = { branch: '001', number: '10' };
const key = '001/10';
const now = 1_800_000_000_000;

/** Home 001 has set 9,000 of 10,000 aside; 002 visits. `copy` is head office as of then. */
function bank() {
  let state = createOfficeState();
  let office = createHeadOffice(state, { now: () => now, sign });
  const branches = ['001', '002'].map((code) => model.createBranchState(code, `device-${code}`));
  const [home, away] = branches as [model.BranchState, model.BranchState];
  for (const { branch, device } of branches) office.open(branch, device);
  const deliver = (branch: model.BranchState): void => {
    const at = office.open(branch.branch, branch.device).received;
    const { device, log } = branch;
    const push = { branch: branch.branch, device, before: at, sentAt: now };
    const reply = office.push({ ...push, events: log.slice(at.seq) });
    assert.equal(reply.kind, 'accepted');
    assert.ok(model.applyDown(branch, office.pull(branch.branch, branch.down)));
  };
  model.deposit(home, '10', 10_000n);
  model.share(home, '10', 9_000n);
  deliver(home);
  deliver(away);
  const copy = structuredClone(state);
  return {
    ...{ home, away, deliver },
    office: () => office,
    state: () => state,
    grant: (amountMinor: bigint) =>
      office.grant({
        ...{ branch: '002', account, till: null, amountMinor, currency: 'EUR' },
        lifeMs: 3_600_000,
      }),
    putBack(older: OfficeState = copy): void {
      state = older;
      office = createHeadOffice(state, { now: () => now, sign });
      beginRecovery(state, 'copy');
    },
    letIn(branch: model.BranchState): void {
      const known = state.devices.get(branch.branch)?.down ?? [];
      const parted = branch.items.findIndex(({ hash }, index) => known[index]?.hash !== hash);
      const last = branch.items[parted - 1];
      const back = last ? { seq: last.seq, hash: last.hash } : nowhere;
      office.rejoin(model.declarationOf(branch, back));
      model.rejoin(branch, back);
    },
    hear(branch: model.BranchState): void {
      model.recover(branch, 'copy');
      deliver(branch);
    },
  };
}

const spend = (branch: model.BranchState, amountMinor: bigint) =>
  model.payOffline(branch, {
    ...{ account, amountMinor, till: 1, now, isDecided: false, isSigned, received: 0 },
    floor: { amountMinor: 0n, times: 0 },
  });

test('an allowance the copy lacks is taken over at its full amount, spends and all, and nothing is lent before', () => {
  const { home, away, deliver, office, state, grant, putBack, letIn, hear } = bank();
  grant(4_000n);
  deliver(away);
  assert.equal(spend(away, 1_500n).kind, 'covered');
  putBack();
  assert.equal(office().open('002', 'device-002', away.down).isFollowed, false);
  assert.equal(office().open('001', 'device-001', home.down).isFollowed, true);
  letIn(away);
  assert.equal(state().pools.get(key)?.freeMinor, 5_000n, 'all of it is lent, whatever is spent');
  assert.throws(() => grant(1n), { reason: 'office-recovering' });
  const asked = { branch: '002', key: 'k', account, amountMinor: 1n, currency: 'EUR' };
  const reply = office().reserve(asked);
  assert.equal(reply.kind === 'declined' && reply.reason, 'office-recovering');
  hear(away);
  assert.throws(() => grant(1n), { reason: 'office-recovering' }, '001 was not heard yet');
  hear(home);
  assert.equal(grant(5_000n).id, '100001', 'no number the lost one may have given');
  assert.throws(() => grant(1n), { reason: 'not-enough-shared' });
  assert.equal(state().allowances.get('1')?.spentMinor, 1_500n);
  assert.equal(poolGap(state(), key), 0n);
  deliver(home);
  assert.equal(home.kept.get('10')?.balanceMinor, 8_500n);
  assert.deepEqual(state().exceptions, []);
});

test('a visit booked by the lost word is booked once, whichever of the two branches is heard first', () => {
  for (const isHomeFirst of [true, false]) {
    const { home, away, deliver, state, grant, putBack, letIn, hear } = bank();
    grant(4_000n);
    for (const each of [away, home]) deliver(each);
    assert.equal(spend(away, 1_500n).kind, 'covered');
    for (const each of [away, home]) deliver(each);
    assert.equal(home.kept.get('10')?.balanceMinor, 8_500n);
    putBack();
    const order = isHomeFirst ? [home, away] : [away, home];
    for (const each of order) {
      letIn(each);
      deliver(each);
    }
    for (const each of order) hear(each);
    for (const each of order) deliver(each);
    assert.equal(home.kept.get('10')?.balanceMinor, 8_500n);
    assert.equal(home.kept.get('10')?.sharedMinor, state().pools.get(key)?.sharedMinor);
    assert.equal(state().inTransit.size, 0);
    assert.equal(poolGap(state(), key), 0n);
    assert.deepEqual(state().exceptions, []);
  }
});

test('what nobody’s log accounts for is raised, and so is what was lent twice', () => {
  const { home, away, deliver, state, grant, putBack, letIn, hear } = bank();
  grant(4_000n);
  for (const each of [away, home]) deliver(each);
  spend(away, 1_500n);
  for (const each of [away, home]) deliver(each);
  putBack();
  letIn(home);
  // 002 is lost with its disk; a person has stopped waiting for it.
  state().recovering.delete('002');
  hear(home);
  const [lost, ...more] = state().exceptions;
  assert.equal(lost?.kind, 'lost-item');
  assert.match(lost?.message ?? '', /visit 1 of branch 002 for 001\/10, which is in no log/);
  assert.deepEqual(more, []);
  assert.equal(home.kept.get('10')?.sharedMinor, state().pools.get(key)?.sharedMinor);
  grant(7_500n);
  letIn(away);
  beginRecovery(state(), 'copy');
  hear(away);
  hear(home);
  assert.ok(state().exceptions.some(({ kind }) => kind === 'overlent'));
});

test('an order only a branch knew is given to the others; a bent list and a made-up allowance are not taken', () => {
  const { home, away, deliver, office, state, grant, putBack, letIn, hear } = bank();
  const order = { branch: 'all', name: 'policy', value: { number: 1 } };
  giveOrder(state(), order, { version: 1, sign });
  grant(10n);
  deliver(away);
  putBack();
  const declared = model.declarationOf(away, nowhere);
  const bent = declared.items.map((each) => ({ ...each, body: each.body?.replace('"10"', '"9"') }));
  assert.throws(() => office().rejoin({ ...declared, items: bent as never }), {
    reason: 'items-broken',
  });
  const short = { ...declared, items: declared.items.slice(1) };
  assert.equal(declarationProblem(short)?.reason, 'items-broken');
  const cut = { ...declared, items: declared.items.slice(0, -1) };
  assert.equal(declarationProblem(cut)?.reason, 'items-broken');
  letIn(away);
  for (const each of [home, away]) hear(each);
  assert.deepEqual(home.acted, away.acted);
  assert.equal(home.acted.length, 1);
});

test('a branch gives up what only the lost head office reserved, and is believed in what it paid before', () => {
  const { home, away, deliver, office, state, putBack, hear } = bank();
  for (const name of ['paid', 'held']) {
    model.ask(away, name, account, 300n);
    const request = { branch: '002', key: name, account, amountMinor: 300n, currency: 'EUR' };
    model.answered(away, name, office().reserve(request).kind === 'reserved');
  }
  assert.ok(model.payReserved(away, 'paid'));
  putBack();
  hear(away);
  assert.equal(away.asked.get('held')?.state, 'ended');
  assert.equal(model.payReserved(away, 'held'), false);
  hear(home);
  deliver(home);
  assert.equal(home.kept.get('10')?.balanceMinor, 9_700n);
  assert.deepEqual(state().exceptions, []);
  assert.equal(state().pools.get(key)?.freeMinor, 8_700n);
});
