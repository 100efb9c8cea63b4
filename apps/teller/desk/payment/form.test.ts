// Attacks the reading of a payment form: nothing is guessed, nothing empty is sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentField } from '#contract/payments.ts';
import {
  bicPath,
  blankPayment,
  filled,
  groupedIban,
  ibanPath,
  isTypedPayment,
  readPayment,
  shownFields,
} from './form.ts';

const preset = { account: '10000295', to: 'FR1420041010050500013M02606', amount: '600' };

test('what the command line said stands in the form, the IBAN in groups', () => {
  const form = blankPayment(preset);
  assert.equal(form.values[ibanPath], 'FR14 2004 1010 0505 0001 3M02 606');
  assert.ok(isTypedPayment(form));
  assert.ok(!isTypedPayment(blankPayment({})));
});

test('a draft is made once account and amount are there, in minor units, without empty values', () => {
  const form = blankPayment(preset);
  const draft = readPayment(form, { currency: 'EUR', holder: 7 });
  assert.equal(draft?.amountMinor, '60000');
  assert.deepEqual(draft?.conductor, { kind: 'customer', customer: 7 });
  assert.equal(readPayment({ ...form, amount: '6o0' }, { currency: 'EUR', holder: 7 }), null);
  assert.equal(readPayment({ ...form, from: 'Keller' }, { currency: 'EUR', holder: 7 }), null);
  assert.deepEqual(filled({ a: ' x ', b: '  ' }), { a: 'x' });
});

test('the bank is asked for only while it is not known', () => {
  const field = (path: string) => ({ path }) as PaymentField;
  const fields = [field(ibanPath), field(bicPath)];
  assert.equal(shownFields(fields, { isBankKnown: true, bic: '' }).length, 1);
  assert.equal(shownFields(fields, { isBankKnown: false, bic: '' }).length, 2);
  assert.equal(shownFields(fields, { isBankKnown: true, bic: 'PSSTFRPP' }).length, 2);
});

test('half an IBAN is left as it is typed', () => {
  assert.equal(groupedIban('fr14200410'), 'FR14 2004 10');
  assert.equal(groupedIban('Dupont'), 'Dupont');
});
