// Keeps the branch's business days: who opened and closed each, and the proof it was closed with.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE branch_day (
  date TEXT PRIMARY KEY,
  opened INTEGER NOT NULL UNIQUE,
  opened_at INTEGER NOT NULL,
  opened_by INTEGER NOT NULL,
  second INTEGER NOT NULL CHECK (second <> opened_by),
  closed INTEGER,
  closed_at INTEGER,
  closed_by INTEGER,
  journals INTEGER,
  head_seq INTEGER,
  head_hash TEXT,
  digest TEXT,
  signature TEXT
) STRICT, WITHOUT ROWID;
`;

/** `date.opened`, besides the ledger's `dateOpened`. */
export interface DayOpened {
  readonly date: string;
  /** The other person who counted the vault. */
  readonly second: number;
}

/** `date.closed`, besides the ledger's `dateClosed`. */
export interface DayClosed {
  readonly date: string;
  readonly journals: number;
  /** The log as it stood before the close. */
  readonly head: { readonly seq: number; readonly hash: string };
  /** SHA-256 of the pack's canonical text, and the device's signature over that text, both hexadecimal. */
  readonly digest: string;
  readonly signature: string;
}

export interface DayRow {
  readonly date: string;
  readonly opened: number;
  readonly openedAt: number;
  readonly openedBy: number;
  readonly second: number;
  readonly close: {
    readonly seq: number;
    readonly at: number;
    readonly by: number;
    readonly journals: number;
    readonly headSeq: number;
    readonly headHash: string;
    readonly digest: string;
    readonly signature: string;
  } | null;
}

export interface DayReads {
  day(date: string): DayRow | null;
  /** The newest day, open or closed; null before the first. */
  latest(): DayRow | null;
  /** The newest day before the date. */
  before(date: string): DayRow | null;
  /** Closed days, newest first. */
  closed(count: number): readonly DayRow[];
}

interface Stored {
  readonly date: string;
  readonly opened: bigint;
  readonly opened_at: bigint;
  readonly opened_by: bigint;
  readonly second: bigint;
  readonly closed: bigint | null;
  readonly closed_at: bigint;
  readonly closed_by: bigint;
  readonly journals: bigint;
  readonly head_seq: bigint;
  readonly head_hash: string;
  readonly digest: string;
  readonly signature: string;
}

function rowOf(stored: Stored): DayRow {
  const { date, closed, head_hash: headHash, digest, signature } = stored;
  return Object.freeze({
    ...{ date, opened: Number(stored.opened), openedAt: Number(stored.opened_at) },
    ...{ openedBy: Number(stored.opened_by), second: Number(stored.second) },
    close:
      closed === null
        ? null
        : {
            ...{ seq: Number(closed), at: Number(stored.closed_at), by: Number(stored.closed_by) },
            ...{ journals: Number(stored.journals), headSeq: Number(stored.head_seq) },
            ...{ headHash, digest, signature },
          },
  });
}

export function createDayReads(database: Database): DayReads {
  const byDate = database.prepare<[string], Stored>('SELECT * FROM branch_day WHERE date = ?');
  const latest = database.prepare<[], Stored>(
    'SELECT * FROM branch_day ORDER BY date DESC LIMIT 1',
  );
  const before = database.prepare<[string], Stored>(
    'SELECT * FROM branch_day WHERE date < ? ORDER BY date DESC LIMIT 1',
  );
  const newest = database.prepare<[number], Stored>(
    'SELECT * FROM branch_day ORDER BY date DESC LIMIT ?',
  );
  const one = (stored: Stored | undefined) => (stored ? rowOf(stored) : null);
  return Object.freeze({
    day: (date: string) => one(byDate.get(date)),
    latest: () => one(latest.get()),
    before: (date: string) => one(before.get(date)),
    closed: (count: number) =>
      newest
        .all(count + 1)
        .map(rowOf)
        .filter((row) => row.close !== null)
        .slice(0, count),
  });
}

export const dayProjection: Projection = Object.freeze({
  name: 'day',
  tables: ['branch_day'],
  schema,
  types: ['date.opened', 'date.closed'],
  prepare(database: Database) {
    const open = database.prepare(
      'INSERT INTO branch_day (date, opened, opened_at, opened_by, second) VALUES (?, ?, ?, ?, ?)',
    );
    const close = database.prepare(
      `UPDATE branch_day SET closed = ?, closed_at = ?, closed_by = ?, journals = ?, head_seq = ?,
       head_hash = ?, digest = ?, signature = ? WHERE date = ?`,
    );
    return ({ type, seq, at, actor, data }: StoredEvent) => {
      if (type === 'date.opened') {
        const { date, second } = data.day as unknown as DayOpened;
        open.run(date, seq, at, Number(actor), second);
        return;
      }
      const { date, journals, head, digest, signature } = data.day as unknown as DayClosed;
      const proof = [journals, head.seq, head.hash, digest, signature];
      close.run(seq, at, Number(actor), ...proof, date);
    };
  },
});
