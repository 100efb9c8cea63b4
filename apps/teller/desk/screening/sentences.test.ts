// Holds the words about lists to what the station says of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScreeningState } from '#contract/screening.ts';
import { ageWords, listWord, oldSentence, runSentence, scoreWords } from './sentences.ts';

const list = (name: string, ageDays: number): ScreeningState['lists'][number] => ({
  ...{
    name,
    version: 3,
    asOf: '2026-11-01',
    source: 'x',
    digest: '',
    entries: 1_200,
    names: 3_000,
  },
  ...{ appliedAt: '2026-11-02T00:00:00.000Z', ageDays, isOld: ageDays > 7 },
});
const state = (...lists: ScreeningState['lists']): ScreeningState => ({
  ...{ lists, open: 0, run: null, oldDays: 7, leastScore: 800, engine: 'names-2' },
});

test('the status line names the oldest list, and says when it is too old', () => {
  assert.equal(listWord(state()), null);
  assert.deepEqual(listWord(state(list('ofac', 0), list('un', 3))), {
    ...{ text: 'un 3, 3 days old', isOld: false },
  });
  assert.deepEqual(listWord(state(list('ofac', 8), list('un', 3))), {
    ...{ text: 'ofac 3, 8 days old', isOld: true },
  });
  assert.equal(oldSentence(state(list('un', 7))), null);
  assert.match(
    oldSentence(state(list('un', 8), list('ofac', 9))) ?? '',
    /^un, ofac are older than 7/,
  );
});

test('ages, scores and the comparison are said in words', () => {
  assert.deepEqual([0, 1, 2].map(ageWords), ['of today', '1 day old', '2 days old']);
  assert.equal(scoreWords(912), '91.2 of 100');
  const run = { next: 500, last: 2_000, hits: 1, at: '2026-11-02T00:00:00.000Z', isCurrent: true };
  assert.match(runSentence({ ...run, state: 'running' }), /customer 500 of 2,000, 1 name to be/);
  assert.match(runSentence({ ...run, state: 'done' }), /Every customer/);
  assert.match(runSentence({ ...run, state: 'done', isCurrent: false }), /newer list/);
  assert.match(runSentence({ ...run, state: 'stopped' }), /^Stopped/);
});
