// Keeps the desks that may attach over the LAN, as a function of the log: invited, enrolled, revoked, last seen.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE desk (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  invitation TEXT NOT NULL UNIQUE,
  code_until INTEGER NOT NULL,
  wrong INTEGER NOT NULL DEFAULT 0,
  fingerprint TEXT UNIQUE CHECK (length(fingerprint) = 64),
  certificate_until INTEGER,
  address TEXT,
  seen_at INTEGER,
  revoked_at INTEGER,
  CHECK ((fingerprint IS NULL) = (certificate_until IS NULL))
) STRICT;
`;

/** `desk.invited` */
export interface InvitedData {
  readonly desk: number;
  readonly name: string;
  /** The first group of the code, by which it is found; no secret. */
  readonly invitation: string;
  /** End of the code, ms since 1970. */
  readonly until: number;
}

/** `desk.enrolled`, and `desk.certificate-changed` when the next certificate was shown. */
export interface EnrolledData {
  readonly desk: number;
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string;
  /** End of the certificate, ms since 1970. */
  readonly until: number;
  readonly address: string;
}

export interface DeskRow {
  readonly id: number;
  readonly name: string;
  readonly invitation: string;
  readonly codeUntil: number;
  readonly wrong: number;
  readonly fingerprint: string | null;
  readonly certificateUntil: number | null;
  readonly address: string | null;
  readonly seenAt: number | null;
  readonly revokedAt: number | null;
}

export interface DeskReads {
  list(): readonly DeskRow[];
  byId(id: number): DeskRow | null;
  byFingerprint(fingerprint: string): DeskRow | null;
  byInvitation(invitation: string): DeskRow | null;
  nextId(): number;
}

type Stored = Readonly<Record<string, bigint | string | null>>;

const numberOf = (value: bigint | string | null | undefined) =>
  value === null || value === undefined ? null : Number(value);
const textOf = (value: bigint | string | null | undefined) =>
  typeof value === 'string' ? value : null;

function rowOf(stored: Stored): DeskRow {
  return Object.freeze({
    id: Number(stored.id),
    name: textOf(stored.name) ?? '',
    invitation: textOf(stored.invitation) ?? '',
    codeUntil: Number(stored.code_until),
    wrong: Number(stored.wrong),
    fingerprint: textOf(stored.fingerprint),
    certificateUntil: numberOf(stored.certificate_until),
    address: textOf(stored.address),
    seenAt: numberOf(stored.seen_at),
    revokedAt: numberOf(stored.revoked_at),
  });
}

export function createDeskReads(database: Database): DeskReads {
  const list = database.prepare<[], Stored>('SELECT * FROM desk ORDER BY id');
  const byId = database.prepare<[number], Stored>('SELECT * FROM desk WHERE id = ?');
  const byPrint = database.prepare<[string], Stored>('SELECT * FROM desk WHERE fingerprint = ?');
  const byCode = database.prepare<[string], Stored>('SELECT * FROM desk WHERE invitation = ?');
  const highest = database.prepare<[], bigint | null>('SELECT max(id) FROM desk').pluck();
  const one = (stored: Stored | undefined) => (stored ? rowOf(stored) : null);
  return Object.freeze({
    list: () => list.all().map(rowOf),
    byId: (id: number) => one(byId.get(id)),
    byFingerprint: (fingerprint: string) => one(byPrint.get(fingerprint)),
    byInvitation: (invitation: string) => one(byCode.get(invitation)),
    nextId: () => Number(highest.get() ?? 0n) + 1,
  });
}

/** Name of what a code is proven by, among what is kept apart from the log. */
export function invitationSecret(invitation: string): string {
  return `desk/invitation/${invitation}`;
}

/** Name of the authority's private key (PKCS #8). */
export const authoritySecret = 'desk/authority';

export const deskProjection: Projection = Object.freeze({
  name: 'desk',
  tables: ['desk'],
  schema,
  types: [
    ...['desk.invited', 'desk.code-refused', 'desk.enrolled', 'desk.certificate-changed'],
    ...['desk.revoked', 'session.opened'],
  ],
  prepare(database: Database) {
    const invite = database.prepare(
      'INSERT INTO desk (id, name, invitation, code_until) VALUES (?, ?, ?, ?)',
    );
    const count = database.prepare('UPDATE desk SET wrong = wrong + 1 WHERE id = ?');
    const enrol = database.prepare(
      'UPDATE desk SET fingerprint = ?, certificate_until = ?, address = ?, seen_at = ? WHERE id = ?',
    );
    const revoke = database.prepare('UPDATE desk SET revoked_at = ? WHERE id = ?');
    const see = database.prepare('UPDATE desk SET seen_at = ? WHERE id = ?');
    const certify = ({ data, at }: StoredEvent): void => {
      const { desk, fingerprint, until, address } = data as unknown as EnrolledData;
      enrol.run(fingerprint, until, address, at, desk);
    };
    const carry: Readonly<Record<string, (event: StoredEvent) => void>> = {
      'desk.invited': ({ data }) => {
        const { desk, name, invitation, until } = data as unknown as InvitedData;
        invite.run(desk, name, invitation, until);
      },
      'desk.code-refused': ({ data }) => void count.run(Number(data.desk)),
      'desk.enrolled': certify,
      'desk.certificate-changed': certify,
      'desk.revoked': ({ data, at }) => void revoke.run(at, Number(data.desk)),
      'session.opened': ({ data, at }) => {
        if (data.atDesk !== undefined) see.run(at, Number(data.atDesk));
      },
    };
    return (event: StoredEvent) => carry[event.type]?.(event);
  },
});
