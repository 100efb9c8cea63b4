// Attacks migrations: wrong lists, changed steps, newer files, steps that fail half-way.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import {
  append,
  countEvents,
  logMigration,
  makeBranch,
  openBranch,
  refuses,
} from './faults/fixture.ts';
import { type Migration, openDatabase } from './open.ts';

const note: Migration = { number: 2, name: 'notes', sql: 'CREATE TABLE note (text TEXT) STRICT' };
const broken: Migration = {
  number: 3,
  name: 'half a step',
  sql: 'CREATE TABLE half (a TEXT) STRICT; INSERT INTO nowhere VALUES (1)',
};

test('steps run once, in order, and are remembered with their checksum', (context) => {
  const branch = makeBranch(context);
  openBranch(branch).close();
  assert.equal(existsSync(`${branch.file}.before-1`), false);
  openBranch(branch, { migrations: [logMigration, note] }).close();
  const database = openBranch(branch, { migrations: [logMigration, note] });
  const rows = database.prepare('SELECT number, name, length(checksum) FROM migration').raw().all();
  assert.deepEqual(rows, [
    [1n, 'a bare log', 64n],
    [2n, 'notes', 64n],
  ]);
  database.close();
});

test('the clock given is the time recorded', (context) => {
  const branch = makeBranch(context);
  const database = openDatabase({ ...branch, migrations: [logMigration], now: () => 1234 });
  assert.equal(database.prepare('SELECT at FROM migration').pluck().get(), 1234n);
  database.close();
});

test('a gap in the numbers is our own mistake', (context) => {
  const branch = makeBranch(context);
  assert.throws(() => openBranch(branch, { migrations: [note] }), { code: 'ERR_ASSERTION' });
});

test('a newer database is refused, by readers too', (context) => {
  const branch = makeBranch(context);
  openBranch(branch, { migrations: [logMigration, note] }).close();
  refuses('database-newer', () => openBranch(branch));
  refuses('database-newer', () => openBranch(branch, { readonly: true }));
});

test('a step that was changed after it ran is refused', (context) => {
  const branch = makeBranch(context);
  openBranch(branch).close();
  const changed = { ...logMigration, sql: `${logMigration.sql} ` };
  refuses('migration-changed', () => openBranch(branch, { migrations: [changed] }));
});

test('a failing step is undone whole, stops, and leaves a copy that opens', (context) => {
  const branch = makeBranch(context);
  const before = openBranch(branch);
  append(branch, before, 5);
  before.close();
  const refusal = refuses('migration-failed', () =>
    openBranch(branch, { migrations: [logMigration, note, broken] }),
  );
  assert.match(refusal.message, /Schema step 3 \(half a step\).*before-2/);
  const database = openBranch(branch, { migrations: [logMigration, note] });
  const half = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get();
  assert.equal(half, undefined);
  assert.equal(countEvents(database), 5);
  database.close();
  const copy = openDatabase({
    file: `${branch.file}.before-2`,
    key: branch.key,
    migrations: [logMigration],
  });
  assert.equal(countEvents(copy), 5);
  copy.close();
});
