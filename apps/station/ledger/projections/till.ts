// Keeps the tills and the vault: who has which open, which accounts are their cash, and every count made.
import type { Database } from 'better-sqlite3';
import type { Denominations } from '#contract/values.ts';
import { canonicalText } from '../canonical.ts';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

export type TillState = 'closed' | 'open' | 'paused' | 'counting';
export type CountPurpose = 'open' | 'close' | 'surprise';

/** One open till a person stands in the database itself. */
const schema = `
CREATE TABLE till (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  kind TEXT NOT NULL CHECK (kind IN ('till', 'vault')),
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  currencies TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('closed', 'open', 'paused', 'counting')),
  teller INTEGER CHECK ((teller IS NULL) = (state = 'closed' OR kind = 'vault')),
  opened INTEGER,
  opened_at INTEGER,
  counting INTEGER CHECK ((counting IS NULL) = (state <> 'counting')),
  counted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX till_of_teller ON till (teller) WHERE teller IS NOT NULL;
CREATE TABLE purse (
  till INTEGER NOT NULL REFERENCES till (id),
  currency TEXT NOT NULL,
  account INTEGER NOT NULL UNIQUE,
  PRIMARY KEY (till, currency)
) STRICT, WITHOUT ROWID;
CREATE TABLE till_count (
  seq INTEGER PRIMARY KEY,
  till INTEGER NOT NULL REFERENCES till (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('open', 'close', 'surprise')),
  by INTEGER NOT NULL,
  second INTEGER,
  blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
  at INTEGER NOT NULL,
  date TEXT NOT NULL,
  lines TEXT NOT NULL
) STRICT;
CREATE INDEX till_count_of ON till_count (till, seq);
`;

/** What was found of one currency beside what the ledger said. */
export interface CountLine {
  readonly currency: string;
  readonly expectedMinor: string;
  readonly countedMinor: string;
  readonly expected: Denominations;
  readonly counted: Denominations;
}

/** The `count` of an event: kept whole, whatever comes of it. */
export interface CountData {
  readonly till: number;
  readonly purpose: CountPurpose;
  readonly by: number;
  readonly second: number | null;
  /** Whether who counted had not been told before what should be there. */
  readonly blind: boolean;
  readonly lines: readonly CountLine[];
}

/** One currency of a till and the ledger account that is its cash. */
export interface Purse {
  readonly currency: string;
  readonly account: number;
}

/** `till.added`. Its accounts are opened when it is first opened, on a business date. */
export interface TillAdded {
  readonly till: number;
  readonly kind: 'till' | 'vault';
  readonly name: string;
  readonly currencies: readonly string[];
}

/** `purses` of `till.opened` and `date.opened`: the accounts this event opens for a till. */
export interface PursesAdded {
  readonly till: number;
  readonly added: readonly Purse[];
}

export interface TillRow {
  readonly till: number;
  readonly kind: 'till' | 'vault';
  readonly name: string;
  /** Currencies it is meant to keep; a purse is there once it was opened. */
  readonly currencies: readonly string[];
  /** The vault is always open: the branch's day opens and closes it. */
  readonly state: TillState;
  readonly teller: number | null;
  /** Event that opened it, and when; null while closed. */
  readonly opened: number | null;
  readonly openedAt: number | null;
  /** Event from which its teller counts; null while they do not. */
  readonly counting: number | null;
  readonly countedAt: number | null;
  readonly purses: readonly Purse[];
}

export interface CountRow extends CountData {
  readonly seq: number;
  readonly at: number;
  readonly date: string;
}

export interface TillReads {
  till(id: number): TillRow | null;
  vault(): TillRow | null;
  /** The till a person has open. */
  ofTeller(staff: number): TillRow | null;
  /** The till or vault whose cash the account is, with its currency. */
  ofAccount(account: number): { readonly till: number; readonly currency: string } | null;
  list(): readonly TillRow[];
  nextId(): number;
  count(seq: number): CountRow | null;
  /** The newest count of a till, of one purpose where it is named. */
  lastCount(till: number, purpose?: CountPurpose): CountRow | null;
  /** Counts recorded by events from `from` to `to`, oldest first. */
  countsBetween(from: number, to: number): readonly CountRow[];
}

interface StoredTill {
  readonly id: bigint;
  readonly kind: 'till' | 'vault';
  readonly name: string;
  readonly currencies: string;
  readonly state: TillState;
  readonly teller: bigint | null;
  readonly opened: bigint | null;
  readonly opened_at: bigint | null;
  readonly counting: bigint | null;
  readonly counted_at: bigint | null;
}

interface StoredCount {
  readonly seq: bigint;
  readonly till: bigint;
  readonly purpose: CountPurpose;
  readonly by: bigint;
  readonly second: bigint | null;
  readonly blind: bigint;
  readonly at: bigint;
  readonly date: string;
  readonly lines: string;
}

const orNull = (value: bigint | null): number | null => (value === null ? null : Number(value));

function countOf(row: StoredCount): CountRow {
  const { seq, till, purpose, by, second, blind, at, date, lines } = row;
  return {
    ...{ seq: Number(seq), till: Number(till), purpose, by: Number(by), second: orNull(second) },
    ...{ blind: blind === 1n, at: Number(at), date, lines: JSON.parse(lines) as CountLine[] },
  };
}

