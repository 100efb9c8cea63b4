// Attacks the preparing of payments: legs and fee, what stands against one, what a second person must see.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PaymentFacts } from './payment-facts.ts';
import {
  account,
  accountsMap,
  drafts,
  factsWith,
  fees,
  legsOf,
  loan,
  marta,
  policyWith,
  prepare,
  reasonsOf,
  rulesOf,
} from './prepare.fixture.ts';

const outward = account({
  ...{ number: 'OUTWARDEUR', name: 'Payments out EUR', product: 'suspense', owners: [] },
  ...{ postedMinor: 0n, highMinor: null },
});

const payment: PaymentFacts = {
  channel: {
    ...{ id: 'sepa-sct', name: 'SEPA credit transfer', currencies: ['EUR'], cutOff: '15:30' },
    ...{ settlementDays: 1, mostMinor: 150_000n, counterparty: 'EBAPFRPAXXX' },
  },
  ...{ outward, name: 'Dupont', iban: 'FR1420041010050500013M02606', text: 'Invoice 77' },
  ...{ problems: [], doubts: [], similar: [], count: 1 },
};

const policy = policyWith({
  fees: [
    {
      ...{ task: 'payment.outgoing', currency: 'EUR', fromMinor: '0', flatMinor: '100' },
      ...{ basisPoints: 0, minMinor: '0', maxMinor: null },
    },
  ],
});

const draft = (given: object = {}) =>
  drafts.of({
    ...{ task: 'payment.outgoing', channel: 'sepa-sct', from: marta.number },
    ...{ amountMinor: '60000', currency: 'EUR', values: {}, ...given },
  });

const facts = (given: Partial<PaymentFacts> = {}) =>
  factsWith({ policy, payment: { ...payment, ...given } });

test('600 and a fee of 1: customer to payments out 600, to fees 1', () => {
  const prepared = prepare(draft(), facts());
  assert.equal(prepared.outcome, 'post');
  assert.deepEqual(legsOf(prepared), [
    `${marta.number} > OUTWARDEUR 60000 payment out`,
    `${marta.number} > ${fees.number} 100 fee`,
  ]);
  assert.equal(
    prepared.title,
    'Pay 600.00 EUR from 1000 0000 Marta Keller to Dupont, FR14 2004 1010 0505 0001 3M02 606',
  );
});

test('money that is there but for the fee is not enough', () => {
  const prepared = prepare(draft({ amountMinor: '140000' }), facts());
  assert.deepEqual(reasonsOf(prepared), []);
  const whole = prepare(
    draft({ amountMinor: '214035' }),
    facts({ channel: { ...(payment.channel as object), mostMinor: null } as never }),
  );
  assert.deepEqual(reasonsOf(whole), ['not-enough-available amountMinor']);
});

test('an unknown network, its currency and its largest amount stand against a payment', () => {
  assert.deepEqual(reasonsOf(prepare(draft(), facts({ channel: null }))), [
    'channel-unknown channel',
  ]);
  assert.deepEqual(reasonsOf(prepare(draft({ amountMinor: '150001' }), facts())), [
    'channel-most amountMinor',
  ]);
  const dollars = prepare(draft({ currency: 'USD' }), facts());
  assert.ok(reasonsOf(dollars).includes('channel-currency currency'));
  assert.ok(
    reasonsOf(prepare(draft(), facts({ outward: null }))).includes('no-suspense-account currency'),
  );
});

test('what the message is refused for is refused at its field', () => {
  const problems = [{ reason: 'iban-wrong', message: 'x', field: 'values.CdtrAcct/Id/IBAN' }];
  const prepared = prepare(draft(), facts({ problems }));
  assert.deepEqual(reasonsOf(prepared), ['iban-wrong values.CdtrAcct/Id/IBAN']);
  assert.equal(prepared.outcome, 'refused');
});

test('a repeat is told, a doubt needs a second person', () => {
  const similar = [{ payment: 4_711, time: '10:31' }];
  const told = prepare(draft(), facts({ similar }));
  assert.deepEqual([rulesOf(told), told.outcome], [['payment-repeated'], 'post']);
  const doubted = prepare(draft(), facts({ doubts: ['the name does not fit'] }));
  assert.deepEqual([rulesOf(doubted), doubted.outcome], [['payment-doubt'], 'approval']);
  assert.equal(doubted.holds[0]?.amountMinor, 60_100n);
});

test('property: what leaves the customer is amount and fee, and arrives whole', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 150_000n }), (amountMinor) => {
      const prepared = prepare(draft({ amountMinor: String(amountMinor) }), facts());
      const change = (number: string) => {
        const balance = prepared.balances.find((each) => each.account.number === number);
        return (balance?.afterMinor ?? 0n) - (balance?.beforeMinor ?? 0n);
      };
      assert.equal(change(marta.number), amountMinor + 100n);
      assert.equal(change('OUTWARDEUR'), -amountMinor);
      assert.equal(change(fees.number), -100n);
    }),
  );
});

test('a payment leaves only an account that may be debited, by whom it belongs to', () => {
  const refusals = (more: object, given: object = {}, paying: object = {}) => {
    const accounts = accountsMap({ ...marta, ...given }, loan);
    return reasonsOf(prepare(draft(paying), { ...facts(), accounts, ...more }));
  };
  assert.deepEqual(refusals({}), []);
  assert.deepEqual(refusals({}, { state: 'closed' }), ['account-closed from']);
  assert.deepEqual(refusals({}, { state: 'frozen' }), ['account-frozen from']);
  assert.deepEqual(refusals({}, {}, { from: loan.number }), ['product-not-allowed from']);
  assert.deepEqual(refusals({}, {}, { from: '12345679' }), ['unknown-account from']);
  const own = { actor: { staff: 7, name: 'Ben', roles: ['teller'], customer: 1 } };
  assert.deepEqual(refusals(own), ['own-account from']);
  const stranger = { conductor: { kind: 'customer', customer: 2 } };
  assert.deepEqual(refusals({}, {}, stranger), ['no-mandate conductor']);
});

test('a payment is of some money there is, as much as its network carries and no more', () => {
  const refusals = (paying: object, given: Partial<PaymentFacts> = {}) =>
    reasonsOf(prepare(draft(paying), facts(given)));
  assert.deepEqual(refusals({ amountMinor: '150000' }), [], 'the most it carries');
  assert.deepEqual(refusals({ amountMinor: '0' }), ['amount-zero amountMinor']);
  assert.ok(refusals({ currency: 'XYZ' }).includes('unknown-currency currency'));
  const any = { channel: { ...(payment.channel as object), currencies: [] } as never };
  assert.deepEqual(refusals({}, any), [], 'a network that names no currency carries all');
});

test('a payment’s fee is earned by an account, and named by what was paid', () => {
  const without = prepare(draft(), { ...facts(), fees: new Map() });
  assert.deepEqual(reasonsOf(without), ['no-fee-account']);
  assert.deepEqual(
    prepare(draft(), facts()).journals[0]?.fees.map(({ label }) => label),
    ['fee, payment'],
  );
});
