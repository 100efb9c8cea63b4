// Proves for thousands of drafts that what is prepared is balanced, covered, repeatable and
// undoable.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type BasketItem, type Draft, draft as draftSchema } from '#contract/drafts.ts';
import { preview } from '#contract/postings.ts';
import { proposePayOut } from './cash-mix.ts';
import { isStock, valueMinor } from './denominations.ts';
import type { Facts } from './facts.ts';
import {
  account,
  accountsMap,
  dollars,
  factsAfter,
  factsWith,
  feePolicy,
  fees,
  jonas,
  loan,
  marta,
  policyWith,
  postedAs,
  prepare,
} from './prepare.fixture.ts';
import type { Prepared } from './prepared.ts';
import { journalRecord, previewOf } from './preview.ts';

const faces = [20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10];
const vector = fc
  .array(fc.tuple(fc.constantFrom(...faces), fc.integer({ min: 1, max: 6 })), { maxLength: 5 })
  .map((pairs) => Object.fromEntries(pairs.map(([face, pieces]) => [String(face), pieces])));
const weighed = <T>(...pairs: [weight: number, value: T][]) =>
  fc.oneof(...pairs.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
const number = weighed(
  [12, marta.number],
  [6, jonas.number],
  [2, loan.number],
  [1, dollars.number],
  [1, '12345679'],
);
const feeFrom = weighed([4, 'account'], [1, 'cash']);
const stranger = { kind: 'other', name: 'A Stranger', document: 'AB 123' };
/** Mostly the owner of the account. */
const conductorOf = (given: string) =>
  weighed<object>(
    [10, { kind: 'customer', customer: given === jonas.number ? 2 : 1 }],
    [1, { kind: 'customer', customer: 2 }],
    [1, stranger],
  );
const served = number.chain((account) =>
  conductorOf(account).map((conductor) => ({ account, conductor })),
);

const deposit = fc
  .record({ served, denominations: vector, feeFrom })
  .map(({ served: { account: to, conductor }, denominations, feeFrom: from }) => ({
    task: 'cash.deposit',
    currency: 'EUR',
    amountMinor: String(valueMinor(denominations)),
    account: to,
    conductor,
    feeFrom: from,
    denominations,
  }));
const withdrawal = fc
  .record({ served, units: fc.integer({ min: 1, max: 15_000 }), feeFrom })
  .map(({ units, served: { account: from, conductor }, feeFrom: fee }) => ({
    task: 'cash.withdrawal',
    currency: 'EUR',
    amountMinor: String(units * 10),
    account: from,
    conductor,
    feeFrom: fee,
  }));
const transfer = fc
  .record({ from: number, to: number, units: fc.integer({ min: 0, max: 100_000 }), feeFrom })
  .map(({ units, ...given }) => ({
    task: 'transfer',
    currency: 'EUR',
    amountMinor: String(units),
    ...given,
  }));
const item = fc.oneof(deposit, withdrawal, transfer);
const exchange = fc.record({ received: vector, given: vector }).map((both) => ({
  task: 'cash.exchange',
  currency: 'EUR',
  ...both,
}));
const basket = fc
  .array(item, { minLength: 2, maxLength: 4 })
  .map((items) => ({ task: 'basket', items }));
const anyDraft: fc.Arbitrary<Draft> = fc
  .oneof(item, exchange, basket)
  .map((input) => draftSchema.parse(input));

const penalty = account({
  number: 'penalty',
  product: 'suspense',
  owners: [],
  postedMinor: 300n,
  lowMinor: 0n,
  highMinor: null,
});
const facts: fc.Arbitrary<Facts> = fc
  .record({
    hasFees: fc.boolean(),
    martaHas: fc.bigInt(0n, 400_000n),
    held: fc.bigInt(0n, 50_000n),
    hasTill: fc.integer({ min: 0, max: 9 }).map((value) => value > 0),
  })
  .map(({ hasFees, martaHas, held, hasTill }) => {
    const base = factsWith({
      policy: hasFees ? feePolicy : policyWith({}),
      accounts: accountsMap(
        { ...marta, postedMinor: -martaHas - held, heldDebitMinor: held },
        jonas,
        dollars,
        loan,
        fees,
        penalty,
      ),
      loans: new Map([[loan.number, [{ account: penalty, label: 'penalty', dueMinor: 300n }]]]),
    });
    return hasTill ? base : { ...base, till: null };
  });

function cashLegsMinor(prepared: Prepared, currency: string): bigint {
  let sum = 0n;
  for (const leg of prepared.journals.flatMap(({ legs }) => legs)) {
    if (leg.currency !== currency) continue;
    if (leg.debit.product === 'till') sum += leg.amountMinor;
    if (leg.credit.product === 'till') sum -= leg.amountMinor;
  }
  return sum;
}

test(
  'property: what would be posted is balanced, in one currency a leg, and its notes ' +
    'are its cash',
  () => {
    let posted = 0;
    fc.assert(
      fc.property(anyDraft, facts, (draft, given) => {
        const prepared = prepare(draft, given);
        for (const { debit, credit, currency, amountMinor } of prepared.journals.flatMap(
          ({ legs }) => legs,
        )) {
          assert.ok(amountMinor > 0n && debit.id !== credit.id);
          assert.deepEqual([debit.currency, credit.currency], [currency, currency]);
        }
        if (prepared.outcome === 'refused') return;
        posted++;
        const notes = prepared.journals
          .flatMap(({ cash }) => cash)
          .reduce((sum, cash) => sum + valueMinor(cash.pieces), 0n);
        assert.equal(notes, cashLegsMinor(prepared, 'EUR'));
        const moved = prepared.balances.reduce(
          (sum, one) => sum + one.afterMinor - one.beforeMinor,
          0n,
        );
        assert.equal(moved, 0n);
      }),
      { numRuns: 400 },
    );
    assert.ok(
      posted > 50,
      `only ${posted} drafts were not refused: the property proves too little`,
    );
  },
);

test('property: nothing is posted past a limit at any step, and no note goes below none', () => {
  fc.assert(
    fc.property(anyDraft, facts, (draft, given) => {
      const prepared = prepare(draft, given);
      if (prepared.outcome === 'refused') return;
      const posted = new Map([...given.accounts.values()].map((one) => [one.id, one.postedMinor]));
      const step = (one: (typeof prepared.journals)[0]['legs'][0]['debit'], by: bigint) => {
        const next = (posted.get(one.id) ?? one.postedMinor) + by;
        posted.set(one.id, next);
        assert.ok(one.highMinor === null || next + one.heldDebitMinor <= one.highMinor);
        assert.ok(one.lowMinor === null || next - one.heldCreditMinor >= one.lowMinor);
      };
      for (const { debit, credit, amountMinor } of prepared.journals.flatMap(({ legs }) => legs)) {
        step(debit, amountMinor);
        step(credit, -amountMinor);
      }
      for (const purse of factsAfter(given, prepared).till?.purses.values() ?? []) {
        assert.ok(isStock(purse.pieces));
      }
    }),
    { numRuns: 300 },
  );
});

test(
  'property: preparing again gives the same, and the preview says exactly what the ' +
    'ledger is told',
  () => {
    fc.assert(
      fc.property(anyDraft, facts, (draft, given) => {
        const prepared = prepare(draft, given);
        assert.deepEqual(prepare(draft, given), prepared);
        const shown = previewOf(prepared, given, '0'.repeat(64));
        assert.deepEqual(preview.parse(JSON.parse(JSON.stringify(shown))), shown);
        const told = prepared.journals.flatMap((one) => journalRecord(one, 2).legs);
        assert.deepEqual(
          shown.legs.map(({ amountMinor, label }) => [amountMinor, label]),
          told.map(({ amountMinor, label }) => [amountMinor, label]),
        );
      }),
      { numRuns: 200 },
    );
  },
);

test('property: a posted item can be reversed at once and everything is as before', () => {
  fc.assert(
    fc.property(item, facts, (input, given) => {
      const draft = draftSchema.parse(input);
      const prepared = prepare(draft, given);
      const [journal] = prepared.journals;
      if (prepared.outcome === 'refused' || !journal) return;
      const after = factsAfter(given, prepared);
      const reversal = { task: 'journal.reversal', journal: 9, reason: 'test' } as const;
      const back = prepare(reversal, { ...after, original: postedAs(journal, 9) });
      assert.deepEqual(back.refusals, []);
      const restored = factsAfter(after, back);
      for (const [key, one] of given.accounts) {
        assert.equal(restored.accounts.get(key)?.postedMinor, one.postedMinor);
      }
      for (const [currency, purse] of given.till?.purses ?? []) {
        const now = restored.till?.purses.get(currency);
        assert.equal(now?.account.postedMinor, purse.account.postedMinor);
        assert.equal(valueMinor(now?.pieces ?? {}), valueMinor(purse.pieces));
      }
    }),
    { numRuns: 200 },
  );
});

test('property: what waits holds just enough to be posted later', () => {
  const strict = policyWith({ roleLimits: [], tillLimits: [] });
  fc.assert(
    fc.property(basket, facts, (input, given) => {
      const waiting = prepare(draftSchema.parse(input), { ...given, policy: strict });
      if (waiting.outcome !== 'approval') return;
      for (const hold of waiting.holds) {
        const free =
          (hold.account.highMinor ?? 0n) - hold.account.postedMinor - hold.account.heldDebitMinor;
        assert.ok(hold.amountMinor > 0n && hold.amountMinor <= free);
      }
    }),
    { numRuns: 200 },
  );
});

test('property: any string in a draft ends in an answer, not in an exception', () => {
  const odd = fc.record({
    task: fc.constantFrom('cash.deposit', 'cash.withdrawal'),
    account: fc.stringMatching(/^[A-Z0-9]{1,34}$/),
    amountMinor: fc.bigInt(0n, 2n ** 62n).map(String),
    currency: fc.stringMatching(/^[A-Z]{3}$/),
    denominations: fc.dictionary(fc.stringMatching(/^\d{1,12}$/), fc.nat(1000), { maxKeys: 4 }),
  });
  fc.assert(
    fc.property(odd, facts, (input, given) => {
      const prepared = prepare(draftSchema.parse(input) as BasketItem, given);
      assert.equal(prepared.outcome, 'refused');
      assert.ok(prepared.refusals.every(({ message }) => message.length > 10));
    }),
  );
});

test('property: the adviser pays exactly, from what is there, whenever plain search can', () => {
  const small = fc
    .array(
      fc.tuple(fc.constantFrom(5000, 2000, 1000, 700, 300, 50), fc.integer({ min: 0, max: 4 })),
      { maxLength: 5 },
    )
    .map((pairs) => Object.fromEntries(pairs.map(([face, pieces]) => [String(face), pieces])));
  fc.assert(
    fc.property(small, fc.integer({ min: 0, max: 400 }), (stock, units) => {
      const amount = units * 50;
      let reachable = new Set([0]);
      for (const [face, pieces] of Object.entries(stock)) {
        const next = new Set<number>();
        for (const sum of reachable) {
          for (let count = 0; count <= pieces; count++) next.add(sum + count * Number(face));
        }
        reachable = next;
      }
      const proposed = proposePayOut(BigInt(amount), stock);
      assert.equal(proposed !== null, reachable.has(amount));
      if (!proposed) return;
      assert.equal(valueMinor(proposed), BigInt(amount));
      for (const [face, pieces] of Object.entries(proposed))
        assert.ok(pieces <= (stock[face] ?? 0));
    }),
    { numRuns: 500 },
  );
});
