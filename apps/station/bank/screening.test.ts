// Holds the rule of listed names: open ones ask, decided ones tell, true ones stop.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isListedName, judgeScreening, type ScreeningFact } from './screening.ts';

const fact = (state: ScreeningFact['state'], entry = 'un/A-1'): ScreeningFact => ({
  ...{ entry, role: 'payee', state, id: null, customer: null, fresh: null, message: `${state}!` },
});

test('open asks for a second person, false only tells, true refuses', () => {
  const { flags, problems } = judgeScreening([fact('open'), fact('false', 'un/B-2'), fact('true')]);
  assert.deepEqual(
    flags.map(({ rule, needs }) => [rule, needs, isListedName(rule)]),
    [
      ['listed-name/un/A-1', 'approval', true],
      ['listed-name/un/B-2', 'notice', true],
    ],
  );
  assert.deepEqual(
    problems.map(({ reason, message }) => [reason, message]),
    [['listed-name', 'true!']],
  );
  assert.deepEqual(judgeScreening([]), { flags: [], problems: [] });
});
