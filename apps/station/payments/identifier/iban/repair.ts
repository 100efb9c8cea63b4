// Proposes what a mistyped IBAN may have been meant to be, the likeliest slip of the finger first.
import { checkIban, formatIban, isRegistryIban } from './check.ts';
import { lookalikes } from './explain.ts';
import { type IbanStructure, ibanStructures, structureOf } from './registry.ts';

export interface IbanCandidate {
  readonly iban: string;
  /** In groups of four, to read aloud. */
  readonly formatted: string;
  /** What was put right, in words. */
  readonly edit: string;
  /** The first character that changes, counted from 1 without blanks. */
  readonly position: number;
  /** Lower is likelier. */
  readonly rank: number;
}

/** More than this nobody compares with a piece of paper. */
const candidatesMax = 40;

const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const alphabets: Readonly<Record<string, string>> = { n: digits, a: letters, c: digits + letters };

/** Keys that lie side by side on the number pad and on the row of digits. */
const neighbours: Readonly<Record<string, string>> = {
  ...{ '0': '129', '1': '0245', '2': '13045', '3': '264', '4': '157835', '5': '24684' },
  ...{ '6': '39587', '7': '4868', '8': '57994', '9': '680' },
};

interface Slip {
  readonly text: string;
  readonly edit: string;
  readonly at: number;
  readonly rank: number;
}

/**
 * The country's table of classes for a text of its length, or nothing: only the first two
 * letters decide.
 */
const kindAt = ({ classes }: IbanStructure, at: number): string => classes.charAt(at);

/** Characters that fit a class and look like the one typed. */
function alikes(character: string, kind: string): readonly string[] {
  const alphabet = alphabets[kind] ?? '';
  return [...(lookalikes[character] ?? '')].filter((other) => alphabet.includes(other));
}

/**
 * Puts every character that cannot stand where it stands into its most alike that can: O for 0
 * in a number.
 */
function forced(text: string, structure: IbanStructure): string {
  return [...text]
    .map((character, at) => {
      const kind = kindAt(structure, at);
      if (kind === '' || (alphabets[kind] ?? '').includes(character)) return character;
      return alikes(character, kind)[0] ?? character;
    })
    .join('');
}

const replaced = (text: string, at: number, by: string, width = 1): string =>
  text.slice(0, at) + by + text.slice(at + width);

function* swaps(text: string): Generator<Slip> {
  for (let at = 0; at + 1 < text.length; at++) {
    const [one = '', two = '', three = ''] = text.slice(at, at + 3);
    if (one !== two) {
      const edit = `${one} and ${two} swapped`;
      yield { text: replaced(text, at, two + one, 2), edit, at, rank: 1 };
    }
    if (three !== '' && one !== three) {
      const edit = `${one} and ${three} swapped around ${two}`;
      yield { text: replaced(text, at, three + two + one, 3), edit, at, rank: 4 };
    }
    if (one === two) {
      for (const other of one < 'A' ? digits : letters) {
        if (other === one) continue;
        const edit = `${other}${other} for ${one}${one}`;
        yield { text: replaced(text, at, other + other, 2), edit, at, rank: 6 };
      }
    }
  }
}

function* substitutions(text: string, structure: IbanStructure): Generator<Slip> {
  for (let at = 2; at < text.length; at++) {
    const typed = text.charAt(at);
    const kind = kindAt(structure, at);
    const alike = alikes(typed, kind);
    for (const other of alphabets[kind] ?? '') {
      if (other === typed) continue;
      const near = neighbours[typed]?.includes(other) === true;
      const sameKind = other < 'A' === typed < 'A';
      const rank = alike.includes(other) ? 1 : near ? 2 : sameKind ? 3 : 7;
      yield { text: replaced(text, at, other), edit: `${other} for ${typed}`, at, rank };
    }
  }
}

/** A character left out: put every one that fits at every place. */
function* insertions(text: string, structure: IbanStructure): Generator<Slip> {
  for (let at = 2; at <= text.length; at++) {
    for (const added of alphabets[kindAt(structure, at)] ?? '') {
      // Left out of a pair is the commonest; the same text from two places is taken once.
      const beside = added === text.charAt(at - 1) || added === text.charAt(at);
      const edit = `${added} was left out`;
      yield { text: replaced(text, at, added, 0), edit, at, rank: beside ? 1 : 3 };
    }
  }
}

