// Attacks the opening of a branch database: its arguments first, then its refusals, then its settings.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import DatabaseDriver from 'better-sqlite3';
import {
  append,
  branchIn,
  countEvents,
  crashCopy,
  digests,
  flipBit,
  logMigration,
  makeBranch,
  openBranch,
  refuses,
} from './faults/fixture.ts';
import { openDatabase } from './open.ts';

test('a new database is durable, guards itself, and is unreadable without its key', (context) => {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  const settings = ['synchronous', 'foreign_keys', 'trusted_schema', 'cell_size_check'];
  assert.deepEqual(
    settings.map((name) => Number(database.pragma(name, { simple: true }))),
    [2, 1, 0, 1],
  );
  assert.equal(database.pragma('journal_mode', { simple: true }), 'wal');
  assert.equal(database.pragma('cipher', { simple: true }), 'aegis');
  assert.equal(database.pragma('page_size', { simple: true }), 2048n);
  const body = Buffer.from('a marker in clear words');
  database.prepare('INSERT INTO event VALUES (1, ?, ?)').run(randomBytes(32), body);
  assert.equal(readFileSync(`${branch.file}-wal`).includes('marker in clear'), false);
  database.close();
  assert.equal(readFileSync(branch.file).includes('marker in clear'), false);
  assert.notEqual(readFileSync(branch.file).toString('latin1', 0, 15), 'SQLite format 3');
});

test('integers come back exact', (context) => {
  const database = openBranch(makeBranch(context));
  assert.equal(
    database
      .prepare('SELECT ? + 0')
      .pluck()
      .get(2n ** 63n - 1n),
    2n ** 63n - 1n,
  );
  database.close();
});

test('a key that is not 32 bytes is our own mistake', (context) => {
  const branch = makeBranch(context);
  assert.throws(() => openBranch({ ...branch, key: randomBytes(31) }), { code: 'ERR_ASSERTION' });
});

test('a wrong key is refused and changes nothing, log included', (context) => {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  append(branch, database, 3);
  const crashed = crashCopy(branch);
  database.close();
  const before = digests(crashed);
  refuses('wrong-key', () => openBranch({ ...crashed, key: randomBytes(32) }));
  assert.deepEqual(digests(crashed), before);
  const reopened = openBranch(crashed);
  assert.equal(countEvents(reopened), 3);
  reopened.close();
});

test('files that are not ours are refused and left alone', (context) => {
  const branch = makeBranch(context);
  new DatabaseDriver(branch.file).exec('CREATE TABLE theirs (a)').close();
  refuses('foreign-file', () => openBranch(branch));
  for (const bytes of [randomBytes(4096), Buffer.from('short'), Buffer.alloc(4096)]) {
    writeFileSync(branch.file, bytes);
    refuses('foreign-file', () => openBranch(branch));
    assert.deepEqual(readFileSync(branch.file), bytes);
  }
});

test('a database of the same key but another purpose is refused', (context) => {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  database.pragma('application_id = 7');
  database.close();
  refuses('foreign-file', () => openBranch(branch));
});

test('a folder that is not there, or not ours to write, is refused', (context) => {
  const branch = makeBranch(context);
  refuses('folder-not-writable', () => openBranch(branchIn(join(branch.folder, 'no'), branch.key)));
  chmodSync(branch.folder, 0o555);
  const asRoot = process.geteuid?.() === 0;
  if (asRoot) process.seteuid?.(65534);
  try {
    refuses('folder-not-writable', () => openBranch(branch));
  } finally {
    if (asRoot) process.seteuid?.(0);
    chmodSync(branch.folder, 0o755);
  }
});

test('a second station is refused while the first runs, and let in after it', (context) => {
  const branch = makeBranch(context);
  const first = openBranch(branch);
  refuses('branch-in-use', () => openBranch(branch));
  append(branch, first, 1);
  first.close();
  openBranch(branch).close();
});

