// Opens the branch database the only safe way: locked, looked over, unlocked, durable, witnessed, up to date.

import assert from 'node:assert/strict';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import DatabaseDriver, { type Database } from 'better-sqlite3';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Witness } from '#station/ports.ts';
import { applicationId, fileKind, unlock } from './cipher.ts';
import { type Migration, migrate, pendingMigrations } from './migrate.ts';
import { refusingStore, storeRefusal } from './open-failure.ts';
import { lockedRefusal, takeStationLock } from './open-lock.ts';
import { scanWalFile, type WalReport } from './wal-preflight.ts';
import { checkWitness } from './witness.ts';

export type { Migration } from './migrate.ts';

export interface OpenOptions {
  readonly file: string;
  /** 32 random bytes; the caller's to wipe. */
  readonly key: Uint8Array;
  readonly migrations: readonly Migration[];
  /** A reader beside a station, in a worker or a tool: takes no lock, changes nothing. */
  readonly readonly?: boolean;
  readonly witness?: Witness;
  /** Hex hash of the head an administrator accepts in spite of the witness. */
  readonly acceptHead?: string;
  readonly now?: () => number;
}

/** Two KiB pages cost least for a single durable posting: less to seal and to write for each change. */
const pageBytes = 2048;

/**
 * Pages in the write-ahead log (8 MiB) before they are moved into the database: a page that many postings
 * rewrite is moved once, and the log is not so long that its growing costs more than it saves.
 */
const checkpointPages = 4000;

/** What the first event is bound to: the head of an empty log. */
const noHash = new Uint8Array(32);

/**
 * Opens, or makes, the branch database. Order matters: the station lock, a look at the file and at the
 * bytes of its write-ahead log before SQLite may touch them, the key, durability, the schema's number,
 * the witness, and only then migrations. Every refusal leaves the files as they were. Reasons:
 * `branch-in-use`, `folder-not-writable`, `disk-full`, `disk-failed`, `foreign-file`, `wrong-key`,
 * `database-damaged`, `log-damaged`, `database-newer`, `migration-changed`, `migration-failed`,
 * `witness-missing`, `witness-damaged`, `log-behind-witness`, `log-not-witnessed`.
 */
export function openDatabase(options: OpenOptions): Database {
  return options.readonly === true ? openReader(options) : openStation(options);
}

function openStation(options: OpenOptions): Database {
  const { file } = options;
  refuseUnwritable(file);
  const release = refusingStore(file, () => takeStationLock(file));
  if (release === null) throw lockedRefusal(file);
  let database: Database | null = null;
  let keptLog: string | null = null;
  try {
    keptLog = lookOver(options);
    database = new DatabaseDriver(file);
    const existing = unlockAndCheck(database, options);
    setUp(database, existing);
    const pending = pendingMigrations(database, options.migrations);
    askWitness(database, options, keptLog);
    emptyLog(database);
    migrate(database, pending, options.now ?? Date.now);
    if (keptLog !== null && options.acceptHead === undefined) rmSync(keptLog);
    return releasing(database.defaultSafeIntegers(true), release);
  } catch (error) {
    database?.close();
    if (keptLog !== null) renameSync(keptLog, walOf(file));
    release();
    throw storeRefusal(error, file) ?? error;
  }
}

function openReader(options: OpenOptions): Database {
  const { file } = options;
  refuseUnless(existsSync(file), 'branch-missing', `There is no branch database ${file}.`);
  const release = refusingStore(file, () => takeStationLock(file));
  let database: Database | null = null;
  try {
    const resting = release !== null;
    if (resting) refuseBrokenLog(file, scanWalFile(walOf(file)));
    database = new DatabaseDriver(file, { readonly: true, fileMustExist: true });
    unlockAndCheck(database, options);
    pendingMigrations(database, options.migrations);
    if (resting) askWitness(database, options, null);
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    return database.defaultSafeIntegers(true);
  } catch (error) {
    database?.close();
    throw storeRefusal(error, file) ?? error;
  } finally {
    release?.();
  }
}

function refuseUnwritable(file: string): void {
  refusingStore(file, () => {
    accessSync(dirname(file), constants.W_OK | constants.X_OK);
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  });
}

/**
 * Looks at the bytes before SQLite does. Returns the copy of a log that breaks before its last commit:
 * only the witness can say whether anybody was told of that commit.
 */
function lookOver(options: OpenOptions): string | null {
  const { file } = options;
  const kind = fileKind(file);
  if (kind === 'plain' || kind === 'foreign') throw strangerRefusal(options);
  const wal = scanWalFile(walOf(file));
  refuseUnless(
    kind === 'ours' || wal.commits + wal.commitsBehind === 0,
    'database-damaged',
    `The branch database ${file} is empty, but its log beside it holds ${wal.commits + wal.commitsBehind} commits. Put the database file back; do not delete the log.`,
  );
  if (kind === 'none') refuseVanished(options);
  refuseBrokenLog(file, wal);
  if (wal.commitsBehind === 0) return null;
  const kept = `${walOf(file)}.kept`;
  copyFileSync(walOf(file), kept);
  return kept;
}