function* deletions(text: string): Generator<Slip> {
  for (let at = 2; at < text.length; at++) {
    const extra = text.charAt(at);
    const rank = extra === text.charAt(at - 1) ? 1 : 3;
    yield { text: replaced(text, at, '', 1), edit: `${extra} was typed too much`, at, rank };
  }
}

/** The country with a letter wrong, swapped, left out or typed too much. */
function* countries(text: string): Generator<Slip> {
  const [one = '', two = ''] = text;
  for (const country of ibanStructures.keys()) {
    const [first, second] = country;
    const isSwap = first === two && second === one;
    if (country === text.slice(0, 2) || !(isSwap || first === one || second === two)) continue;
    const edit = `${country} for ${one}${two}`;
    yield { text: replaced(text, 0, country, 2), edit, at: 0, rank: isSwap ? 1 : 3 };
  }
  for (const country of ibanStructures.keys()) {
    if (!country.includes(one)) continue;
    yield { text: replaced(text, 0, country, 1), edit: `${country} for ${one}`, at: 0, rank: 2 };
  }
  const third = text.charAt(2);
  yield {
    text: replaced(text, 1, third + two, 2),
    edit: `${two} and ${third} swapped`,
    at: 1,
    rank: 1,
  };
  for (const at of [0, 1]) {
    const edit = `${text.charAt(at)} was typed too much`;
    yield { text: replaced(text, at, '', 1), edit, at, rank: 2 };
  }
}

function* slips(text: string): Generator<Slip> {
  yield* countries(text);
  const structure = structureOf(text);
  if (!structure) return;
  const mended = forced(text, structure);
  if (mended !== text) {
    const at = [...text].findIndex((character, index) => character !== mended.charAt(index));
    yield { text: mended, edit: 'letters and digits that look alike', at, rank: 0 };
  }
  const missing = structure.length - text.length;
  if (missing === 0) {
    yield* swaps(mended);
    yield* substitutions(mended, structure);
    // A letter among digits may have been swapped there, not mistaken: the text as typed, too.
    if (mended !== text) {
      yield* swaps(text);
      yield* substitutions(text, structure);
    }
  }
  if (missing === 1) yield* insertions(text, structure);
  if (missing === -1) yield* deletions(text);
}

/** Capital letters and digits only; what groups them is dropped. */
function compact(typed: string): string {
  return typed
    .replace(/^\s*IBAN[\s:]*/iu, '')
    .replace(/[^A-Za-z0-9]/gu, '')
    .toUpperCase();
}

/**
 * Proposes IBANs one slip away from what was typed: a wrong, missing or extra character, two
 * swapped, a wrong pair, a letter for the digit it looks like, a wrong country. Every proposal
 * passes the registry; one that breaks the country's own rule comes only where that is a
 * warning, and last. Returns at most 40, likeliest first; none when the text is right as it
 * stands, and just the electronic form when only blanks and small letters were wrong.
 */
export function repairIban(typed: string): readonly IbanCandidate[] {
  const text = compact(typed);
  if (text.length < 10 || text.length > 40) return [];
  const asTyped = { text, edit: 'written without blanks, in capitals', at: 0, rank: 0 };
  if (isRegistryIban(text)) {
    const candidate = text === typed ? null : candidateOf(asTyped);
    return candidate ? [candidate] : [];
  }
  const found = new Map<string, IbanCandidate>();
  for (const slip of slips(text)) {
    if (!isRegistryIban(slip.text)) continue;
    const candidate = candidateOf(slip);
    const known = found.get(slip.text);
    if (candidate && !(known && known.rank <= candidate.rank)) found.set(slip.text, candidate);
  }
  return [...found.values()]
    .sort((one, other) => one.rank - other.rank || one.position - other.position)
    .slice(0, candidatesMax);
}

function candidateOf({ text, edit, at, rank }: Slip): IbanCandidate | null {
  const check = checkIban(text);
  if (!check.ok) return null;
  // A country's own check characters speak for a proposal or, where accounts may differ, against
  // it.
  const national = check.national === 'right' ? -0.5 : check.national === 'wrong' ? 10 : 0;
  const formatted = formatIban(text);
  return { iban: text, formatted, edit, position: at + 1, rank: rank + national };
}
