// Keeps which accounts visit this branch and which of ours visit others: versions and states, never who the people are.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';
import type { ReceivedData } from './office.ts';

const schema = `
CREATE TABLE office_guest (
  branch TEXT NOT NULL,
  number TEXT NOT NULL,
  version INTEGER NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  state TEXT NOT NULL CHECK (state IN ('open', 'dormant', 'frozen', 'closed', 'unknown')),
  takes_credits INTEGER NOT NULL CHECK (takes_credits IN (0, 1)),
  made_at INTEGER NOT NULL,
  -- When this branch heard of this version, and when anything was last done or granted for the account.
  received_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  PRIMARY KEY (branch, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE office_shown (
  number TEXT PRIMARY KEY,
  wanted INTEGER NOT NULL CHECK (wanted IN (0, 1)),
  -- 0 until the first card was made; made anew when it is wanted again.
  version INTEGER NOT NULL DEFAULT 0,
  digest TEXT NOT NULL DEFAULT '',
  seq INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
`;

export type GuestState = 'open' | 'dormant' | 'frozen' | 'closed' | 'unknown';

/** An account of another branch that is expected here, or was here a short while ago. */
export interface GuestRow {
  readonly branch: string;
  readonly number: string;
  readonly version: number;
  /** SHA-256 of the card's text, in hex. */
  readonly digest: string;
  readonly state: GuestState;
  readonly takesCredits: boolean;
  /** By the keeping branch's clock, ms since 1970. */
  readonly madeAt: number;
  readonly receivedAt: number;
  readonly usedAt: number;
}

/** One of our accounts whose card another branch wants. */
export interface ShownRow {
  readonly number: string;
  readonly version: number;
  readonly digest: string;
  /** Number of the event that named this version; 0 before the first. */
  readonly seq: number;
}

export interface GuestReads {
  guest(account: { readonly branch: string; readonly number: string }): GuestRow | null;
  guests(): readonly GuestRow[];
  shown(): readonly ShownRow[];
}

interface StoredGuest {
  readonly branch: string;
  readonly number: string;
  readonly version: bigint;
  readonly digest: string;
  readonly state: GuestState;
  readonly takes_credits: bigint;
  readonly made_at: bigint;
  readonly received_at: bigint;
  readonly used_at: bigint;
}

function guestOf(row: StoredGuest): GuestRow {
  const { branch, number, digest, state } = row;
  return {
    ...{ branch, number, digest, state, version: Number(row.version) },
    ...{ takesCredits: row.takes_credits === 1n, madeAt: Number(row.made_at) },
    ...{ receivedAt: Number(row.received_at), usedAt: Number(row.used_at) },
  };
}

export function createGuestReads(database: Database): GuestReads {
  const one = database.prepare<[string, string], StoredGuest>(
    'SELECT * FROM office_guest WHERE branch = ? AND number = ?',
  );
  const all = database.prepare<[], StoredGuest>(
    'SELECT * FROM office_guest ORDER BY branch, number',
  );
  const shown = database.prepare<
    [],
    { number: string; version: bigint; digest: string; seq: bigint }
  >('SELECT number, version, digest, seq FROM office_shown WHERE wanted = 1 ORDER BY number');
  return Object.freeze({
    guest(account: { readonly branch: string; readonly number: string }) {
      const row = one.get(account.branch, account.number);
      return row ? guestOf(row) : null;
    },
    guests: () => all.all().map(guestOf),
    shown: () =>
      shown.all().map(({ version, seq, ...row }) => ({
        ...{ ...row, version: Number(version), seq: Number(seq) },
      })),
  });
}

interface Account {
  readonly branch: string;
  readonly number: string;
}

interface CardWords extends Pick<GuestRow, 'version' | 'digest' | 'state' | 'madeAt'> {
  readonly account: Account;
  readonly takesCredits: boolean;
}

type Word =
  | (CardWords & { readonly kind: 'card' })
  | { readonly kind: 'card-wanted' | 'card-dropped' | 'card-ended'; readonly account: Account }
  | { readonly kind: 'allowance'; readonly allowance: { readonly account: Account } }
  | { readonly kind: 'visit'; readonly account: Account; readonly branch?: string }
  | { readonly kind: 'returned'; readonly allowance: string }
  | { readonly kind: 'shared' };

export const officeCardProjection: Projection = Object.freeze({
  name: 'office-card',
  tables: ['office_guest', 'office_shown'],
  schema,
  prepare(database: Database) {
    const down = downCarrier(database);
    const own = ownCarrier(database);
    return ({ type, seq, at, data }: StoredEvent) => {
      if (type === 'office.received') {
        for (const { body } of (data as unknown as ReceivedData).items) {
          down(JSON.parse(body) as Word, at);
        }
      } else if (data.office !== undefined) own(data.office as unknown as Word, { seq, at });
    };
  },
});

/** What head office says: who is expected here, which of ours are expected elsewhere. */
function downCarrier(database: Database) {
  const put = database.prepare(
    `INSERT INTO office_guest VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (branch, number) DO UPDATE SET version = excluded.version, digest = excluded.digest,
     state = excluded.state, takes_credits = excluded.takes_credits, made_at = excluded.made_at,
     received_at = excluded.received_at`,
  );
  const use = database.prepare(
    'UPDATE office_guest SET used_at = ? WHERE branch = ? AND number = ?',
  );
  const want = database.prepare(
    `INSERT INTO office_shown (number, wanted) VALUES (?, 1)
     ON CONFLICT (number) DO UPDATE SET wanted = 1, digest = ''`,
  );
  const drop = database.prepare('UPDATE office_shown SET wanted = 0 WHERE number = ?');
  return (item: Word, at: number): void => {
    if (item.kind === 'card') {
      const { account, version, digest, state, takesCredits, madeAt } = item;
      const row = [version, digest, state, takesCredits ? 1 : 0, madeAt, at, at];
      put.run(account.branch, account.number, ...row);
    } else if (item.kind === 'allowance') {
      use.run(at, item.allowance.account.branch, item.allowance.account.number);
    } else if (item.kind === 'card-wanted') want.run(item.account.number);
    else if (item.kind === 'card-dropped') drop.run(item.account.number);
  };
}

/** What this branch itself has said: a card made, a card erased, cash paid for a guest, an allowance given back. */
function ownCarrier(database: Database) {
  const made = database.prepare(
    'UPDATE office_shown SET version = ?, digest = ?, seq = ? WHERE number = ?',
  );
  const forget = database.prepare('DELETE FROM office_guest WHERE branch = ? AND number = ?');
  const use = database.prepare(
    'UPDATE office_guest SET used_at = ? WHERE branch = ? AND number = ?',
  );
  const back = database.prepare(
    `UPDATE office_guest SET used_at = ? WHERE (branch, number) IN
     (SELECT branch, number FROM office_allowance WHERE id = ?)`,
  );
  return (part: Word, { seq, at }: { readonly seq: number; readonly at: number }): void => {
    if (part.kind === 'card') made.run(part.version, part.digest, seq, part.account.number);
    else if (part.kind === 'card-ended') forget.run(part.account.branch, part.account.number);
    else if (part.kind === 'visit') use.run(at, part.account.branch, part.account.number);
    else if (part.kind === 'returned') back.run(at, part.allowance);
  };
}
