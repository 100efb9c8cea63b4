// Finds cash of one person kept just under the reporting threshold, item by item, in one currency or in several.
import { formatMoney } from '#contract/money.ts';
import { addDays, daysBetween } from './calendar.ts';
import type { CashItem } from './facts.ts';
import type { PersonActivity, Rule, Subject } from './flags.ts';
import { rowFor } from './policy.ts';
import { conversionNote, toBase } from './rates.ts';

interface Series {
  readonly name: string;
  readonly sum: bigint;
  readonly count: number;
  readonly days: number;
}

type Cash = Pick<CashItem, 'amountMinor' | 'currency'>;

/** Whether it lies at or just under the threshold of its own currency; false where there is none. */
function isJustUnder({ amountMinor, currency }: Cash, { policy }: Subject): boolean {
  const threshold = rowFor(policy.reportingThresholds, currency)?.amountMinor;
  if (threshold === undefined) return false;
  const parts = BigInt(policy.structuring.lowerBasisPoints);
  const lowest = (threshold * parts + 9_999n) / 10_000n;
  return amountMinor >= lowest && amountMinor <= threshold;
}

/** The person's items of the rule's window that lie just under, in the item's own direction. */
function nearItems(person: PersonActivity, subject: Subject): readonly CashItem[] {
  const { cash, date, policy } = subject;
  const first = addDays(date, 1 - policy.structuring.days);
  return person.items.filter(
    (item) =>
      item.direction === cash &&
      item.date >= first &&
      item.date <= date &&
      isJustUnder(item, subject),
  );
}

function seriesOf(
  name: string,
  items: readonly CashItem[],
  subject: Subject,
  worth: (cash: Cash) => bigint,
): Series {
  const [earliest = subject.date] = items.map((item) => item.date).sort();
  return {
    ...{ name, count: items.length + 1 },
    sum: items.reduce((sum, item) => sum + worth(item), worth(subject)),
    days: daysBetween(earliest, subject.date) + 1,
  };
}

/** The largest series that is long enough and passes the threshold as a whole. */
function largestOver(
  all: readonly Series[],
  threshold: bigint,
  { policy }: Subject,
): Series | undefined {
  return all
    .filter(({ count, sum }) => count >= policy.structuring.items && sum > threshold)
    .sort((one, other) => (one.sum < other.sum ? 1 : one.sum > other.sum ? -1 : 0))[0];
}

function daysText({ days }: Series): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function itemsText({ count, name }: Series, { cash }: Subject): string {
  return `${count} ${cash === 'in' ? 'deposits' : 'withdrawals'} of ${name}`;
}

function inOneCurrency(subject: Subject): string | null {
  const { currency, policy, date } = subject;
  const row = rowFor(policy.reportingThresholds, currency);
  if (!row) return null;
  const all = subject.persons.map((person) => {
    const items = nearItems(person, subject).filter((item) => item.currency === currency);
    return seriesOf(person.name, items, subject, ({ amountMinor }) => amountMinor);
  });
  const found = largestOver(all, row.amountMinor, subject);
  if (!found) return null;
  const note = conversionNote(row.by, { date, oldDays: policy.rates.oldDays });
  return (
    `structuring-like: ${formatMoney(found.sum, currency)} in ${daysText(found)} ` +
    `(${itemsText(found, subject)}, ` +
    `each just under the reporting threshold of ${formatMoney(row.amountMinor, currency)}${note})`
  );
}

/**
 * Each item just under its own currency's threshold, all of them together over the base's by the rates in force:
 * changing the currency of each deposit would otherwise be the way around the rule. What has no rate is left
 * out here, as it was flagged by itself.
 */
function inSeveralCurrencies(subject: Subject): string | null {
  const { policy, currency } = subject;
  const { byRates: rates } = policy;
  const row = rates && rowFor(policy.reportingThresholds, rates.base);
  if (!rates || !row) return null;
  const worth = (cash: Cash) => toBase(rates, cash.amountMinor, cash.currency) ?? 0n;
  const all = subject.persons.flatMap((person) => {
    const items = nearItems(person, subject);
    if (items.every((item) => item.currency === currency)) return [];
    return [seriesOf(person.name, items, subject, worth)];
  });
  const found = largestOver(all, row.amountMinor, subject);
  if (!found) return null;
  return (
    `structuring-like: cash worth ${formatMoney(found.sum, rates.base)} in ${daysText(found)} by the rates of ` +
    `${rates.date}, version ${rates.version} (${itemsText(found, subject)} in several currencies, each just under ` +
    `its reporting threshold, ${formatMoney(row.amountMinor, rates.base)} in the base)`
  );
}

/**
 * Two or more items each at or just under the threshold that together pass it (31 USC 5324; FFIEC
 * appendix G), whatever currencies they are in.
 */
export const structuring: Rule = {
  id: 'structuring',
  version: 3,
  needs: 'approval',
  check(subject) {
    if (subject.cash === null || !isJustUnder(subject, subject)) return null;
    return inOneCurrency(subject) ?? inSeveralCurrencies(subject);
  },
};
