// Writes any text in the few characters a payment network carries, and lists every character it
// replaced.
import { spelled } from './transliteration-table.ts';

/**
 * The sets of characters a network takes:
 * - `sepa`: the basic Latin set of the SEPA schemes; what is outside is written as EPC217-08 says.
 * - `swift-x`: set x of Swift FIN, the same characters and line ends; written as for SEPA, and
 *   no line begins with
 *   a hyphen or a colon, which FIN reads as the end of a block or a tag.
 * - `swift-z`: set z of Swift FIN, which adds = ! " % & * < > ; { @ # _ and line ends.
 * - `full-stop`: set x as Swift's own translator writes it: whatever is outside becomes a full
 *   stop, nothing is spelled.
 */
export type Charset = 'sepa' | 'swift-x' | 'swift-z' | 'full-stop';

export interface Replacement {
  /** Where in the text given, counted from 1 in characters (code points). */
  readonly position: number;
  readonly from: string;
  /** What stands there now; empty where nothing does. */
  readonly to: string;
}

export interface Transliterated {
  readonly text: string;
  readonly replaced: readonly Replacement[];
}

const x = /^[A-Za-z0-9/\-?:().,'+ ]$/;
const z = /^[A-Za-z0-9/\-?:().,'+ =!"%&*<>;{@#_]$/;

const allowed: Readonly<Record<Charset, (character: string) => boolean>> = Object.freeze({
  sepa: (character) => x.test(character),
  'swift-x': (character) => x.test(character) || character === '\n' || character === '\r',
  'swift-z': (character) => z.test(character) || character === '\n' || character === '\r',
  'full-stop': (character) => x.test(character) || character === '\n' || character === '\r',
});

/**
 * Accents that stand by themselves and signs nobody sees are left out, not written as a full
 * stop.
 */
const unseen = /^[\p{Mn}\p{Cf}]$/u;

/**
 * The letter under its accents: é to e, ǆ left as it is; undefined where that is no plain
 * character.
 */
function bare(character: string, may: (one: string) => boolean): string | undefined {
  const plain = character.normalize('NFKD').replace(/\p{Mn}/gu, '');
  return plain !== '' && [...plain].every(may) ? plain : undefined;
}

function writtenAs(character: string, charset: Charset): string {
  const may = allowed[charset];
  if (unseen.test(character)) return '';
  if (/^[\s\u2028\u2029]$/u.test(character)) return ' ';
  if (charset === 'full-stop') return '.';
  const spelling = spelled(character);
  if (spelling !== undefined && [...spelling].every(may)) return spelling;
  return bare(character, may) ?? '.';
}

/** Whether every character of the text belongs to the set as it stands. */
export function isWrittenIn(text: string, charset: Charset): boolean {
  return transliterate(text, charset).replaced.length === 0;
}

function lineStart(written: string, charset: Charset, before: string): string {
  if (charset === 'sepa' || !/^[-:]/.test(written)) return written;
  return before === '' || before.endsWith('\n') ? `.${written.slice(1)}` : written;
}

/**
 * Writes a text in a network's characters. Takes any text (composed or decomposed) and the set;
 * returns the text and every character that was replaced, with its place. A character without
 * equivalent becomes a full stop, as EPC217-08 (chapter 6.1) and Swift say. Lengths may grow (ч
 * becomes ch): cut afterwards, never before.
 */
export function transliterate(text: string, charset: Charset): Transliterated {
  const may = allowed[charset];
  const replaced: Replacement[] = [];
  let written = '';
  let position = 0;
  for (const character of text) {
    position += 1;
    const own = may(character) ? character : writtenAs(character, charset);
    const to = lineStart(own, charset, written);
    if (to !== character) replaced.push({ position, from: character, to });
    written += to;
  }
  return { text: written, replaced };
}
