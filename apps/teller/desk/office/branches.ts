// Says which branches need a look, and puts those first: among a thousand nobody finds them otherwise.
import type { Output } from '#contract/index.ts';

export type BranchRow = Output<'office.overview'>['overview']['branches'][number];

/** A line that is up is heard every second; silence for so long is said, in ms. */
const silentMs = 15 * 60_000;

export type Trouble = 'stopped' | 'silent' | 'exceptions' | null;

/** What is amiss with a branch at the moment `at` (ISO 8601); the worst of it. */
export function troubleOf(row: BranchRow, at: string): Trouble {
  if (row.stopped !== '') return 'stopped';
  const isSilent = row.seenAt !== null && Date.parse(at) - Date.parse(row.seenAt) > silentMs;
  if (isSilent) return 'silent';
  return row.exceptions > 0 ? 'exceptions' : null;
}

const order: readonly Trouble[] = ['stopped', 'silent', 'exceptions', null];

/** The worst first, each kind by code. */
export function worstFirst(rows: readonly BranchRow[], at: string): readonly BranchRow[] {
  const rank = (row: BranchRow): number => order.indexOf(troubleOf(row, at));
  return [...rows].sort(
    (one, other) => rank(one) - rank(other) || one.branch.localeCompare(other.branch),
  );
}
