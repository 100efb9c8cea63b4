// Proves that each thing the world can do wrong at the counter is refused, at its field, in words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Draft } from '#contract/drafts.ts';
import type { Facts, JournalFacts } from './facts.ts';
import {
  account,
  accountsMap,
  dollars,
  drafts,
  factsAfter,
  factsWith,
  feePolicy,
  jonas,
  loan,
  marta,
  person,
  policyWith,
  postedAs,
  prepare,
  reasonsOf,
  tillWith,
} from './prepare.fixture.ts';

function refused(draft: Draft, given: Partial<Facts>, ...reasons: string[]): void {
  const prepared = prepare(draft, factsWith(given));
  assert.equal(prepared.outcome, 'refused');
  assert.deepEqual(reasonsOf(prepared), reasons);
  for (const { message } of prepared.refusals) assert.match(message, /^[A-Z0-9\u2212].{15,}\.$/su);
}

const { deposit, withdrawal, transfer } = drafts;
const withAccount = (given: object) => ({
  accounts: accountsMap({ ...marta, ...given }, jonas, dollars, loan),
});

test('wrong money is refused', () => {
  refused(deposit({ account: dollars.number }), {}, 'wrong-currency currency');
  refused(deposit({ amountMinor: '0', denominations: undefined }), {}, 'amount-zero amountMinor');
  const huge = { amountMinor: String(2n ** 53n + 1n) };
  refused(transfer(huge), {}, 'amount-too-large amountMinor');
  refused(transfer({ amountMinor: String(2n ** 53n) }), {}, 'not-enough-available amountMinor');
  const negative = { ...deposit(), amountMinor: -5n } as Draft;
  refused(negative, {}, 'amount-negative amountMinor');
  refused(
    transfer({ currency: 'XYZ' }),
    {},
    'unknown-currency currency',
    'wrong-currency currency',
    'wrong-currency to',
  );
  refused(
    transfer({ currency: 'BGN' }),
    {},
    'currency-not-in-force currency',
    'wrong-currency currency',
    'wrong-currency to',
  );
  refused(
    deposit({ account: marta.number, currency: 'USD' }),
    {},
    'currency-not-in-till denominations',
    'wrong-currency currency',
  );
});

test('accounts that cannot be posted to are refused', () => {
  refused(deposit({ account: '12345679' }), {}, 'unknown-account account');
  refused(transfer({ to: marta.number }), {}, 'same-account to');
  refused(deposit(), withAccount({ state: 'closed' }), 'account-closed account');
  refused(deposit(), withAccount({ state: 'frozen' }), 'account-frozen account');
  refused(withdrawal(), withAccount({ state: 'frozen' }), 'account-frozen account');
  const lenient = { policy: policyWith({ frozenAcceptsCredits: true }) };
  assert.equal(
    prepare(deposit(), factsWith({ ...withAccount({ state: 'frozen' }), ...lenient })).outcome,
    'post',
  );
  refused(
    withdrawal(),
    { ...withAccount({ state: 'frozen' }), ...lenient },
    'account-frozen account',
  );
  const own = account({ number: '55555555', product: 'nostro', owners: [] });
  refused(
    deposit({ account: own.number }),
    { accounts: accountsMap(own) },
    'not-a-customer-account account',
  );
  refused(withdrawal({ account: loan.number }), {}, 'product-not-allowed account');
  refused(transfer({ from: loan.number, to: marta.number }), {}, 'product-not-allowed from');
  const feeOnLoan = deposit({ account: loan.number });
  refused(feeOnLoan, { policy: feePolicy }, 'fee-from-loan feeFrom');
});

test('more than is available is refused, holds and overdraft counted', () => {
  const holding = (given: object) => withAccount({ postedMinor: -30_000n, ...given });
  assert.equal(prepare(withdrawal(), factsWith(holding({}))).outcome, 'post');
  refused(withdrawal(), holding({ postedMinor: -29_999n }), 'not-enough-available amountMinor');
  refused(withdrawal(), holding({ heldDebitMinor: 1n }), 'not-enough-available amountMinor');
  assert.equal(
    prepare(withdrawal(), factsWith(holding({ postedMinor: 0n, highMinor: 30_000n }))).outcome,
    'post',
  );
  refused(withdrawal(), { ...holding({}), policy: feePolicy }, 'not-enough-available amountMinor');
  const message = prepare(withdrawal(), factsWith(holding({ heldDebitMinor: 5_000n }))).refusals[0]
    ?.message;
  assert.match(
    message ?? '',
    /250\.00 EUR available \(50\.00 EUR are held\), 300\.00 EUR are needed/,
  );
});

