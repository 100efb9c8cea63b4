// Lists every projection of the branch and the numbered steps that make their tables.

import { migrationsFor } from './ledger/migrations.ts';
import type { Migration } from './ledger/open.ts';
import type { Projection } from './ledger/projection.ts';
import { bankStatementProjection } from './ledger/projections/bank-statement.ts';
import { counterProjections } from './ledger/projections/counter.ts';
import { customerProjection } from './ledger/projections/customer-projection.ts';
import { deskProjection } from './ledger/projections/desk.ts';
import { deskRenewalProjection } from './ledger/projections/desk-renewal.ts';
import { guardAcceptanceProjection } from './ledger/projections/guard-acceptance.ts';
import { officeProjection } from './ledger/projections/office.ts';
import { officeCardProjection } from './ledger/projections/office-cards.ts';
import { officeOrderProjection } from './ledger/projections/office-orders.ts';
import { officeRefusedProjection } from './ledger/projections/office-refused.ts';
import { officeRejoinProjection } from './ledger/projections/office-rejoin.ts';
import { paymentProjection } from './ledger/projections/payment.ts';
import { bulkAfterProjection } from './ledger/projections/payment-bulk-after.ts';
import { bulkReportProjection } from './ledger/projections/payment-bulk-report.ts';
import { pictureProjection } from './ledger/projections/picture.ts';
import { ratesProjection } from './ledger/projections/rates.ts';
import { riskProjection } from './ledger/projections/risk.ts';
import { creditProjection } from './ledger/projections/risk-credit.ts';
import { riskShadowProjection } from './ledger/projections/risk-shadow.ts';
import { screeningProjection } from './ledger/projections/screening.ts';
import { staffProjection } from './ledger/projections/staff-writer.ts';
import { typologyProjection } from './ledger/projections/typology.ts';

/** The rooms' own projections, in the order they are run. A new one is added at the end. */
export const projections: readonly Projection[] = Object.freeze([
  staffProjection,
  customerProjection,
  ...counterProjections,
  typologyProjection,
  paymentProjection,
  bankStatementProjection,
  riskProjection,
  officeProjection,
  pictureProjection,
  creditProjection,
  deskProjection,
  riskShadowProjection,
  bulkReportProjection,
  officeOrderProjection,
  deskRenewalProjection,
  officeRefusedProjection,
  officeCardProjection,
  bulkAfterProjection,
  guardAcceptanceProjection,
  screeningProjection,
  ratesProjection,
  officeRejoinProjection,
]);

/** One step for each projection: numbers have no gaps, and a step never changes once a branch has it. */
export const migrations: readonly Migration[] = migrationsFor(projections);
