// Attacks standing in for head office: every allowance that may not be spent, and the bound of what is paid without one.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import {
  allowanceMsMost,
  allowanceNote,
  allowanceProblem,
  type HeldAllowance,
} from './allowance.ts';
import { coverOffline, type StandInQuestion } from './stand-in.ts';
import type { Allowance } from './values.ts';

const sign = (note: Buffer): string =>
  createHash('sha256').update('key').update(note).digest('hex');
const now = Date.UTC(2026, 10, 20, 9);
const account = { branch: '001', number: '10000001' };

function held(given: Partial<Allowance> = {}, more: Partial<HeldAllowance> = {}): HeldAllowance {
  const allowance: Allowance = {
    ...{ id: '7', branch: '002', device: 'aa', account, name: 'Marta Keller', till: null },
    ...{ amountMinor: '30000', currency: 'EUR', issuedAt: now - 1_000, expiresAt: now + 3_600_000 },
    ...given,
  };
  const signature = sign(allowanceNote(allowance));
  return { allowance, signature, spentMinor: 0n, state: 'open', ...more };
}

const question: StandInQuestion = {
  ...{ branch: '002', device: 'aa', till: 2, account, currency: 'EUR', now },
  ...{ amountMinor: 20_000n, held: [], floor: { amountMinor: 10_000n, times: 2 } },
  ...{ exposedMinor: 0n, exposedTimes: 0, isDecided: false },
  isSigned: (note, signature) => sign(note) === signature,
};

test('an allowance is spent by whom, for whom, where, in what and while it was given', () => {
  const reason = (given: Partial<Allowance> = {}, more: Partial<HeldAllowance> = {}) =>
    allowanceProblem(held(given, more), question)?.reason ?? null;
  assert.equal(reason(), null);
  assert.equal(reason({ till: 2 }), null);
  for (const given of [
    { till: 3 },
    { branch: '003' },
    { device: 'bb' },
    { currency: 'USD' },
    { account: { ...account, number: '10000002' } },
    { account: { ...account, branch: '003' } },
  ]) {
    assert.equal(reason(given), 'allowance-foreign', JSON.stringify(given));
  }
  assert.equal(
    reason({}, { signature: held({ amountMinor: '30001' }).signature }),
    'allowance-forged',
  );
  assert.equal(reason({}, { state: 'returned' }), 'allowance-ended');
  assert.equal(reason({}, { state: 'written-off' }), 'allowance-ended');
  assert.equal(reason({}, { spentMinor: 29_999n }), null);
  assert.equal(reason({}, { spentMinor: 30_000n }), 'allowance-spent');
  assert.equal(reason({ expiresAt: now + 1 }), null);
  assert.equal(reason({ expiresAt: now }), 'allowance-expired');
  const issuedAt = now + allowanceMsMost;
  assert.equal(reason({ issuedAt }), null, 'a clock behind by as long as any allowance lives');
  assert.equal(reason({ issuedAt: issuedAt + 1 }), 'allowance-expired', 'a clock put back');
});

test('allowances are spent soonest end first, and only as far as they reach', () => {
  const early = held({ id: '8', amountMinor: '5000', expiresAt: now + 1_000 });
  const cover = (amountMinor: bigint, ...all: readonly HeldAllowance[]) =>
    coverOffline({ ...question, amountMinor, held: all });
  const covered = cover(20_000n, held(), early);
  assert.ok(covered.kind === 'covered');
  assert.deepEqual(
    [covered.by, covered.openMinor, covered.spent],
    [
      'allowance',
      0n,
      [
        { allowance: '8', amountMinor: '5000' },
        { allowance: '7', amountMinor: '15000' },
      ],
    ],
  );
  const one = cover(5_000n, held(), early);
  assert.deepEqual(one.kind === 'covered' && one.spent.map(({ allowance }) => allowance), ['8']);
  const ended = held({ id: '9' }, { state: 'returned' });
  const beyond = cover(40_000n, held(), ended);
  assert.deepEqual(
    beyond.kind === 'covered' && [beyond.by, beyond.openMinor, beyond.spent.length],
    ['floor', 10_000n, 1],
  );
});

test('without cover no more is paid than the floor, no oftener than it says, but by decision', () => {
  const outcome = (given: Partial<StandInQuestion>) => {
    const cover = coverOffline({ ...question, ...given });
    return cover.kind === 'covered' ? cover.by : cover.kind;
  };
  assert.equal(outcome({ amountMinor: 10_000n }), 'floor');
  assert.equal(outcome({ amountMinor: 10_001n }), 'decision');
  assert.equal(outcome({ amountMinor: 5_001n, exposedMinor: 5_000n, exposedTimes: 1 }), 'decision');
  assert.equal(outcome({ amountMinor: 5_000n, exposedMinor: 5_000n, exposedTimes: 1 }), 'floor');
  assert.equal(outcome({ amountMinor: 1n, exposedMinor: 2n, exposedTimes: 2 }), 'decision');
  const decided = coverOffline({ ...question, isDecided: true });
  assert.deepEqual(decided.kind === 'covered' && [decided.by, decided.openMinor], [
    'decision',
    20_000n,
  ]);
  for (const amountMinor of [0n, -1n]) {
    const cover = coverOffline({ ...question, amountMinor, isDecided: true });
    assert.equal(cover.kind === 'refused' && cover.problem.reason, 'amount-not-positive');
  }
  const asked = coverOffline({ ...question, exposedMinor: 4_000n, exposedTimes: 1 });
  assert.match(
    asked.kind === 'decision' ? asked.message : '',
    /200\.00 EUR would .* 60\.00 EUR is left/,
  );
  const often = coverOffline({ ...question, exposedMinor: 4_000n, exposedTimes: 2 });
  assert.match(often.kind === 'decision' ? often.message : '', / 0\.00 EUR is left/);
  const past = coverOffline({ ...question, exposedMinor: 10_001n, exposedTimes: 1 });
  assert.match(past.kind === 'decision' ? past.message : '', / 0\.00 EUR is left/);
});
