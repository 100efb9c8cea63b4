// Rebuilds the projections in a thread of its own, of the branch or of a copy of it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import DatabaseDriver, { type Database } from 'better-sqlite3';
import { unlock } from './cipher.ts';
import { ownProjections } from './ledger.ts';
import { storeRefusal } from './open-failure.ts';
import type { Projection } from './projection.ts';
import { openReader } from './reader.ts';
import { type Rebuild, rebuildInPlace } from './rebuild.ts';
import type { Report } from './worker.ts';

export interface RebuildOrder {
  readonly file: string;
  readonly key: Uint8Array;
  readonly projectionsModule: string | null;
  readonly mode: 'replace' | 'prove';
}

const port = parentPort;
assert.ok(port, 'runs as a worker');
const order = workerData as RebuildOrder;
const say = (report: Report<Rebuild>) => port.postMessage(report);

function openWriter(file: string): Database {
  const database = new DatabaseDriver(file, { fileMustExist: true });
  unlock(database, order.key);
  database.pragma('synchronous = FULL');
  database.pragma('trusted_schema = OFF');
  database.pragma('temp_store = MEMORY');
  return database.defaultSafeIntegers(true);
}

function rebuildFile(file: string, projections: readonly Projection[]): Rebuild {
  const database = openWriter(file);
  try {
    say({ progress: Number(database.prepare('SELECT count(*) FROM event').pluck().get()) });
    return rebuildInPlace(database, projections, (events) => say({ progress: events }));
  } finally {
    database.close();
  }
}

/** A consistent copy under the same key, in a folder that goes away with it. */
function onCopy<T>(work: (file: string) => T): T {
  const folder = mkdtempSync(join(dirname(order.file), 'proof-'));
  try {
    const copy = join(folder, 'copy.db');
    const reader = openReader(order.file, order.key);
    try {
      reader.prepare('VACUUM INTO ?').run(copy);
    } finally {
      reader.close();
    }
    return work(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function roomsProjections(): Promise<readonly Projection[]> {
  if (order.projectionsModule === null) return [];
  const module = (await import(order.projectionsModule)) as { projections: readonly Projection[] };
  return module.projections;
}

try {
  const projections = [...ownProjections, ...(await roomsProjections())];
  const result =
    order.mode === 'replace'
      ? rebuildFile(order.file, projections)
      : onCopy((file) => rebuildFile(file, projections));
  say({ result });
} catch (error) {
  const refusal = storeRefusal(error, order.file);
  if (!refusal) throw error;
  say({ refused: { reason: refusal.reason, message: refusal.message } });
}
