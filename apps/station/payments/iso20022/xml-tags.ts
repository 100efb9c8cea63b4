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
const noneRaw: readonly string[] = Object.freeze([]);
const plainTag = /([A-Za-z_][\w.-]*)>/y;

/** The offset of the `>` that ends the tag at `from`, quotes respected; -1 when it has not arrived. */
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

function enter(cursor: Cursor, name: string, raw: readonly string[], isEmpty: boolean): void {
  const { names, scopes, limits, handler, at } = cursor;
  if (names.length === 0 && cursor.hasRoot) throw malformed('Something follows the root.', at);
  cursor.hasRoot = true;
  if (names.length >= limits.maxDepth) {
    const message = `Elements are nested more than ${limits.maxDepth} deep.`;
    throw new XmlFault('too-deep', message, 'No message is nested that deep.', at);
  }
  const outer = scopes.at(-1) as Scope;
  const scope = raw.length > 0 ? scopeWith(outer, raw, at) : outer;
  const namespace = namespaceOf(scope, name, at);
  const colon = name.indexOf(':');
  const local = colon < 0 ? name : name.slice(colon + 1);
  handler.open(local, namespace, raw.length > 0 ? resolveAttributes(scope, raw, at) : none);
  if (isEmpty) {
    handler.close();
    return;
  }
  names.push(name);
  scopes.push(scope);
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
  plainTag.lastIndex = cursor.at + 1;
  const plain = plainTag.exec(cursor.buffer);
  if (plain) {
    enter(cursor, plain[1] as string, noneRaw, false);
    cursor.at = plainTag.lastIndex;
    return true;
  }
  if (!hasArrived(cursor, endOfTag(cursor.buffer, cursor.at), 'a tag')) return false;
  readAttributesAndEnter(cursor);
  return true;
}

/** Reads the end tag at the cursor; false when its end has not arrived. */
export function readEndTag(cursor: Cursor): boolean {
  const { buffer, at, names, scopes } = cursor;
  const name = names.at(-1);
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
  cursor.at = end + 1;
  return true;
}