export function createTillReads(database: Database): TillReads {
  const byId = database.prepare<[number], StoredTill>('SELECT * FROM till WHERE id = ?');
  const vault = database.prepare<[], StoredTill>(
    "SELECT * FROM till WHERE kind = 'vault' ORDER BY id LIMIT 1",
  );
  const byTeller = database.prepare<[number], StoredTill>('SELECT * FROM till WHERE teller = ?');
  const all = database.prepare<[], StoredTill>('SELECT * FROM till ORDER BY id');
  const highest = database.prepare<[], bigint | null>('SELECT max(id) FROM till').pluck();
  const purses = database.prepare<[number], { currency: string; account: bigint }>(
    'SELECT currency, account FROM purse WHERE till = ? ORDER BY currency',
  );
  const byAccount = database.prepare<[number], { till: bigint; currency: string }>(
    'SELECT till, currency FROM purse WHERE account = ?',
  );
  const counts = createCountReads(database);

  function rowOf(stored: StoredTill | undefined): TillRow | null {
    if (!stored) return null;
    const { id, kind, name, state, teller, opened, opened_at: openedAt, counted_at: at } = stored;
    return Object.freeze({
      ...{ till: Number(id), kind, name, state, teller: orNull(teller) },
      currencies: JSON.parse(stored.currencies) as string[],
      ...{ opened: orNull(opened), openedAt: orNull(openedAt), countedAt: orNull(at) },
      counting: orNull(stored.counting),
      purses: purses
        .all(Number(id))
        .map(({ currency, account }) => ({ currency, account: Number(account) })),
    });
  }

  return Object.freeze({
    till: (id: number) => rowOf(byId.get(id)),
    vault: () => rowOf(vault.get()),
    ofTeller: (staff: number) => rowOf(byTeller.get(staff)),
    ofAccount(account: number) {
      const row = byAccount.get(account);
      return row ? { till: Number(row.till), currency: row.currency } : null;
    },
    list: () => all.all().map((stored) => rowOf(stored) as TillRow),
    nextId: () => Number(highest.get() ?? 0n) + 1,
    ...counts,
  });
}

function createCountReads(
  database: Database,
): Pick<TillReads, 'count' | 'lastCount' | 'countsBetween'> {
  const bySeq = database.prepare<[number], StoredCount>('SELECT * FROM till_count WHERE seq = ?');
  const newest = database.prepare<[number], StoredCount>(
    'SELECT * FROM till_count WHERE till = ? ORDER BY seq DESC LIMIT 1',
  );
  const newestOf = database.prepare<[number, string], StoredCount>(
    'SELECT * FROM till_count WHERE till = ? AND purpose = ? ORDER BY seq DESC LIMIT 1',
  );
  const between = database.prepare<[number, number], StoredCount>(
    'SELECT * FROM till_count WHERE seq BETWEEN ? AND ? ORDER BY seq',
  );
  const one = (row: StoredCount | undefined) => (row ? countOf(row) : null);
  return {
    count: (seq) => one(bySeq.get(seq)),
    lastCount: (till, purpose) =>
      one(purpose === undefined ? newest.get(till) : newestOf.get(till, purpose)),
    countsBetween: (from, to) => between.all(from, to).map(countOf),
  };
}

const states: Readonly<Record<string, TillState>> = {
  'till.paused': 'paused',
  'till.resumed': 'open',
  'till.count-begun': 'counting',
  'till.count-cancelled': 'open',
};

/** A count found by an event: `till.closed` names an earlier one by its number instead. */
function countFound({ type, data }: StoredEvent): CountData | null {
  return type === 'till.closed' ? null : ((data.count ?? null) as CountData | null);
}

function prepare(database: Database): (event: StoredEvent) => void {
  const insertTill = database.prepare(
    'INSERT INTO till (id, kind, name, currencies, state) VALUES (?, ?, ?, ?, ?)',
  );
  const insertPurse = database.prepare(
    'INSERT INTO purse (till, currency, account) VALUES (?, ?, ?)',
  );
  const open = database.prepare(
    "UPDATE till SET state = 'open', teller = ?, opened = ?, opened_at = ? WHERE id = ?",
  );
  const close = database.prepare(
    `UPDATE till SET state = 'closed', teller = NULL, opened = NULL, opened_at = NULL, counting = NULL
     WHERE id = ?`,
  );
  const move = database.prepare('UPDATE till SET state = ?, counting = ? WHERE id = ?');
  const insertCount = database.prepare(
    `INSERT INTO till_count (seq, till, purpose, by, second, blind, at, date, lines)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const counted = database.prepare('UPDATE till SET counted_at = ? WHERE id = ?');

  function add({ till, kind, name, currencies }: TillAdded): void {
    const state = kind === 'vault' ? 'open' : 'closed';
    insertTill.run(till, kind, name, JSON.stringify(currencies), state);
  }

  function record(event: StoredEvent, count: CountData): void {
    const { till, purpose, by, second, blind, lines } = count;
    const { seq, at, date } = event;
    const head = [seq, till, purpose, by, second, blind ? 1 : 0, at, date];
    insertCount.run(...head, canonicalText(lines));
    counted.run(at, till);
  }

  return (event) => {
    const { data, type } = event;
    const till = data.till as number;
    if (type === 'till.added') add(data as unknown as TillAdded);
    if (type === 'till.opened') open.run(Number(event.actor), event.seq, event.at, till);
    if (type === 'till.closed' || type === 'till.force-closed') close.run(till);
    const purses = data.purses as PursesAdded | undefined;
    for (const { currency, account } of purses?.added ?? []) {
      insertPurse.run((purses as PursesAdded).till, currency, account);
    }
    const state = states[type];
    if (state) move.run(state, state === 'counting' ? event.seq : null, till);
    const count = countFound(event);
    if (count) record(event, count);
  };
}

export const tillProjection: Projection = Object.freeze({
  name: 'till',
  tables: ['till_count', 'purse', 'till'],
  schema,
  types: [
    'till.added',
    'till.opened',
    'till.closed',
    'till.force-closed',
    'till.counted',
    'till.surprise-counted',
    'vault.counted',
    'date.opened',
    ...Object.keys(states),
  ],
  prepare,
});
