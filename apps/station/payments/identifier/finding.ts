// Says what is wrong with an identifier, where, and what would be right.

/** One thing found in an identifier. */
export interface Finding {
  /** For programs, kebab-case. */
  readonly code: string;
  /** For the person: what is wrong, with the value, and what would be right. */
  readonly message: string;
  /** The first character it is about, counted from 1 in the text as it was given. */
  readonly position: number;
  /** What would stand there, where that is known. */
  readonly expected?: string;
}

/** What an identifier's check answers when something is wrong. */
export interface Wrong {
  readonly ok: false;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** One finding; `expected` is left out where nothing is known to be right. */
export function finding(
  code: string,
  position: number,
  message: string,
  expected?: string | null,
): Finding {
  return expected ? { code, message, position, expected } : { code, message, position };
}

/** The answer of a check that found errors. */
export function wrong(errors: readonly Finding[], warnings: readonly Finding[] = []): Wrong {
  return { ok: false, errors, warnings };
}

/** A character as a sentence shows it: a blank, a tab or a sign nobody sees is named. */
export function shown(character: string): string {
  if (character === ' ') return 'a blank';
  if (character === '\t') return 'a tab';
  const point = character.codePointAt(0) ?? 0;
  if (point > 0x20 && point < 0x7f) return `"${character}"`;
  const hex = point.toString(16).toUpperCase().padStart(4, '0');
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `"${character}" (U+${hex})` : `U+${hex}`;
}

/** "1 character", "3 characters". */
export function counted(count: number, noun = 'character'): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * Finds what keeps a text from being capital letters and digits: blanks, small letters, other
 * signs. One finding a kind, at its first place.
 */
export function formFindings(text: string, what: string): readonly Finding[] {
  if (text === '') return [finding('empty', 1, `The ${what} is missing: type it.`)];
  const found: Finding[] = [];
  const blank = text.search(/\s/);
  if (blank >= 0) {
    const message = `Character ${blank + 1} is a blank: write the ${what} without blanks.`;
    found.push(finding('blank', blank + 1, message));
  }
  const small = text.search(/[a-z]/);
  if (small >= 0) {
    const letter = text.charAt(small);
    const right = letter.toUpperCase();
    const message = `Character ${small + 1} is a small "${letter}": write ${right}.`;
    found.push(finding('lower-case', small + 1, message, right));
  }
  const sign = /[^A-Za-z0-9\s]/u.exec(text);
  if (sign) {
    const message =
      `Character ${sign.index + 1} is ${shown(sign[0])}: the ${what} has ` +
      `letters A to Z and digits only.`;
    found.push(finding('foreign-character', sign.index + 1, message));
  }
  return found;
}
