// Converts between the bank's base currency and others: whole minor units, exact fractions, a rounding with a name.
import { digitsOf, findCurrency, isCurrencyOn } from '#contract/currencies.ts';
import { formatMoney } from '#contract/money.ts';
import type { Policy } from '#contract/policy.ts';
import type { RatesOrder } from '#contract/rates.ts';
import { amountMinorMax } from '#contract/values.ts';
import { daysBetween } from './calendar.ts';
import { refuseUnless } from './refusal.ts';

/** Head office's rates as they hold at a branch. */
export interface Rates extends RatesOrder {
  readonly version: number;
}

/**
 * `down`: limits and thresholds, so that a converted one is never more than the policy's.
 * `half-up`: equivalents, to the nearest minor unit, the half away from zero (Council Regulation (EC)
 * No 1103/97, article 5).
 */
export type Rounding = 'down' | 'half-up';

export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** A rate as an exact fraction: `1.0812` is 10812 / 10000. */
export function fractionOf(rate: string): Fraction {
  const [whole = '0', decimals = ''] = rate.split('.');
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
}

function divided({ over, under }: Fraction, rounding: Rounding): bigint {
  if (rounding === 'down') return over / under;
  const isNegative = over < 0n;
  const size = isNegative ? -over : over;
  const rounded = (2n * size + under) / (2n * under);
  return isNegative ? -rounded : rounded;
}

const unit = (currency: string): bigint => 10n ** BigInt(digitsOf(currency));

/** The rate of a currency: `1` for the base, null where the list has none. */
export function rateOf(rates: Rates, currency: string): string | null {
  return currency === rates.base ? '1' : (rates.rates[currency] ?? null);
}

/** So much of the base in another currency; null where the list has no rate for it. */
export function fromBase(
  rates: Rates,
  amountMinor: bigint,
  to: { readonly currency: string; readonly rounding: Rounding },
): bigint | null {
  const rate = rateOf(rates, to.currency);
  if (rate === null) return null;
  const { over, under } = fractionOf(rate);
  const fraction = {
    over: amountMinor * over * unit(to.currency),
    under: under * unit(rates.base),
  };
  return divided(fraction, to.rounding);
}

/** So much of a currency in the base, to the nearest minor unit; null where the list has no rate for it. */
export function toBase(rates: Rates, amountMinor: bigint, currency: string): bigint | null {
  const rate = rateOf(rates, currency);
  if (rate === null) return null;
  const { over, under } = fractionOf(rate);
  const fraction = {
    over: amountMinor * under * unit(rates.base),
    under: over * unit(currency),
  };
  return divided(fraction, 'half-up');
}

/**
 * Refuses a list that may not come into force: of another base than the branch's (`rates-other-base`), older
 * than the one in force (`rates-older`), dated after tomorrow (`rates-ahead`), or naming what is no money on
 * its date (`unknown-currency`).
 */
export function refuseRates(
  order: RatesOrder,
  now: { readonly base: string; readonly inForce: Rates | null; readonly latest: string },
): void {
  const { base, date } = order;
  refuseUnless(
    base === now.base,
    'rates-other-base',
    `They are quoted in ${base}; this branch keeps its books in ${now.base}.`,
  );
  refuseUnless(
    now.inForce === null || date >= now.inForce.date,
    'rates-older',
    `They are of ${date}; those of ${now.inForce?.date} are in force.`,
  );
  refuseUnless(
    date <= now.latest,
    'rates-ahead',
    `They are of ${date}, which is still to come: ${now.latest} is the latest.`,
  );
  for (const code of [base, ...Object.keys(order.rates)]) {
    const known = findCurrency(code);
    refuseUnless(
      known && isCurrencyOn(known, date),
      'unknown-currency',
      `${code} is no currency on ${date}.`,
    );
  }
}

/** Where a limit came from that the policy does not name for its currency. */
export interface Conversion {
  readonly baseMinor: bigint;
  readonly base: string;
  readonly rate: string;
  readonly date: string;
  readonly version: number;
}

type Row = { readonly currency: string };
type Converted<R> = R & { readonly by?: Conversion };

