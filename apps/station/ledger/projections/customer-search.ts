// Finds customers while the teller types: whole words first, then beginnings, then any part.
import type { Database, Statement } from 'better-sqlite3';
import {
  compactOf,
  consonantMark,
  consonantsOf,
  digitsOf,
  loosely,
  looseMark,
  wordsOf,
} from './customer-fold.ts';

/** What a token was taken from, in the words the screen shows. */
export type FoundBy =
  | 'name'
  | 'customer number'
  | 'account'
  | 'document'
  | 'phone'
  | 'birth date'
  | 'registration number';

export interface Found {
  readonly customer: number;
  readonly matched: FoundBy;
}

export interface CustomerSearch {
  /** Customers that answer to every word of the text, best first; none for a text without letters or digits. */
  find(text: string, count: number): readonly Found[];
}

/** A word as typed and the other spellings it may stand for. */
interface Wanted {
  readonly plain: string;
  readonly spellings: readonly string[];
}

type Stage = 'whole' | 'beginning' | 'part';

const wordsMax = 6;
const partLengthMin = 3;
const trigramsMax = 12;
/** How far words are counted to find the rarest, and how many tokens of it are looked at: both bound the wait. */
const countedMax = 2_000;
const candidatesMax = 20_000;
const last = '\u{10FFFF}';

export function createCustomerSearch(database: Database): CustomerSearch {
  const prepared = new Map<string, Statement<unknown[], bigint>>();
  const tokensOf = database.prepare<[number], { token: string; field: FoundBy }>(
    'SELECT token, field FROM customer_token WHERE customer = ? ORDER BY token, field',
  );

  function numbersOf(sql: string, values: readonly unknown[]): number[] {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = database.prepare<unknown[], bigint>(sql).pluck();
      prepared.set(sql, statement);
    }
    return statement.all(...values).map(Number);
  }

  function byTokens(words: readonly Wanted[], stage: Stage, count: number): number[] {
    const [driver, ...others] = words.length > 1 ? rarestFirst(words, stage) : words;
    if (!driver) return [];
    const found = new Set<number>();
    for (const spelling of driver.spellings) {
      const conditions = others.map((word) => otherToken(stage, word));
      const sql = `SELECT DISTINCT customer FROM (
          SELECT customer FROM customer_token WHERE ${ownToken(stage)} LIMIT ${candidatesMax}
        ) AS found ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
        LIMIT ${count}`;
      const bounds = [spelling, ...others.flatMap((word) => word.spellings)];
      for (const customer of numbersOf(sql, boundsOf(stage, bounds))) found.add(customer);
      if (found.size >= count) break;
    }
    return [...found];
  }

  /** The word fewest tokens answer to comes first: from its customers the others are asked. */
  function rarestFirst(words: readonly Wanted[], stage: Stage): Wanted[] {
    const sql = `SELECT count(*) FROM (
      SELECT 1 FROM customer_token WHERE ${ownToken(stage)} LIMIT ${countedMax})`;
    const counted = words.map((word) => ({
      word,
      count: word.spellings
        .map((spelling) => numbersOf(sql, boundsOf(stage, [spelling]))[0] ?? 0)
        .reduce((sum, each) => sum + each, 0),
    }));
    return counted.sort((one, other) => one.count - other.count).map(({ word }) => word);
  }

  function byPart(words: readonly Wanted[], count: number): number[] {
    const long = words.filter((word) => [...word.plain].length >= partLengthMin);
    if (long.length === 0) return [];
    const short = words.filter((word) => !long.includes(word));
    const conditions = [
      ...long.map(() => 'instr(text, ?) > 0'),
      ...short.map((word) => otherToken('beginning', word, 'found.rowid')),
    ];
    const sql = `SELECT rowid FROM customer_part AS found
      WHERE customer_part MATCH ? AND ${conditions.join(' AND ')} LIMIT ${count}`;
    const trigrams = long.flatMap((word) => trigramsOf(word.plain)).slice(0, trigramsMax);
    return numbersOf(sql, [
      trigrams.map((each) => `"${each}"`).join(' AND '),
      ...long.map((word) => word.plain),
      ...short.flatMap((word) => word.spellings.flatMap((each) => [each, each + last])),
    ]);
  }

  function ranked(words: readonly Wanted[], customers: readonly number[]): Ranked[] {
    return customers
      .map((customer) => rank(customer, words, tokensOf.all(customer)))
      .sort((one, other) => one.score - other.score || one.customer - other.customer);
  }

  return Object.freeze({
    find(text: string, count: number) {
      const found = new Map<number, Found>();
      for (const words of readings(text)) {
        for (const stage of ['whole', 'beginning', 'part'] as const) {
          if (found.size >= count) break;
          const wanted = count * 3;
          const customers =
            stage === 'part' ? byPart(words, wanted) : byTokens(words, stage, wanted);
          for (const { customer, matched } of ranked(words, customers)) {
            if (!found.has(customer)) found.set(customer, { customer, matched });
          }
        }
      }
      return [...found.values()].slice(0, count);
    },
  });
}

