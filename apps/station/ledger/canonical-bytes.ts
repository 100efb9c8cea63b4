// Reads the bytes of an event as strictly as they were written, so that no second spelling can
// pass.

/** What a reader learns of a body that is canonical. */
export interface BodyFacts {
  /** Offset of the first byte that is not canonical, or -1. */
  readonly badAt: number;
  /** The event's time, 0 when the body is bad. */
  readonly at: number;
}

/** Bytes to scan, and the same bytes to be looked at four at a time. */
export interface Scanned {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** The last place at which four bytes still stand. */
  readonly lastWord: number;
}

/** The members every event has, in order: whole words of four bytes, and the bytes behind them. */
const envelope = ['actor', 'at', 'data', 'date', 'digest', 'key', 'type'].map((key) => {
  const { bytes, view } = scannedBytes(Buffer.from(`"${key}":`));
  const words = Array.from({ length: bytes.length >> 2 }, (_, index) => view.getInt32(4 * index));
  return { words, rest: [...bytes.subarray(4 * words.length)] };
});

const [quote, backslash, comma, colon, minus, zero, nine] = [
  0x22, 0x5c, 0x2c, 0x3a, 0x2d, 0x30, 0x39,
];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const depthMax = 200;
/**
 * Escapes JSON.stringify writes: quote, backslash, b, f, n, r, t; \u00xx for other control
 * characters.
 */
const shortEscapes = new Set([quote, backslash, 0x62, 0x66, 0x6e, 0x72, 0x74]);
const controlWithShortEscape = new Set([8, 9, 10, 12, 13]);

/** Makes bytes ready to be scanned; once for many bodies that stand in them. */
export function scannedBytes(bytes: Buffer): Scanned {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { bytes, view, lastWord: bytes.length - 4 };
}

/**
 * Scans one event body that stands in the bytes from `start` to `end`: the envelope's seven members
 * in order, and in them only canonical values (see canonicalText). Byte by byte and without a copy,
 * because a whole log is read this way. What runs over the end is bad, and nothing behind it is
 * believed.
 */
export function readBody(scanned: Scanned, start: number, end: number): BodyFacts {
  const { bytes } = scanned;
  let at = 0;
  if (bytes[start] !== openBrace) return bad(start);
  let offset = start + 1;
  for (let member = 0; member < envelope.length; member++) {
    if (member > 0) {
      if (bytes[offset] !== comma) return bad(offset);
      offset += 1;
    }
    const value = scanMember(scanned, offset, member);
    if (value < 0) return bad(offset);
    offset = scanValue(scanned, value, 0);
    if (offset < 0) return bad(-offset);
    if (member === 1) at = wholeNumber(bytes, value, offset);
  }
  if (bytes[offset] !== closeBrace) return bad(offset);
  if (end !== offset + 1) return bad(offset + 1);
  return at < 0 ? bad(start) : { badAt: -1, at };
}

/** Offset behind the envelope's key, -1 when another stands there. */
function scanMember({ bytes, view, lastWord }: Scanned, offset: number, member: number): number {
  const { words, rest } = envelope[member] as (typeof envelope)[number];
  let at = offset;
  for (let each = 0; each < words.length; each++) {
    if (at > lastWord || view.getInt32(at) !== words[each]) return -1;
    at += 4;
  }
  for (let each = 0; each < rest.length; each++) {
    if (bytes[at] !== rest[each]) return -1;
    at += 1;
  }
  return at;
}

