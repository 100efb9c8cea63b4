// Keeps head office's lists, the names that resembled a listed one, what was decided of each, and how far a new list has been compared.
import type { Database } from 'better-sqlite3';
import { canonicalText } from '../canonical.ts';
import { idOf, type StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE screening_list (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  as_of TEXT NOT NULL,
  source TEXT NOT NULL,
  digest TEXT NOT NULL,
  entries INTEGER NOT NULL,
  names INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE screening_page (
  list TEXT NOT NULL REFERENCES screening_list (name) DEFERRABLE INITIALLY DEFERRED,
  page INTEGER NOT NULL,
  packed TEXT NOT NULL,
  PRIMARY KEY (list, page)
) STRICT;
CREATE TABLE screening_case (
  id INTEGER PRIMARY KEY,
  customer INTEGER,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  list TEXT NOT NULL,
  version INTEGER NOT NULL,
  entry TEXT NOT NULL,
  entry_digest TEXT NOT NULL,
  hit TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'false', 'true', 'gone')),
  opened_by INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  decided_by INTEGER CHECK (decided_by IS NULL OR decided_by <> opened_by),
  decided_at INTEGER,
  note TEXT NOT NULL DEFAULT '',
  CHECK (state IN ('open', 'gone') OR decided_by IS NOT NULL)
) STRICT;
CREATE INDEX screening_case_of ON screening_case (name_key, list, entry);
CREATE INDEX screening_case_customer ON screening_case (customer) WHERE customer IS NOT NULL;
CREATE INDEX screening_case_open ON screening_case (id) WHERE state = 'open';
CREATE TABLE screening_run (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  stamp TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped')),
  next INTEGER NOT NULL,
  last INTEGER NOT NULL,
  hits INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
`;

/** The `list` of `screening.list-applied`. Pages stand in head office's reference items, or here. */
export interface ListData {
  readonly name: string;
  readonly version: number;
  readonly asOf: string;
  readonly source: string;
  readonly digest: string;
  readonly entries: number;
  readonly names: number;
  /** How many pages; their items are `list-NN-name`. */
  readonly pages: number;
  /** The pages themselves, where no head office sent them. */
  readonly own?: readonly string[];
}

export interface HitPair {
  readonly asked: string;
  readonly listed: string;
  readonly likeness: number;
  readonly weight: number;
}

/** One name beside one entry, as it was when it was compared: enough to say why, years later. */
export interface HitData {
  readonly customer: number | null;
  readonly role: string;
  readonly name: string;
  readonly nameKey: string;
  readonly list: string;
  readonly version: number;
  readonly entry: string;
  readonly entryName: string;
  /** SHA-256 of the entry: another one is another question. */
  readonly entryDigest: string;
  readonly programme: string;
  /** 0 to 1000. */
  readonly score: number;
  readonly pairs: readonly HitPair[];
  /** What birth and country added or took, as sentences. */
  readonly notes: readonly string[];
  /** Version of the comparison itself. */
  readonly engine: string;
}

/** The `screeningDecisions` of an event. */
export interface DecisionOfCase {
  readonly id: number;
  readonly outcome: 'false' | 'true' | 'gone';
  readonly note: string;
}

export interface RunData {
  readonly stamp: string;
  readonly state: 'running' | 'done' | 'stopped';
  readonly next: number;
  readonly last: number;
  readonly hits: number;
}

/** Name of the reference item that holds a page: before the list's own, so that it comes first. */
export function pageItem(list: string, page: number): string {
  return `list-${String(page).padStart(2, '0')}-${list}`;
}

export const screeningProjection: Projection = Object.freeze({
  name: 'screening',
  tables: ['screening_page', 'screening_list', 'screening_case', 'screening_run'],
  schema,
  prepare(database: Database) {
    const applyList = listCarrier(database);
    const open = caseCarrier(database);
    const decide = database.prepare(
      `UPDATE screening_case SET state = ?, decided_by = ?, decided_at = ?, note = ? WHERE id = ?`,
    );
    const run = database.prepare(
      `INSERT INTO screening_run (id, stamp, state, next, last, hits, at) VALUES (1, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, state = excluded.state,
       next = excluded.next, last = excluded.last, hits = excluded.hits, at = excluded.at`,
    );
    return (event: StoredEvent) => {
      const { data, at, actor } = event;
      if (event.type === 'screening.list-applied') {
        applyList(data.list as unknown as ListData, event);
      }
      if (data.screening !== undefined)
        open(data.screening as unknown as readonly HitData[], event);
      if (data.screeningDecisions !== undefined) {
        // What is gone was decided by nobody: the list no longer says it.
        const who = actor === 'system' ? null : Number(actor);
        const decisions = data.screeningDecisions as unknown as readonly DecisionOfCase[];
        for (const { id, outcome, note } of decisions) {
          decide.run(outcome, outcome === 'gone' ? null : who, at, note, id);
        }
      }
      if (data.screeningRun !== undefined) {
        const { stamp, state, next, last, hits } = data.screeningRun as unknown as RunData;
        run.run(stamp, state, next, last, hits, at);
      }
    };
  },
});

function listCarrier(database: Database) {
  const put = database.prepare(
    `INSERT INTO screening_list (name, version, as_of, source, digest, entries, names, seq, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version, as_of = excluded.as_of,
     source = excluded.source, digest = excluded.digest, entries = excluded.entries,
     names = excluded.names, seq = excluded.seq, at = excluded.at`,
  );
  const clear = database.prepare('DELETE FROM screening_page WHERE list = ?');
  const page = database.prepare('INSERT INTO screening_page (list, page, packed) VALUES (?, ?, ?)');
  const item = database
    .prepare<[string], string>('SELECT value FROM office_reference WHERE name = ?')
    .pluck();
  return (list: ListData, { seq, at }: StoredEvent): void => {
    const { name, version, asOf, source, digest, entries, names } = list;
    put.run(name, version, asOf, source, digest, entries, names, seq, at);
    clear.run(name);
    for (let number = 0; number < list.pages; number += 1) {
      const sent = item.get(pageItem(name, number));
      const packed =
        list.own?.[number] ?? (JSON.parse(sent ?? 'null') as { packed: string }).packed;
      page.run(name, number, packed);
    }
  };
}

function caseCarrier(database: Database) {
  const insert = database.prepare(
    `INSERT INTO screening_case (id, customer, role, name, name_key, list, version, entry, entry_digest,
     hit, state, opened_by, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?)`,
  );
  return (hits: readonly HitData[], { seq, at, actor }: StoredEvent): void => {
    const by = actor === 'system' ? 0 : Number(actor);
    for (const [index, hit] of hits.entries()) {
      const { customer, role, name, nameKey, list, version, entry, entryDigest } = hit;
      insert.run(
        ...[idOf(seq, index), customer, role, name, nameKey, list, version, entry, entryDigest],
        ...[canonicalText(hit as never), by, at],
      );
    }
  };
}
