// Judges one component of a field by its type, with the code Swift gives for it.
import { findCurrency } from '#contract/currencies.ts';
import { isCountry } from '../identifier/country/country.ts';
import { commodities } from './tables.ts';

/** What a component must be beyond its characters. */
export type ComponentType =
  | 'text'
  | 'date'
  | 'monthDay'
  | 'longDate'
  | 'time'
  | 'offset'
  | 'currency'
  | 'amount'
  | 'rate'
  | 'bic'
  | 'reference'
  | 'numbered';

/** Code and sentence of a component that is wrong. */
export interface ComponentFault {
  readonly code: string;
  readonly message: string;
}

/** What is wrong with a component's value, given the field's currency; null when nothing is. */
export type Judge = (value: string, currency: string | undefined) => ComponentFault | null;

const fault = (code: string, message: string): ComponentFault => ({ code, message });

const daysOf = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of the month; the two-digit year is read by Swift's window (80 to 99 are 1900s). */
function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 && leap ? 29 : (daysOf[month] ?? 0));
}

/** A two-digit year as a year: 80 to 99 are 1980 to 1999, the rest 2000 to 2079 (Swift FIN). */
export function fullYear(year: number): number {
  return year >= 80 ? 1900 + year : 2000 + year;
}

const date: Judge = (value) => {
  const year = fullYear(Number(value.slice(0, 2)));
  if (isDay(year, Number(value.slice(2, 4)), Number(value.slice(4, 6)))) return null;
  return fault('T50', `${value} is no date: write year, month and day as YYMMDD.`);
};

const longDate: Judge = (value) => {
  const year = Number(value.slice(0, 4));
  if (isDay(year, Number(value.slice(4, 6)), Number(value.slice(6, 8)))) return null;
  return fault('T50', `${value} is no date: write year, month and day as YYYYMMDD.`);
};

const monthDay: Judge = (value) => {
  if (isDay(2000, Number(value.slice(0, 2)), Number(value.slice(2, 4)))) return null;
  return fault('T50', `${value} is no month and day: write MMDD.`);
};

const time: Judge = (value) => {
  if (Number(value.slice(0, 2)) <= 23 && Number(value.slice(2, 4)) <= 59) return null;
  return fault('T38', `${value} is no time: write hours and minutes as HHMM.`);
};

const offset: Judge = (value) => {
  if (Number(value.slice(0, 2)) <= 13 && Number(value.slice(2, 4)) <= 59) return null;
  return fault('T16', `${value} is no offset from UTC: at most 1359.`);
};

const currency: Judge = (value) => {
  if (commodities.has(value)) {
    return fault('C08', `${value} is a commodity; a payment needs a currency such as EUR.`);
  }
  if (findCurrency(value)) return null;
  return fault('T52', `${value} is not a currency: write a code such as EUR.`);
};

const amount: Judge = (value, code) => {
  const digits = code ? (findCurrency(code)?.digits ?? 2) : 5;
  const decimals = value.length - value.indexOf(',') - 1;
  if (decimals <= digits) return null;
  return fault('C03', `${value} has ${decimals} decimals; ${code} has ${digits}.`);
};

const rate: Judge = (value) => {
  if (/[1-9]/.test(value)) return null;
  return fault('T51', `${value} is no exchange rate: it must not be zero.`);
};

const bic: Judge = (value) => {
  const country = value.slice(4, 6);
  if (isCountry(country)) return null;
  return fault('T28', `${value} is no BIC: ${country} is not a country.`);
};

const reference: Judge = (value) => {
  if (!value.startsWith('/') && !value.endsWith('/') && !value.includes('//')) return null;
  return fault('T26', `${value} must not begin or end with / nor contain //.`);
};

/** Lines of 50F and 59F: 1 name, 2 address, 3 country and town, 4 to 8 for 50F only (T56, T73). */
const numbered: Judge = (value) => {
  let last = 0;
  let countryNext = true;
  for (const line of value.split('\n')) {
    const number = Number(line[0]);
    if (!/^[1-8]\/./.test(line)) {
      return fault('T56', `"${line}" must begin with its line number, such as 1/.`);
    }
    if (last === 0 && number !== 1)
      return fault('T56', `"${line}" comes before line 1/, the name.`);
    if (number < last) return fault('T56', `"${line}" comes after line ${last}/.`);
    if (number === 3 && countryNext) {
      countryNext = false;
      const country = line.slice(2, 4);
      const written = line.length === 4 || line[4] === '/';
      if (!written || !isCountry(country)) {
        return fault('T73', `"${line}" must name a country, such as 3/BE/BRUSSELS.`);
      }
    }
    last = number;
  }
  return null;
};

/** The judge of each type; a text is never wrong beyond its characters. */
export const judges: Readonly<Record<ComponentType, Judge | null>> = Object.freeze({
  text: null,
  date,
  monthDay,
  longDate,
  time,
  offset,
  currency,
  amount,
  rate,
  bic,
  reference,
  numbered,
});

/** The code for a component whose characters do not fit its format. */
export function formatCode(type: ComponentType, value: string): string {
  if (type === 'date' || type === 'monthDay' || type === 'longDate') return 'T50';
  if (type === 'currency') return 'T52';
  if (type === 'bic') return 'T27';
  if (type === 'amount') return /[A-Z],/.test(value) || value.startsWith(',') ? 'T40' : 'T43';
  return 'format';
}
