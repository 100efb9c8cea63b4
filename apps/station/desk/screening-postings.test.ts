// Holds what refuses a listed name where nothing can wait for an approval: visits, payments that came in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScreeningFact } from '#station/bank/screening.ts';
import { refuseListed } from './screening-postings.ts';

const fact = (state: ScreeningFact['state']): ScreeningFact => ({
  ...{
    entry: 'un/A-1',
    role: 'payee',
    state,
    id: null,
    customer: null,
    fresh: null,
    message: `${state}!`,
  },
});

test('where nothing can be parked, only a second person lets an open name pass, and nobody a true one', () => {
  const at = (isSeconded: boolean) => ({ isSeconded, field: 'second.user' });
  const refused = (facts: readonly ScreeningFact[], isSeconded: boolean) => {
    try {
      refuseListed(facts, at(isSeconded));
      return null;
    } catch (error) {
      return (error as { reason: string }).reason;
    }
  };
  assert.equal(refused([fact('false')], false), null);
  assert.equal(refused([fact('open')], false), 'listed-name-open');
  assert.equal(refused([fact('open')], true), null);
  assert.equal(refused([fact('open'), fact('true')], true), 'listed-name');
});
