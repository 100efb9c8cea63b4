// Brings a branch database to the program's schema, one checked step at a time, or refuses to touch it.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';

/** One step of the schema. Numbers run from 1 without a gap; a step, once released, never changes. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

interface Applied {
  readonly number: bigint;
  readonly name: string;
  readonly checksum: string;
}

const migrationTable = `CREATE TABLE IF NOT EXISTS migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT`;

/** SHA-256 of the step's SQL, in hex: what the database remembers of it. */
export function migrationChecksum(migration: Migration): string {
  return createHash('sha256').update(migration.sql, 'utf8').digest('hex');
}

/**
 * The steps this database still lacks. Refuses `database-newer` when the file knows steps the program
 * does not, and `migration-changed` when a step it has run is not the step the program has.
 */
export function pendingMigrations(
  database: Database,
  migrations: readonly Migration[],
): readonly Migration[] {
  migrations.forEach((migration, index) => {
    assert.equal(migration.number, index + 1, 'migrations are numbered from 1 without a gap');
  });
  const applied = appliedMigrations(database);
  refuseUnless(
    applied.length <= migrations.length,
    'database-newer',
    `The branch database is at schema step ${applied.length}, this program knows ${migrations.length}. Start the newer program.`,
  );
  applied.forEach((row, index) => {
    const known = migrations[index];
    assert.ok(known);
    refuseUnless(
      Number(row.number) === known.number && row.checksum === migrationChecksum(known),
      'migration-changed',
      `Schema step ${row.number} (${row.name}) of the branch database is not this program's step ${known.number} (${known.name}). Start the program that made the database.`,
    );
  });
  return migrations.slice(applied.length);
}

function appliedMigrations(database: Database): readonly Applied[] {
  const table = database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'")
    .get();
  if (table === undefined) return [];
  return database
    .prepare<[], Applied>('SELECT number, name, checksum FROM migration ORDER BY number')
    .all();
}

/**
 * Runs the pending steps, each in its own transaction, and stops at the first that fails. A file that
 * holds anything is copied beside itself first (`FILE.before-N`, encrypted with the same key).
 */
export function migrate(
  database: Database,
  pending: readonly Migration[],
  now: () => number,
): { readonly backup: string | null } {
  const first = pending[0];
  if (first === undefined) return { backup: null };
  const backup = first.number > 1 ? backupBeside(database, first.number) : null;
  database.exec(migrationTable);
  for (const migration of pending) runStep(database, migration, backup, now());
  return { backup };
}

function runStep(
  database: Database,
  migration: Migration,
  backup: string | null,
  at: number,
): void {
  const step = database.transaction(() => {
    database.exec(migration.sql);
    database
      .prepare('INSERT INTO migration (number, name, checksum, at) VALUES (?, ?, ?, ?)')
      .run(migration.number, migration.name, migrationChecksum(migration), at);
  });
  try {
    step.immediate();
  } catch (error) {
    const copy = backup === null ? '' : ` The copy made before is ${backup}.`;
    const refusal = new Refusal(
      'migration-failed',
      `Schema step ${migration.number} (${migration.name}) failed and was undone; the branch database is as it was before this step.${copy}`,
    );
    refusal.cause = error;
    throw refusal;
  }
}

function backupBeside(database: Database, number: number): string {
  const backup = `${database.name}.before-${number}`;
  const part = `${backup}.part`;
  rmSync(part, { force: true });
  database.prepare('VACUUM INTO ?').run(part);
  renameSync(part, backup);
  syncFolder(dirname(backup));
  return backup;
}

/** Makes a rename in the folder durable. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
