// What the ledger screen asks of a trial balance and of a proof's progress, apart from drawing them.
import type { Output } from '#contract/index.ts';
import type { TaskView } from '#contract/ledger.ts';

export type Totals = Output<'ledger.trialBalance'>['totals'];
export type BalanceRow = Output<'ledger.trialBalance'>['rows'][number];

/** Whether an amount on the wire is nothing. */
export function isZero(minor: string): boolean {
  return BigInt(minor) === 0n;
}

/** How far a task is, as a whole number of percent; null while its length is not known. */
export function percentOf(task: Pick<TaskView, 'done' | 'total'>): number | null {
  if (task.total <= 0) return null;
  return Math.min(100, Math.floor((100 * task.done) / task.total));
}
