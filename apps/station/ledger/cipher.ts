// Unlocks the branch database: AEGIS-256 pages under a raw key that never stands in a statement.

import assert from 'node:assert/strict';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

/** Length of the database key: AEGIS-256 takes 256 bits. */
export const keyBytes = 32;

/** Nonce and tag that AEGIS-256 keeps at the end of each page. */
const reservedPerPageBytes = 64;

/** Databases of ours carry this number ("QTEL") in their header. */
export const applicationId = 0x5154454c;

type Keyed = Database & { key(key: Buffer): number };

/**
 * Gives the connection its cipher and key, before anything is read. The key travels as bytes, not in a
 * PRAGMA, so that no trace or error can show it; "raw:" tells the cipher to derive nothing from it, so
 * that opening costs no key derivation. Our copy is wiped.
 */
export function unlock(database: Database, key: Uint8Array): void {
  assert.equal(key.length, keyBytes, 'the database key is 32 bytes');
  database.pragma("cipher = 'aegis'");
  database.pragma("aegis_algorithm = 'aegis-256'");
  assert.equal(database.pragma('cipher', { simple: true }), 'aegis', 'the driver has AEGIS');
  const raw = Buffer.concat([Buffer.from('raw:'), key]);
  (database as Keyed).key(raw);
  raw.fill(0);
}

/** What the first bytes of a file say about it; they are not secret: salt, page size, reserved bytes. */
export type FileKind = 'none' | 'ours' | 'plain' | 'foreign' | 'unfinished';

/**
 * Looks at a file before SQLite does. Only the holder of the station lock may call this: closing a
 * descriptor drops every POSIX lock the process holds on that file, another connection's included.
 */
export function fileKind(file: string): FileKind {
  const header = Buffer.alloc(24);
  let length = 0;
  try {
    const descriptor = openSync(file, 'r');
    try {
      length = readSync(descriptor, header, 0, header.length, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw error;
  }
  if (length === 0) return 'none';
  if (hasJournal(file)) return 'unfinished';
  if (header.toString('latin1', 0, 15) === 'SQLite format 3') return 'plain';
  return length === header.length && isOurHeader(header) ? 'ours' : 'foreign';
}

/**
 * The first page's seal does not cover these eight bytes, so each is compared: page size, file format
 * (2 with a write-ahead log, 1 in a copy made by VACUUM INTO), reserved bytes, payload fractions.
 */
function isOurHeader(header: Buffer): boolean {
  const format = header[18];
  return (
    [1024, 2048, 4096, 8192].includes(header.readUInt16BE(16)) &&
    (format === 1 || format === 2) &&
    header[19] === format &&
    header[20] === reservedPerPageBytes &&
    header[21] === 64 &&
    header[22] === 32 &&
    header[23] === 32
  );
}

/** A rollback journal stands beside a database only until its first page is made: SQLite undoes that. */
function hasJournal(file: string): boolean {
  const journal = statSync(`${file}-journal`, { throwIfNoEntry: false });
  return journal !== undefined && journal.size > 0;
}
