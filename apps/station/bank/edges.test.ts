// Stands on the edges of the counter's rules: the last cent, the last note, the last day, the one person too many.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountNumberOf } from '#contract/account-number.ts';
import type { Draft } from '#contract/drafts.ts';
import { dayNumber } from './calendar.ts';
import { faceProblem, isStock } from './denominations.ts';
import type { Facts } from './facts.ts';
import { feeMinor, feeRuleFor } from './fees.ts';
import {
  account,
  accountsMap,
  dollars,
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
  rulesOf,
  tillWith,
} from './prepare.fixture.ts';

const { deposit, withdrawal, transfer } = drafts;
const outcome = (draft: Draft, given: Partial<Facts> = {}) =>
  prepare(draft, factsWith(given)).outcome;
const reasons = (draft: Draft, given: Partial<Facts> = {}) =>
  reasonsOf(prepare(draft, factsWith(given)));
const withMarta = (given: object) => ({
  accounts: accountsMap({ ...marta, ...given }, jonas, dollars, loan),
});

test('a fee taken out of the cash leaves something of it, or is refused', () => {
  const paid = (amountMinor: string, feeFrom: 'cash' | 'account', denominations?: object) =>
    reasons(withdrawal({ amountMinor, feeFrom, denominations }), { policy: feePolicy });
  assert.deepEqual(paid('240', 'cash'), ['fee-over-amount feeFrom']);
  assert.deepEqual(paid('250', 'cash'), ['fee-over-amount feeFrom'], 'nothing would be left');
  assert.deepEqual(paid('260', 'cash', { 10: 1 }), []);
  assert.deepEqual(paid('200', 'account', { 100: 2 }), [], 'the account can pay it');
});

test('where no fee is due it matters to nobody what it would be taken from', () => {
  for (const feeFrom of ['cash', 'account']) {
    assert.equal(outcome(deposit({ feeFrom })), 'post');
    assert.equal(outcome(withdrawal({ feeFrom })), 'post');
    assert.equal(outcome(deposit({ account: loan.number, feeFrom })), 'post');
  }
  const cash = deposit({
    ...{ account: loan.number, feeFrom: 'cash', amountMinor: '25000' },
    denominations: { 5000: 5, 100: 2, 10: 5 },
  });
  const prepared = prepare(cash, factsWith({ policy: feePolicy }));
  assert.equal(prepared.outcome, 'post');
  assert.ok(legsOf(prepared).includes('till-2-EUR > fees-EUR 250 fee'), legsOf(prepared).join());
});

test('an account that nobody owns is served for nobody', () => {
  const nobody = withMarta({ owners: [] });
  assert.deepEqual(reasons(deposit(), nobody), ['unknown-customer account']);
});

test('who may only look at an account may serve it, and may not draw from it', () => {
  const view = { customer: 3, kind: 'view', limitMinor: null, until: null };
  assert.equal(outcome(deposit(), withMarta({ mandates: [view] })), 'post');
  const other = { ...view, kind: 'attorney' };
  const byJonas = withdrawal({ conductor: { kind: 'customer', customer: 2 } });
  const entitled = (mandates: readonly object[]) =>
    reasons(byJonas, {
      ...withMarta({ mandates }),
      actor: { ...factsWith().actor, customer: null },
    });
  assert.deepEqual(entitled([other]), ['no-mandate conductor'], 'somebody else’s mandate');
  assert.deepEqual(entitled([{ ...other, customer: 2 }]), [], 'without a limit and without an end');
});

test('a deposit given back must be there but for its fee, which comes back with it', () => {
  const cash = deposit({ denominations: { 5000: 5 } });
  const before = factsWith({ policy: feePolicy });
  const done = prepare(cash, before);
  const [journal] = done.journals;
  assert.ok(journal && journal.legs.length === 2);
  const undo = drafts.of({ task: 'journal.reversal', journal: 90, reason: 'mistyped' });
  const undone = (postedMinor: bigint) =>
    prepare(undo, {
      ...factsAfter(before, done),
      accounts: accountsMap({ ...marta, postedMinor }, jonas),
      original: postedAs(journal, 90),
    }).outcome;
  assert.equal(undone(-24_750n), 'post');
  assert.equal(undone(-24_749n), 'refused');
});

test('a till short of notes is said once, by its notes', () => {
  const purse = account({ number: 'till-2-EUR', product: 'till', owners: [], lowMinor: 0n });
  const empty = {
    account: { ...purse, highMinor: null, postedMinor: 5_000n },
    pieces: { 5000: 1 },
  };
  const till = tillWith({ purses: new Map([['EUR', empty]]) });
  const draft = withdrawal({ denominations: undefined });
  assert.deepEqual(reasons(draft, { till }), ['till-cannot-pay denominations']);
});

test('the last note of a till can be paid out, and one more cannot', () => {
  const till = tillWith({}, { 5000: 6 } as never);
  assert.equal(outcome(withdrawal(), { till }), 'post');
  const few = tillWith({}, { 5000: 5 } as never);
  assert.deepEqual(reasons(withdrawal(), { till: few }), ['not-in-till denominations.5000']);
});

