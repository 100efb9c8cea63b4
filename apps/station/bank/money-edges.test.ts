// Holds what the counter's rules write besides yes and no: a loan's parts, the cash of persons, limits, proposals, dates.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Draft } from '#contract/drafts.ts';
import type { PaymentChannel } from '#contract/payments.ts';
import type { Facts } from './facts.ts';
import { timingOf } from './payment-cutoff.ts';
import {
  account,
  accountsMap,
  drafts,
  factsAfter,
  factsWith,
  feePolicy,
  jonas,
  legsOf,
  loan,
  marta,
  policyWith,
  postedAs,
  prepare,
  reasonsOf,
  tillWith,
} from './prepare.fixture.ts';

const { deposit, withdrawal, transfer } = drafts;
const made = (draft: Draft, given: Partial<Facts> = {}) => prepare(draft, factsWith(given));
const refusals = (draft: Draft, given: Partial<Facts> = {}) => reasonsOf(made(draft, given));

test('what is paid to a loan goes to its parts in order, none getting more than is due', () => {
  const receivable = (number: string, heldCreditMinor = 0n) =>
    account({ number, product: 'suspense', owners: [], heldCreditMinor, postedMinor: 90_000n });
  const due = (name: string, dueMinor: bigint, held = 0n) => ({
    ...{ account: receivable(name, held), label: name, dueMinor },
  });
  const paid = (amountMinor: number, ...parts: readonly ReturnType<typeof due>[]) => {
    const amount = { amountMinor: String(amountMinor), denominations: { 10: amountMinor / 10 } };
    const draft = deposit({ account: loan.number, ...amount });
    return legsOf(made(draft, { loans: new Map([[loan.number, parts]]) })).map((text) =>
      text.replace('till-2-EUR > ', ''),
    );
  };
  const parts = [due('penalty', 100n), due('interest', 300n)] as const;
  assert.deepEqual(paid(50, ...parts), ['penalty 50 penalty']);
  assert.deepEqual(paid(100, ...parts), ['penalty 100 penalty']);
  assert.deepEqual(paid(250, ...parts), ['penalty 100 penalty', 'interest 150 interest']);
  const whole = ['penalty 100 penalty', 'interest 300 interest'];
  assert.deepEqual(paid(400, ...parts), whole);
  assert.deepEqual(paid(410, ...parts), [...whole, `${loan.number} 10 principal`]);
  const promised = [due('penalty', 100n, 100n), due('interest', 300n, 50n)];
  assert.deepEqual(paid(300, ...promised), [
    ...['interest 250 interest', `${loan.number} 50 principal`],
  ]);
});

test('only cash is cash of somebody, and who brought it stands in the journal', () => {
  const moved = made(transfer());
  assert.deepEqual([moved.runningCash, moved.journals[0]?.activity], [[], []]);
  assert.deepEqual(moved.journals[0]?.cash, []);
  const paid = made(deposit()).journals[0];
  assert.deepEqual(
    paid?.activity.map(({ direction, amountMinor }) => [direction, amountMinor]),
    [['in', 25_000n]],
  );
  assert.deepEqual(paid?.conductor, { kind: 'customer', customer: 1, name: 'Marta Keller' });
  const stranger = { kind: 'other', name: 'A Stranger', document: 'AB 123' } as const;
  assert.deepEqual(made(deposit({ conductor: stranger })).journals[0]?.conductor, stranger);
});

test('limits are shown with what is used of them, and reached is not over', () => {
  const task = { role: 'teller', task: 'cash.deposit', currency: 'EUR' } as const;
  const judged = (softMinor: string, hardMinor: string | null) => {
    const policy = policyWith({ roleLimits: [{ ...task, softMinor, hardMinor }] });
    const { outcome, limits } = made(deposit(), { policy });
    const [limit] = limits;
    return [outcome, limit?.state, limit?.usedMinor, limit?.limitMinor];
  };
  assert.deepEqual(judged('25000', '25000'), ['post', 'within', 25_000n, 25_000n]);
  assert.deepEqual(judged('24999', '25000'), ['approval', 'approval', 25_000n, 24_999n]);
  assert.deepEqual(judged('24999', '24999'), ['refused', 'refused', 25_000n, 24_999n]);
});

test('what a till may hold binds what comes in, not what goes out, and not by the vault’s measure', () => {
  const limit = (kind: 'till' | 'vault', softMinor: string, hardMinor: string | null) =>
    policyWith({ tillLimits: [{ kind, currency: 'EUR', softMinor, hardMinor }] });
  const paid = made(withdrawal(), { policy: limit('till', '1', '1') });
  assert.deepEqual([paid.outcome, paid.flags], ['post', []]);
  assert.deepEqual(refusals(deposit(), { policy: limit('till', '1', '1') }), [
    'till-over-limit amountMinor',
  ]);
  const other = made(deposit(), { policy: limit('vault', '1', '1') });
  assert.deepEqual([other.outcome, other.flags], ['post', []]);
  const bound = (softMinor: string, hardMinor: string | null) => {
    const { state, label, limitMinor } =
      made(deposit(), { policy: limit('till', softMinor, hardMinor) }).limits.at(-1) ?? {};
    return [state, label, limitMinor];
  };
  assert.deepEqual(bound('90000000', null), ['within', 'Till 2 holding, soft limit', 90_000_000n]);
  assert.deepEqual(bound('1', null), ['notice', 'Till 2 holding, soft limit', 1n]);
  assert.deepEqual(bound('1', '2'), ['refused', 'Till 2 holding, hard limit', 2n]);
});

