// What stands in the form and what is sent must be the same thing, to the cent and to the note.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draft as draftSchema } from '#contract/drafts.ts';
import { blankItem, isTyped, readItem, withProposals } from './form.ts';

const deposit = blankItem('cash.deposit', {
  account: '1234 5678',
  amount: '1,250.00',
  currency: 'EUR',
});

test('a deposit as typed is the draft the contract reads', () => {
  const read = readItem({ ...deposit, pieces: { 50000: '3', 5000: '-5' } }, 7);
  assert.ok(read.ok);
  assert.deepEqual(read.draft, {
    task: 'cash.deposit',
    account: '12345678',
    amountMinor: '125000',
    currency: 'EUR',
    feeFrom: 'account',
    narrative: '',
    conductor: { kind: 'customer', customer: 7 },
    denominations: { 50000: 3 },
    change: { 5000: 5 },
  });
  assert.equal(draftSchema.safeParse(read.draft).success, true);
});

test('a withdrawal has no change, a transfer no notes', () => {
  const pieces = { 10000: '2', 5000: '-1' };
  const withdrawal = readItem({ ...deposit, task: 'cash.withdrawal', pieces }, null);
  assert.ok(withdrawal.ok);
  assert.deepEqual(Object.keys(withdrawal.draft).sort(), [
    'account',
    'amountMinor',
    'currency',
    'denominations',
    'feeFrom',
    'narrative',
    'task',
  ]);
  const transfer = readItem({ ...deposit, task: 'transfer', to: '87654321', pieces }, null);
  assert.ok(transfer.ok);
  assert.equal('denominations' in transfer.draft, false);
  assert.equal(draftSchema.safeParse(transfer.draft).success, true);
});

test('what is not there yet is named, field by field, and nothing is sent', () => {
  const read = readItem(blankItem('transfer', { amount: '1.234', currency: 'EUR' }), 1);
  assert.ok(!read.ok);
  assert.deepEqual(
    read.missing.map(({ field }) => field),
    ['account', 'to', 'amount'],
  );
  for (const [name, document] of [
    ['x', ''],
    ['x', 'P12345'],
    ['Ada Byron', ' P1 '],
  ] as const) {
    const other = readItem({ ...deposit, conductor: { who: 'other', name, document } }, 1);
    assert.ok(!other.ok, `${name}, ${document}`);
    assert.equal(other.missing[0]?.field, 'conductor');
  }
});

test('somebody else at the desk goes before the holder', () => {
  const conductor = { who: 'other', name: ' Ada Byron ', document: 'P123' };
  const read = readItem({ ...deposit, conductor }, 7);
  assert.ok(read.ok);
  assert.deepEqual(read.draft.conductor, { kind: 'other', name: 'Ada Byron', document: 'P123' });
  const chosen = readItem({ ...deposit, conductor: { ...conductor, who: '9' } }, 7);
  assert.ok(chosen.ok);
  assert.deepEqual(chosen.draft.conductor, { kind: 'customer', customer: 9 });
});

test('proposals are put where they belong, in a basket too, and nothing else changes', () => {
  const read = readItem(deposit, null);
  assert.ok(read.ok);
  const basket = { task: 'basket' as const, items: [read.draft, read.draft] };
  const proposal = { field: 'items.1.denominations', currency: 'EUR', message: '' };
  const filled = withProposals(basket, [{ ...proposal, denominations: { 50000: 2 } }]);
  assert.deepEqual(filled.items[0], read.draft);
  assert.deepEqual(filled.items[1], { ...read.draft, denominations: { 50000: 2 } });
  assert.equal(basket.items[1], read.draft);
});

test('an untouched form loses nothing', () => {
  assert.equal(isTyped(blankItem('cash.deposit', { currency: 'EUR' })), false);
  assert.equal(isTyped(blankItem('cash.deposit', { pieces: { 5000: '' } })), false);
  assert.equal(isTyped(blankItem('cash.deposit', { pieces: { 5000: '1' } })), true);
});
