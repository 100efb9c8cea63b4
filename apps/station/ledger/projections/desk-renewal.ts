// Keeps the certificates that desks have been given in advance and not shown yet, as a function of the log.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE desk_renewal (
  desk INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE CHECK (length(fingerprint) = 64),
  until INTEGER NOT NULL
) STRICT;
`;

/** One desk's next certificate; a desk has one at most. */
export interface DeskRenewal {
  readonly desk: number;
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string;
  /** End of the certificate, ms since 1970. */
  readonly until: number;
}

export interface DeskRenewals {
  of(desk: number): DeskRenewal | null;
  byFingerprint(fingerprint: string): DeskRenewal | null;
}

interface Stored {
  readonly desk: bigint;
  readonly fingerprint: string;
  readonly until: bigint;
}

export function createDeskRenewals(database: Database): DeskRenewals {
  const ofDesk = database.prepare<[number], Stored>('SELECT * FROM desk_renewal WHERE desk = ?');
  const byPrint = database.prepare<[string], Stored>(
    'SELECT * FROM desk_renewal WHERE fingerprint = ?',
  );
  const one = (stored: Stored | undefined): DeskRenewal | null =>
    stored ? { ...stored, desk: Number(stored.desk), until: Number(stored.until) } : null;
  return Object.freeze({
    of: (desk: number) => one(ofDesk.get(desk)),
    byFingerprint: (fingerprint: string) => one(byPrint.get(fingerprint)),
  });
}

/** A later one takes the place of one that was never shown: its answer was lost on the way. */
export const deskRenewalProjection: Projection = Object.freeze({
  name: 'desk-renewal',
  tables: ['desk_renewal'],
  schema,
  types: ['desk.renewed', 'desk.certificate-changed', 'desk.revoked'],
  prepare(database: Database) {
    const put = database.prepare(
      `INSERT INTO desk_renewal (desk, fingerprint, until) VALUES (?, ?, ?)
       ON CONFLICT (desk) DO UPDATE SET fingerprint = excluded.fingerprint, until = excluded.until`,
    );
    const end = database.prepare('DELETE FROM desk_renewal WHERE desk = ?');
    return ({ type, data }: StoredEvent) => {
      if (type !== 'desk.renewed') return void end.run(Number(data.desk));
      const { desk, fingerprint, until } = data as unknown as DeskRenewal;
      put.run(desk, fingerprint, until);
    };
  },
});
