// A tiny log on the real store, for tests that damage files: real opening, real pages, the least schema.

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
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Database } from 'better-sqlite3';
import { Refusal } from '#station/bank/refusal.ts';
import { type Migration, openDatabase } from '../open.ts';
import { createSidecarWitness } from '../witness.ts';

export const logMigration: Migration = {
  number: 1,
  name: 'a bare log',
  sql: 'CREATE TABLE event (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, body BLOB NOT NULL) STRICT',
};

export interface Branch {
  readonly folder: string;
  readonly file: string;
  readonly key: Buffer;
}

/** A fresh folder on a disk, also where the other tests write into memory; removed after the test. */
export function makeBranch(context: TestContext, key: Buffer = randomBytes(32)): Branch {
  const folder = mkdtempSync(join(process.env.TELLER_DISK ?? tmpdir(), 'teller-store-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return branchIn(folder, key);
}

export function branchIn(folder: string, key: Buffer): Branch {
  return { folder, file: join(folder, 'branch.db'), key };
}

/** Opens the branch with its witness, and leaves the witness open as the station does. */
export function openBranch(
  branch: Branch,
  more: { migrations?: readonly Migration[]; acceptHead?: string; readonly?: boolean } = {},
): Database {
  const witness = witnessOf(branch);
  try {
    return openDatabase({ ...branch, migrations: [logMigration], witness, ...more });
  } finally {
    witness.close();
  }
}

export function witnessOf(branch: Branch) {
  return createSidecarWitness({ file: join(branch.folder, 'branch.witness'), key: branch.key });
}

/** Appends events one commit each, chained, and tells the witness after each as the ledger does. */
export function append(branch: Branch, database: Database, count: number, filler = 300): void {
  const witness = witnessOf(branch);
  for (let index = 0; index < count; index += 1) {
    const last = database
      .prepare<[], { seq: bigint; hash: Buffer }>('SELECT seq, hash FROM event ORDER BY seq DESC')
      .get();
    const body = randomBytes(filler);
    const next = hash('sha256', Buffer.concat([last?.hash ?? Buffer.alloc(32), body]), 'buffer');
    const seq = Number(last?.seq ?? 0n) + 1;
    database.prepare('INSERT INTO event VALUES (?, ?, ?)').run(seq, next, body);
    witness.write({ seq, hash: next });
  }
  witness.close();
}

export function countEvents(database: Database): number {
  return Number(database.prepare('SELECT count(*) FROM event').pluck().get());
}

/** The folder as a killed station leaves it: copied while the station still runs. */
export function crashCopy(branch: Branch, name = 'crashed'): Branch {
  const folder = join(branch.folder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const entry of readdirSync(branch.folder)) {
    if (/^branch\.(db|db-wal|witness)$/.test(entry)) {
      copyFileSync(join(branch.folder, entry), join(folder, entry));
    }
  }
  return branchIn(folder, branch.key);
}

/** SHA-256 of what counts in the folder; lock and shared memory are scratch. */
export function digests(branch: Branch): Readonly<Record<string, string>> {
  const names = ['branch.db', 'branch.db-wal', 'branch.witness'];
  const found = names.filter((name) => existsSync(join(branch.folder, name)));
  return Object.fromEntries(
    found.map((name) => [name, hash('sha256', readFileSync(join(branch.folder, name)))]),
  );
}

/** Flips one bit of a file. */
export function flipBit(file: string, byte: number, bit: number): void {
  const bytes = readFileSync(file);
  const old = bytes[byte];
  assert.ok(old !== undefined, `byte ${byte} is in the file`);
  bytes[byte] = old ^ (1 << bit);
  writeFileSync(file, bytes);
}

/** The refusal that the work ends in; anything else fails the test. */
export function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof Refusal, `a refusal, not: ${error}`);
    return error;
  }
  return assert.fail('the work was not refused');
}

/** Like refusalOf, and the reason must be the given one. */
export function refuses(reason: string, work: () => unknown): Refusal {
  const refusal = refusalOf(work);
  assert.equal(refusal.reason, reason, refusal.message);
  return refusal;
}
