// Keeps what the branch knows of head office: allowances, reservations, shares, and what is to be booked.
import type { Database } from 'better-sqlite3';
import { idOf, type StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';
import type { DownItem, OfficePart, VisitPart } from './office-shapes.ts';

const schema = `
CREATE TABLE office_place (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  down_seq INTEGER NOT NULL DEFAULT 0,
  down_hash TEXT NOT NULL DEFAULT '${'0'.repeat(64)}',
  cluster TEXT NOT NULL DEFAULT '',
  timeline INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO office_place (id) VALUES (1);

CREATE TABLE office_allowance (
  id TEXT PRIMARY KEY,
  branch TEXT NOT NULL,
  number TEXT NOT NULL,
  document TEXT NOT NULL,
  signature TEXT NOT NULL,
  spent INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'returned', 'written-off'))
) STRICT, WITHOUT ROWID;

CREATE TABLE office_reservation (
  key TEXT PRIMARY KEY,
  branch TEXT NOT NULL,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'waiting', 'reserved', 'declined', 'ended')),
  message TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX office_reservation_live ON office_reservation (at) WHERE state <> 'ended';

CREATE TABLE office_share (
  account INTEGER PRIMARY KEY,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  hold INTEGER
) STRICT;

CREATE TABLE office_due (
  seq INTEGER PRIMARY KEY,
  item TEXT NOT NULL,
  booked INTEGER
) STRICT;
CREATE INDEX office_due_open ON office_due (seq) WHERE booked IS NULL;

CREATE TABLE office_exposure (
  seq INTEGER PRIMARY KEY,
  branch TEXT NOT NULL,
  number TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL
) STRICT;

CREATE TABLE office_grant (
  user TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  signature TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE office_reference (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

const tables = [
  ...['office_place', 'office_allowance', 'office_reservation', 'office_share', 'office_due'],
  ...['office_exposure', 'office_grant', 'office_reference'],
];

/** `office.received`: a run of head office's items as they came, and the places of those that were not taken. */
export interface ReceivedData {
  readonly items: readonly { readonly seq: number; readonly hash: string; readonly body: string }[];
  readonly refused?: readonly { readonly seq: number; readonly hash: string }[];
}

/** `office.rejoined`: the list of an older copy is followed from `back` on. */
interface RejoinedData {
  readonly office: { readonly back: { readonly seq: number; readonly hash: string } };
}

/** More than a list of head office has items. */
const lostNumbers = 1_000_000n;

/** The `share` of an event: what is set aside of an account from now on, as the first hold it places. */
export interface ShareData {
  readonly account: number;
  readonly amountMinor: string;
}

/** The `reservation` of an event. */
export interface ReservationData {
  readonly key: string;
  readonly branch: string;
  readonly number: string;
  readonly name: string;
  readonly amountMinor: string;
  readonly currency: string;
}

/** What moves money here, and so waits for an open business date. */
const waits: ReadonlySet<DownItem['kind']> = new Set(['visit', 'share-wanted', 'share-returned']);

type Carry = (data: never, event: StoredEvent) => void;

export const officeProjection: Projection = Object.freeze({
  name: 'office',
  tables,
  schema,
  prepare(database: Database) {
    const byType: Readonly<Record<string, Carry>> = {
      ...downCarriers(database),
      ...reservationCarriers(database),
    };
    const part = partCarrier(database);
    const share = database.prepare(
      `INSERT INTO office_share (account, amount, hold) VALUES (?, ?, ?)
       ON CONFLICT (account) DO UPDATE SET amount = excluded.amount, hold = excluded.hold`,
    );
    const booked = database.prepare('UPDATE office_due SET booked = ? WHERE seq = ?');
    return (event: StoredEvent) => {
      const { data, type, seq } = event;
      byType[type]?.(data as never, event);
      if (data.share !== undefined) {
        const { account, amountMinor } = data.share as unknown as ShareData;
        const amount = BigInt(amountMinor);
        share.run(account, amount, amount > 0n ? idOf(seq, 0) : null);
      }
      if (data.due !== undefined) booked.run(seq, data.due);
      if (data.office !== undefined) part(data.office as unknown as OfficePart, seq);
    };
  },
});

function downCarriers(database: Database) {
  const place = database.prepare('UPDATE office_place SET down_seq = ?, down_hash = ?');
  const recognise = database.prepare('UPDATE office_place SET cluster = ?, timeline = ?');
  const due = database.prepare('INSERT INTO office_due (seq, item) VALUES (?, ?)');
  // What stands under numbers below zero came from a head office that is lost; an older copy may hand it down again.
  const known = database.prepare<[string, number], unknown>(
    `SELECT 1 FROM office_due WHERE seq < 0 AND json_extract(item, '$.kind') = 'visit'
     AND json_extract(item, '$.branch') = ? AND json_extract(item, '$.seq') = ?`,
  );
  const lose = database.prepare('UPDATE office_due SET seq = seq - ? WHERE seq > ?');

  const allow = database.prepare(
    `INSERT INTO office_allowance (id, branch, number, document, signature) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const writeOff = database.prepare(
    `UPDATE office_allowance SET state = 'written-off' WHERE id = ? AND state = 'open'`,
  );
  const grant = database.prepare(
    `INSERT INTO office_grant (user, document, signature, expires_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (user) DO UPDATE SET document = excluded.document, signature = excluded.signature,
     expires_at = excluded.expires_at`,
  );
  const refer = database.prepare(
    `INSERT INTO office_reference (name, version, value) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version, value = excluded.value`,
  );
  function take(seq: number, body: string): void {
    const item = JSON.parse(body) as DownItem;
    if (item.kind === 'allowance') {
      const { id, account } = item.allowance;
      allow.run(id, account.branch, account.number, JSON.stringify(item.allowance), item.signature);
    } else if (item.kind === 'written-off') writeOff.run(item.allowance);
    else if (item.kind === 'grant') {
      const { user, expiresAt } = item.grant;
      grant.run(user, JSON.stringify(item.grant), item.signature, expiresAt);
    } else if (item.kind === 'reference') {
      refer.run(item.name, item.version, JSON.stringify(item.value));
    } else if (item.kind === 'visit' && known.get(item.branch, item.seq)) return;
    else if (waits.has(item.kind)) due.run(seq, body);
  }
  return {
    'office.received': ({ items, refused = [] }: ReceivedData) => {
      for (const { seq, body } of items) take(seq, body);
      const ends = [items.at(-1), refused.at(-1)].filter((each) => each !== undefined);
      const last = ends.sort((one, other) => other.seq - one.seq)[0];
      if (last) place.run(last.seq, last.hash);
    },
    'office.rejoined': ({ office: { back } }: RejoinedData, { seq }: StoredEvent) => {
      // Numbers of their own for ever: no list has so many items, no branch rejoins twice in one event.
      lose.run(BigInt(seq) * lostNumbers, back.seq);
      place.run(back.seq, back.hash);
    },
    'office.recognised': ({ cluster, timeline }: { cluster: string; timeline: number }) => {
      recognise.run(cluster, timeline);
    },
  };
}