test('the day and the till must be open, and the till the own', () => {
  refused(deposit(), { day: { date: '2026-11-20', state: 'closed' } }, 'day-closed');
  refused(transfer(), { day: { date: null, state: 'never-opened' } }, 'day-closed');
  refused(deposit(), { till: null }, 'till-not-open denominations');
  refused(deposit(), { till: tillWith({ state: 'closed' }) }, 'till-not-open denominations');
  refused(deposit(), { till: tillWith({ teller: 8 }) }, 'till-not-yours denominations');
  refused(deposit(), { till: tillWith({ state: 'paused' }) }, 'till-paused denominations');
  refused(withdrawal(), { till: tillWith({ state: 'counting' }) }, 'till-counting denominations');
});

test('notes that do not add up or are not there are refused', () => {
  refused(deposit({ denominations: undefined }), {}, 'denominations-missing denominations');
  refused(deposit({ denominations: { 5000: 0 } }), {}, 'denominations-missing denominations');
  refused(deposit({ denominations: { 5000: 4 } }), {}, 'denominations-do-not-add-up denominations');
  refused(deposit({ denominations: { 5000: 6 } }), {}, 'denominations-do-not-add-up denominations');
  refused(deposit({ denominations: { 3000: 5 } }), {}, 'unknown-face denominations.3000');
  refused(deposit({ denominations: { '05000': 5 } }), {}, 'unknown-face denominations.05000');
  refused(withdrawal({ denominations: { 10000: 3 } }), {}, 'not-in-till denominations.10000');
  refused(
    withdrawal({ denominations: { 5000: 5 } }),
    {},
    'denominations-do-not-add-up denominations',
  );
  const change = { denominations: { 50000: 1 }, change: { 20000: 1, 5000: 1 } };
  refused(deposit(change), {}, 'not-in-till change.20000');
  const few = { till: tillWith({}, { 5000: 1 } as never) };
  refused(withdrawal({ denominations: undefined }), few, 'till-cannot-pay denominations');
  const swap = { task: 'cash.exchange', currency: 'EUR', received: { 10000: 1 } };
  refused(drafts.of({ ...swap, given: { 5000: 1 } }), {}, 'denominations-do-not-add-up given');
  refused(drafts.of({ ...swap, given: { 20000: 1 } }), {}, 'denominations-do-not-add-up given');
  refused(drafts.of({ ...swap, received: {}, given: {} }), {}, 'denominations-missing received');
  const over = prepare(deposit({ denominations: { 50000: 1 } }), factsWith());
  assert.deepEqual(over.proposals[0]?.denominations, { 5000: 5 });
  assert.equal(over.proposals[0]?.field, 'change');
  const needless = prepare(deposit({ denominations: { 5000: 6 } }), factsWith());
  assert.deepEqual(needless.proposals, [], 'a note too many is given back, not changed');
  refused(transfer({ denominations: { 500: 1 } }), {}, 'no-cash-due denominations');
});

test('who is served and who stands at the desk must be known and entitled', () => {
  refused(deposit({ conductor: undefined }), {}, 'no-conductor conductor');
  refused(
    deposit({ conductor: { kind: 'customer', customer: 99 } }),
    {},
    'unknown-customer conductor',
  );
  refused(
    deposit(),
    { customers: new Map([[2, person(2)]]) },
    'unknown-customer account',
    'unknown-customer conductor',
  );
  refused(
    deposit(),
    { customers: new Map([[1, person(1, { identified: false })]]) },
    'customer-not-identified account',
  );
  refused(withdrawal({ conductor: { kind: 'customer', customer: 2 } }), {}, 'no-mandate conductor');
  const stranger = { kind: 'other', name: 'A Stranger', document: 'AB 123' };
  refused(withdrawal({ conductor: stranger }), {}, 'no-mandate conductor');
  assert.equal(prepare(deposit({ conductor: stranger }), factsWith()).outcome, 'post');
  const firm = new Map([[1, person(1, { kind: 'organisation' })]]);
  refused(deposit(), { customers: firm }, 'conductor-not-a-person conductor');
  const mandate = {
    customer: 2,
    kind: 'attorney',
    limitMinor: 30_000n,
    until: '2026-11-20',
  } as const;
  const byMandate = withdrawal({ conductor: { kind: 'customer', customer: 2 } });
  assert.equal(prepare(byMandate, factsWith(withAccount({ mandates: [mandate] }))).outcome, 'post');
  const small = { ...mandate, limitMinor: 29_999n };
  refused(byMandate, withAccount({ mandates: [small] }), 'mandate-limit conductor');
  const ended = { ...mandate, until: '2026-11-19' };
  refused(byMandate, withAccount({ mandates: [ended] }), 'no-mandate conductor');
  const view = { ...mandate, kind: 'view' };
  refused(byMandate, withAccount({ mandates: [view] }), 'no-mandate conductor');
});

