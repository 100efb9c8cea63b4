// Turns what a teller types into minor units and minor units into what a person reads; never a
// float.
import { digitsOf } from './currencies.ts';

/** Largest amount in minor units: 2^53, exact in every program that reads it. */
const largestMinor = 2n ** 53n;

/** U+2212, the minus sign that stands as wide as a digit; a hyphen is not a minus. */
const minusSign = '\u2212';

export type AmountProblem =
  | 'amount-missing'
  | 'amount-not-a-number'
  | 'amount-negative'
  | 'amount-ambiguous'
  | 'amount-decimals'
  | 'amount-too-large';

export type ParsedAmount =
  | { readonly ok: true; readonly minor: bigint }
  | { readonly ok: false; readonly reason: AmountProblem; readonly message: string };

function problem(reason: AmountProblem, message: string): ParsedAmount {
  return { ok: false, reason, message };
}

/** Whether the text is digits in groups of three behind a first group of one to three. */
function isGrouped(text: string, separator: string): boolean {
  const [first = '', ...rest] = text.split(separator);
  return /^\d{1,3}$/.test(first) && rest.every((group) => /^\d{3}$/.test(group));
}

interface Split {
  readonly whole: string;
  readonly fraction: string;
}

/**
 * Finds the decimal separator; null when the grouping makes no sense, 'ambiguous' when it makes
 * two.
 */
function split(text: string, digits: number): Split | 'ambiguous' | null {
  const marks = [...text.replace(/\d/g, '')];
  const kinds = new Set(marks);
  const last = marks.at(-1);
  if (last === undefined) return { whole: text, fraction: '' };
  if (kinds.size > 2) return null;
  const at = text.lastIndexOf(last);
  const before = text.slice(0, at);
  const after = text.slice(at + 1);
  if (kinds.size === 2) {
    const [first = ''] = marks;
    if (last === ' ' || marks.filter((mark) => mark === last).length > 1) return null;
    return isGrouped(before, first)
      ? { whole: before.split(first).join(''), fraction: after }
      : null;
  }
  if (last === ' ' || marks.length > 1) {
    return isGrouped(text, last) ? { whole: text.split(last).join(''), fraction: '' } : null;
  }
  if (last === ',' && isGrouped(text, ',') && !/^0/.test(before)) {
    return digits >= 3 ? 'ambiguous' : { whole: before + after, fraction: '' };
  }
  return { whole: before, fraction: after };
}

function decimalsSentence(typed: string, currency: string, digits: number): string {
  if (digits === 0) return `${typed} has decimals; ${currency} has none: write whole ${currency}.`;
  return (
    `${typed} has more decimals than ${currency} has: write ${digits} digits after ` +
    'the point at most.'
  );
}

/**
 * Reads an amount as typed and returns it in minor units of the currency.
 *
 * Accepted: `1250`, `1250.5`, `1,250.00`, `1.250,00`, `1 250,00`, `1'250.00`, `250.`, `.50`. Of two
 * kinds of separator the last is the decimal one. A point alone is decimal. A comma alone is
 * decimal too, except before exactly three digits, where it groups (`1,250` is 1250); in a currency
 * with three decimals or more that is refused as ambiguous. Groups must be of three. No sign is
 * accepted: a direction is said by the task.
 */
export function parseAmount(typed: string, currency: string): ParsedAmount {
  const digits = digitsOf(currency);
  const text = typed.trim().replace(/[\u00a0\u2009\u202f'\u2019 ]/g, ' ');
  if (text === '') return problem('amount-missing', 'Type an amount, such as 250.00.');
  if (/^[-\u2212]/.test(text)) {
    return problem(
      'amount-negative',
      `${typed.trim()} is negative: type the amount without a sign.`,
    );
  }
  const found = /^[\d., ]{1,60}$/.test(text) && /\d/.test(text) ? split(text, digits) : null;
  if (found === 'ambiguous') {
    const [before, after] = text.split(',');
    return problem(
      'amount-ambiguous',
      `${text} can mean two amounts in ${currency}: write ${before}.${after} or ${before}${after}.`,
    );
  }
  if (found === null) {
    return problem(
      'amount-not-a-number',
      `${typed.trim()} is not an amount: write it as 1,250.00.`,
    );
  }
  if (found.fraction.length > digits) {
    return problem('amount-decimals', decimalsSentence(text, currency, digits));
  }
  const minor = BigInt(`${found.whole || '0'}${found.fraction.padEnd(digits, '0')}`);
  if (minor > largestMinor) {
    return problem(
      'amount-too-large',
      `${text} ${currency} is more than ${formatMoney(largestMinor, currency)}, ` +
        'the most one posting can hold.',
    );
  }
  return { ok: true, minor };
}

/**
 * Writes minor units with grouping, a decimal point and a true minus: -125000n in EUR is
 * `−1,250.00`.
 */
export function formatAmount(amountMinor: bigint | string, currency: string): string {
  const digits = digitsOf(currency);
  const minor = BigInt(amountMinor);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = digits === 0 ? '' : `.${text.slice(-digits)}`;
  return `${minor < 0n ? minusSign : ''}${whole}${fraction}`;
}

/** The amount with its currency, as it stands on every screen and slip: `1,250.00 EUR`. */
export function formatMoney(amountMinor: bigint | string, currency: string): string {
  return `${formatAmount(amountMinor, currency)} ${currency}`;
}
