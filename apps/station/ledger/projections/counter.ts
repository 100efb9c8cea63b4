// Lists the counter's projections and makes all their reads at once.
import type { Database } from 'better-sqlite3';
import type { Projection } from '../projection.ts';
import { type ActivityReads, activityProjection, createActivityReads } from './activity.ts';
import { type ApprovalReads, approvalProjection, createApprovalReads } from './approval.ts';
import { createDayReads, type DayReads, dayProjection } from './day.ts';
import { createEntryReads, type EntryReads, entryProjection } from './entry.ts';
import { createMovementReads, type MovementReads, movementProjection } from './movement.ts';
import { createPolicyReads, type PolicyReads, policyProjection } from './policy.ts';
import { createTillReads, type TillReads, tillProjection } from './till.ts';

export const counterProjections: readonly Projection[] = Object.freeze([
  tillProjection,
  movementProjection,
  entryProjection,
  activityProjection,
  approvalProjection,
  dayProjection,
  policyProjection,
]);

export interface CounterReads {
  readonly tills: TillReads;
  readonly movements: MovementReads;
  readonly entries: EntryReads;
  readonly activity: ActivityReads;
  readonly approvals: ApprovalReads;
  readonly days: DayReads;
  readonly policies: PolicyReads;
}

export function createCounterReads(database: Database): CounterReads {
  return Object.freeze({
    tills: createTillReads(database),
    movements: createMovementReads(database),
    entries: createEntryReads(database),
    activity: createActivityReads(database),
    approvals: createApprovalReads(database),
    days: createDayReads(database),
    policies: createPolicyReads(database),
  });
}
