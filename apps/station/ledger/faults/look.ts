// Looks a branch over the way its owner would after an accident, and says how the damage showed itself.

import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { Refusal } from '#station/bank/refusal.ts';
import { ownProjections } from '../ledger.ts';
import { parseEvent } from '../log.ts';
import { ledgerMigrations } from '../migrations.ts';
import { openDatabase } from '../open.ts';
import { damageOf } from '../open-damage.ts';
import { storeRefusal } from '../open-failure.ts';
import { createProjector } from '../projection.ts';
import { type Branch, witnessOf } from './fixture.ts';
import { faultsOf } from './workload.ts';

/** By which means damage was noticed, first to last; `clean` when nothing was found. */
export interface Finding {
  readonly by: 'opening' | 'pages' | 'chain and books' | 'replay' | 'clean';
  readonly what: string;
}

/** Opens the branch, reads its pages, walks its chain, adds up its books, and replays its log. */
export function lookThrough(branch: Branch): Finding {
  const witness = witnessOf(branch);
  let database: Database | null = null;
  try {
    database = openDatabase({ ...branch, migrations: ledgerMigrations, witness });
    const [damage] = damageOf(database);
    if (damage !== undefined) return { by: 'pages', what: `${damage.where}: ${damage.what}` };
    const [fault] = faultsOf(database, new Map());
    if (fault !== undefined) return { by: 'chain and books', what: fault };
    const differing = replayDifference(database);
    return differing === null ? { by: 'clean', what: '' } : { by: 'replay', what: differing };
  } catch (error) {
    const refusal = storeRefusal(error, branch.file);
    if (!(refusal instanceof Refusal)) throw error;
    return { by: 'opening', what: `${refusal.reason}: ${refusal.message}` };
  } finally {
    database?.close();
    witness.close();
  }
}

/** Tables that are not made from the log, or are the log. */
const notProjected = ['migration', 'secret', 'checkpoint', 'event'];

/** Name of the first table whose rows are not those the log makes, or null. */
function replayDifference(database: Database): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'teller-replay-'));
  const file = join(folder, 'branch.db');
  const copy = openDatabase({
    file,
    key: new Uint8Array(32).fill(1),
    migrations: ledgerMigrations,
  });
  try {
    replay(database, copy);
    const [due, found] = [contentOf(copy), contentOf(database)];
    const names = Object.keys(due).filter((name) => !notProjected.includes(name));
    return names.find((name) => due[name] !== found[name]) ?? null;
  } finally {
    copy.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function replay(from: Database, to: Database): void {
  const project = createProjector(to, ownProjections);
  const insert = to.prepare('INSERT INTO event (seq, hash, body) VALUES (?, ?, ?)');
  const rows = from.prepare<[], { seq: bigint; hash: Buffer; body: Buffer }>(
    'SELECT seq, hash, body FROM event ORDER BY seq',
  );
  to.transaction(() => {
    for (const { seq, hash: stored, body } of rows.iterate()) {
      insert.run(seq, stored, body);
      project(parseEvent(Number(seq), body));
    }
  })();
}

/** SHA-256 of the rows of each table, in whatever order they stand. */
export function contentOf(database: Database): Readonly<Record<string, string>> {
  const tables = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all() as unknown as string[];
  return Object.fromEntries(
    tables.map((name) => {
      const rows = database.prepare(`SELECT * FROM "${name}"`).raw().all() as unknown[][];
      const lines = rows.map((row) => JSON.stringify(row.map(plain)));
      const text = lines.sort().join('\n');
      return [name, hash('sha256', text)];
    }),
  );
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  return Buffer.isBuffer(value) ? value.toString('hex') : value;
}