test('nobody serves their own account, nor one they sign for', () => {
  const actor = { staff: 7, name: 'Ben', roles: ['teller'], customer: 1 };
  refused(deposit(), { actor }, 'own-account account');
  refused(transfer(), { actor }, 'own-account from');
  refused(transfer({ from: jonas.number, to: marta.number }), { actor }, 'own-account to');
  const mandate = { customer: 3, kind: 'signatory', limitMinor: null, until: null };
  refused(deposit(), withAccount({ mandates: [mandate] }), 'own-account account');
});

test('hard limits refuse, soft limits ask or tell', () => {
  const limit = { role: 'teller', task: 'cash.deposit', currency: 'EUR' } as const;
  const hard = (hardMinor: string) =>
    policyWith({ roleLimits: [{ ...limit, softMinor: '25000', hardMinor }] });
  refused(
    deposit({ amountMinor: '30000', denominations: { 5000: 6 } }),
    { policy: hard('29999') },
    'over-hard-limit amountMinor',
  );
  assert.equal(prepare(deposit(), factsWith({ policy: hard('30000') })).outcome, 'post');
  const till = { kind: 'till', currency: 'EUR', softMinor: '0' } as const;
  const held = 500_000 + 400_000 + 200_000 + 50_000 + 40_000 + 10_000;
  const bound = (hardMinor: number) =>
    policyWith({ tillLimits: [{ ...till, hardMinor: String(hardMinor) }] });
  refused(deposit(), { policy: bound(held + 24_999) }, 'till-over-limit amountMinor');
  const soft = prepare(deposit(), factsWith({ policy: bound(held + 25_000) }));
  assert.equal(soft.outcome, 'post');
  assert.deepEqual(
    soft.flags.map(({ rule, needs }) => [rule, needs]),
    [['till-over-soft-limit', 'notice']],
  );
});

const undo = drafts.of({ task: 'journal.reversal', journal: 90, reason: 'mistyped' });

function reversalFacts(given: Partial<JournalFacts> = {}): Facts {
  const facts = factsWith();
  const done = prepare(deposit(), facts);
  const [journal] = done.journals;
  assert.ok(journal);
  return { ...factsAfter(facts, done), original: { ...postedAs(journal, 90), ...given } };
}

test('reversals are refused twice, of reversals, of other tills, of what is gone', () => {
  refused(undo, { original: null }, 'unknown-journal journal');
  refused(undo, reversalFacts({ reversedBy: 95 }), 'already-reversed journal');
  refused(undo, reversalFacts({ reversalOf: 80 }), 'reversal-of-reversal journal');
  refused(undo, reversalFacts({ kind: 'till.counted' }), 'not-reversible journal');
  refused(undo, reversalFacts({ till: 3, tillName: 'Till 3' }), 'other-till journal');
  const facts = reversalFacts();
  const spent = { ...marta, postedMinor: -24_999n };
  refused(undo, { ...facts, accounts: accountsMap(spent) }, 'not-enough-available journal');
  const drained = { 5000: 4, 2000: 500 } as never;
  refused(undo, { ...facts, till: tillWith({}, drained) }, 'not-in-till journal.5000');
  const noCash = reversalFacts({ cash: [], actor: 8 });
  refused(undo, noCash, 'not-your-journal journal');
  const supervisor = { staff: 9, name: 'Sam', roles: ['supervisor'], customer: null };
  assert.notEqual(prepare(undo, { ...noCash, actor: supervisor }).outcome, 'refused');
});

test('a reversal of an earlier day waits for a second person', () => {
  const prepared = prepare(undo, reversalFacts({ date: '2026-11-19' }));
  assert.equal(prepared.outcome, 'approval');
  assert.deepEqual(
    prepared.flags.map(({ rule }) => rule),
    ['earlier-day'],
  );
});

test('a correction is refused where its reversal or its replacement is', () => {
  const correct = (replacement: object) =>
    drafts.of({
      task: 'journal.correction',
      journal: 90,
      reason: 'mistyped',
      replacement: { ...deposit(), amountMinor: '25000', ...replacement },
    });
  refused(correct({}), reversalFacts({ till: 3, tillName: 'Till 3' }), 'other-till journal');
  refused(correct({}), reversalFacts({ reversedBy: 91 }), 'already-reversed journal');
  refused(correct({ account: '12345679' }), reversalFacts(), 'unknown-account replacement.account');
  refused(
    correct({ denominations: { 5000: 4 } }),
    reversalFacts(),
    'denominations-do-not-add-up replacement.denominations',
  );
});

