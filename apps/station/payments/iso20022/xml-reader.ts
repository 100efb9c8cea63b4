// Reads XML as it arrives, namespace-aware and in bounded memory. It knows no document types and
// no entities.
import {
  type Cursor,
  createCursor,
  hasArrived,
  skipBlanks,
  type XmlHandler,
  type XmlLimits,
} from './xml-cursor.ts';
import { malformed, XmlFault } from './xml-fault.ts';
import { readMarkup } from './xml-markup.ts';
import { createPlace, type Place } from './xml-place.ts';
import { decodeReferences, forbiddenAt } from './xml-text.ts';

/** 200 MB of statements are read; a message of a hundred levels or a tag of a megabyte is none. */
export const defaultLimits: XmlLimits = Object.freeze({
  maxDepth: 100,
  maxAttributes: 64,
  maxTokenLength: 1 << 20,
  maxLength: 1 << 28,
});

export interface XmlReader {
  /** Takes the next piece; throws an XmlFault at the first thing that is not acceptable. */
  write(chunk: string): void;
  /** Reads what was kept back until more of a long token arrives. */
  flush(): void;
  /** Says that nothing follows; throws an XmlFault when the document is cut short. */
  end(): void;
  /** How many characters stand before the token being told. */
  offset(): number;
  /** Line and column, from 1, of an offset; of the present token where it has left the memory. */
  placeOf(offset: number): Place;
  /** Line and column of the place a fault names. */
  placeOfFault(fault: XmlFault): Place;
}

function readText(cursor: Cursor, end: number): void {
  const { at, buffer, names } = cursor;
  if (names.length === 0) {
    if (skipBlanks(cursor, at) < end) {
      throw malformed('Text stands outside the root element.', at);
    }
  } else {
    const text = buffer.slice(at, end);
    if (text.includes(']]>')) throw malformed('Text may not hold "]]>".', at);
    cursor.handler.text(decodeReferences(text, at));
  }
  cursor.at = end;
}

/** Reads one token; false when its end has not arrived. */
function readOne(cursor: Cursor): boolean {
  const { buffer, at } = cursor;
  if (buffer.charCodeAt(at) === 60) {
    if (buffer.length - at < 2) return hasArrived(cursor, -1, 'a tag');
    if (!readMarkup(cursor)) return false;
  } else {
    const end = buffer.indexOf('<', at);
    const isTail = end < 0 && cursor.names.length === 0 && cursor.isFinal;
    if (!isTail && !hasArrived(cursor, end, 'a text')) return false;
    readText(cursor, isTail ? buffer.length : end);
  }
  cursor.isStart = false;
  return true;
}

const controlWords = 'A control character stands in the file, which XML does not allow.';

function checkEnd(cursor: Cursor): void {
  const open = cursor.names.at(-1);
  if (cursor.hasRoot && open === undefined) return;
  const message =
    open === undefined ? 'The file has no root element.' : `The file ends inside ${open}.`;
  const fix = 'Ask for the whole file: it is empty or was cut short.';
  throw new XmlFault('truncated', message, fix, cursor.buffer.length);
}

/** Normalises line ends (CRLF and CR become LF); holds back a CR that may be half of a CRLF. */
function createLineEnds(): (chunk: string, isFinal: boolean) => string {
  let held = '';
  return (chunk, isFinal) => {
    let text = held + chunk;
    held = '';
    if (text.endsWith('\r') && !isFinal) {
      held = '\r';
      text = text.slice(0, -1);
    }
    return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  };
}

/** A reader that tells `handler` what it reads. */
export function createXmlReader(handler: XmlHandler, limits: XmlLimits = defaultLimits): XmlReader {
  const cursor = createCursor(handler, limits);
  const place = createPlace();
  const normalise = createLineEnds();
  let length = 0;
  let token = 0;
  let dropped = 0;
  let held = '';
  let least = 0;
  const take = (chunk: string, isWhole: boolean): void => {
    held += chunk;
    // A long token in many small pieces is looked at again only when as much has come as there was.
    if (held.length < least && !isWhole) return;
    const text = normalise(held, cursor.isFinal);
    held = '';
    length += text.length;
    place.discard(cursor.buffer, cursor.at);
    dropped += cursor.at;
    const isEmpty = cursor.at >= cursor.buffer.length;
    cursor.buffer = isEmpty ? text : cursor.buffer.slice(cursor.at) + text;
    cursor.at = 0;
    token = 0;
    if (length > limits.maxLength) {
      const message = `The file is longer than ${limits.maxLength} characters.`;
      throw new XmlFault('too-large', message, 'Split it into smaller files.', 0);
    }
    const wrong = forbiddenAt(text);
    // What stands before it is judged first, so that the verdict does not depend on the pieces.
    if (wrong >= 0) cursor.buffer = cursor.buffer.slice(0, wrong - text.length);
    while (cursor.at < cursor.buffer.length) {
      token = cursor.at;
      if (!readOne(cursor)) break;
    }
    if (wrong >= 0) throw malformed(controlWords, cursor.buffer.length);
    least = cursor.buffer.length - cursor.at;
  };
  return Object.freeze({
    write: (chunk: string) => take(chunk, false),
    flush: () => take('', true),
    end() {
      take('', true);
      cursor.isFinal = true;
      take('', true);
      checkEnd(cursor);
    },
    offset: () => dropped + token,
    placeOf: (offset: number) =>
      place.at(cursor.buffer, offset < dropped ? token : offset - dropped),
    placeOfFault: ({ at }: XmlFault) => place.at(cursor.buffer, at < 0 ? cursor.at : at),
  });
}
