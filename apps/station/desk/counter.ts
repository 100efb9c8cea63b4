// What the counter's handlers share: the reads, the ledger, the people, and a few questions all of them ask.
import type { Role } from '#contract/operation.ts';
import type { CustomerFacts, MandateFacts } from '#station/bank/facts.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import type { CounterReads } from '#station/ledger/projections/counter.ts';
import type { EntryData } from '#station/ledger/projections/entry.ts';
import type { Payments } from '#station/ledger/projections/payment.ts';
import type { BranchData } from '#station/ledger/projections/staff.ts';
import type { PayeeVerifier } from '#station/payments/branch/verifier.ts';
import type { Clock, Witness } from '#station/ports.ts';
import type { Announcer, Moment, Person } from './desk.ts';
import type { RiskService } from './risk-service.ts';
import type { Screening } from './screening.ts';
import type { BulkNames } from './screening-bulk.ts';
import type { Sessions } from './session.ts';

/** The people the counter asks about: colleagues by name, customers as the rules see them. */
export interface CounterPeople {
  branch(): BranchData | null;
  /** Name of a member of staff, for lines and receipts. */
  nameOf(staff: number): string;
  customer(id: number, date: string): CustomerFacts | null;
  /** Town and country of a customer's address, ISO 3166; null when there is no such customer. */
  addressOf(id: number): { readonly town: string; readonly country: string } | null;
  ownersOf(account: number): readonly number[];
  mandatesOn(account: number): readonly MandateFacts[];
}

export interface Counter extends CounterReads {
  readonly ledger: Ledger;
  readonly payments: Payments;
  readonly people: CounterPeople;
  readonly announcer: Announcer;
  readonly sessions: Pick<Sessions, 'checkPassword' | 'checkFactor'>;
  readonly risk: RiskService;
  readonly payeeVerifier: PayeeVerifier;
  /** Compares names with head office's lists; absent in a test that has none. */
  readonly screening?: Screening;
  /** Compares the payees of files with them. */
  readonly bulkNames?: BulkNames;
  readonly clock: Clock;
  readonly witness: Witness | null;
  /** Folder of the branch: day packs are written below it. */
  readonly folder: string;
  readonly demonstration: boolean;
  /** Newest business date head office has ended, where there is one; null while it has ended none. */
  readonly endedDate?: () => string | null;
  readonly report: (where: string, error: unknown) => void;
}

/** The open business date; refuses while there is none. */
export function openDate(moment: Pick<Moment, 'date'>): string {
  refuseUnless(
    moment.date !== null,
    'day-closed',
    'The branch has no open business day: a supervisor opens one.',
  );
  return moment.date;
}

export function hasRole(person: Person | null, ...wanted: readonly Role[]): boolean {
  return person?.roles.some((role) => wanted.includes(role)) ?? false;
}

/** ms since 1970 as the wire writes it. */
export function instant(at: number): string {
  return new Date(at).toISOString();
}

/** An entry with what most entries leave empty filled in. */
export function entryOf(
  entry: Pick<EntryData, 'kind' | 'what' | 'amountMinor' | 'currency' | 'valueDate'> &
    Partial<EntryData>,
): EntryData {
  return {
    ...{ account: '', name: '', narrative: '', till: null, customer: null, conductor: null },
    ...{ fees: [], reversalOf: null, correctionOf: null, approval: null },
    ...entry,
  };
}
