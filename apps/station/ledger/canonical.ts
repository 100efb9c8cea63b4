// Writes a value as the one sequence of bytes that stands for it, so that a hash binds what was
// meant.
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
 * RFC 8785 restricted: keys in UTF-16 code unit order, strings, safe integers, booleans and null.
 * Anything else (undefined, a fraction, -0, a bigint, a lone surrogate, an object of a class) is
 * our mistake and fails an assertion that names the place.
 */
export function canonicalText(value: unknown): string {
  if (!isInOrder(value)) return writeSorted(value) ?? write(value, '$');
  // The engine writes JSON fastest, and canonically where keys stand in order. What it would spoil
  // is
  // looked for in what it wrote: a lone surrogate becomes an escape.
  const text = JSON.stringify(value);
  return text.includes('\\ud') ? write(value, '$') : text;
}

function isInOrder(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (typeof value !== 'object') return typeof value === 'boolean';
  if (value === null) return true;
  if (Array.isArray(value)) return areInOrder(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  const keys = Object.keys(value);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as string;
    if (at > 0 && key <= (keys[at - 1] as string)) return false;
    if (!isInOrder((value as Record<string, unknown>)[key])) return false;
  }
  return true;
}

function areInOrder(list: readonly unknown[]): boolean {
  for (let at = 0; at < list.length; at++) if (!isInOrder(list[at])) return false;
  return true;
}

/**
 * Sorts keys on the way; null where something has no canonical form, for `write` to say what and
 * where.
 */
function writeSorted(value: unknown): string | null {
  if (typeof value === 'string') return writeText(value);
  if (typeof value !== 'object' || value === null) {
    return isInOrder(value) ? String(value) : null;
  }
  if (Array.isArray(value)) return writeList(value);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return null;
  const keys = Object.keys(value);
  sortKeys(keys);
  let text = '';
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as string;
    const name = names.get(key) ?? nameOf(key);
    const item = writeSorted((value as Record<string, unknown>)[key]);
    if (name === null || item === null) return null;
    text += at === 0 ? name + item : `,${name}${item}`;
  }
  return `{${text}}`;
}

/** Keys that go in one by one; beyond it the engine's own sort is faster. */
const insertedMax = 16;

/**
 * Sorts names by UTF-16 code units, which is how two strings compare. An event has few and most of them
 * stand in order: putting one after the other in its place takes a third of what `sort` takes.
 */
function sortKeys(keys: string[]): void {
  if (keys.length > insertedMax) {
    keys.sort();
    return;
  }
  for (let from = 1; from < keys.length; from++) {
    const key = keys[from] as string;
    let at = from - 1;
    for (; at >= 0 && (keys[at] as string) > key; at--) keys[at + 1] = keys[at] as string;
    keys[at + 1] = key;
  }
}

function writeList(list: readonly unknown[]): string | null {
  let text = '';
  for (let at = 0; at < list.length; at++) {
    const item = writeSorted(list[at]);
    if (item === null) return null;
    text += at === 0 ? item : `,${item}`;
  }
  return `[${text}]`;
}

/** Characters that stand for themselves between quotes: most texts have no others. */
const plainText = /^[ !#-[\]-~]*$/;

function writeText(text: string): string | null {
  if (plainText.test(text)) return `"${text}"`;
  return text.isWellFormed() ? JSON.stringify(text) : null;
}

/** Keys as they are written, with their colon: the same few come with every event. */
const names = new Map<string, string>();
const namesMax = 1000;

function nameOf(key: string): string | null {
  const text = writeText(key);
  if (text === null) return null;
  if (names.size < namesMax) names.set(key, `${text}:`);
  return `${text}:`;
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
