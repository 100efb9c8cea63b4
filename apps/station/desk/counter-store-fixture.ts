// Opens the store of the counter's tests: a real database with log and guard, and every projection a counter needs.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openGuard } from '#station/guard/open-guard.ts';
import { createGuardedBooks } from '#station/ledger/guarded.ts';
import { createLedger } from '#station/ledger/ledger.ts';
import { createTestChance } from '#station/ledger/ledger-fixture.ts';
import { migrationsFor } from '#station/ledger/migrations.ts';
import { openDatabase } from '#station/ledger/open.ts';
import { bankStatementProjection } from '#station/ledger/projections/bank-statement.ts';
import { counterProjections } from '#station/ledger/projections/counter.ts';
import { customerProjection } from '#station/ledger/projections/customer-projection.ts';
import { officeProjection } from '#station/ledger/projections/office.ts';
import { officeCardProjection } from '#station/ledger/projections/office-cards.ts';
import { officeOrderProjection } from '#station/ledger/projections/office-orders.ts';
import { officeRefusedProjection } from '#station/ledger/projections/office-refused.ts';
import { officeRejoinProjection } from '#station/ledger/projections/office-rejoin.ts';
import { paymentProjection } from '#station/ledger/projections/payment.ts';
import { bulkAfterProjection } from '#station/ledger/projections/payment-bulk-after.ts';
import { bulkReportProjection } from '#station/ledger/projections/payment-bulk-report.ts';
import { ratesProjection } from '#station/ledger/projections/rates.ts';
import { riskProjection } from '#station/ledger/projections/risk.ts';
import { riskShadowProjection } from '#station/ledger/projections/risk-shadow.ts';
import { screeningProjection } from '#station/ledger/projections/screening.ts';
import { staffProjection } from '#station/ledger/projections/staff-writer.ts';
import type { Witness } from '#station/ports.ts';
import { pictureProjection } from '../ledger/projections/picture.ts';
import type { HandClock } from './session-fixture.ts';

export const projections = [
  ...[staffProjection, customerProjection, ...counterProjections],
  ...[paymentProjection, bankStatementProjection, bulkReportProjection, bulkAfterProjection],
  riskProjection,
  riskShadowProjection,
  ...[pictureProjection, officeProjection, officeOrderProjection, screeningProjection],
  ...[officeCardProjection, officeRejoinProjection, officeRefusedProjection, ratesProjection],
];

const guardKey = new Uint8Array(32).fill(1);

/** Every write of the tests goes through a guard, as in the branch. */
function guardOver(database: ReturnType<typeof openDatabase>, clock: HandClock) {
  const books = createGuardedBooks(database);
  const report = (where: string, error: unknown) => assert.fail(`${where}: ${error}`);
  const parts = { clock, chance: createTestChance(), key: guardKey, books, report };
  return openGuard({ ...parts, kernel: 'A test has no kernel.', witnessed: null });
}

/** Opens the store that lies in the folder, or makes one, with log and guard. */
export function openStore(folder: string, clock: HandClock, witness: Witness | null) {
  const database = openDatabase({
    file: join(folder, 'branch.db'),
    key: new Uint8Array(32).fill(1),
    migrations: migrationsFor(projections),
  });
  const chance = createTestChance();

  const guard = guardOver(database, clock);
  const companion = guard.keeper;
  const ledger = createLedger(database, { clock, chance, witness, projections, companion });
  return { database, ledger, chance, guard };
}

export type Store = ReturnType<typeof openStore>;
