// Writes a value as the one sequence of bytes that stands for it, so that a hash binds what was meant.
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';

/** What the log can hold. Amounts are decimal strings: no number of ours ever rounds. */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

/**
 * RFC 8785 restricted: keys in UTF-16 code unit order, strings, safe integers, booleans and null. Anything
 * else (undefined, a fraction, -0, a bigint, a lone surrogate, an object of a class) is our mistake and
 * fails an assertion that names the place.
 */
export function canonicalText(value: unknown): string {
  // The engine writes JSON fastest; where keys already stand in order, what it writes is canonical.
  return isInOrder(value) ? JSON.stringify(value) : write(value, '$');
}

function isInOrder(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (typeof value === 'boolean' || value === null) return true;
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isInOrder);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  let before: string | null = null;
  for (const key in value) {
    if (before !== null && key <= before) return false;
    if (!isInOrder(key) || !isInOrder((value as Record<string, unknown>)[key])) return false;
    before = key;
  }
  return true;
}

function write(value: unknown, path: string): string {
  if (typeof value === 'string') {
    assert.ok(value.isWellFormed(), `${path} holds a lone surrogate`);
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    assert.ok(Number.isSafeInteger(value) && !Object.is(value, -0), `${path} is ${value}`);
    return String(value);
  }
  if (typeof value === 'boolean' || value === null) return String(value);
  assert.ok(typeof value === 'object', `${path} is ${typeof value}, which has no canonical form`);
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => write(item, `${path}[${index}]`)).join(',')}]`;
  }
  const prototype = Object.getPrototypeOf(value);
  assert.ok(prototype === Object.prototype || prototype === null, `${path} is no plain object`);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members
    .map(([key, item]) => `${write(key, path)}:${write(item, `${path}.${key}`)}`)
    .join(',')}}`;
}

/** SHA-256 of bytes, or of a text in UTF-8, as 64 lower-case hex digits. */
export function sha256Hex(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}
