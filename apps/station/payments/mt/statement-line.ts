// Reads the parts of a bank statement as banks write them: balances, statement lines, dates.
import { findCurrency } from '#contract/currencies.ts';
import { parseAmount } from './build.ts';
import { fullYear, judges } from './component.ts';
import { shown } from './problem.ts';

/** A balance: positive is the customer's credit. */
export interface StatementBalance {
  /** ISO 8601 date, or "" when the bank wrote none that exists. */
  readonly date: string;
  /** ISO 4217 code, or "" when the bank left it out. */
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** One movement: positive amounts come in, negative go out. */
export interface StatementEntry {
  readonly valueDate: string;
  /** The bank's booking date; the value date where the bank gives none. */
  readonly bookingDate: string;
  readonly amountMinor: bigint;
  /** Whether it takes back an earlier movement (RC, RD). */
  readonly reversal: boolean;
  /** Third letter of the currency, or "R" where banks use it so; "" when absent. */
  readonly fundsCode: string;
  /** "NTRF", "NMSC", "S051": Swift's or the bank's transaction type. */
  readonly kind: string;
  readonly customerReference: string;
  readonly bankReference: string;
  /** Supplementary details, the second line of field 61. */
  readonly details: string;
  /** Field 86 that belongs to the movement, lines parted by "\n". */
  readonly information: string;
  /** Line of the file, from 1. */
  readonly line: number;
}

const balanceForm = /^([CD])(\d{6})([A-Z]{3})?(\d{1,15}(?:[,.]\d{0,6})?)\s*$/;
const entryForm =
  /^(\d{6})(\d{4})?(R[CD]|[CD])([A-Z])?(\d{1,15}(?:[,.]\d{0,6})?)([A-Z][A-Z0-9 ]{3})?([^\n]*)/;

/** Minor digits of a currency; two for one our table does not know (old statements, no code). */
export function minorDigits(currency: string): number {
  return findCurrency(currency)?.digits ?? 2;
}

/** ISO date of YYMMDD, or "" when there is no such day. */
export function isoDate(text: string): string {
  if (!/^\d{6}$/.test(text) || judges.date?.(text, undefined)) return '';
  return `${fullYear(Number(text.slice(0, 2)))}-${text.slice(2, 4)}-${text.slice(4, 6)}`;
}

/**
 * A booking date MMDD beside its value date: at the turn of the year it lies in the next year or
 * the one before.
 */
export function bookingDate(valueDate: string, monthDay: string): string {
  const year = Number(valueDate.slice(0, 4));
  const apart = Number(monthDay.slice(0, 2)) - Number(valueDate.slice(5, 7));
  const booked = apart > 6 ? year - 1 : apart < -6 ? year + 1 : year;
  return isoDate(String(booked).slice(2) + monthDay);
}

/** A balance field (60, 62, 64, 65), or the sentence saying why it is none. */
export function readBalance(text: string, fallback: string): StatementBalance | string {
  const match = balanceForm.exec(text.trim());
  if (!match) return `${shown(text)} is no balance: C or D, date, currency, amount.`;
  const [, mark, date = '', currency = fallback, amount = ''] = match;
  const amountMinor = parseAmount(amount, minorDigits(currency));
  if (amountMinor === null) return `${amount} has more decimals than ${currency} has.`;
  const sign = mark === 'D' ? -1n : 1n;
  return { date: isoDate(date), currency, amountMinor: sign * amountMinor };
}

/** A statement line (61) without its field 86, or the sentence saying why it is none. */
export function readEntry(text: string, currency: string, line: number): StatementEntry | string {
  const match = entryForm.exec(text);
  if (!match) {
    return `${shown(text)} is no statement line: date, C or D, amount, type and reference.`;
  }
  const [whole, date = '', monthDay, mark = '', fundsCode = '', amount = '', kind = ''] = match;
  const valueDate = isoDate(date);
  if (!valueDate) return `${date} in a statement line is no date.`;
  const amountMinor = parseAmount(amount, minorDigits(currency));
  if (amountMinor === null) return `${amount} has more decimals than ${currency} has.`;
  const reversal = mark.startsWith('R');
  const out = mark === 'D' || mark === 'RC';
  const [customerReference = '', ...rest] = (match[7] ?? '').split('//');
  return {
    valueDate,
    bookingDate: (monthDay && bookingDate(valueDate, monthDay)) || valueDate,
    amountMinor: out ? -amountMinor : amountMinor,
    reversal,
    fundsCode,
    kind: kind.trim(),
    customerReference: customerReference.trim(),
    bankReference: rest.join('//').trim(),
    details: text.slice(whole.length).trim(),
    information: '',
    line,
  };
}
