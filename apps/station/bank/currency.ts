// Judges currencies and amounts: whether a code is money on a date, and whether an amount can be
// posted.
import { findCurrency, isCurrencyOn } from '#contract/currencies.ts';
import { formatMoney } from '#contract/money.ts';
import { amountMinorMax } from '#contract/values.ts';
import { type Problem, problem } from './problem.ts';

/** Refuses a code that is no currency on the date (ISO 8601 calendar date). */
export function currencyProblem(code: string, date: string, field: string): Problem | null {
  const currency = findCurrency(code);
  if (!currency) {
    return problem(
      'unknown-currency',
      `${code} is not a currency: write a code such as EUR.`,
      field,
    );
  }
  if (isCurrencyOn(currency, date)) return null;
  const when = currency.until && currency.until < date ? `until ${currency.until}` : null;
  return problem(
    'currency-not-in-force',
    `${code} is not money on ${date}: it was ${when ?? `not before ${currency.from}`}.`,
    field,
  );
}

/** Refuses zero, a negative amount, and one over 2^53 minor units. */
export function amountProblem(
  amountMinor: bigint,
  currency: string,
  field: string,
): Problem | null {
  if (amountMinor === 0n) {
    return problem('amount-zero', 'The amount is zero: type what is to be moved.', field);
  }
  if (amountMinor < 0n) {
    const written = formatMoney(amountMinor, currency);
    return problem(
      'amount-negative',
      `${written} is negative: type the amount without sign.`,
      field,
    );
  }
  if (amountMinor <= amountMinorMax) return null;
  return problem(
    'amount-too-large',
    `${formatMoney(amountMinor, currency)} is more than one posting can hold: ` +
      `${formatMoney(amountMinorMax, currency)} is the most.`,
    field,
  );
}
