// Keeps whether people here have asked to go on with an older copy of head office, so that a restart does not forget it.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE office_rejoin (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  reason TEXT NOT NULL
) STRICT;
`;

export interface RejoinReads {
  /** Why it was asked for and not granted yet; null when nobody asks. */
  asked(): string | null;
}

export function createRejoinReads(database: Database): RejoinReads {
  const asked = database.prepare<[], string>('SELECT reason FROM office_rejoin').pluck();
  return Object.freeze({ asked: () => (asked.get() as string | undefined) ?? null });
}

export const officeRejoinProjection: Projection = Object.freeze({
  name: 'office-rejoin',
  tables: ['office_rejoin'],
  schema,
  types: ['office.rejoin-asked', 'office.rejoined', 'office.rejoin-ended'],
  prepare(database: Database) {
    const ask = database.prepare('INSERT OR REPLACE INTO office_rejoin (id, reason) VALUES (1, ?)');
    const end = database.prepare('DELETE FROM office_rejoin');
    return ({ type, data }: StoredEvent) => {
      if (type === 'office.rejoin-asked') ask.run((data as { readonly reason: string }).reason);
      else end.run();
    };
  },
});
