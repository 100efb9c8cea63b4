// Holds who decides whether a name is the listed one, and when a comparison starts and stops.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refusal } from '#station/bank/refusal.ts';
import type { CaseRow } from '#station/ledger/projections/screening-reads.ts';
import { screeningHandlers } from './screening-handlers.ts';

const sam = { id: 2, roles: ['supervisor'], customer: 70, name: 'Sam' };
const openCase = {
  ...{ id: 2_048, state: 'open', openedBy: 4, openedAt: 0, customer: 50, decidedBy: null },
  ...{ decidedAt: null, pairs: [], notes: [], note: '' },
} as never as CaseRow;

function place(
  given: { row?: CaseRow | null; run?: object | null; lists?: readonly object[] } = {},
) {
  let codes = 0;
  const { row = openCase, run = null, lists = [] } = given;
  const reads = {
    ...{ case: () => row, run: () => run, lists: () => lists, open: () => [row] },
    ...{ decided: () => [], last: () => ({ next: 0, last: 0 }) },
  };
  const checkFactor = () => {
    codes += 1;
    return 'step';
  };
  const people = { nameOf: (id: number) => `staff ${id}` };
  const handlers = screeningHandlers({
    counter: { sessions: { checkFactor }, people },
    screening: { reads },
    rescreening: { look: () => undefined },
  } as never) as never as Record<
    string,
    { before(...all: unknown[]): Promise<unknown>; record(...all: unknown[]): { data: object } }
  >;
  return { handlers, codes: () => codes };
}

const reasonOf = async (what: () => unknown): Promise<string | null> => {
  try {
    await what();
    return null;
  } catch (error) {
    return (error as Refusal).reason;
  }
};

test('a name is decided once, by somebody else than brought it, and by nobody of themselves; else no code is spent', async () => {
  const table: readonly [CaseRow | null, object, string | null][] = [
    [openCase, {}, null],
    [null, {}, 'case-unknown'],
    [{ ...openCase, state: 'false' }, {}, 'case-decided'],
    [openCase, { id: 4 }, 'same-person'],
    [openCase, { customer: 50 }, 'own-customer'],
    [{ ...openCase, customer: null }, { customer: null }, null],
  ];
  for (const [row, more, reason] of table) {
    const { handlers, codes } = place({ row });
    const person = { ...sam, ...more };
    const input = { case: 2_048, outcome: 'false', note: 'another birth', code: '1' };
    const decide = handlers['screening.decide'];
    assert.equal(await reasonOf(() => decide?.before(input, { person, window: 1 })), reason);
    assert.equal(codes(), reason === null ? 1 : 0, `${reason}`);
    assert.equal(await reasonOf(() => decide?.record(input, { person })), reason);
  }
});

test('a decision stands at the customer whom it is about, and at nobody where it is about none', () => {
  const dataOf = (row: CaseRow) =>
    place({ row }).handlers['screening.decide']?.record(
      { case: 2_048, outcome: 'true', note: 'same birth' },
      { person: sam },
    ).data;
  const screeningDecisions = [{ id: 2_048, outcome: 'true', note: 'same birth' }];
  assert.deepEqual(dataOf(openCase), { screeningDecisions, customer: 50 });
  assert.deepEqual(dataOf({ ...openCase, customer: null }), { screeningDecisions });
});

test('who may decide a case is shown it as theirs, and nobody else is', () => {
  const mine = (row: CaseRow, person: object | null) => {
    const list = place({ row }).handlers['screening.cases'] as never as (
      input: object,
      asker: object,
    ) => { cases: readonly { mine: boolean; event: number }[] };
    const [shown] = list({ scope: 'open' }, { person }).cases;
    assert.equal(shown?.event, 2);
    return shown.mine;
  };
  assert.equal(mine(openCase, sam), true);
  assert.equal(mine(openCase, { ...sam, roles: ['compliance'] }), true);
  assert.equal(mine({ ...openCase, customer: null }, { ...sam, customer: null }), true);
  for (const person of [
    null,
    { ...sam, roles: ['teller', 'auditor'] },
    { ...sam, id: 4 },
    { ...sam, customer: 50 },
  ]) {
    assert.equal(mine(openCase, person), false);
  }
  assert.equal(mine({ ...openCase, state: 'true' }, sam), false);
});

test('nothing is compared with no list, and only what runs is stopped', async () => {
  const start = place().handlers['screening.rescreen'];
  assert.equal(await reasonOf(() => start?.record({})), 'no-list');
  const stopped = (run: object | null) => {
    const stop = place({ run }).handlers['screening.stop'];
    return reasonOf(() => stop?.record({ reason: 'enough' }));
  };
  assert.equal(await stopped(null), 'not-running');
  assert.equal(await stopped({ state: 'done' }), 'not-running');
  const running = { state: 'running', next: 7, last: 9, hits: 1, stamp: 's', at: 5 };
  const stop = place({ run: running }).handlers['screening.stop'];
  const { at: _at, ...rest } = running;
  assert.deepEqual(stop?.record({ reason: 'enough' }).data, {
    ...{ screeningRun: { ...rest, state: 'stopped' }, reason: 'enough' },
  });
});
