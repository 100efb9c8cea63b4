// Takes a FIN message apart into its blocks and puts it together again, byte for byte.
import { type MtProblem, mtProblem, shown } from './problem.ts';
import { oneString } from './text.ts';

/** One `{id:value}` inside a block. */
export interface Tag {
  readonly tag: string;
  readonly value: string;
}

/** One field of block 4; lines of the value are parted by "\n" whatever the file uses. */
export interface Field {
  /** "32A", "20", "NS". */
  readonly tag: string;
  readonly value: string;
  /** Line of the file the field begins on, from 1. */
  readonly line: number;
}

export interface Block {
  /** "1" to "5", "S", or whatever the sender wrote. */
  readonly id: string;
  readonly line: number;
  /** What stands between the block before and this one; "" in a well-formed message. */
  readonly before: string;
  /** Blocks 1 and 2, and any block without tags or fields. */
  readonly value?: string;
  /** Blocks 3, 5, S, and block 4 of a service message. */
  readonly tags?: readonly Tag[];
  /** Block 4 of a user message. */
  readonly fields?: readonly Field[];
}

/** A message as it was read: `writeEnvelope` gives back the same bytes. */
export interface Envelope {
  readonly blocks: readonly Block[];
  readonly newline: '\r\n' | '\n';
  /** What follows the last block; "" in a well-formed message. */
  readonly after: string;
}

export interface ReadEnvelope {
  readonly envelope: Envelope;
  readonly problems: readonly MtProblem[];
}

interface Cursor {
  readonly text: string;
  at: number;
  line: number;
  readonly problems: MtProblem[];
  /** The ending of the last line of block 4, and the first line that ended otherwise (0: none). */
  lastNewline: '\r\n' | '\n' | '';
  mixedAt: number;
  /** The ending of the first line of block 4. */
  newline: '\r\n' | '\n' | '';
}

/** A FIN message holds at most 10,000 characters (Swift FIN); files of statements are not one. */
export const finLengthMax = 10_000;

/**
 * Reads one message. Never throws: what is wrong is in `problems`, with block and line. Time grows
 * with the length, and text over `lengthMax` characters is refused unread.
 */
export function readEnvelope(source: string, lengthMax = finLengthMax): ReadEnvelope {
  const problems: MtProblem[] = [];
  if (source.length > lengthMax) {
    problems.push(
      mtProblem(
        'too-long',
        `The message has ${source.length} characters; ${lengthMax} are allowed.`,
      ),
    );
    return { envelope: { blocks: [], newline: '\r\n', after: source }, problems };
  }
  const cursor: Cursor = {
    text: source,
    at: 0,
    line: 1,
    problems,
    lastNewline: '',
    mixedAt: 0,
    newline: '',
  };
  const blocks: Block[] = [];
  let after = '';
  while (cursor.at < source.length) {
    const open = source.indexOf('{', cursor.at);
    if (open < 0) {
      after = source.slice(cursor.at);
      break;
    }
    const before = open > cursor.at ? source.slice(cursor.at, open) : '';
    if (before) moveTo(cursor, open);
    const block = readBlock(cursor, before);
    if (!block) {
      after = source.slice(open);
      break;
    }
    blocks.push(block);
  }
  if (after.trim()) {
    problems.push(
      mtProblem('text-outside-blocks', `${shown(after.trim())} stands outside any block.`, {
        line: cursor.line,
      }),
    );
  }
  if (blocks.length === 0) {
    problems.push(
      mtProblem('no-block', 'There is no block: a FIN message begins with {1:F01 and a BIC.'),
    );
  }
  if (cursor.mixedAt > 0) {
    const message = 'Lines end now with CRLF, now otherwise; FIN wants CRLF.';
    problems.push(mtProblem('mixed-newlines', message, { line: cursor.mixedAt }));
  }
  return { envelope: { blocks, newline: cursor.newline || newlineOf(source), after }, problems };
}

function newlineOf(source: string): '\r\n' | '\n' {
  const first = source.indexOf('\n');
  return first <= 0 || source.charCodeAt(first - 1) === 13 ? '\r\n' : '\n';
}