test('a killed station frees the folder at once', async (context) => {
  const branch = makeBranch(context);
  openBranch(branch).close();
  const child = spawn(process.execPath, ['--input-type=module', '-e', holderSource(branch)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  context.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  refuses('branch-in-use', () => openBranch(branch));
  child.kill('SIGKILL');
  await once(child, 'exit');
  openBranch(branch).close();
});

test('readers and refused stations of the same process do not give the locks away', async (context) => {
  const branch = makeBranch(context);
  const station = openBranch(branch);
  append(branch, station, 2);
  refuses('branch-in-use', () => openBranch(branch));
  openBranch(branch, { readonly: true }).close();
  const child = spawn(process.execPath, ['--input-type=module', '-e', holderSource(branch)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.setEncoding('utf8');
  let words = '';
  child.stderr.on('data', (chunk: string) => {
    words += chunk;
  });
  await once(child, 'close');
  assert.match(words, /branch-in-use/);
  append(branch, station, 2);
  assert.ok(existsSync(`${branch.file}-wal`), 'nobody closed the log behind the station');
  station.close();
  const again = openBranch(branch);
  assert.equal(countEvents(again), 4);
  again.close();
});

function holderSource(branch: { folder: string; key: Buffer }): string {
  const fixture = JSON.stringify(new URL('./faults/fixture.ts', import.meta.url).href);
  const key = JSON.stringify(branch.key.toString('hex'));
  return `import { branchIn, openBranch } from ${fixture};
    openBranch(branchIn(${JSON.stringify(branch.folder)}, Buffer.from(${key}, 'hex')));
    console.log('open');
    setInterval(() => {}, 1000);`;
}

test('readers come in beside the station, see its work, and cannot write', (context) => {
  const branch = makeBranch(context);
  refuses('branch-missing', () => openBranch(branch, { readonly: true }));
  const station = openBranch(branch);
  const reader = openBranch(branch, { readonly: true });
  append(branch, station, 2);
  assert.equal(countEvents(reader), 2);
  assert.throws(() => reader.prepare('DELETE FROM event').run(), { code: 'SQLITE_READONLY' });
  reader.close();
  append(branch, station, 1);
  station.close();
  const alone = openBranch(branch, { readonly: true });
  assert.equal(countEvents(alone), 3);
  alone.close();
});

test('a break with two commits behind it is refused, and the log stays', (context) => {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  append(branch, database, 6);
  const crashed = crashCopy(branch);
  database.close();
  flipBit(`${crashed.file}-wal`, 32 + 24 + 700, 3);
  const before = digests(crashed);
  for (const readonly of [false, true]) {
    const refusal = refuses('log-damaged', () => openBranch(crashed, { readonly }));
    assert.match(refusal.message, /byte 32: \d+ commits/);
  }
  assert.deepEqual(digests(crashed), before);
});

test('a broken last commit is lost money when the witness saw it, and nobody told when not', (context) => {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  append(branch, database, 4);
  const unseen = crashCopy(branch, 'unseen');
  append(branch, database, 1);
  const seen = crashCopy(branch, 'seen');
  database.close();
  const length = readFileSync(`${seen.file}-wal`).length;
  flipBit(`${seen.file}-wal`, length - 100, 0);
  writeFileSync(`${unseen.file}-wal`, readFileSync(`${seen.file}-wal`));

  const before = digests(seen);
  refuses('log-behind-witness', () => openBranch(seen));
  refuses('log-behind-witness', () => openBranch(seen));
  assert.equal(digests(seen)['branch.db-wal'], before['branch.db-wal']);
  refuses('log-damaged', () => openDatabase({ ...unseen, migrations: [logMigration] }));

  const reopened = openBranch(unseen);
  assert.equal(countEvents(reopened), 4);
  assert.equal(readFileSync(`${unseen.file}-wal`).length, 0, 'no leftover behind later commits');
  append(unseen, reopened, 1);
  reopened.close();
  openBranch(unseen).close();
});

test('an emptied database beside a log with commits is refused before SQLite drops the log', (context) => {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  append(branch, database, 2);
  const crashed = crashCopy(branch);
  database.close();
  truncateSync(crashed.file, 0);
  const before = digests(crashed);
  refuses('database-damaged', () => openBranch(crashed));
  assert.deepEqual(digests(crashed), before);
});

test('a shortened database is refused', (context) => {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  append(branch, database, 40);
  database.close();
  const length = readFileSync(branch.file).length;
  for (const kept of [length - 2048, length - 100, 2048, 1000]) {
    const copy = crashCopy(branch);
    truncateSync(copy.file, kept);
    refuses('database-damaged', () => openBranch(copy));
  }
});

test('a damaged first page is told from a wrong key by the witness', (context) => {
  const branch = makeBranch(context);
  const database = openBranch(branch);
  append(branch, database, 2);
  database.close();
  flipBit(branch.file, 500, 1);
  refuses('database-damaged', () => openBranch(branch));
  refuses('wrong-key', () => openDatabase({ ...branch, migrations: [logMigration] }));
});
