// Makes every projection again from the log alone, and says whether the same came of it.
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { Refusal } from '#station/bank/refusal.ts';
import { parseEvent } from './log.ts';
import { createProjector, type Projection } from './projection.ts';
import type { RebuildOrder } from './rebuild-worker.ts';
import { type LongWork, runWorker } from './worker.ts';

export interface RebuiltTable {
  readonly table: string;
  /** SHA-256 (hex) over every row, in the order of its key. */
  readonly before: string;
  readonly after: string;
}

export interface Rebuild {
  /** Whether each table came out as it was. */
  readonly ok: boolean;
  readonly events: number;
  readonly tables: readonly RebuiltTable[];
}

export interface RebuildRequest extends LongWork {
  readonly file: string;
  readonly key: Uint8Array;
  /**
   * Module that exports `projections`, the rooms' own, to load in the worker; absent: the ledger's
   * alone.
   */
  readonly projectionsModule?: URL;
  /**
   * `replace` rebuilds the branch's own tables and wants the file to itself; `prove` does it to a
   * copy beside it and leaves the branch as it is, while the station goes on working.
   */
  readonly mode: 'replace' | 'prove';
}

const script = new URL('./rebuild-worker.ts', import.meta.url);

/**
 * Runs in a worker. Refuses `log-does-not-replay` when an event is refused by what came before it.
 */
export function rebuild(request: RebuildRequest): Promise<Rebuild> {
  const { file, key, mode, projectionsModule, signal, onProgress } = request;
  const order: RebuildOrder = {
    ...{ file, mode },
    key: Uint8Array.from(key),
    projectionsModule: projectionsModule?.href ?? null,
  };
  let done = 0;
  let total = 0;
  return runWorker<Rebuild>(script, order, {
    signal,
    onProgress(events) {
      // The first report says how many there are.
      if (total === 0) total = events;
      else done += events;
      onProgress?.(done, total);
    },
  });
}

const blockEvents = 1000;

/**
 * Drops the projections' tables, makes them empty and replays the log, in one transaction: after a
 * crash the old ones stand. Keys are off meanwhile, because tables go in any order, and checked as
 * a whole before the commit.
 */
export function rebuildInPlace(
  database: Database,
  projections: readonly Projection[],
  onProgress: (events: number) => void,
): Rebuild {
  database.pragma('foreign_keys = OFF');
  try {
    return database.transaction(() => replaceTables(database, projections, onProgress)).immediate();
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

function replaceTables(
  database: Database,
  projections: readonly Projection[],
  onProgress: (events: number) => void,
): Rebuild {
  const names = projections.flatMap(({ tables }) => tables);
  const before = digestTables(database, names);
  for (const name of names) database.exec(`DROP TABLE "${name}"`);
  for (const { schema } of projections) database.exec(schema);
  const events = replay(database, projections, onProgress);
  const strays = database.pragma('foreign_key_check') as readonly { readonly table: string }[];
  if (strays[0]) {
    throw new Refusal(
      'log-does-not-replay',
      `Table ${strays[0].table} points at what is not there.`,
    );
  }
  const after = digestTables(database, names);
  const tables = names.map((table) => ({
    table,
    before: before.get(table) ?? '',
    after: after.get(table) ?? '',
  }));
  return { ok: tables.every((each) => each.before === each.after), events, tables };
}

function replay(
  database: Database,
  projections: readonly Projection[],
  onProgress: (events: number) => void,
): number {
  const project = createProjector(database, projections);
  const read = database.prepare<[number, number], { seq: bigint; body: Buffer }>(
    'SELECT seq, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  let done = 0;
  for (;;) {
    const rows = read.all(done, blockEvents);
    for (const { seq, body } of rows) {
      const event = parseEvent(Number(seq), body);
      try {
        project(event);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        const refusal = new Refusal(
          'log-does-not-replay',
          `Event ${event.seq} (${event.type}) cannot be applied to what came before it: ${why}`,
        );
        refusal.cause = error;
        throw refusal;
      }
      done = event.seq;
    }
    if (rows.length === 0) return done;
    onProgress(rows.length);
  }
}

/** SHA-256 over every row of each table, in the order of its key. */
export function digestTables(
  database: Database,
  tables: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(tables.map((table) => [table, digestTable(database, table)]));
}

function digestTable(database: Database, table: string): string {
  const digest = createHash('sha256');
  const rows = database
    .prepare(`SELECT * FROM "${table}" NOT INDEXED`)
    .safeIntegers(true)
    .raw()
    .iterate() as IterableIterator<readonly unknown[]>;
  for (const row of rows) digest.update(`${JSON.stringify(row.map(spelled))}\n`);
  return digest.digest('hex');
}

/** A stored value with its type, so that 1, '1' and x'31' differ. */
function spelled(value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return `'${value}`;
  return value instanceof Uint8Array ? `x${Buffer.from(value).toString('hex')}` : String(value);
}
