// Runs the predecessor's own examples: each becomes a valid message, or says which field is missing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#station/bank/refusal.ts';
import { adaptPayment, isPredecessors, type Making } from './adapt.ts';

function making(): Making {
  let count = 0;
  return { at: Date.UTC(2026, 10, 20, 9), identification: () => `QX${++count}` };
}

const accounts = {
  debtor_iban: 'DE89370400440532013000',
  creditor_iban: 'FR1420041010050500013M02606',
};
const names = { debtor_name: 'John Doe', creditor_name: 'Jane Smith' };
const order = {
  message_type: 'pain.001.001.09',
  payment_info: [{ amount: 1000.5, currency: 'EUR', ...accounts }],
};
const transfer = { type: 'SCT', amount: 1000.5, ...names, ...accounts, remittance_info: 'Invoice' };
const fin = {
  ...{ message_type: '103', sender: 'DEUTDEFF', receiver: 'BNPAFRPP', reference: 'REF123456' },
  fields: {
    ...{ amount: '1000,50', currency: 'EUR' },
    ...{ ordering_customer: 'John Doe', beneficiary_customer: 'Jane Smith' },
  },
};

const refused = (payment: unknown, protocol?: string) => {
  try {
    adaptPayment(payment, making(), protocol);
  } catch (error) {
    assert(error instanceof Refusal, String(error));
    return [error.reason, error.field];
  }
  return null;
};

test('the order of its first page is valid, to the cent, and says whose names a market wants', () => {
  const made = adaptPayment(order, making(), 'ISO20022');
  assert.deepEqual([made.type, made.valid, made.errors], ['pain.001.001.09', true, []]);
  assert.match(made.text, /<InstdAmt Ccy="EUR">1000\.50<\/InstdAmt>/);
  assert.match(made.text, /<CtrlSum>1000\.50<\/CtrlSum>/);
  assert.deepEqual(made.missing, ['payment_info.0.debtor_name', 'payment_info.0.creditor_name']);
});

test('a SEPA transfer keeps the rulebook, and instant ones say so', () => {
  const made = adaptPayment(transfer, making(), 'SEPA');
  assert.deepEqual([made.valid, made.errors, made.missing], [true, [], []]);
  assert.match(made.text, /<Ustrd>Invoice<\/Ustrd>/);
  const instant = adaptPayment({ ...transfer, type: 'SCT_INST' }, making());
  assert.deepEqual(instant.errors, []);
  assert.match(instant.text, /<LclInstrm><Cd>INST<\/Cd><\/LclInstrm>/);
});

test('the SWIFT example asks for its customers, and is valid with them', () => {
  const { ordering_customer: _, ...less } = fin.fields;
  const missing = ['field-missing', 'fields.ordering_customer'];
  assert.deepEqual(refused({ ...fin, fields: less }, 'SWIFT'), missing);
  const made = adaptPayment(fin, making(), 'SWIFT');
  assert.deepEqual([made.type, made.valid, made.errors], ['MT103', true, []]);
  assert.match(
    made.text,
    /:20:REF123456\r\n:23B:CRED\r\n:32A:261120EUR1000,5\r\n:33B:EUR1000,5\r\n:50K:John Doe\r\n/,
  );
});

test('what is missing or wrong is named by its path', () => {
  const one = order.payment_info[0];
  const info = (change: object) => ({ ...order, payment_info: [{ ...one, ...change }] });
  const cases: readonly (readonly [unknown, string, string])[] = [
    [{ message_type: 'pain.001.001.09' }, 'field-missing', 'payment_info'],
    [{ ...order, payment_info: [] }, 'field-missing', 'payment_info'],
    [info({ amount: undefined }), 'field-missing', 'payment_info.0.amount'],
    [info({ amount: 0.1 + 0.2 }), 'field-wrong', 'payment_info.0.amount'],
    [info({ amount: 1.005 }), 'too-many-decimals', 'payment_info.0.amount'],
    [info({ amount: -1 }), 'field-wrong', 'payment_info.0.amount'],
    [info({ currency: 'EURO' }), 'unknown-currency', 'payment_info.0.currency'],
    [info({ debtor_iban: undefined }), 'field-missing', 'payment_info.0.debtor_iban'],
    [info({ creditor_iban: 'DE00' }), 'iban-wrong', 'payment_info.0.creditor_iban'],
    [{ ...order, message_type: 'camt.053.001.08' }, 'type-unknown', 'message_type'],
    [{ ...transfer, type: 'SDD' }, 'scheme-unknown', 'type'],
    [{ ...fin, sender: 'DEUT' }, 'bic-wrong', 'sender'],
    [{ ...fin, message_type: '940' }, 'type-unknown', 'message_type'],
  ];
  for (const [payment, ...expected] of cases) assert.deepEqual(refused(payment), expected);
});

test('nothing from outside makes it fail but by a refusal', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.record({ message_type: fc.constant('pain.001.001.09'), payment_info: fc.jsonValue() }),
    fc.record({ type: fc.jsonValue(), amount: fc.jsonValue(), debtor_iban: fc.string() }),
    fc.record({ message_type: fc.jsonValue(), sender: fc.jsonValue(), fields: fc.jsonValue() }),
  );
  fc.assert(
    fc.property(anything, (payment) => {
      isPredecessors(payment);
      refused(payment);
    }),
    { numRuns: 300 },
  );
});