test('what is not counted is guessed, and what cannot be right is not', () => {
  const proposed = (draft: Draft, given: Partial<Facts> = {}) =>
    made(draft, given).proposals.map(({ field, denominations }) => [field, denominations]);
  assert.deepEqual(proposed(deposit({ denominations: {} })), [
    ['denominations', { 10000: 2, 5000: 1 }],
  ]);
  assert.deepEqual(proposed(withdrawal({ denominations: {} })), [['denominations', { 5000: 6 }]]);
  const swap = { task: 'cash.exchange', currency: 'EUR', received: { 10000: 1 } };
  assert.deepEqual(proposed(drafts.of({ ...swap, given: {} })), [['given', { 5000: 2 }]]);
  assert.deepEqual(proposed(drafts.of({ ...swap, given: { 5000: 1 } })), []);
  const empty = tillWith({}, {} as never);
  assert.deepEqual(proposed(drafts.of({ ...swap, given: {} }), { till: empty }), []);
  assert.deepEqual(proposed(deposit({ denominations: { 5000: 4 } })), [], 'too little');
  const noChange = proposed(deposit({ denominations: { 50000: 1 } }), { till: empty });
  assert.deepEqual(noChange, [], 'a till without notes gives none back');
});

test('notes there are not are refused for that alone', () => {
  const bad = { '05000': 6 };
  assert.deepEqual(refusals(withdrawal({ denominations: bad })), [
    'unknown-face denominations.05000',
  ]);
  const swap = { task: 'cash.exchange', currency: 'EUR' };
  const one = { ...swap, received: { 3000: 1 }, given: { 5000: 1 } };
  assert.deepEqual(refusals(drafts.of(one)), ['unknown-face received.3000']);
  const other = { ...swap, received: { 5000: 1 }, given: { 3000: 1 } };
  assert.deepEqual(refusals(drafts.of(other)), ['unknown-face given.3000']);
  const money = (currency: string) => drafts.of({ ...swap, currency, received: {}, given: {} });
  assert.deepEqual(refusals(money('XYZ')), ['unknown-currency currency']);
  assert.deepEqual(refusals(money('USD')), ['currency-not-in-till received']);
});

test('money reaches the accounts it is meant for and no other', () => {
  const accounts = accountsMap(marta, jonas);
  assert.deepEqual(legsOf(made(transfer(), { accounts })), [
    `${marta.number} > ${jonas.number} 10000 transfer`,
  ]);
});

test('a network goes by its own days, and a day that is none of them is said to be so', () => {
  const channel: PaymentChannel = {
    ...{ id: 'sepa-sct', name: 'SEPA', currencies: ['EUR'], cutOff: '15:30', settlementDays: 1 },
    ...{ mostMinor: null, counterparty: 'EBAPFRPAXXX' },
  };
  const calendar = { weekend: [6, 7], holidays: ['2026-11-20'] };
  const at = (date: string, time: string, given: Partial<PaymentChannel> = {}) =>
    timingOf({ ...channel, ...given }, { date, time, calendar });
  const closed = at('2026-11-20', '10:00');
  assert.deepEqual([closed.goesOut, closed.isLate], ['2026-11-23', true]);
  assert.match(closed.words, /Fri 20 Nov 2026 is no business day of it/);
  assert.equal(
    at('2026-11-20', '16:00').goesOut,
    '2026-11-23',
    'not a day later for being late too',
  );
  const open = at('2026-11-19', '23:59', { cutOff: null });
  assert.deepEqual([open.goesOut, open.isLate], ['2026-11-19', false]);
  assert.match(open.words, /goes out today, settles on Mon 23 Nov 2026/);
  assert.match(at('2026-11-19', '10:00').words, /goes out today until 15:30/);
  const swift = { id: 'cbpr-plus' as const, cutOff: null, settlementDays: 0 };
  assert.equal(
    at('2026-05-01', '10:00', swift).settles,
    '2026-05-01',
    'T2 is closed, SWIFT is not',
  );
  assert.equal(at('2026-05-01', '10:00').goesOut, '2026-05-04');
});

