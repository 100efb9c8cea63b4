// Keeps what must not stand in a log that others read: password hashes, one-time seeds, the pepper.
import type { Database } from 'better-sqlite3';

export interface Secrets {
  get(name: string): Uint8Array | null;
  set(name: string, value: Uint8Array): void;
  delete(name: string): void;
}

/** The table `secret` by name. Written only inside the transaction of the event that says so. */
export function createSecrets(database: Database): Secrets {
  const get = database
    .prepare<[string], Uint8Array>('SELECT value FROM secret WHERE name = ?')
    .pluck();
  const set = database.prepare(
    `INSERT INTO secret (name, value) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  const remove = database.prepare('DELETE FROM secret WHERE name = ?');
  return Object.freeze({
    get: (name: string) => get.get(name) ?? null,
    set: (name: string, value: Uint8Array) => void set.run(name, value),
    delete: (name: string) => void remove.run(name),
  });
}

/** Name of a person's password hash (PHC string in UTF-8). */
export function passwordSecret(staff: number): string {
  return `staff/${staff}/password`;
}

/** Name of a person's one-time seed. */
export function factorSecret(staff: number): string {
  return `staff/${staff}/factor`;
}

/** Name of the pepper every hash is mixed with. */
export const pepperSecret = 'staff/pepper';
