// Opens a branch on disk that has the named projections beside the books, for tests of one projection.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { createLedger, type Ledger } from '../ledger.ts';
import { createTestChance, createTestClock } from '../ledger-fixture.ts';
import { migrationsFor } from '../migrations.ts';
import { openDatabase } from '../open.ts';
import type { Projection } from '../projection.ts';

/** Does the work over a new branch with these projections, closes it and takes its folder away. */
export function withBranch(
  projections: readonly Projection[],
  work: (database: Database, ledger: Ledger) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), 'qenex-projection-'));
  const database = openDatabase({
    file: join(folder, 'branch.db'),
    key: new Uint8Array(32).fill(2),
    migrations: migrationsFor(projections),
  });
  const parts = { clock: createTestClock(), chance: createTestChance(), witness: null };
  try {
    work(database, createLedger(database, { ...parts, projections }));
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