test('pieces are whole and not below none; none of a face is as good as the face left out', () => {
  assert.equal(faceProblem({ 5000: 0 }, 'EUR', 'f'), null);
  assert.notEqual(faceProblem({ 5000: -1 }, 'EUR', 'f'), null);
  assert.notEqual(faceProblem({ 5000: 1.5 }, 'EUR', 'f'), null);
  assert.ok(isStock({ 5000: 0 }));
  assert.ok(!isStock({ 5000: -1 }));
  assert.equal(outcome(deposit({ denominations: { 5000: 5, 2000: 0 } })), 'post');
});

test('a correction does not count the mistaken cash of the person a second time', () => {
  const policy = policyWith({ reportingThresholds: [{ currency: 'EUR', amountMinor: '40000' }] });
  const before = factsWith({ policy });
  const done = prepare(deposit(), before);
  const [journal] = done.journals;
  assert.ok(journal);
  const item = {
    ...{ journal: 90, date: before.day.date ?? '', direction: 'in', currency: 'EUR' },
    ...{ amountMinor: 25_000n, account: marta.number },
  };
  const [key] = journal.activity?.[0]?.persons ?? ['customer:1'];
  const facts = {
    ...factsAfter(before, done),
    original: postedAs(journal, 90),
    activity: new Map([[key ?? '', [item]]]),
  } as unknown as Facts;
  const second = prepare(deposit(), facts);
  assert.ok(rulesOf(second).includes('over-reporting-threshold'), 'a second deposit is added up');
  const correct = drafts.of({
    ...{ task: 'journal.correction', journal: 90, reason: 'mistyped' },
    replacement: { ...deposit(), amountMinor: '30000', denominations: { 5000: 6 } },
  });
  // On an account that has spent the first one the right one is posted before it is taken back.
  for (const postedMinor of [-25_000n, -5_000n]) {
    const accounts = accountsMap({ ...marta, postedMinor }, jonas);
    const corrected = prepare(correct, { ...facts, accounts });
    assert.deepEqual([corrected.outcome, rulesOf(corrected)], ['post', []]);
  }
});

test('dates that are none are refused, and every fourth century has its leap day', () => {
  assert.equal(dayNumber('2000-03-01') - dayNumber('2000-02-29'), 1);
  for (const none of ['1900-02-29', '2100-02-29', '2026-00-10', '2026-13-01', '2026-11-00']) {
    assert.throws(() => dayNumber(none), /is not a date/, none);
  }
});

test('money that reaches an account and leaves it again in one basket needs nothing of its own', () => {
  const items = [transfer({ from: jonas.number, to: marta.number, amountMinor: '30000' })];
  const poor = withMarta({ postedMinor: 0n });
  const out = transfer({ amountMinor: '30000' });
  const basket = (...all: Draft[]) => ({ task: 'basket', items: all }) as never;
  assert.equal(prepare(basket(...items, out), factsWith(poor)).refusals.length, 0);
  assert.deepEqual(reasons(basket(out, ...items), poor), [
    'not-enough-available items.0.amountMinor',
  ]);
});

test('sentences say what is missing the way round it is missing', () => {
  const said = (draft: Draft, given: Partial<Facts> = {}) =>
    prepare(draft, factsWith(given))
      .refusals.map(({ message }) => message)
      .join(' ');
  assert.match(said(deposit({ account: '12345678' })), /digit is mistyped/);
  assert.match(said(deposit({ account: accountNumberOf(9_000_000) })), /look the customer up/);
  const few = tillWith({}, { 5000: 5 } as never);
  assert.match(said(withdrawal(), { till: few }), /5 x 50\.00 EUR, 6 are wanted/);
  const owing = { accounts: accountsMap({ ...loan, postedMinor: 24_999n }) };
  assert.match(said(deposit({ account: loan.number }), owing), / 250\.00 EUR is more than is owed/);
});

test('a fee lies between its least and its most, by the highest rule that the amount reaches', () => {
  const rule = (fromMinor: bigint, minMinor: bigint, maxMinor: bigint | null) => ({
    ...{ task: 'transfer' as const, currency: 'EUR', fromMinor, flatMinor: 0n, basisPoints: 100 },
    ...{ minMinor, maxMinor },
  });
  const rules = [rule(50_000n, 0n, 900n), rule(0n, 100n, null), rule(20_000n, 0n, 350n)];
  const question = (amountMinor: bigint) => ({
    ...{ task: 'transfer' as const, currency: 'EUR', amountMinor },
  });
  const fee = (amountMinor: bigint) => feeMinor(rules, question(amountMinor));
  assert.deepEqual(
    [1n, 10_000n, 19_999n, 20_000n, 40_000n, 49_999n, 50_000n, 80_000n, 90_001n].map(fee),
    [100n, 100n, 200n, 200n, 350n, 350n, 500n, 800n, 900n],
  );
  assert.equal(feeRuleFor(rules, question(50_000n))?.fromMinor, 50_000n);
});