/**
 * The policy as the rules read it: for every currency with a rate, a row the policy does not name is the
 * base's row converted, rounded down, and says by which rate.
 */
export interface PolicyInForce extends Policy {
  readonly roleLimits: Converted<Policy['roleLimits'][number]>[];
  readonly tillLimits: Converted<Policy['tillLimits'][number]>[];
  readonly reportingThresholds: Converted<Policy['reportingThresholds'][number]>[];
  /** Those the rows were converted by; absent where there are none. */
  readonly byRates?: Rates;
}

/** Rows of the base for every currency of the list that has none of the same kind. */
function filled<R extends Row>(
  rows: readonly R[],
  rates: Rates,
  parts: {
    readonly kindOf: (row: R) => string;
    readonly convert: (row: R, to: (amountMinor: bigint) => bigint, currency: string) => R;
  },
): R[] {
  const known = new Set(rows.map((row) => `${parts.kindOf(row)} ${row.currency}`));
  const made: R[] = [];
  for (const row of rows.filter(({ currency }) => currency === rates.base)) {
    for (const currency of Object.keys(rates.rates).sort()) {
      if (known.has(`${parts.kindOf(row)} ${currency}`)) continue;
      const to = (amountMinor: bigint): bigint => {
        const most = fromBase(rates, amountMinor, { currency, rounding: 'down' }) ?? 0n;
        return most < amountMinorMax ? most : amountMinorMax;
      };
      made.push(parts.convert(row, to, currency));
    }
  }
  return made.length === 0 ? [...rows] : [...rows, ...made];
}

/** The policy with what it does not name converted. Fees are left alone: a price is the bank's to set. */
export function inForce(policy: Policy, rates: Rates | null): PolicyInForce {
  if (!rates) return policy;
  const { base, date, version } = rates;
  const byOf = (baseMinor: bigint, currency: string): { readonly by: Conversion } => ({
    by: { baseMinor, base, rate: rates.rates[currency] ?? '', date, version },
  });
  type Limit = Converted<{ currency: string; softMinor: bigint; hardMinor: bigint | null }>;
  const limit = <R extends Limit>(row: R, to: (amount: bigint) => bigint, currency: string): R => ({
    ...{ ...row, currency, softMinor: to(row.softMinor) },
    ...{ hardMinor: row.hardMinor === null ? null : to(row.hardMinor) },
    ...byOf(row.softMinor, currency),
  });
  type Amount = Converted<{ currency: string; amountMinor: bigint }>;
  const amount = {
    kindOf: (_row: Amount) => '',
    convert: (row: Amount, to: (amount: bigint) => bigint, currency: string): Amount => ({
      ...{ currency, amountMinor: to(row.amountMinor) },
      ...byOf(row.amountMinor, currency),
    }),
  };
  const { youngAccount } = policy;
  return {
    ...policy,
    roleLimits: filled<PolicyInForce['roleLimits'][number]>(policy.roleLimits, rates, {
      kindOf: ({ role, task }) => `${role} ${task}`,
      convert: limit,
    }),
    tillLimits: filled<PolicyInForce['tillLimits'][number]>(policy.tillLimits, rates, {
      kindOf: ({ kind }) => kind,
      convert: limit,
    }),
    reportingThresholds: filled<Amount>(policy.reportingThresholds, rates, amount),
    differenceTolerances: filled<Amount>(policy.differenceTolerances, rates, amount),
    youngAccount: { ...youngAccount, floors: filled<Amount>(youngAccount.floors, rates, amount) },
    byRates: rates,
  };
}

/** Days from the list's date to the date; 0 for one of the next day. */
export function ageDays(date: string, on: string): number {
  return Math.max(0, daysBetween(date, on));
}

/** Which rate made a limit, behind its sentence: "" where the policy names it itself. */
export function conversionNote(
  by: Conversion | undefined,
  at: { readonly date: string; readonly oldDays: number },
): string {
  if (!by) return '';
  const age = ageDays(by.date, at.date);
  const old = age > at.oldDays ? `, ${age} days old` : '';
  const base = formatMoney(by.baseMinor, by.base);
  return ` (${base} at ${by.rate}, rates of ${by.date}, version ${by.version}${old})`;
}
