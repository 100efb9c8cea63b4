// Keeps a branch folder to one station at a time, by a lock that the system frees when the station dies.

import Database from 'better-sqlite3';
import { Refusal } from '#station/bank/refusal.ts';

/**
 * Takes the station lock of a branch database (`FILE.lock`, an empty SQLite file held exclusively) and
 * returns how to give it back, or null when another station holds it. SQLite knows its locks across
 * threads of one process too, so a second station is refused wherever it runs; read-only workers do
 * not ask for it.
 */
export function takeStationLock(file: string): (() => void) | null {
  const lock = new Database(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY') === true) return null;
    throw error;
  }
  return () => {
    lock.close();
  };
}

/** What a second station on the same folder is told. */
export function lockedRefusal(file: string): Refusal {
  return new Refusal(
    'branch-in-use',
    `Another station has the branch database ${file} open. Close it there first, or use that one.`,
  );
}