/** The digits as a number; -1 when they are none (the time of an event is never negative). */
function wholeNumber(bytes: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - zero;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function bad(badAt: number): BodyFacts {
  return { badAt, at: 0 };
}

/** Each scan returns the offset behind what it read, or minus the offset of what is wrong. */
function scanValue(scanned: Scanned, offset: number, depth: number): number {
  const { bytes } = scanned;
  const first = bytes[offset] ?? 0;
  if (first === quote) return scanString(scanned, offset);
  if (first === minus || (first >= zero && first <= nine)) return scanNumber(bytes, offset);
  if (depth > depthMax) return -offset;
  if (first === openBrace) return scanObject(scanned, offset, depth + 1);
  if (first === openBracket) return scanArray(scanned, offset, depth + 1);
  return scanWord(bytes, offset);
}

const words = [Buffer.from('true'), Buffer.from('false'), Buffer.from('null')];

function scanWord(bytes: Buffer, offset: number): number {
  for (const word of words) {
    if (bytes.compare(word, 0, word.length, offset, offset + word.length) === 0) {
      return offset + word.length;
    }
  }
  return -offset;
}

function scanArray(scanned: Scanned, start: number, depth: number): number {
  const { bytes } = scanned;
  let offset = start + 1;
  if (bytes[offset] === closeBracket) return offset + 1;
  for (;;) {
    offset = scanValue(scanned, offset, depth);
    if (offset < 0) return offset;
    const next = bytes[offset];
    offset += 1;
    if (next === closeBracket) return offset;
    if (next !== comma) return -(offset - 1);
  }
}

function scanObject(scanned: Scanned, start: number, depth: number): number {
  const { bytes } = scanned;
  let offset = start + 1;
  if (bytes[offset] === closeBrace) return offset + 1;
  let before = -1;
  let beforeEnd = -1;
  for (;;) {
    const key = offset;
    if (bytes[key] !== quote) return -key;
    offset = scanString(scanned, key);
    if (offset < 0) return offset;
    if (before >= 0 && !isAfter(bytes, before, beforeEnd, key, offset)) return -key;
    before = key;
    beforeEnd = offset;
    if (bytes[offset] !== colon) return -offset;
    offset = scanValue(scanned, offset + 1, depth);
    if (offset < 0) return offset;
    const next = bytes[offset];
    offset += 1;
    if (next === closeBrace) return offset;
    if (next !== comma) return -(offset - 1);
  }
}

/**
 * Whether the second key stands behind the first in UTF-16 code unit order, and is not the same.
 */
function isAfter(bytes: Buffer, one: number, oneEnd: number, other: number, end: number): boolean {
  const shorter = Math.min(oneEnd - one, end - other);
  for (let at = 1; at < shorter; at++) {
    const left = bytes[one + at] as number;
    const right = bytes[other + at] as number;
    if (left >= 0x80 || right >= 0x80 || left === backslash || right === backslash) break;
    // The closing quote ends a key, and so sorts before anything that goes on.
    if (left !== right) return left === quote || (right !== quote && left < right);
  }
  return (
    JSON.parse(bytes.toString('utf8', one, oneEnd)) < JSON.parse(bytes.toString('utf8', other, end))
  );
}

function scanNumber(bytes: Buffer, start: number): number {
  const digits = bytes[start] === minus ? start + 1 : start;
  let offset = digits;
  let value = 0;
  for (;;) {
    const digit = (bytes[offset] ?? 0) - zero;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
    offset += 1;
  }
  const length = offset - digits;
  const leadingZero = bytes[digits] === zero && (length > 1 || digits > start);
  return length === 0 || length > 16 || leadingZero || value > Number.MAX_SAFE_INTEGER
    ? -start
    : offset;
}

/**
 * 1 for the bytes that stand for themselves in a string: ASCII but control, quote and backslash.
 */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== quote && byte !== backslash ? 1 : 0,
);

/**
 * Offset behind the plain bytes that stand at `offset`, four at a time as far as that goes: of a word
 * with a control, quote, backslash or non-ASCII byte, one of the four terms has some byte's top bit set
 * (a borrow may set another's too, which only sends plain bytes the slow way).
 */
function skipPlain({ view, lastWord }: Scanned, offset: number): number {
  let at = offset;
  for (; at <= lastWord; at += 4) {
    const word = view.getInt32(at, true);
    const control = (word - 0x20202020) | 0;
    const quoted = ((word ^ 0x22222222) - 0x01010101) | 0;
    const escaped = ((word ^ 0x5c5c5c5c) - 0x01010101) | 0;
    if (((word | control | quoted | escaped) & topBits) !== 0) break;
  }
  return at;
}

/** 0x80808080 as a signed 32-bit number. */
const topBits = -0x7f7f7f80;

function scanString(scanned: Scanned, start: number): number {
  const { bytes } = scanned;
  let offset = skipPlain(scanned, start + 1);
  for (;;) {
    let byte = bytes[offset];
    while (plain[byte as number] === 1) {
      offset += 1;
      byte = bytes[offset];
    }
    if (byte === quote) return offset + 1;
    if (byte === undefined || byte < 0x20) return -offset;
    if (byte === backslash) {
      offset = scanEscape(bytes, offset);
      if (offset < 0) return offset;
    } else {
      const length = utf8Length(bytes, offset, byte);
      if (length === 0) return -offset;
      offset += length;
    }
  }
}

function scanEscape(bytes: Buffer, start: number): number {
  const kind = bytes[start + 1] ?? 0;
  if (shortEscapes.has(kind)) return start + 2;
  const text = bytes.toString('latin1', start, start + 6);
  const code = /^\\u00([01][0-9a-f])$/.exec(text)?.[1];
  if (code === undefined || controlWithShortEscape.has(Number.parseInt(code, 16))) return -start;
  return start + 6;
}

/**
 * Length of the UTF-8 sequence, or 0 when it is none: overlong, a surrogate, cut short or beyond
 * Unicode.
 */
function utf8Length(bytes: Buffer, at: number, first: number): number {
  const tail = (index: number) => ((bytes[at + index] ?? 0) & 0xc0) === 0x80;
  const second = bytes[at + 1] ?? 0;
  if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const isOverlong = first === 0xe0 && second < 0xa0;
    const isSurrogate = first === 0xed && second > 0x9f;
    return tail(1) && tail(2) && !isOverlong && !isSurrogate ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const isOverlong = first === 0xf0 && second < 0x90;
    const isBeyond = first === 0xf4 && second > 0x8f;
    return tail(1) && tail(2) && tail(3) && !isOverlong && !isBeyond ? 4 : 0;
  }
  return 0;
}