function reservationCarriers(database: Database) {
  const ask = database.prepare(
    `INSERT INTO office_reservation (key, branch, number, name, amount, currency, state, at)
     VALUES (?, ?, ?, ?, ?, ?, 'asked', ?)`,
  );
  const answer = database.prepare(
    `UPDATE office_reservation SET state = ?, message = ? WHERE key = ? AND state IN ('asked', 'waiting')`,
  );
  return {
    'reservation.asked': (
      { reservation: r }: { reservation: ReservationData },
      { at }: StoredEvent,
    ) => {
      ask.run(r.key, r.branch, r.number, r.name, BigInt(r.amountMinor), r.currency, at);
    },
    'reservation.answered': ({
      key,
      state,
      message,
    }: {
      key: string;
      state: string;
      message: string;
    }) => {
      answer.run(state, message, key);
    },
  };
}

/** What the branch says to head office changes its own books too. */
function partCarrier(database: Database) {
  const end = database.prepare(`UPDATE office_reservation SET state = 'ended' WHERE key = ?`);
  const spend = database.prepare('UPDATE office_allowance SET spent = spent + ? WHERE id = ?');
  const giveBack = database.prepare(`UPDATE office_allowance SET state = 'returned' WHERE id = ?`);
  const expose = database.prepare(
    'INSERT INTO office_exposure (seq, branch, number, amount, currency) VALUES (?, ?, ?, ?, ?)',
  );
  function visit(part: VisitPart, seq: number): void {
    if (part.reservation !== '') end.run(part.reservation);
    for (const { allowance, amountMinor } of part.spent) spend.run(BigInt(amountMinor), allowance);
    const open = BigInt(part.openMinor);
    const { branch, number } = part.account;
    if (open > 0n) expose.run(seq, branch, number, open, part.currency);
  }
  return (part: OfficePart, seq: number): void => {
    if (part.kind === 'visit') visit(part, seq);
    else if (part.kind === 'abandoned') end.run(part.reservation);
    else if (part.kind === 'returned') giveBack.run(part.allowance);
  };
}
