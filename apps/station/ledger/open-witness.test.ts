// Puts older, shorter and foreign files under the station and expects each to be noticed at the door.

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  append,
  countEvents,
  crashCopy,
  makeBranch,
  openBranch,
  refuses,
} from './faults/fixture.ts';

function grown(context: TestContext) {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  append(branch, database, 3);
  database.close();
  const older = crashCopy(branch, 'older');
  const reopened = openBranch(branch);
  append(branch, reopened, 2);
  reopened.close();
  return { branch, older };
}

test('an older copy put in place of the database is refused', (context) => {
  const { branch, older } = grown(context);
  copyFileSync(older.file, branch.file);
  const refusal = refuses('log-behind-witness', () => openBranch(branch));
  assert.match(refusal.message, /ends at event 3, but event 5 was recorded/);
  refuses('log-behind-witness', () => openBranch(branch, { readonly: true }));
});

test('an older witness beside a newer log is a power cut, and is brought up to date', (context) => {
  const { branch, older } = grown(context);
  copyFileSync(join(older.folder, 'branch.witness'), join(branch.folder, 'branch.witness'));
  openBranch(branch).close();
  copyFileSync(older.file, branch.file);
  refuses('log-behind-witness', () => openBranch(branch));
});

test('another history of the same branch is refused', (context) => {
  const { branch, older } = grown(context);
  const other = openBranch(older);
  append(older, other, 4);
  other.close();
  copyFileSync(older.file, branch.file);
  refuses('log-not-witnessed', () => openBranch(branch));
});

test("another branch's database does not open with this branch's key", (context) => {
  const { branch } = grown(context);
  const other = grown(context).branch;
  copyFileSync(other.file, branch.file);
  refuses('database-damaged', () => openBranch(branch));
});

test("another branch's witness is refused", (context) => {
  const { branch } = grown(context);
  const other = grown(context).branch;
  copyFileSync(join(other.folder, 'branch.witness'), join(branch.folder, 'branch.witness'));
  refuses('witness-damaged', () => openBranch(branch));
});

test('a vanished database beside its witness is refused, not made anew', (context) => {
  const { branch } = grown(context);
  rmSync(branch.file);
  refuses('log-behind-witness', () => openBranch(branch));
  assert.equal(existsSync(branch.file), false);
});

test('a missing witness is accepted only with the exact head', (context) => {
  const { branch } = grown(context);
  rmSync(join(branch.folder, 'branch.witness'));
  const refusal = refuses('witness-missing', () => openBranch(branch));
  const head = /accept the head 5 \(([0-9a-f]{64})\)/.exec(refusal.message)?.[1];
  assert.ok(head);
  refuses('witness-missing', () => openBranch(branch, { acceptHead: `00${head.slice(2)}` }));
  const database = openBranch(branch, { acceptHead: head });
  assert.equal(countEvents(database), 5);
  database.close();
  openBranch(branch).close();
});
