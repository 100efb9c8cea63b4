// Reads start and end tags: names, attributes, namespaces, and the bounds on them.
import { type Cursor, hasArrived, nameAt, skipBlanks } from './xml-cursor.ts';
import { malformed, XmlFault } from './xml-fault.ts';
import {
  namespaceOf,
  resolveAttributes,
  type Scope,
  scopeWith,
  type XmlAttribute,
} from './xml-names.ts';
import { decodeReferences } from './xml-text.ts';

const none: readonly XmlAttribute[] = Object.freeze([]);

/**
 * The offset of the `>` that ends the tag at `from`, quotes respected; -1 when it has not arrived.
 */
function endOfTag(buffer: string, from: number): number {
  for (let at = from; at < buffer.length; at++) {
    const unit = buffer.charCodeAt(at);
    if (unit === 62) return at;
    if (unit !== 34 && unit !== 39) continue;
    at = buffer.indexOf(unit === 34 ? '"' : "'", at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

/** Reads one attribute at `from` into `raw`; returns the offset after it. */
function readAttribute(cursor: Cursor, from: number, raw: string[]): number {
  const { buffer, limits } = cursor;
  const name = nameAt(cursor, from);
  const equals = skipBlanks(cursor, from + name.length);
  if (buffer[equals] !== '=') throw malformed(`The attribute ${name} has no value.`, from);
  const start = skipBlanks(cursor, equals + 1);
  const quote = buffer[start];
  if (quote !== '"' && quote !== "'") {
    throw malformed(`The value of ${name} is not in quotes.`, start);
  }
  const end = buffer.indexOf(quote, start + 1);
  const value = buffer.slice(start + 1, end);
  if (value.includes('<')) throw malformed('An attribute may not hold <.', start);
  if (raw.length / 2 >= limits.maxAttributes) {
    const message = `An element has more than ${limits.maxAttributes} attributes.`;
    throw new XmlFault('too-many-attributes', message, 'Remove what no message has.', from);
  }
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index] === name) throw malformed(`The attribute ${name} stands twice.`, from);
  }
  raw.push(name, decodeReferences(value.replaceAll(/[\t\n\r]/g, ' '), start + 1));
  return end + 1;
}

function checkEntry({ names, hasRoot, limits, at }: Cursor): void {
  if (names.length === 0 && hasRoot) throw malformed('Something follows the root.', at);
  if (names.length < limits.maxDepth) return;
  const message = `Elements are nested more than ${limits.maxDepth} deep.`;
  throw new XmlFault('too-deep', message, 'No message is nested that deep.', at);
}

/** Enters an element without prefix and attributes, as nearly all of a message are. */
function enterPlain(cursor: Cursor, name: string): void {
  checkEntry(cursor);
  const { names, scopes, defaults, handler } = cursor;
  cursor.hasRoot = true;
  const namespace = defaults[defaults.length - 1] as string;
  handler.open(name, namespace, none);
  names.push(name);
  scopes.push(scopes[scopes.length - 1] as Scope);
  defaults.push(namespace);
}

function enter(cursor: Cursor, name: string, raw: readonly string[], isEmpty: boolean): void {
  checkEntry(cursor);
  const { names, scopes, defaults, handler, at } = cursor;
  cursor.hasRoot = true;
  const outer = scopes[scopes.length - 1] as Scope;
  const scope = raw.length > 0 ? scopeWith(outer, raw, at) : outer;
  const plain =
    scope === outer ? (defaults[defaults.length - 1] as string) : (scope.get('') as string);
  const colon = name.indexOf(':');
  const namespace = colon < 0 ? plain : namespaceOf(scope, name, at);
  const local = colon < 0 ? name : name.slice(colon + 1);
  handler.open(local, namespace, raw.length > 0 ? resolveAttributes(scope, raw, at) : none);
  if (isEmpty) {
    handler.close();
    return;
  }
  names.push(name);
  scopes.push(scope);
  defaults.push(plain);
}

/** The end of a plain name that is followed by `>`; -1 where the tag is anything else. */
function endOfPlainTag(buffer: string, from: number): number {
  let at = from;
  for (; ; at++) {
    const unit = buffer.charCodeAt(at);
    const isLetter = (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95;
    if (isLetter) continue;
    const isInner = at > from && ((unit >= 48 && unit <= 57) || unit === 45 || unit === 46);
    if (!isInner) return unit === 62 && at > from ? at : -1;
  }
}

function readAttributesAndEnter(cursor: Cursor): void {
  const { buffer } = cursor;
  const name = nameAt(cursor, cursor.at + 1);
  let from = cursor.at + 1 + name.length;
  const raw: string[] = [];
  for (;;) {
    const next = skipBlanks(cursor, from);
    const isEmpty = buffer.startsWith('/>', next);
    if (isEmpty || buffer[next] === '>') {
      enter(cursor, name, raw, isEmpty);
      cursor.at = next + (isEmpty ? 2 : 1);
      return;
    }
    if (next === from) throw malformed(`The tag ${name} is not closed rightly.`, next);
    from = readAttribute(cursor, next, raw);
  }
}

/** Reads the start tag at the cursor; false when its end has not arrived. */
export function readStartTag(cursor: Cursor): boolean {
  const end = endOfPlainTag(cursor.buffer, cursor.at + 1);
  if (end >= 0) {
    enterPlain(cursor, cursor.buffer.slice(cursor.at + 1, end));
    cursor.at = end + 1;
    return true;
  }
  if (!hasArrived(cursor, endOfTag(cursor.buffer, cursor.at), 'a tag')) return false;
  readAttributesAndEnter(cursor);
  return true;
}

/** Reads the end tag at the cursor; false when its end has not arrived. */
export function readEndTag(cursor: Cursor): boolean {
  const { buffer, at, names, scopes, defaults } = cursor;
  const name = names[names.length - 1];
  if (name === undefined) throw malformed('An element ends that never began.', at);
  const after = at + 2 + name.length;
  let end = after;
  if (buffer.charCodeAt(after) !== 62 || !buffer.startsWith(name, at + 2)) {
    end = buffer.indexOf('>', at);
    if (!hasArrived(cursor, end, 'a tag')) return false;
    if (!buffer.startsWith(name, at + 2) || skipBlanks(cursor, after) !== end) {
      const found = buffer
        .slice(at + 2, end)
        .trim()
        .slice(0, 60);
      throw malformed(`</${found}> ends the element ${name}.`, at);
    }
  }
  cursor.handler.close();
  names.pop();
  scopes.pop();
  defaults.pop();
  cursor.at = end + 1;
  return true;
}
