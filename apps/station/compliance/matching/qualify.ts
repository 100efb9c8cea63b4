// Weighs what is known beside a name: a birth or a country that fits, or one that cannot.
import type { ListEntry } from '../lists/entry.ts';

/** What is known of who bears the name. */
export interface Subject {
  readonly name: string;
  readonly kind?: 'person' | 'organisation';
  /** ISO 8601 date of birth. */
  readonly birth?: string;
  /** ISO 3166 codes: nationality, birth, seat. */
  readonly countries?: readonly string[];
}

export interface Qualified {
  readonly score: number;
  readonly notes: readonly string[];
}

/** Years between two births that may still be one: lists often give an estimate. */
const yearsApartMost = 2;

const yearOf = (birth: string): number => Number(birth.slice(0, 4));

function birthPoints(birth: string, listed: readonly string[]): [points: number, note: string] {
  if (listed.some((each) => each === birth)) return [50, `born on ${birth}, as listed`];
  if (listed.some((each) => Math.abs(yearOf(each) - yearOf(birth)) <= yearsApartMost)) {
    return [0, `born ${birth}, listed ${listed.join(', ')}: may be`];
  }
  return [-150, `born ${birth}, listed ${listed.join(', ')}: another person`];
}

function countryPoints(
  own: readonly string[],
  listed: readonly string[],
): [points: number, note: string] {
  const shared = own.filter((each) => listed.includes(each));
  if (shared.length > 0) return [0, `${shared.join(', ')} as listed`];
  return [-60, `${own.join(', ')}, listed ${listed.join(', ')}`];
}

/**
 * The score with what birth, country and kind add or take. A birth more than two years off takes 150, another
 * country 60 (research page security-compliance 4a: 150 to 250 and 200); an exact birth outweighs the country.
 */
export function qualified(score: number, entry: ListEntry, subject: Subject): Qualified {
  const notes: string[] = [];
  let sum = score;
  let isSameBirth = false;
  if (subject.birth !== undefined && entry.births.length > 0) {
    const [points, note] = birthPoints(subject.birth, entry.births);
    isSameBirth = points > 0;
    sum += points;
    notes.push(note);
  }
  const own = subject.countries ?? [];
  if (own.length > 0 && entry.countries.length > 0 && !isSameBirth) {
    const [points, note] = countryPoints(own, entry.countries);
    sum += points;
    notes.push(note);
  }
  if (subject.kind === 'person' && entry.kind !== 'person') {
    sum -= 80;
    notes.push(`a person; the entry is ${entry.kind === 'entity' ? 'an' : 'a'} ${entry.kind}`);
  }
  return { score: Math.max(0, Math.min(1000, sum)), notes };
}
