// Attacks the opening of a branch database: its arguments first, then its refusals, then its settings.

import assert from 'node:assert/strict';
import { hash, randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import { type Migration, openDatabase } from './open.ts';

const first: Migration = {
  number: 1,
  name: 'note',
  sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
};
function branch(context: TestContext): { file: string; folder: string; key: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'teller-open-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return { file: join(folder, 'branch.db'), folder, key: randomBytes(32) };
}

function refuses(reason: string, work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof Refusal, `a refusal, not ${error}`);
    assert.equal(error.reason, reason, error.message);
    return error;
  }
  return assert.fail(`not refused (${reason})`);
}

test('a new database is durable, strict about itself, and unreadable without its key', (context) => {
  const { file, key } = branch(context);
  const database = openDatabase({ file, key, migrations: [first] });
  const settings = ['synchronous', 'foreign_keys', 'trusted_schema', 'cell_size_check'];
  assert.deepEqual(
    settings.map((name) => Number(database.pragma(name, { simple: true }))),
    [2, 1, 0, 1],
  );
  assert.equal(database.pragma('journal_mode', { simple: true }), 'wal');
  assert.equal(database.pragma('cipher', { simple: true }), 'aegis');
  database.prepare('INSERT INTO note (text) VALUES (?)').run('a marker in clear words');
  const big = 2n ** 63n - 1n;
  assert.equal(database.prepare('SELECT ? + 0').pluck().get(big), big);
  assert.equal(readFileSync(`${file}-wal`).includes('marker in clear'), false);
  database.close();
  assert.equal(readFileSync(file).includes('marker in clear'), false);
  assert.notEqual(readFileSync(file).toString('latin1', 0, 15), 'SQLite format 3');
});

test('a wrong key is refused and changes nothing, log included', (context) => {
  const { file, folder, key } = branch(context);
  const crashed = crashedCopy({ file, folder, key });
  const before = digests(crashed);
  const copy = join(crashed, 'branch.db');
  refuses('wrong-key', () =>
    openDatabase({ file: copy, key: randomBytes(32), migrations: [first] }),
  );
  assert.deepEqual(digests(crashed), before);
  const database = openDatabase({ file: copy, key, migrations: [first] });
  assert.equal(database.prepare('SELECT count(*) FROM note').pluck().get(), 1n);
  database.close();
});

/** What a killed station leaves: database and log as they stand while it runs. */
function crashedCopy(options: { file: string; folder: string; key: Buffer }): string {
  const database = openDatabase({ file: options.file, key: options.key, migrations: [first] });
  database.prepare('INSERT INTO note (text) VALUES (?)').run('one');
  const crashed = join(options.folder, 'crashed');
  rmSync(crashed, { recursive: true, force: true });
  copyBranch(options.folder, crashed);
  database.close();
  return crashed;
}

/** SHA-256 of database and log; the rest of the folder is scratch. */
function digests(folder: string): readonly string[] {
  return ['branch.db', 'branch.db-wal']
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => hash('sha256', readFileSync(join(folder, name))));
}

function copyBranch(from: string, to: string): void {
  const names = readdirSync(from).filter((name) => /^branch\.db(-wal)?$/.test(name));
  mkdirSync(to);
  for (const name of names) copyFileSync(join(from, name), join(to, name));
}
