// Makes of a list what is searched: its words, in which names they stand, and keys that find words alike.
import type { ListEntry } from '../lists/entry.ts';
import { isSlight, spellingsOf, tokensOf } from '../text/tokens.ts';
import { type Sounded, sounded } from './distance.ts';
import { createKeyWriter, hashOf, type KeyTable, thinned } from './keys.ts';

export const wordSeed = 1;
export const soundSeed = 2;
export const joinedSeed = 3;

/** One name of an entry, as the words it is compared by. */
export interface IndexedName {
  readonly entry: number;
  readonly text: string;
  /** Numbers of its words, each once. */
  readonly words: readonly number[];
}

export interface NameIndex {
  readonly entries: readonly ListEntry[];
  readonly names: readonly IndexedName[];
  readonly words: readonly Sounded[];
  readonly wordNumbers: ReadonlyMap<string, number>;
  /** How much each word says, 1 to 32: rare ones most. */
  readonly weights: Int32Array;
  /** Sum of the weights of each name. */
  readonly totals: Int32Array;
  /** Names in which a word stands. */
  namesWith(word: number): Int32Array;
  readonly wordKeys: KeyTable;
  readonly soundKeys: KeyTable;
  /** Two neighbouring words of a name written as one, by hash: numbers of names. */
  readonly joinedKeys: KeyTable;
}

/** A word nobody on the list has says as much as the rarest one. */
export const rarest = 32;
const slightWeight = 2;

/** Half steps of the binary logarithm, in whole numbers alone: the same on every machine. */
function halfLogarithm(count: number): number {
  return 31 - Math.clz32(Math.min(count, 46_340) ** 2);
}

function weightOf(word: string, count: number): number {
  if (isSlight(word)) return slightWeight;
  return Math.max(5, rarest - halfLogarithm(count));
}

interface Making {
  readonly words: Sounded[];
  readonly wordNumbers: Map<string, number>;
  readonly postings: number[][];
  readonly names: IndexedName[];
}

function numberOf(making: Making, word: string): number {
  const known = making.wordNumbers.get(word);
  if (known !== undefined) return known;
  const number = making.words.length;
  making.wordNumbers.set(word, number);
  making.words.push(sounded(word));
  making.postings.push([]);
  return number;
}

/** Names looked at between two pauses: a pause comes every few milliseconds. */
const stride = 400;

/**
 * Builds the index in steps, so that nobody waits for it: run it to its end, or a step at a time. The same
 * entries always give the same index.
 */
export function* indexing(entries: readonly ListEntry[]): Generator<void, NameIndex> {
  const making: Making = { words: [], wordNumbers: new Map(), postings: [], names: [] };
  const joined = createKeyWriter();
  for (const [entry, { names }] of entries.entries()) {
    for (const text of names) {
      addName(making, joined, { entry, text });
      if (making.names.length % stride === 0) yield;
    }
  }
  const wordKeys = createKeyWriter();
  const soundKeys = createKeyWriter();
  for (const [number, word] of making.words.entries()) {
    for (const thin of thinned(word.text)) wordKeys.add(hashOf(thin, wordSeed), number);
    for (const thin of thinned(word.sound)) soundKeys.add(hashOf(thin, soundSeed), number);
    if (number % stride === 0) yield;
  }
  const counts = making.postings.map((names) => names.length);
  const weights = Int32Array.from(making.words, (word, number) =>
    weightOf(word.text, counts[number] ?? 1),
  );
  yield;
  const tables = { wordKeys: wordKeys.table(), soundKeys: soundKeys.table() };
  yield;
  return finished(making, entries, { ...tables, weights, joinedKeys: joined.table() });
}

function addName(
  making: Making,
  joined: ReturnType<typeof createKeyWriter>,
  { entry, text }: { entry: number; text: string },
): void {
  const tokens = tokensOf(text);
  const words = [...new Set(tokens.map((token) => numberOf(making, token)))];
  if (words.length === 0) return;
  const number = making.names.push({ entry, text, words }) - 1;
  for (const word of words) making.postings[word]?.push(number);
  for (const [at, token] of tokens.entries()) {
    const next = tokens[(at + 1) % tokens.length];
    if (next === undefined || tokens.length < 2) continue;
    for (const start of spellingsOf(token)) {
      for (const end of spellingsOf(next)) joined.add(hashOf(start + end, joinedSeed), number);
    }
  }
}

function finished(
  { words, wordNumbers, postings, names }: Making,
  entries: readonly ListEntry[],
  rest: Pick<NameIndex, 'weights' | 'wordKeys' | 'soundKeys' | 'joinedKeys'>,
): NameIndex {
  const lists = postings.map((each) => Int32Array.from(each));
  const nothing = new Int32Array(0);
  const totals = Int32Array.from(names, (name) =>
    name.words.reduce((sum, word) => sum + (rest.weights[word] ?? 0), 0),
  );
  return Object.freeze({
    ...{ entries, names, words, wordNumbers, totals },
    ...rest,
    namesWith: (word: number) => lists[word] ?? nothing,
  });
}

/** The whole index at once, for where nobody waits. */
export function indexOf(entries: readonly ListEntry[]): NameIndex {
  const steps = indexing(entries);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
