// Judges a UETR, the end-to-end reference of a payment: a UUID of version 4 in small letters.
import { type Finding, finding, shown, type Wrong, wrong } from './finding.ts';

export interface UetrRight {
  readonly ok: true;
  readonly uetr: string;
  readonly warnings: readonly Finding[];
}

export type UetrCheck = UetrRight | Wrong;

/** The pattern of UUIDv4Identifier in the schemas of 2019 and later. */
const pattern = /^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}$/;
const shape = 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx';

const kinds: Readonly<Record<string, readonly [pattern: RegExp, words: string]>> = {
  '-': [/-/, 'a hyphen'],
  '4': [/4/, 'the digit 4, the version'],
  y: [/[89ab]/, '8, 9, a or b, the variant'],
  x: [/[a-f0-9]/, 'a digit or a small letter a to f'],
};

function firstFinding(text: string): Finding {
  for (let at = 0; at < Math.min(text.length, shape.length); at++) {
    const character = text.charAt(at);
    const [allowed, words] = kinds[shape.charAt(at)] ?? [/./, 'any'];
    if (allowed.test(character)) continue;
    const small = character.toLowerCase();
    if (allowed.test(small)) {
      const message =
        `Character ${at + 1} is a capital ${character}: a UETR is written in ` +
        `small letters, ${text.toLowerCase()}.`;
      return finding('upper-case', at + 1, message, small);
    }
    const message =
      `Character ${at + 1} is ${shown(character)}: ${words} stands there in a ` +
      `UETR (${shape}).`;
    return finding('wrong-character', at + 1, message);
  }
  const code = text.length < shape.length ? 'too-short' : 'too-long';
  const position = Math.min(text.length, shape.length) + 1;
  return finding(code, position, `A UETR has 36 characters, this has ${text.length}.`);
}

/** Judges a UETR by the schema's pattern: small letters, hyphens, version 4. */
export function checkUetr(text: string): UetrCheck {
  if (pattern.test(text)) return { ok: true, uetr: text, warnings: [] };
  if (text === '') return wrong([finding('empty', 1, 'The UETR is missing: one is made anew.')]);
  return wrong([firstFinding(text)]);
}
