// Keeps the words of head office that did not act here: unsigned, for another branch, or older than what is known.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE office_refused (
  seq INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
`;

/** One of the `refused` of `office.received`. */
interface RefusedData {
  readonly seq: number;
  readonly name: string;
  readonly version: number;
  readonly reason: string;
  readonly message: string;
}

export interface RefusedRow {
  readonly name: string;
  readonly version: number;
  readonly at: number;
  readonly reason: string;
  readonly message: string;
}

export interface RefusedReads {
  /** The newest that were not taken, newest first, `most` of them. */
  refused(most: number): readonly RefusedRow[];
}

export function createRefusedReads(database: Database): RefusedReads {
  type Stored = Omit<RefusedRow, 'version' | 'at'> & { version: bigint; at: bigint };
  const newest = database.prepare<[number], Stored>(
    'SELECT name, version, at, reason, message FROM office_refused ORDER BY seq DESC LIMIT ?',
  );
  return Object.freeze({
    refused: (most: number) =>
      newest.all(most).map(({ version, at, ...row }) => ({
        ...{ ...row, version: Number(version), at: Number(at) },
      })),
  });
}

export const officeRefusedProjection: Projection = Object.freeze({
  name: 'office-refused',
  tables: ['office_refused'],
  schema,
  types: ['office.received'],
  prepare(database: Database) {
    const keep = database.prepare(
      `INSERT INTO office_refused (seq, name, version, at, reason, message) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    );
    return ({ at, data }: StoredEvent) => {
      const { refused = [] } = data as unknown as { readonly refused?: readonly RefusedData[] };
      for (const { seq, name, version, reason, message } of refused) {
        keep.run(seq, name, BigInt(version), at, reason, message);
      }
    };
  },
});
