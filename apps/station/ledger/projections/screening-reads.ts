// Reads the lists in force, the cases of names, and how far a new list has been compared.
import type { Database } from 'better-sqlite3';
import type { HitData, RunData } from './screening.ts';

export interface ListRow {
  readonly name: string;
  readonly version: number;
  /** Day the list itself bears. */
  readonly asOf: string;
  readonly source: string;
  readonly digest: string;
  readonly entries: number;
  readonly names: number;
  readonly seq: number;
  readonly at: number;
}

export type CaseState = 'open' | 'false' | 'true' | 'gone';

export interface CaseRow extends HitData {
  readonly id: number;
  readonly state: CaseState;
  readonly openedBy: number;
  readonly openedAt: number;
  readonly decidedBy: number | null;
  readonly decidedAt: number | null;
  readonly note: string;
}

export interface ScreeningReads {
  lists(): readonly ListRow[];
  /** Pages of a list as they were sent, in order. */
  pages(list: string): readonly string[];
  case(id: number): CaseRow | null;
  open(most: number): readonly CaseRow[];
  openCount(): number;
  decided(most: number): readonly CaseRow[];
  /** Cases of a customer that are open or true. */
  pressing(customer: number): readonly CaseRow[];
  ofCustomer(customer: number): readonly CaseRow[];
  /** The newest case of this name and this very entry, whoever bore the name; null when there is none. */
  known(
    hit: Pick<HitData, 'nameKey' | 'list' | 'entry' | 'entryDigest' | 'customer'>,
  ): CaseRow | null;
  /** Open cases on a list, oldest first. */
  openOn(list: string): readonly CaseRow[];
  run(): (RunData & { readonly at: number }) | null;
  /** Numbers of customers after this one, and the highest number. */
  customersAfter(customer: number, most: number): readonly number[];
  lastCustomer(): number;
}

interface Stored {
  readonly id: bigint;
  readonly hit: string;
  readonly state: CaseState;
  readonly opened_by: bigint;
  readonly opened_at: bigint;
  readonly decided_by: bigint | null;
  readonly decided_at: bigint | null;
  readonly note: string;
}

const columns = `SELECT id, hit, state, opened_by, opened_at, decided_by, decided_at, note FROM screening_case`;

function rowOf(stored: Stored): CaseRow {
  return {
    ...(JSON.parse(stored.hit) as HitData),
    ...{ id: Number(stored.id), state: stored.state, note: stored.note },
    ...{ openedBy: Number(stored.opened_by), openedAt: Number(stored.opened_at) },
    decidedBy: stored.decided_by === null ? null : Number(stored.decided_by),
    decidedAt: stored.decided_at === null ? null : Number(stored.decided_at),
  };
}

export function createScreeningReads(database: Database): ScreeningReads {
  return Object.freeze({ ...caseReads(database), ...listReads(database) });
}

function caseReads(database: Database) {
  const byId = database.prepare<[number], Stored>(`${columns} WHERE id = ?`);
  const open = database.prepare<[number], Stored>(
    `${columns} WHERE state = 'open' ORDER BY id LIMIT ?`,
  );
  const openCount = database
    .prepare<[], bigint>(`SELECT count(*) FROM screening_case WHERE state = 'open'`)
    .pluck();
  const decided = database.prepare<[number], Stored>(
    `${columns} WHERE state <> 'open' ORDER BY id DESC LIMIT ?`,
  );
  const ofCustomer = database.prepare<[number], Stored>(
    `${columns} WHERE customer = ? ORDER BY id DESC`,
  );
  const known = database.prepare<[string, string, string], Stored>(
    `${columns} WHERE name_key = ? AND list = ? AND entry = ? ORDER BY id DESC`,
  );
  const openOn = database.prepare<[string], Stored>(
    `${columns} WHERE state = 'open' AND list = ? ORDER BY id`,
  );
  const rows = (customer: number) => ofCustomer.all(customer).map(rowOf);
  return {
    case(id: number) {
      const found = byId.get(id);
      return found ? rowOf(found) : null;
    },
    open: (most: number) => open.all(most).map(rowOf),
    openCount: () => Number(openCount.get() ?? 0n),
    decided: (most: number) => decided.all(most).map(rowOf),
    ofCustomer: rows,
    pressing: (customer: number) =>
      rows(customer).filter(({ state }) => state === 'open' || state === 'true'),
    known(hit: Parameters<ScreeningReads['known']>[0]) {
      const same = known
        .all(hit.nameKey, hit.list, hit.entry)
        .map(rowOf)
        .find((row) => row.entryDigest === hit.entryDigest && row.customer === hit.customer);
      return same ?? null;
    },
    openOn: (list: string) => openOn.all(list).map(rowOf),
  };
}

function listReads(database: Database) {
  type StoredList = Record<keyof ListRow, never> & Record<string, bigint | string>;
  const lists = database.prepare<[], StoredList>(
    `SELECT name, version, as_of AS asOf, source, digest, entries, names, seq, at FROM screening_list
     ORDER BY name`,
  );
  const pages = database
    .prepare<[string], string>('SELECT packed FROM screening_page WHERE list = ? ORDER BY page')
    .pluck();
  type StoredRun = Record<'next' | 'last' | 'hits' | 'at', bigint> &
    Pick<RunData, 'stamp' | 'state'>;
  const run = database.prepare<[], StoredRun>(
    'SELECT stamp, state, next, last, hits, at FROM screening_run',
  );
  const after = database
    .prepare<[number, number], bigint>('SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?')
    .pluck();
  const last = database.prepare<[], bigint | null>('SELECT max(id) FROM customer').pluck();
  const plain = (row: StoredList): ListRow =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === 'bigint' ? Number(value) : value,
      ]),
    ) as unknown as ListRow;
  return {
    lists: () => lists.all().map(plain),
    pages: (list: string) => pages.all(list),
    run() {
      const row = run.get();
      if (!row) return null;
      const { stamp, state, next, last: end, hits, at } = row;
      const numbers = { next: Number(next), last: Number(end), hits: Number(hits), at: Number(at) };
      return { stamp, state, ...numbers };
    },
    customersAfter: (customer: number, most: number) => after.all(customer, most).map(Number),
    lastCustomer: () => Number(last.get() ?? 0n),
  };
}
