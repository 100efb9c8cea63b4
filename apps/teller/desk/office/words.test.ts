// Holds the words of the line to what they must say, with their figures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caughtUp, eventWords } from './delivery.ts';
import { lineSentence, lineWord } from './words.ts';

const line = {
  state: 'online',
  behind: 0,
  since: null,
  why: '',
  readsAll: false,
  allowancesLeft: [],
} as const;

test('each state has a word of its own, and none where there is no head office', () => {
  assert.equal(lineWord({ ...line, state: 'none' }), null);
  assert.deepEqual(lineWord(line), { text: 'head office online', tone: 'calm', icon: 'link' });
  assert.match(lineWord({ ...line, state: 'behind', behind: 41 })?.text ?? '', /behind by 41/);
  const since = '2026-11-20T09:30:00.000Z';
  assert.match(lineWord({ ...line, state: 'offline', since })?.text ?? '', /since \d\d:\d\d$/);
  const allowancesLeft = [{ amountMinor: '10000', currency: 'EUR' }];
  assert.match(
    lineWord({ ...line, state: 'offline', since, allowancesLeft })?.text ?? '',
    /, 100\.00 EUR of allowances left$/,
  );
  assert.equal(lineWord({ ...line, state: 'stopped' })?.tone, 'red');
});

test('what is different offline is said with how much waits', () => {
  assert.equal(lineSentence(line), '');
  assert.match(lineSentence({ ...line, state: 'offline', behind: 3 }), /3 events wait/);
  assert.match(lineSentence({ ...line, state: 'stopped', why: 'two of them' }), /two of them/);
});

test('catching up is measured by what had piled up, and what waits is named', () => {
  assert.deepEqual(caughtUp(2_500, 10_000), { done: 7_500, of: 10_000 });
  assert.deepEqual(caughtUp(0, 0), { done: 1, of: 1 });
  assert.equal(eventWords({ type: 'session.opened', what: '' }), 'session opened');
  assert.equal(eventWords({ type: 'journal.posted', what: 'Deposit' }), 'Deposit');
});
