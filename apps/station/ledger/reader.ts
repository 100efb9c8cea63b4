// Opens a branch file to read it beside its station, in a worker: no lock, no witness, nothing
// written.
import DatabaseDriver, { type Database } from 'better-sqlite3';
import { unlock } from './cipher.ts';

/** A read-only connection with the station's key; the caller closes it. */
export function openReader(file: string, key: Uint8Array): Database {
  const database = new DatabaseDriver(file, { readonly: true, fileMustExist: true });
  unlock(database, key);
  database.pragma('trusted_schema = OFF');
  database.pragma('cache_size = -16384');
  return database.defaultSafeIntegers(true);
}
