// Attacks payees at other banks: known by their IBAN alone, from the first payment on, and never by being asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { featureNames } from './catalogue.ts';
import { attemptsOfDraft, createFeatureReader, type LoggedEvent } from './events.ts';
import { neverPaid } from './outside.ts';

const dayMs = 86_400_000;
const beginsAt = Date.UTC(2026, 0, 5, 8);
const iban = 'FR1420041010050500013M02606';

function history(...data: readonly Readonly<Record<string, unknown>>[]): LoggedEvent[] {
  const opened = [
    { accounts: [{ id: 100, number: 'A100', currency: 'EUR', customer: 1 }] },
    { accounts: [{ id: 101, number: 'A101', currency: 'EUR', customer: 2 }] },
  ];
  return [...opened, ...data].map((each, index) => ({
    ...{ seq: index + 1, at: beginsAt + index * dayMs, date: '2026-01-05', actor: '3' },
    ...{ type: each.accounts ? 'account.opened' : 'journal.posted', data: each },
  }));
}

const paid = (to: string, from = 100, amountMinor = '60000') => ({
  entry: {
    kind: 'payment.outgoing',
    amountMinor,
    currency: 'EUR',
    conductor: null,
    reversalOf: null,
  },
  journal: { legs: [{ debit: from, credit: 9_001, amountMinor }] },
  payments: [{ direction: 'out', creditor: { iban: to } }],
});

function read(events: readonly LoggedEvent[]) {
  const reader = createFeatureReader();
  for (const event of events) reader.apply(event);
  return reader;
}

function vectorOf(reader: ReturnType<typeof read>, to: string, at: number) {
  const values = { 'CdtrAcct/Id/IBAN': to };
  const draft = { task: 'payment.outgoing', from: 'A100', amountMinor: '60000', values };
  const numbers = {
    idOf: (number: string) => reader.accountId(number),
    payeeId: reader.payeeId,
  };
  const [attempt] = attemptsOfDraft(draft, { at, teller: 3 }, numbers);
  assert.ok(attempt);
  const vector = reader.engine.vector(attempt);
  return (name: string) => vector[featureNames.indexOf(name)] as number;
}

test('a payee is new until it was paid, however its IBAN is written, and old afterwards', () => {
  const at = beginsAt + 10 * dayMs;
  const before = vectorOf(read(history()), iban, at);
  assert.deepEqual([before('isNewPayee'), before('isTransfer'), before('pairCount90')], [1, 1, 0]);
  assert.equal(before('payeeAgeDaysLog'), 0);
  const after = vectorOf(read(history(paid(iban))), 'fr14 2004 1010 0505 0001 3m02 606', at);
  assert.deepEqual([after('isNewPayee'), after('pairCount90')], [0, 1]);
  assert.ok(Math.abs(after('payeeAgeDaysLog') - Math.log1p(8)) < 1e-6);
  assert.equal(after('outCount30'), 1, 'money paid out counts as gone');
  const other = vectorOf(read(history(paid(iban))), 'DE89370400440532013000', at);
  assert.deepEqual([other('isNewPayee'), other('newPayees7')], [1, 0]);
});

test('many accounts paying one outside are seen, and the payee keeps its number whatever comes between', () => {
  const reader = read(history(paid(iban), paid('DE89370400440532013000'), paid(iban, 101)));
  const at = beginsAt + 5 * dayMs;
  assert.equal(vectorOf(reader, iban, at)('payeeFanIn7'), 2);
  assert.notEqual(reader.payeeId(iban), reader.payeeId('DE89370400440532013000'));
});

test('asking about payees leaves no trace', () => {
  const [asked, quiet] = [read(history(paid(iban))), read(history(paid(iban)))];
  for (let count = 0; count < 50; count += 1) {
    assert.equal(asked.payeeId(`XX${count}`), neverPaid);
    vectorOf(asked, `XX${count}`, beginsAt + 40 * dayMs);
  }
  const at = beginsAt + 3 * dayMs;
  for (const name of featureNames) {
    const [one, other] = [vectorOf(asked, iban, at)(name), vectorOf(quiet, iban, at)(name)];
    assert.ok(Object.is(one, other), name);
  }
});

test('a word on an attempt to pay somebody never paid is no word on the next such payee', () => {
  const events = history(paid(iban));
  const said = (touched: readonly number[], seq: number): LoggedEvent => ({
    ...{ seq, at: beginsAt + 4 * dayMs, date: '2026-01-09', actor: '4' },
    ...{
      type: 'risk.verdict-recorded',
      data: { subject: 3, verdict: 'fraud', weight: 100, touched },
    },
  });
  const reader = read(events);
  reader.apply(said([neverPaid], 4));
  const at = beginsAt + 5 * dayMs;
  assert.equal(vectorOf(reader, 'XX1', at)('payeeFraudLabels'), 0);
  reader.apply(said([reader.payeeId(iban)], 5));
  assert.equal(vectorOf(reader, iban, at)('payeeFraudLabels'), 1);
});
