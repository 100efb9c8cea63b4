// Turns bytes into text: UTF-8 only, since that is what payment messages are written in; anything
// else is located.
import { XmlFault } from './xml-fault.ts';

export interface Utf8Reader {
  /** The text of the next bytes; keeps back a character that is cut by the end of the piece. */
  write(bytes: Uint8Array): { readonly text: string; readonly fault: XmlFault | null };
  /** The fault of a character that was never completed. */
  end(): XmlFault | null;
}

const fix = 'Payment messages are written in UTF-8: ask the sender to convert the file.';

function sniff(bytes: Uint8Array): XmlFault | null {
  const [a = -1, b = -1] = bytes;
  const isUtf16 =
    (a === 0xfe && b === 0xff) ||
    (a === 0xff && b === 0xfe) ||
    (a === 0 && b === 0x3c) ||
    (a === 0x3c && b === 0);
  if (!isUtf16) return null;
  return new XmlFault('wrong-encoding', 'The file is written in UTF-16.', fix, 0);
}

// Without `stream` a decoder keeps nothing from one call to the next, so one serves all.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of the character that starts with this byte; 0 when none does. */
function lengthFrom(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** How many bytes at the end are the start of a character that has not arrived whole. */
function cutBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0x80 && byte < 0xc0) continue;
    return lengthFrom(byte) > back ? back : 0;
  }
  return 0;
}

function isCharacter(bytes: Uint8Array, at: number, length: number): boolean {
  try {
    strict.decode(bytes.subarray(at, at + length));
    return true;
  } catch {
    return false;
  }
}

/** Offset of the first byte that belongs to no character of UTF-8. */
function firstWrong(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] as number;
    const length = lengthFrom(lead);
    if (length !== 1 && (length === 0 || !isCharacter(bytes, at, length))) return at;
    at += length;
  }
  return at;
}

function wrongByte(byte: number): XmlFault {
  const hexadecimal = byte.toString(16).toUpperCase().padStart(2, '0');
  const message = `The byte ${hexadecimal} is no UTF-8: probably Latin-1 or Windows-1252.`;
  return new XmlFault('wrong-encoding', message, fix, -1);
}

/** A reader of UTF-8 that arrives in pieces. A byte order mark of UTF-8 is allowed and dropped. */
export function createUtf8Reader(): Utf8Reader {
  let held = new Uint8Array(0);
  let isStart = true;
  return Object.freeze({
    write(piece: Uint8Array) {
      const bytes = held.length > 0 ? Buffer.concat([held, piece]) : piece;
      if (isStart && bytes.length === 1) {
        // Two bytes tell an encoding apart: one is kept until the next has come.
        held = Uint8Array.from(bytes);
        return { text: '', fault: null };
      }
      if (isStart && bytes.length > 0) {
        const fault = sniff(bytes);
        if (fault) return { text: '', fault };
      }
      const whole = bytes.subarray(0, bytes.length - cutBytes(bytes));
      held = Uint8Array.from(bytes.subarray(whole.length));
      const unmark = (text: string): string => {
        const isMarked = isStart && text.startsWith('\uFEFF');
        if (text !== '') isStart = false;
        return isMarked ? text.slice(1) : text;
      };
      try {
        return { text: unmark(strict.decode(whole)), fault: null };
      } catch {
        const at = firstWrong(whole);
        const text = unmark(
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole.subarray(0, at)),
        );
        return { text, fault: wrongByte(whole[at] ?? 0) };
      }
    },
    end: () =>
      // A single byte that begins no longer character is a text that is no message, told of as such.
      held.length === 0 || (isStart && held.length === 1 && lengthFrom(held[0] as number) === 1)
        ? null
        : new XmlFault('truncated', 'The file ends inside a character.', 'Ask for it whole.', -1),
  });
}
