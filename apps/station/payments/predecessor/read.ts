// Reads the loose objects of the predecessor's interface: each value by its path, or a refusal.
import { findCurrency } from '#contract/currencies.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';

/** An object whose values are asked for by name; `path` says where it stands. */
export interface Loose {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const lengthMax = 500;

/** The object at the path; refuses anything else. */
export function looseObject(value: unknown, path: string): Loose {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  refuseUnless(isObject, 'field-missing', `${path || 'The payment'} is an object.`, path);
  return { path, values: value as Record<string, unknown> };
}

export function pathTo({ path }: Loose, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A text, trimmed; undefined where it is not given. Refuses what is no text. */
export function optionalText(from: Loose, name: string): string | undefined {
  const value = Object.hasOwn(from.values, name) ? from.values[name] : undefined;
  if (value === undefined || value === null || value === '') return undefined;
  const isText = typeof value === 'string' && value.length <= lengthMax;
  const path = pathTo(from, name);
  refuseUnless(isText, 'field-wrong', `${path} is a text of ${lengthMax} letters at most.`, path);
  return (value as string).trim();
}

/** A text that must be there; `what` says in the refusal what it is. */
export function neededText(from: Loose, name: string, what: string): string {
  const path = pathTo(from, name);
  const text = optionalText(from, name);
  if (text === undefined) {
    throw new Refusal('field-missing', `${path} is missing: it is ${what}.`, path);
  }
  return text;
}

/** A currency of the table; refuses any other code. */
export function currencyOf(from: Loose, fallback?: string): string {
  const code = optionalText(from, 'currency') ?? fallback;
  const path = pathTo(from, 'currency');
  if (code === undefined) {
    throw new Refusal('field-missing', `${path} is missing: it is a code such as EUR.`, path);
  }
  refuseUnless(findCurrency(code), 'unknown-currency', `${code} is not a currency.`, path);
  return code;
}

/**
 * Minor units of an amount written as a number (1000.5) or a text with a point or a comma ("1000,50").
 * A number goes through its shortest decimal text, never through arithmetic. Refuses zero, signs and
 * more decimals than the currency has.
 */
export function amountOf(from: Loose, currency: string): bigint {
  const value = from.values.amount;
  const path = pathTo(from, 'amount');
  const text = typeof value === 'number' ? String(value) : value;
  const match = typeof text === 'string' ? /^(\d{1,15})(?:[.,](\d{0,9}))?$/.exec(text) : null;
  if (!match) {
    const missing = value === undefined;
    const why = missing ? 'is missing: it is' : `is ${JSON.stringify(value)}: it must be`;
    const message = `${path} ${why} an amount such as 1000.50.`;
    throw new Refusal(missing ? 'field-missing' : 'field-wrong', message, path);
  }
  const digits = findCurrency(currency)?.digits ?? 2;
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  const fits = decimals.length <= digits;
  refuseUnless(fits, 'too-many-decimals', `${currency} has ${digits} decimals.`, path);
  const minor = BigInt(`${match[1]}${decimals.padEnd(digits, '0')}`);
  refuseUnless(minor > 0n, 'amount-zero', `${path} is zero: write what is to be paid.`, path);
  return minor;
}
