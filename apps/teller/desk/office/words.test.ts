// Holds the words of the line to what they must say, with their figures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineSentence, lineWord } from './words.ts';

const line = { state: 'online', behind: 0, since: null, why: '', readsAll: false } as const;

test('each state has a word of its own, and none where there is no head office', () => {
  assert.equal(lineWord({ ...line, state: 'none' }), null);
  assert.deepEqual(lineWord(line), { text: 'head office', tone: 'calm', icon: 'link' });
  assert.match(lineWord({ ...line, state: 'behind', behind: 41 })?.text ?? '', /behind by 41/);
  const since = '2026-11-20T09:30:00.000Z';
  assert.match(lineWord({ ...line, state: 'offline', since })?.text ?? '', /since \d\d:\d\d$/);
  assert.equal(lineWord({ ...line, state: 'stopped' })?.tone, 'red');
});

test('what is different offline is said with how much waits', () => {
  assert.equal(lineSentence(line), '');
  assert.match(lineSentence({ ...line, state: 'offline', behind: 3 }), /3 events wait/);
  assert.match(lineSentence({ ...line, state: 'stopped', why: 'two of them' }), /two of them/);
});