test('a basket serves one person, each item in its own currency', () => {
  const items = [deposit(), deposit({ conductor: { kind: 'customer', customer: 2 } })];
  refused({ task: 'basket', items } as never, {}, 'several-conductors items');
  const mixed = [
    deposit(),
    deposit({ account: dollars.number, currency: 'USD', denominations: { 5000: 5 } }),
  ];
  refused(
    { task: 'basket', items: mixed } as never,
    {},
    'currency-not-in-till items.1.denominations',
  );
  const purse = {
    account: account({
      number: 'till-2-USD',
      product: 'till',
      owners: [],
      currency: 'USD',
      postedMinor: 0n,
      lowMinor: 0n,
      highMinor: null,
    }),
    pieces: {},
  };
  const purses = new Map([...tillWith().purses, ['USD', purse]]);
  const both = prepare(
    { task: 'basket', items: mixed } as never,
    factsWith({ till: tillWith({ purses }) }),
  );
  assert.equal(both.outcome, 'post');
  assert.deepEqual(
    both.journals.map(({ currency }) => currency),
    ['EUR', 'USD'],
  );
});

test('a sentence says since or until when a currency is no money', () => {
  const message = (currency: string, date: string) =>
    prepare(transfer({ currency }), factsWith({ day: { date, state: 'open' } })).refusals[0]
      ?.message;
  assert.equal(
    message('BGN', '2026-11-20'),
    'BGN is not money on 2026-11-20: it was until 2025-12-31.',
  );
  assert.equal(
    message('XCG', '2025-03-30'),
    'XCG is not money on 2025-03-30: it was not before 2025-03-31.',
  );
});

test('a frozen account gives nothing away even where it may receive', () => {
  const policy = policyWith({ frozenAcceptsCredits: true });
  const frozen = withAccount({ state: 'frozen' });
  refused(transfer(), { ...frozen, policy }, 'account-frozen from');
  const back = transfer({ from: jonas.number, to: marta.number });
  assert.equal(prepare(back, factsWith({ ...frozen, policy })).outcome, 'post');
});

test('a till at its soft limit is not over it', () => {
  const held = 500_000 + 400_000 + 200_000 + 50_000 + 40_000 + 10_000 + 25_000;
  const at = (softMinor: number) =>
    prepare(
      deposit(),
      factsWith({
        policy: policyWith({
          tillLimits: [
            { kind: 'till', currency: 'EUR', softMinor: String(softMinor), hardMinor: null },
          ],
        }),
      }),
    );
  assert.deepEqual(at(held).flags, []);
  assert.equal(at(held).limits.at(-1)?.state, 'within');
  assert.equal(at(held - 1).flags[0]?.rule, 'till-over-soft-limit');
  assert.equal(at(held - 1).limits.at(-1)?.state, 'notice');
});

test('a cent that waits is a cent held, and money coming in holds nothing', () => {
  const policy = policyWith({ roleLimits: [] });
  const cent = prepare(transfer({ amountMinor: '1' }), factsWith({ policy }));
  assert.deepEqual(
    cent.holds.map(({ account: { id }, amountMinor }) => [id, amountMinor]),
    [[marta.id, 1n]],
  );
  assert.deepEqual(prepare(deposit(), factsWith({ policy })).holds, []);
});

test('a fee that no account earns is refused, not forgotten', () => {
  refused(deposit(), { policy: feePolicy, fees: new Map() }, 'no-fee-account');
});

test('a loan takes what is owed, less what is already promised to it', () => {
  const owing = (given: object) => ({ accounts: accountsMap({ ...loan, ...given }) });
  const pay = deposit({ account: loan.number });
  const postable = (given: object) => prepare(pay, factsWith(owing(given))).outcome;
  assert.equal(postable({ postedMinor: 25_000n }), 'post');
  assert.equal(postable({ postedMinor: 26_000n, heldCreditMinor: 1_000n }), 'post');
  assert.equal(postable({ postedMinor: 26_000n, lowMinor: 1_000n }), 'post');
  const held = owing({ postedMinor: 25_000n, heldCreditMinor: 1n });
  refused(pay, held, 'more-than-owed amountMinor');
  const floor = owing({ postedMinor: 25_000n, lowMinor: 1n });
  refused(pay, floor, 'more-than-owed amountMinor');
});

test('what is missing is said to the cent', () => {
  const poor = prepare(withdrawal(), factsWith(withAccount({ postedMinor: -20_001n })));
  const message = poor.refusals[0]?.message ?? '';
  assert.match(
    message,
    /has 200\.01 EUR available, 300\.00 EUR are needed: 99\.99 EUR are missing\.$/,
  );
});
