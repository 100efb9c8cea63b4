// Knows Swift's character sets x, y and z, and finds the first character that does not belong.

/** Swift FIN: the sets a field format names, as members of a regular-expression class. */
export const charsets = Object.freeze({
  n: '0-9',
  a: 'A-Z',
  c: 'A-Z0-9',
  h: 'A-F0-9',
  e: ' ',
  x: "A-Za-z0-9/\\-?:().,'+ ",
  y: 'A-Z0-9 .,\\-()/=\'+:?!"%&*<>;',
  z: 'A-Za-z0-9.,\\-()/=\'+:?!"%&*<>; {@#_',
});

export type Charset = keyof typeof charsets;

/** What each set holds, in words, for a sentence. */
export const charsetWords: Readonly<Record<Charset | 'd', string>> = Object.freeze({
  n: 'digits',
  a: 'capital letters A to Z',
  c: 'capital letters and digits',
  h: 'digits and letters A to F',
  e: 'blanks',
  x: "letters, digits, blank and / - ? : ( ) . , ' +",
  y: 'capital letters, digits, blank and the signs of the EDIFACT level A set',
  z: 'letters, digits, blank and the signs of the z set',
  d: 'digits with one decimal comma',
});

const foreignX = new RegExp(`[^${charsets.x}\n]`);
const foreignZ = new RegExp(`[^${charsets.z}\n]`);

/** Index of the first character outside the set (line feeds allowed), or -1. */
export function foreignIndex(text: string, set: 'x' | 'z'): number {
  const foreign = set === 'x' ? foreignX : foreignZ;
  // A plain test is far cheaper than a search, and nearly every text passes it.
  return foreign.test(text) ? text.search(foreign) : -1;
}
