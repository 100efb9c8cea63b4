// Judges codes of money and countries against our own dated tables.
import { findCurrency } from '#contract/currencies.ts';
import { currencyProblem } from '#station/bank/currency.ts';
import { countryName, findCountry, isCountryOn } from './country/country.ts';
import { type Finding, finding, formFindings, type Wrong, wrong } from './finding.ts';

export interface CurrencyRight {
  readonly ok: true;
  readonly currency: string;
  /** ISO 4217 numeric code. */
  readonly numeric: string;
  /** Digits after the decimal point. */
  readonly minorDigits: number;
  readonly warnings: readonly Finding[];
}

export interface CountryRight {
  readonly ok: true;
  readonly country: string;
  readonly alpha3: string;
  readonly numeric: string;
  readonly name: string;
  readonly warnings: readonly Finding[];
}

/** Judges an ISO 4217 code on a date (ISO 8601 calendar date). */
export function checkCurrency(text: string, date: string): CurrencyRight | Wrong {
  const form = formFindings(text, 'currency');
  if (form.length > 0) return wrong(form);
  const found = currencyProblem(text, date, 'currency');
  if (found) return wrong([finding(found.reason, 1, found.message)]);
  const currency = findCurrency(text);
  if (!currency) throw new Error(`${text} passed and is not in the table`);
  const { numeric, digits } = currency;
  return { ok: true, currency: text, numeric, minorDigits: digits, warnings: [] };
}

/**
 * Judges an ISO 3166-1 alpha-2 code on a date; XK passes, with a warning that the standard does
 * not know it.
 */
export function checkCountry(text: string, date: string): CountryRight | Wrong {
  const form = formFindings(text, 'country');
  if (form.length > 0) return wrong(form);
  const country = findCountry(text);
  if (!country) {
    return wrong([
      finding('unknown-country', 1, `${text} is no country: write a code such as DE.`),
    ]);
  }
  const name = countryName(text);
  if (!isCountryOn(country, date)) {
    const when =
      country.until && country.until < date ? `until ${country.until}` : `from ${country.from}`;
    return wrong([
      finding('country-not-in-force', 1, `${text} was a country code ${when}, not on ${date}.`),
    ]);
  }
  const { alpha3, numeric, userAssigned } = country;
  const warnings = userAssigned
    ? [
        finding(
          'user-assigned',
          1,
          `${text} (${name}) is not in ISO 3166; payments use it all the same.`,
        ),
      ]
    : [];
  return { ok: true, country: text, alpha3, numeric, name, warnings };
}
