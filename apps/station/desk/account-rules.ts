// The rules that opening an account and giving power over one share: identified people, never one's own.
import { formatDate } from '#contract/dates.ts';
import { refuseUnless } from '../bank/refusal.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { CustomerReads, CustomerRow } from '../ledger/projections/customer-reads.ts';
import { isIdentified } from './customer-facts.ts';
import type { Moment } from './desk.ts';

export interface AccountParts {
  readonly ledger: LedgerReader;
  readonly customers: CustomerReads;
  /** Currencies the branch keeps. */
  readonly currencies: () => readonly string[];
}

/** Day and asker an opening is judged by. */
export interface Desk {
  readonly date: string;
  /** The asker's own customer number, or null. */
  readonly own: number | null;
}

/** No account, and no power over one, without an identified customer. */
export function identified(row: CustomerRow, date: string, field: string): CustomerRow {
  refuseUnless(
    isIdentified(row, date),
    'customer-not-identified',
    `${row.name}'s identity document ran out on ${formatDate(row.validUntil)}; record a valid one first.`,
    field,
  );
  return row;
}

export function refuseOwn(isOwn: boolean, field: string): void {
  refuseUnless(!isOwn, 'own-account', 'Your own accounts are served by a colleague.', field);
}

/** The open business date; refuses while there is none. */
export function openDate({ date }: Moment): string {
  refuseUnless(
    date !== null,
    'day-closed',
    'The branch has no open business day: a supervisor opens one.',
  );
  return date;
}
