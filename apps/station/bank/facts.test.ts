// Proves that the desk is told everything a draft needs read for it, and people are told apart.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountsOf, conductorsOf, currenciesOf, journalOf, personKey } from './facts.ts';
import { dollars, drafts, jonas, marta } from './prepare.fixture.ts';

const deposit = drafts.deposit();
const transfer = drafts.transfer();
const replacement = drafts.deposit({ account: dollars.number, currency: 'USD' });
const correction = { task: 'journal.correction', journal: 9, reason: 'x', replacement } as never;
const reversal = drafts.of({ task: 'journal.reversal', journal: 8, reason: 'wrong' });
const basket = { task: 'basket', items: [deposit, transfer, replacement] } as never;
const swap = { received: { 1000: 1 }, given: { 500: 2 } };
const exchange = drafts.of({ task: 'cash.exchange', currency: 'EUR', ...swap });

test('the accounts of a draft', () => {
  assert.deepEqual(accountsOf(deposit), [marta.number]);
  assert.deepEqual(accountsOf(transfer), [marta.number, jonas.number]);
  assert.deepEqual(accountsOf(drafts.transfer({ to: marta.number })), [marta.number]);
  assert.deepEqual(accountsOf(basket), [marta.number, jonas.number, dollars.number]);
  assert.deepEqual(accountsOf(correction), [dollars.number]);
  assert.deepEqual([accountsOf(reversal), accountsOf(exchange)], [[], []]);
});

test('the people, journal and currencies of a draft', () => {
  const owner = { kind: 'customer', customer: 1 } as const;
  assert.deepEqual(conductorsOf(deposit), [owner]);
  assert.deepEqual(conductorsOf(transfer), []);
  assert.deepEqual(conductorsOf(basket), [owner, owner]);
  assert.deepEqual(conductorsOf(correction), [owner]);
  assert.deepEqual(conductorsOf(reversal), []);
  assert.deepEqual([deposit, reversal, correction].map(journalOf), [null, 8, 9]);
  assert.deepEqual([deposit, basket, correction, reversal, exchange].map(currenciesOf), [
    ['EUR'],
    ['EUR', 'USD'],
    ['USD'],
    [],
    ['EUR'],
  ]);
});

test('a document is one person however it is written', () => {
  const key = (document: string) => personKey({ kind: 'other', name: 'A', document });
  assert.equal(key('ab-12 3'), key('AB123'));
  assert.notEqual(key('AB123'), key('AB124'));
  assert.equal(personKey({ kind: 'customer', customer: 17 }), 'customer:17');
});