/** The ways a text may be meant: as one number typed in groups, and as words. */
function readings(text: string): Wanted[][] {
  const words = wordsOf(text).slice(0, wordsMax);
  const readings: string[][] = [];
  const isNumber = /^[\d\s+()./-]+$/.test(text);
  if (words.length > 1 && /\d/.test(text)) readings.push([compactOf(text)]);
  const digits = digitsOf(text);
  if (isNumber && digits.length >= partLengthMin) readings.push([digits]);
  if (words.length > 0) readings.push(words);
  const unique = new Map(readings.map((reading) => [reading.join(' '), reading]));
  return [...unique.values()].map((reading) => reading.map(wantedOf));
}

function wantedOf(plain: string): Wanted {
  const spellings = [plain];
  if (!/\d/.test(plain) && plain.length > 1) {
    spellings.push(looseMark + loosely(plain));
    const consonants = consonantsOf(plain);
    if (consonants.length > 1) spellings.push(consonantMark + consonants);
  }
  return { plain, spellings };
}

function ownToken(stage: Stage): string {
  return stage === 'whole' ? 'token = ?' : 'token >= ? AND token < ?';
}

function boundsOf(stage: Stage, spellings: readonly string[]): string[] {
  return spellings.flatMap((each) => (stage === 'whole' ? [each] : [each, each + last]));
}

function otherToken(stage: Stage, word: Wanted, customer = 'found.customer'): string {
  const one = `EXISTS (SELECT 1 FROM customer_token AS other
    WHERE other.customer = ${customer} AND ${ownToken(stage).replaceAll('token', 'other.token')})`;
  return `(${word.spellings.map(() => one).join(' OR ')})`;
}

function trigramsOf(word: string): string[] {
  const signs = [...word];
  return signs.slice(2).map((_, index) => signs.slice(index, index + 3).join(''));
}

interface Ranked extends Found {
  readonly score: number;
}

/** Scores a customer: per word 0 whole, 1 whole in another spelling, 2 and 3 a beginning, 4 a part. */
function rank(
  customer: number,
  words: readonly Wanted[],
  tokens: readonly { readonly token: string; readonly field: FoundBy }[],
): Ranked {
  let score = 0;
  let matched: FoundBy = 'name';
  let weakest = -1;
  for (const word of words) {
    let best = 5;
    let field: FoundBy = 'name';
    for (const each of tokens) {
      const closeness = closenessOf(word, each.token);
      if (closeness < best) [best, field] = [closeness, each.field];
    }
    score += best;
    // What tells is the longest word, or the one that is not merely a name.
    const weight = word.plain.length + (field === 'name' ? 0 : 100);
    if (weight > weakest) [weakest, matched] = [weight, field];
  }
  return { customer, matched, score };
}

function closenessOf(word: Wanted, token: string): number {
  const spelling = word.spellings.indexOf(token);
  if (spelling >= 0) return spelling === 0 ? 0 : 1;
  if (token.startsWith(word.plain)) return 2;
  if (word.spellings.some((each) => token.startsWith(each))) return 3;
  return token.includes(word.plain) ? 4 : 5;
}