test('a reversal is a posting to its accounts, and judged by what it moves', () => {
  const undo = drafts.of({ task: 'journal.reversal', journal: 90, reason: 'mistyped' });
  const done = made(deposit(), { policy: feePolicy });
  const [journal] = done.journals;
  assert.ok(journal);
  const after = { ...factsAfter(factsWith(), done), original: postedAs(journal, 90) };
  const undone = (given: object, more: Partial<Facts> = {}) => {
    const [known] = [...after.accounts.values()].filter(({ id }) => id === marta.id);
    const accounts = new Map([...after.accounts, [marta.number, { ...known, ...given } as never]]);
    const { outcome, flags, refusals: why } = prepare(undo, { ...after, accounts, ...more });
    return [outcome, why[0]?.reason ?? flags[0]?.rule ?? ''];
  };
  assert.deepEqual(undone({}), ['post', '']);
  assert.deepEqual(undone({ state: 'closed' }), ['refused', 'account-closed']);
  assert.deepEqual(undone({ state: 'frozen' }), ['refused', 'account-frozen']);
  const own = { actor: { ...after.actor, customer: 1 } };
  assert.deepEqual(undone({}, own), ['refused', 'own-account']);
  const limit = { role: 'teller', task: 'journal.reversal', currency: 'EUR' } as const;
  const bound = (softMinor: string) =>
    undone({}, { policy: policyWith({ roleLimits: [{ ...limit, softMinor, hardMinor: null }] }) });
  assert.deepEqual(bound('25000'), ['post', '']);
  assert.deepEqual(bound('24999'), ['approval', 'over-role-limit'], 'by its largest leg');
});

test('a transfer taken back is judged on both its accounts', () => {
  const undo = drafts.of({ task: 'journal.reversal', journal: 90, reason: 'mistyped' });
  const done = made(transfer());
  const [journal] = done.journals;
  assert.ok(journal);
  const after = { ...factsAfter(factsWith(), done), original: postedAs(journal, 90) };
  const closed = (number: string) => {
    const accounts = new Map(after.accounts);
    accounts.set(number, { ...accounts.get(number), state: 'closed' } as never);
    return reasonsOf(prepare(undo, { ...after, accounts }));
  };
  assert.deepEqual(closed(marta.number), ['account-closed journal']);
  assert.deepEqual(closed(jonas.number), ['account-closed journal']);
});

test('notes exchanged are taken back by the limit of what they were worth', () => {
  const undo = drafts.of({ task: 'journal.reversal', journal: 90, reason: 'mistyped' });
  const swap = {
    task: 'cash.exchange',
    currency: 'EUR',
    received: { 10000: 1 },
    given: { 5000: 2 },
  };
  const done = made(drafts.of(swap));
  const [journal] = done.journals;
  assert.ok(journal);
  const after = { ...factsAfter(factsWith(), done), original: postedAs(journal, 90) };
  const limit = { role: 'teller', task: 'journal.reversal', currency: 'EUR' } as const;
  const judged = (softMinor: string) =>
    prepare(undo, {
      ...after,
      policy: policyWith({ roleLimits: [{ ...limit, softMinor, hardMinor: null }] }),
    }).outcome;
  assert.deepEqual([judged('10000'), judged('9999')], ['post', 'approval']);
});

test('a transfer’s fee is paid by the account or over the counter, by somebody entitled', () => {
  const stranger = { kind: 'customer', customer: 2 };
  assert.deepEqual(refusals(transfer({ conductor: stranger })), ['no-mandate conductor']);
  const given = { policy: feePolicy };
  const fromCash = (more: object) =>
    transfer({ feeFrom: 'cash', denominations: { 100: 2, 10: 5 }, ...more });
  const owner = { conductor: { kind: 'customer', customer: 1 } };
  assert.deepEqual(refusals(fromCash({}), given), ['no-conductor conductor']);
  assert.deepEqual(refusals(fromCash(owner), { ...given, till: null }), [
    'till-not-open denominations',
  ]);
  const paid = made(fromCash(owner), given);
  assert.deepEqual(legsOf(paid), [
    `${marta.number} > ${jonas.number} 10000 transfer`,
    'till-2-EUR > fees-EUR 250 fee',
  ]);
  assert.deepEqual(paid.journals[0]?.cash[0]?.pieces, { 100: 2, 10: 5 });
  const charged = made(transfer(), given);
  assert.deepEqual(legsOf(charged)[1], `${marta.number} > fees-EUR 250 fee`);
  const needless = transfer({ denominations: { 100: 2 } });
  assert.deepEqual(refusals(needless, given), ['no-cash-due denominations']);
});

test('what waits holds as much as it needs on the way, not what it comes to', () => {
  const out = transfer({ amountMinor: '30000' });
  const back = transfer({ from: jonas.number, to: marta.number, amountMinor: '20000' });
  const policy = policyWith({ roleLimits: [] });
  const waiting = made({ task: 'basket', items: [out, back] } as never, { policy });
  assert.equal(waiting.outcome, 'approval');
  const held = new Map(waiting.holds.map(({ account: { id }, amountMinor }) => [id, amountMinor]));
  assert.equal(held.get(marta.id), 30_000n);
});
