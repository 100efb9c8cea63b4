// Proves that lists, cases and their decisions are a function of the log, and that the table itself holds the four eyes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rebuildInPlace } from '../rebuild.ts';
import { customerProjection } from './customer-projection.ts';
import { officeProjection } from './office.ts';
import { withBranch } from './projection-branch.fixture.ts';
import { type HitData, pageItem, screeningProjection } from './screening.ts';
import { createScreeningReads } from './screening-reads.ts';

const projections = [customerProjection, officeProjection, screeningProjection];

const hit = (name: string, more: Partial<HitData> = {}): HitData => ({
  ...{ customer: null, role: 'payee', name, nameKey: name.toLowerCase(), list: 'test', version: 1 },
  ...{ entry: 'T-1', entryName: 'Somebody', entryDigest: 'aa', programme: '', score: 900 },
  ...{ pairs: [], notes: [], engine: 'names-2', ...more },
});

test('lists, cases, decisions and the comparison come again from the log, to the same bytes', () => {
  withBranch(projections, (database, ledger) => {
    const reads = createScreeningReads(database);
    const append = (type: string, data: Readonly<Record<string, unknown>>, actor = '2') =>
      ledger.write(() => ledger.append({ type, actor, data }));
    const item = {
      kind: 'reference',
      name: pageItem('test', 0),
      version: 1,
      value: { packed: 'AA' },
    };
    const items = [{ seq: 1, hash: '0', body: JSON.stringify(item) }];
    append('office.received', { items }, 'system');
    const list = {
      ...{ name: 'test', version: 1, asOf: '2026-11-20', source: 'x', digest: 'd', entries: 1 },
      ...{ names: 1, pages: 1 },
    };
    append('screening.list-applied', { list }, 'system');
    append('approval.requested', { screening: [hit('Anna'), hit('Bert', { customer: 7 })] });
    const [anna, bert] = reads.open(10);
    assert.deepEqual([anna?.name, bert?.customer, reads.openCount()], ['Anna', 7, 2]);
    const decide = (id: number, outcome: string, actor: string) =>
      append('screening.decided', { screeningDecisions: [{ id, outcome, note: 'seen' }] }, actor);
    assert.throws(
      () => decide(anna?.id ?? 0, 'false', '2'),
      /CHECK/,
      'who brought it decides nothing',
    );
    decide(anna?.id ?? 0, 'false', '3');
    decide(bert?.id ?? 0, 'gone', '2');
    assert.deepEqual([reads.known(hit('Anna'))?.state, reads.openCount()], ['false', 0]);
    assert.equal(reads.known(hit('Anna', { entryDigest: 'bb' })), null, 'another entry');
    assert.equal(reads.known(hit('Anna', { customer: 7 })), null, 'another bearer');
    assert.deepEqual(reads.pressing(7), []);
    const screeningRun = { stamp: 's', state: 'running', next: 5, last: 9, hits: 1 };
    append('screening.run-advanced', { screeningRun }, 'system');
    assert.deepEqual(reads.pages('test'), ['AA']);
    const { ok, tables } = rebuildInPlace(database, projections, () => undefined);
    assert.deepEqual(
      [ok, tables.filter(({ before, after }) => before !== after).map(({ table }) => table)],
      [true, []],
    );
    assert.equal(reads.run()?.next, 5);
    assert.deepEqual(reads.pages('test'), ['AA']);
    assert.equal(reads.decided(10).length, 2);
  });
});

test('no read of the cases scans a table that grows', () => {
  withBranch(projections, (database) => {
    for (const sql of [
      `SELECT id FROM screening_case WHERE name_key = ? AND list = ? AND entry = ? ORDER BY id DESC`,
      'SELECT id FROM screening_case WHERE customer = ? ORDER BY id DESC',
      `SELECT id FROM screening_case WHERE state = 'open' ORDER BY id LIMIT ?`,
    ]) {
      const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 1n);
      const plan = database
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...parameters);
      for (const { detail } of plan) assert.doesNotMatch(detail, /^SCAN (?!.*INDEX)/, sql);
    }
  });
});
