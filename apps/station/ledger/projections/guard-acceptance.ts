// Keeps that a log was opened in spite of the guard until a supervisor has confirmed it, over every restart.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE guard_acceptance (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
`;

/** `guard.accepted`: what the guard said against the log that was opened all the same. */
export interface AcceptanceData {
  /** Number of the head that was accepted. */
  readonly head: number;
  readonly reason: string;
  readonly message: string;
  /** Whether a confirmation is awaited over restarts; absent in logs from before it was. */
  readonly isAwaited?: boolean;
}

/** What was accepted and nobody has confirmed yet; null where there is nothing to confirm. */
export function awaitedAcceptance(
  database: Database,
): Pick<AcceptanceData, 'reason' | 'message'> | null {
  const row = database
    .prepare<[], { reason: string; message: string }>(
      'SELECT reason, message FROM guard_acceptance',
    )
    .get();
  return row ?? null;
}

export const guardAcceptanceProjection: Projection = Object.freeze({
  name: 'guard-acceptance',
  tables: ['guard_acceptance'],
  schema,
  types: ['guard.accepted', 'guard.confirmed'],
  prepare(database: Database) {
    const wait = database.prepare(
      'INSERT OR REPLACE INTO guard_acceptance (id, seq, reason, message) VALUES (1, ?, ?, ?)',
    );
    const end = database.prepare('DELETE FROM guard_acceptance');
    return ({ type, seq, data }: StoredEvent) => {
      const { reason, message, isAwaited } = data as unknown as AcceptanceData;
      if (type === 'guard.confirmed') end.run();
      else if (isAwaited === true) wait.run(seq, reason, message);
    };
  },
});