/** The text with every CRLF as LF; a search for each, for a pattern costs more than these few lines. */
function unified(text: string): string {
  let end = text.indexOf('\r\n');
  if (end < 0) return text;
  let all = '';
  let start = 0;
  for (; end >= 0; end = text.indexOf('\r\n', start)) {
    all += `${text.slice(start, end)}\n`;
    start = end + 2;
  }
  return all + text.slice(start);
}

/** The message as text. What was read without problems comes back byte for byte. */
export function writeEnvelope(envelope: Envelope): string {
  const { newline } = envelope;
  let text = '';
  for (const block of envelope.blocks) {
    const written = writeBlock(block);
    const asRead = newline === '\n' || !block.fields;
    text += block.before + (asRead ? written : written.replaceAll('\n', newline));
  }
  return text + envelope.after;
}

function writeBlock({ id, value, tags, fields }: Block): string {
  if (fields) {
    let text = `{${id}:\n`;
    for (const field of fields) text += `:${field.tag}:${field.value}\n`;
    return `${text}-}`;
  }
  if (!tags) return `{${id}:${value ?? ''}}`;
  let text = `{${id}:`;
  for (const each of tags) text += `{${each.tag}:${each.value}}`;
  return `${text}}`;
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/**
 * Moves on and counts the lines passed; looks no further than `to`, or many blocks cost a
 * square.
 */
function moveTo(cursor: Cursor, to: number): void {
  for (let at = cursor.at; at < to; at++) if (cursor.text.charCodeAt(at) === 10) cursor.line++;
  cursor.at = to;
}

function readBlock(cursor: Cursor, before: string): Block | null {
  const { text, line } = cursor;
  const open = cursor.at;
  const colon = text.indexOf(':', open);
  const id = text.slice(open + 1, colon);
  if (colon < 0 || colon - open > 4 || !(isPlainId(id) || /^[0-9A-Z]{1,3}$/.test(id))) {
    cursor.problems.push(
      mtProblem('block-name', `${shown(text.slice(open, open + 12))} opens no block like {1:`, {
        line,
      }),
    );
    return null;
  }
  const next = text.charCodeAt(colon + 1);
  const feed = next === 13 ? colon + 2 : colon + 1;
  if (id === '4' && text.charCodeAt(feed) === 10) return readTextBlock(cursor, before, feed + 1);
  if (next === 123) return readTags(cursor, { id, before, line }, colon + 1);
  return readValue(cursor, { id, before, line }, colon + 1);
}

/** "1" to "5", what nearly every block is called. */
function isPlainId(id: string): boolean {
  const digit = id.length === 1 ? id.charCodeAt(0) : 0;
  return digit >= 49 && digit <= 53;
}

type Head = Pick<Block, 'id' | 'before' | 'line'>;

function readValue(cursor: Cursor, head: Head, start: number): Block | null {
  const close = cursor.text.indexOf('}', start);
  if (close < 0) return unclosed(cursor, head);
  const value = cursor.text.slice(start, close);
  const hasLines = value.includes('\n');
  if (hasLines || value.includes('{')) {
    cursor.problems.push(
      mtProblem('block-nested', `Block ${head.id} is not closed before ${shown(value)}.`, {
        block: head.id,
        line: head.line,
      }),
    );
  }
  if (hasLines) moveTo(cursor, close + 1);
  else cursor.at = close + 1;
  return { id: head.id, line: head.line, before: head.before, value };
}

function unclosed(cursor: Cursor, { id, line }: Head): null {
  const place = { block: id, line };
  cursor.problems.push(
    mtProblem('block-unclosed', `Block ${id} is not closed by }: the message is cut off.`, place),
  );
  return null;
}

const tagStart = /\{([0-9A-Z]{3}|[0-9A-Z]{1,3}):([^{}]*)\}/y;

function readTags(cursor: Cursor, head: Head, start: number): Block | null {
  const tags: Tag[] = [];
  let at = start;
  while (cursor.text.charCodeAt(at) === 123) {
    tagStart.lastIndex = at;
    const match = tagStart.exec(cursor.text);
    if (!match) {
      const place = { block: head.id, line: lineAt(cursor.text, at) };
      const seen = shown(cursor.text.slice(at, at + 16));
      cursor.problems.push(
        mtProblem('tag-malformed', `${seen} in block ${head.id} is no tag like {108:REF}.`, place),
      );
      return null;
    }
    tags.push({ tag: match[1] ?? '', value: match[2] ?? '' });
    at = tagStart.lastIndex;
  }
  if (cursor.text.charCodeAt(at) !== 125) return unclosed(cursor, head);
  moveTo(cursor, at + 1);
  return { id: head.id, line: head.line, before: head.before, tags };
}

function readTextBlock(cursor: Cursor, before: string, start: number): Block | null {
  const { text, line } = cursor;
  const end = text.startsWith('-}', start) ? start - 1 : text.indexOf('\n-}', start);
  if (end < 0) return unclosed(cursor, { id: '4', before, line });
  lineEnd(cursor, start - 1, line);
  if (end === start || text.charCodeAt(start) === 13) {
    const place = { block: '4', line: line + 1 };
    cursor.problems.push(mtProblem('line', 'Block 4 begins with an empty line.', place));
  }
  cursor.line = line + 1;
  const fields = readFields(cursor, start, end);
  if (!fields) return null;
  cursor.at = end + 3;
  return { id: '4', before, line, fields };
}

/** Where a line ends that is closed by the line feed at `feed`; notes when endings change. */
function lineEnd(cursor: Cursor, feed: number, line: number): number {
  const ending = cursor.text.charCodeAt(feed - 1) === 13 ? '\r\n' : '\n';
  if (cursor.lastNewline !== ending) {
    if (cursor.lastNewline === '') cursor.newline = ending;
    else if (cursor.mixedAt === 0) cursor.mixedAt = line;
    cursor.lastNewline = ending;
  }
  return ending === '\n' ? feed : feed - 1;
}

/** Length of the tag when a field like ":32A:" or ":NS:" begins here, else 0. */
function tagLength(text: string, at: number): number {
  if (text.charCodeAt(at) !== 58) return 0;
  const one = text.charCodeAt(at + 1);
  const two = text.charCodeAt(at + 2);
  if (one === 78 && two === 83 && text.charCodeAt(at + 3) === 58) return 2;
  if (one < 48 || one > 57 || two < 48 || two > 57) return 0;
  const three = text.charCodeAt(at + 3);
  if (three === 58) return 2;
  return three >= 65 && three <= 90 && text.charCodeAt(at + 4) === 58 ? 3 : 0;
}

/** One string a tag, made once: a slice of the text would have to be hashed anew in every table. */
const tagNames: string[] = [];
const letters = 27;

/** The tag of a field that begins here, whose length is known. */
function tagAt(text: string, at: number, length: number): string {
  const tens = text.charCodeAt(at + 1) - 48;
  if (tens > 9) return 'NS';
  const letter = length === 3 ? text.charCodeAt(at + 3) - 64 : 0;
  const index = (tens * 10 + text.charCodeAt(at + 2) - 48) * letters + letter;
  const known = tagNames[index];
  if (known !== undefined) return known;
  const tag = oneString(text.slice(at + 1, at + 1 + length));
  tagNames[index] = tag;
  return tag;
}

/** Reads the fields between two places; null when the first line is not one. */
function readFields(cursor: Cursor, start: number, end: number): Field[] | null {
  const { text } = cursor;
  const fields: Field[] = [];
  let at = start;
  while (at < end) {
    const length = tagLength(text, at);
    const value = at + length + 2;
    if (length === 0 || value > end) {
      const seen = shown(text.slice(at, Math.min(at + 20, end)));
      const message = `${seen} is no field: a field begins with a tag like :20:`;
      cursor.problems.push(
        mtProblem('field-malformed', message, { block: '4', line: cursor.line }),
      );
      return null;
    }
    const line = cursor.line;
    let feed = text.indexOf('\n', value);
    let stop = lineEnd(cursor, feed, cursor.line++);
    let lines = 1;
    while (feed < end && tagLength(text, feed + 1) === 0) {
      feed = text.indexOf('\n', feed + 1);
      stop = lineEnd(cursor, feed, cursor.line++);
      lines++;
    }
    const raw = text.slice(value, stop);
    fields.push({
      tag: tagAt(text, at, length),
      value: lines > 1 ? unified(raw) : raw,
      line,
    });
    at = feed + 1;
  }
  return fields;
}
