// Says of a customer what the counter must know now: identified or not, and every alert as a sentence.

import { formatAccountNumber } from '#contract/account-number.ts';
import { formatDate } from '#contract/dates.ts';
import { formatMoney } from '#contract/money.ts';
import { addDays } from '../bank/calendar.ts';
import { type CashItem, type CustomerFacts, type MandateFacts, personKey } from '../bank/facts.ts';
import type { Account } from '../ledger/balance.ts';
import type { CustomerReads, CustomerRow } from '../ledger/projections/customer-reads.ts';

/** What the alerts are made from. */
export interface CustomerSources {
  readonly customers: CustomerReads;
  /** What a name's resemblance to a listed one says of a customer; absent where no list is kept. */
  readonly listed?: (customer: number) => readonly string[];
  readonly account: (id: number) => Account | undefined;
  /** Cash of a person from the date on. */
  readonly cashOf: (person: string, fromDate: string) => readonly CashItem[];
  /** Cash in, or out, above this on one day is reported; null where the currency has no threshold. */
  readonly reportingThreshold: (currency: string) => bigint | null;
}

/** A document is named this long before it runs out. */
const noticeDays = 30;
/** From 70 % of the reporting threshold on, the teller is told while there is time to ask. */
const nearNumerator = 7n;
const nearDenominator = 10n;
const notesShown = 50;

export interface CashToday {
  readonly currency: string;
  readonly inMinor: bigint;
  readonly outMinor: bigint;
}

/** What the rules need of a customer on a date (ISO 8601); null when there is none with this number. */
export function customerFactsOf(
  sources: CustomerSources,
  customer: number,
  date: string,
): CustomerFacts | null {
  const row = sources.customers.get(customer);
  if (!row) return null;
  const { name, kind, distinction, riskClass } = row;
  return Object.freeze({
    ...{ customer, name, kind, distinction, riskClass },
    identified: isIdentified(row, date),
    // Only a card shows them; no posting reads them, and they cost more than all the rest.
    get alerts() {
      return alertsOf(sources, row, date);
    },
  });
}

/** True while at least one identity document is valid. */
export function isIdentified(row: CustomerRow, date: string): boolean {
  return row.validUntil >= date;
}

/** Mandates on an account as the rules read them. */
export function mandateFactsOf(customers: CustomerReads, account: number): readonly MandateFacts[] {
  return customers
    .mandatesOn(account)
    .map(({ customer, kind, limitMinor, until }) => ({ customer, kind, limitMinor, until }));
}

/** Cash in and out of one customer on a date, per currency. */
export function cashTodayOf(
  { cashOf }: Pick<CustomerSources, 'cashOf'>,
  customer: number,
  date: string,
): readonly CashToday[] {
  const items = cashOf(personKey({ kind: 'customer', customer }), date);
  const currencies = [...new Set(items.map((item) => item.currency))].sort();
  return currencies.map((currency) => {
    const sum = (direction: 'in' | 'out') =>
      items
        .filter((item) => item.currency === currency && item.direction === direction)
        .reduce((total, item) => total + item.amountMinor, 0n);
    return { currency, inMinor: sum('in'), outMinor: sum('out') };
  });
}

/** What must be seen before anything is done, the gravest first. */
export function alertsOf(
  sources: CustomerSources,
  row: CustomerRow,
  date: string,
): readonly string[] {
  return [
    ...(sources.listed?.(row.customer) ?? []),
    ...documentAlerts(row, date),
    ...accountAlerts(sources, row.customer),
    ...sources.customers
      .notesOf(row.customer, notesShown)
      .filter((note) => note.alert && note.open)
      .map((note) => `Note by ${note.by}: ${note.text}`),
    ...(row.riskClass === 'high' ? ['Risk class high: ask for purpose and origin of funds.'] : []),
    ...cashAlerts(sources, row.customer, date),
  ];
}

function documentAlerts({ validUntil }: CustomerRow, date: string): string[] {
  if (validUntil < date) {
    return [`The identity document ran out on ${formatDate(validUntil)}; record a valid one.`];
  }
  if (validUntil > addDays(date, noticeDays)) return [];
  return [`The identity document runs out on ${formatDate(validUntil)}; ask for a new one.`];
}

function accountAlerts({ customers, account }: CustomerSources, customer: number): string[] {
  return customers.accountsOf(customer).flatMap(({ account: id }) => {
    const found = account(id);
    if (found?.state === 'frozen')
      return [`Account ${formatAccountNumber(found.number)} is frozen.`];
    if (found?.state === 'dormant')
      return [`Account ${formatAccountNumber(found.number)} is dormant.`];
    return [];
  });
}

function cashAlerts(sources: CustomerSources, customer: number, date: string): string[] {
  return cashTodayOf(sources, customer, date).flatMap(({ currency, inMinor, outMinor }) => {
    const threshold = sources.reportingThreshold(currency);
    if (threshold === null) return [];
    const isNear = (sum: bigint) => sum * nearDenominator >= threshold * nearNumerator;
    const sentence = (sum: bigint, way: string) =>
      `Cash ${way} today ${formatMoney(sum, currency)}; above ${formatMoney(threshold, currency)} it is reported.`;
    return [
      ...(isNear(inMinor) ? [sentence(inMinor, 'in')] : []),
      ...(isNear(outMinor) ? [sentence(outMinor, 'out')] : []),
    ];
  });
}
