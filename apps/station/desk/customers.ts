// Handles the customers at the desk: found, seen whole, registered, amended, noted.

import type { CustomerDetails, CustomerView } from '#contract/customers.ts';
import type { Checked, Output } from '#contract/index.ts';
import { refuseUnless } from '../bank/refusal.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { CustomerReads, CustomerRow } from '../ledger/projections/customer-reads.ts';
import type { CustomerSearch } from '../ledger/projections/customer-search.ts';
import type { Clock } from '../ports.ts';
import { accountLineOf, instant, tellJournal } from './account-view.ts';
import { checkDetails, checkIdentified, checkUnknown } from './customer-checks.ts';
import { alertsOf, type CustomerSources, cashTodayOf, isIdentified } from './customer-facts.ts';
import type { Handlers, Moment, Recorded, SignedIn } from './desk.ts';
import type { Screening } from './screening.ts';

export interface CustomerParts extends CustomerSources {
  readonly ledger: LedgerReader;
  readonly search: CustomerSearch;
  readonly clock: Clock;
  /** Compares names with head office's lists; absent where there are none. */
  readonly screening?: Pick<Screening, 'freshOf'>;
  /** The open business date, or null. */
  readonly date: () => string | null;
}

type CustomerName = Extract<keyof Handlers, `customer.${string}`>;

const movementsShown = 10;
const notesShown = 50;

export function customerHandlers(parts: CustomerParts): Pick<Handlers, CustomerName> {
  return Object.freeze({
    'customer.search': ({ text, count }: Checked<'customer.search'>) => ({
      hits: parts.search.find(text, count).flatMap((found) => hitOf(parts, found)),
    }),
    'customer.get': ({ customer }: Checked<'customer.get'>) =>
      viewOf(parts, knownCustomer(parts.customers, customer)),
    ...recordHandlers(parts),
    ...noteHandlers(parts),
  });
}

/** The customer with this number, or the refusal that says there is none. */
export function knownCustomer(
  customers: CustomerReads,
  customer: number,
  field = 'customer',
): CustomerRow {
  const row = customers.get(customer);
  refuseUnless(row, 'customer-unknown', `There is no customer ${customer}.`, field);
  return row;
}

function hitOf(
  { customers, account }: CustomerParts,
  { customer, matched }: { customer: number; matched: string },
): Output<'customer.search'>['hits'] {
  const row = customers.get(customer);
  if (!row) return [];
  const { name, kind, distinction } = row;
  const numbers = customers.accountsOf(customer).flatMap(({ account: id }) => {
    const found = account(id);
    return found && found.state !== 'closed' ? [found.number] : [];
  });
  return [{ customer, name, kind, distinction, matched, accounts: [...new Set(numbers)] }];
}

function viewOf(parts: CustomerParts, row: CustomerRow): CustomerView {
  const { customers, account } = parts;
  const { customer, name, since, riskClass } = row;
  const today = todayOf(parts);
  const held = customers.accountsOf(customer).flatMap(({ account: id, role }) => {
    const found = account(id);
    return found ? [{ found, role }] : [];
  });
  return {
    ...{ customer, name, since, riskClass },
    details: customers.details(customer),
    identified: isIdentified(row, today),
    accounts: held.map(({ found, role }) => accountLineOf(found, role)),
    movements: movementsOf(parts, [...new Set(held.map(({ found }) => found.id))]),
    notes: customers.notesOf(customer, notesShown).map(({ at, customer: _of, ...note }) => ({
      ...note,
      at: instant(at),
    })),
    alerts: [...alertsOf(parts, row, today)],
    cashToday: cashTodayOf(parts, customer, today).map(({ currency, inMinor, outMinor }) => ({
      ...{ currency, inMinor: String(inMinor), outMinor: String(outMinor) },
    })),
  };
}

/** The newest movements on any of the accounts, newest first. */
function movementsOf(
  { ledger, account }: CustomerParts,
  accounts: readonly number[],
): CustomerView['movements'] {
  return accounts
    .flatMap((id) => {
      const of = account(id);
      const lines = ledger.statement({ account: id, count: movementsShown });
      return of ? lines.map((line) => ({ line, of })) : [];
    })
    .sort((one, other) => other.line.leg - one.line.leg)
    .slice(0, movementsShown)
    .map(({ line, of }) => {
      const { at, what } = tellJournal(ledger, line.journal);
      return {
        ...{ journal: line.journal, date: line.date, account: of.number, what },
        at: instant(at),
        amountMinor: String(-line.amountMinor),
        currency: of.currency,
      };
    });
}

/** The business date, or the calendar day (UTC) while the branch is closed. */
function todayOf({ date, clock }: Pick<CustomerParts, 'date' | 'clock'>): string {
  return date() ?? new Date(clock.now()).toISOString().slice(0, 10);
}

function recordHandlers(parts: CustomerParts) {
  const { customers } = parts;
  const done = (
    type: string,
    customer: number,
    data: Readonly<Record<string, unknown>>,
  ): Recorded<{ customer: number }> => ({
    ...{ type, data: { ...data, customer }, result: { customer } },
    topics: data.screening === undefined ? ['customer'] : ['customer', 'screening'],
  });
  /** The record is kept: who may be listed is known, and what they may do waits for a second person. */
  const hits = (details: CustomerDetails, customer: number) => {
    const screening = parts.screening?.freshOf(details, customer) ?? [];
    return screening.length === 0 ? {} : { screening };
  };
  return {
    'customer.register': {
      record({ details }: Checked<'customer.register'>) {
        check(parts, details, null);
        checkIdentified(details, todayOf(parts));
        const customer = customers.nextId();
        return done('customer.registered', customer, { details, ...hits(details, customer) });
      },
    },
    'customer.amend': {
      record({ customer, details, reason }: Checked<'customer.amend'>, { person }: SignedIn) {
        const row = knownCustomer(customers, customer);
        refuseUnless(
          person.customer !== customer,
          'own-customer',
          'This is your own record; a colleague amends it.',
          'customer',
        );
        refuseUnless(
          row.kind === details.kind,
          'customer-kind',
          `Customer ${customer} is registered as ${row.kind}, and stays one.`,
          'details.kind',
        );
        check(parts, details, customer);
        const found = hits(details, customer);
        return done('customer.amended', customer, { details, reason, ...found });
      },
    },
  };
}

function check(parts: CustomerParts, details: CustomerDetails, customer: number | null): void {
  checkDetails(details, todayOf(parts));
  checkUnknown(parts.customers, details, customer);
}

function noteHandlers({ customers }: CustomerParts) {
  return {
    'customer.note': {
      record(
        { customer, text, alert }: Checked<'customer.note'>,
        { person }: SignedIn,
        { seq }: Moment,
      ): Recorded<{ note: number }> {
        knownCustomer(customers, customer);
        const data = { customer, text, alert, by: person.name };
        return { type: 'customer.noted', data, result: { note: seq }, topics: ['customer'] };
      },
    },
    'customer.closeNote': {
      record(
        { note }: Checked<'customer.closeNote'>,
        { person }: SignedIn,
      ): Recorded<{ note: number }> {
        const found = customers.note(note);
        refuseUnless(found, 'note-unknown', `There is no note ${note}.`, 'note');
        refuseUnless(found.open, 'note-closed', 'This note is closed already.', 'note');
        const data = { note, by: person.name, customer: found.customer };
        return { type: 'note.closed', data, result: { note }, topics: ['customer'] };
      },
    },
  };
}