function strangerRefusal(options: OpenOptions): Refusal {
  if (keyIsRight(options)) {
    return new Refusal(
      'database-damaged',
      `The branch database ${options.file} does not begin as one, though its witness stands beside it: its first page is damaged or another file lies in its place. Restore it from the last good copy.`,
    );
  }
  return new Refusal(
    'foreign-file',
    `The file ${options.file} is not a branch database of this program. Name the folder of the branch.`,
  );
}

/** No database, and yet a witness of one: a new one must not be made in its place. */
function refuseVanished(options: OpenOptions): void {
  if (options.witness === undefined) return;
  checkWitness({ witness: options.witness, hashAt: () => null, headSeq: 0 });
}

function refuseBrokenLog(file: string, wal: WalReport): void {
  refuseUnless(
    wal.commitsBehind < 2 && !(wal.breakAt === 0 && wal.commitsBehind > 0),
    'log-damaged',
    `The write-ahead log ${walOf(file)} is damaged at byte ${wal.breakAt}: ${wal.commitsBehind} commits stand behind that place and would be lost. Nothing was changed; keep the file and have it recovered.`,
  );
}

/** Gives the key and reads the schema; true when the database has one. */
function unlockAndCheck(database: Database, options: OpenOptions): boolean {
  unlock(database, options.key);
  if (options.readonly !== true) database.pragma(`page_size = ${pageBytes}`);
  const tables = countTables(database, options);
  if (tables === 0) return false;
  refuseUnless(
    database.pragma('application_id', { simple: true }) === applicationId,
    'foreign-file',
    `The file ${options.file} is encrypted with this branch's key, but is not a branch database.`,
  );
  return true;
}

function countTables(database: Database, options: OpenOptions): number {
  try {
    const count = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
    return Number(count);
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_NOTADB' || keyIsRight(options)) throw error;
    const refusal = new Refusal(
      'wrong-key',
      `The key does not open the branch database ${options.file}: it is another branch's key, or another branch's file.`,
    );
    refusal.cause = error;
    throw refusal;
  }
}

/** A witness that carries its seal proves the key: then it is the file that is damaged. */
function keyIsRight(options: OpenOptions): boolean {
  try {
    return (options.witness?.read() ?? null) !== null;
  } catch {
    return false;
  }
}

/**
 * Durability and self-defence of the connection. The driver's own default in WAL mode is NORMAL, which
 * loses acknowledged money at a power cut, and it is applied at the first statement: so FULL is set
 * and read back after one.
 */
function setUp(database: Database, existing: boolean): void {
  const mode = database.pragma('journal_mode = WAL', { simple: true });
  assert.equal(mode, 'wal', 'the branch database runs in WAL mode');
  if (!existing) database.pragma(`application_id = ${applicationId}`);
  database.prepare('SELECT count(*) FROM sqlite_schema').get();
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  database.pragma('temp_store = MEMORY');
  database.pragma('secure_delete = ON');
  database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  database.pragma('cache_size = -65536');
  database.prepare('SELECT count(*) FROM sqlite_schema').get();
  const synchronous = database.pragma('synchronous', { simple: true });
  assert.equal(synchronous, 2, 'commits wait for the disk (synchronous=FULL)');
}

function askWitness(database: Database, options: OpenOptions, keptLog: string | null): void {
  const { witness } = options;
  if (witness === undefined) {
    refuseUnless(
      keptLog === null,
      'log-damaged',
      `The write-ahead log ${walOf(options.file)} breaks before its last commit, and no witness can say whether it was acknowledged.`,
    );
    return;
  }
  const hashAt = hashReader(database);
  const headSeq = hashAt === null ? 0 : newestSeq(database);
  checkWitness({
    witness,
    hashAt: hashAt ?? (() => null),
    headSeq,
    acceptHead: options.acceptHead,
  });
  if (options.readonly === true) return;
  const hash = hashAt?.(headSeq) ?? noHash;
  witness.write({ seq: headSeq, hash });
}

function newestSeq(database: Database): number {
  return Number(database.prepare('SELECT coalesce(max(seq), 0) FROM event').pluck().get());
}

function hashReader(database: Database): ((seq: number) => Uint8Array | null) | null {
  const table = database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'event'")
    .get();
  if (table === undefined) return null;
  const read = database.prepare<[number], Uint8Array>('SELECT hash FROM event WHERE seq = ?');
  return (seq) => read.pluck().get(seq) ?? null;
}

/**
 * Moves the log into the database and empties it, so that no leftover of an unfinished commit can stay
 * behind a later one; then refuses a file that ends before its last page.
 */
function emptyLog(database: Database): void {
  const [result] = database.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
  if (result?.busy !== 0) return;
  const pages = Number(database.pragma('page_count', { simple: true }));
  const size = Number(database.pragma('page_size', { simple: true }));
  const found = statSync(database.name).size;
  refuseUnless(
    found >= pages * size,
    'database-damaged',
    `The branch database ${database.name} has ${found} bytes where its header says ${pages * size}: its end is missing. Restore it from the last good copy.`,
  );
}

/** Closing the database gives the station lock back. */
function releasing(database: Database, release: () => void): Database {
  const close = database.close.bind(database);
  database.close = () => {
    close();
    release();
    return database;
  };
  return database;
}

function walOf(file: string): string {
  return `${file}-wal`;
}
