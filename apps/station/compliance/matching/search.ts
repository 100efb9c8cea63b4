// Finds the entries a name may mean, each with the pairs of words that speak for it.
import { isUnvowelled } from '../text/scripts.ts';
import { isSlight, tokensOf } from '../text/tokens.ts';
import { align, type Question, type Unit, type WordPair } from './align.ts';
import { likeness, mayBeAlike, sounded } from './distance.ts';
import { joinedSeed, type NameIndex, rarest, soundSeed, wordSeed } from './index.ts';
import { hashOf, thinned } from './keys.ts';

export interface Found {
  /** Number of the entry in the index. */
  readonly entry: number;
  /** The listed name that fits best. */
  readonly name: string;
  /** 0 to 1000. */
  readonly score: number;
  readonly pairs: readonly WordPair[];
}

/** Likeness below which two words are two words. */
const likenessLeast = 640;
/** Names looked at closely for one question. */
const closelyMost = 120;

/** Marks words as tried for one asked word without clearing the marks each time. */
function nextStamp(scratch: Scratch): number {
  scratch.stamp = (scratch.stamp % 0x7ffffffe) + 1;
  if (scratch.stamp === 1) scratch.tried.fill(0);
  return scratch.stamp;
}

function alikeTo(
  { index, scratch }: Place,
  text: string,
  bare: boolean,
): ReadonlyMap<number, number> {
  const alike = new Map<number, number>();
  const exact = index.wordNumbers.get(text);
  if (exact !== undefined) alike.set(exact, 1000);
  if (isSlight(text) || text.length < 3) return alike;
  const asked = sounded(text);
  const { tried } = scratch;
  const stamp = nextStamp(scratch);
  const attempt = (word: number): void => {
    const listed = index.words[word];
    if (tried[word] === stamp || !listed) return;
    tried[word] = stamp;
    if (!bare && !mayBeAlike(asked, listed)) return;
    const worth = likeness(asked, listed, bare);
    if (worth >= likenessLeast) alike.set(word, worth);
  };
  for (const thin of thinned(text)) index.wordKeys.find(hashOf(thin, wordSeed), attempt);
  if (asked.sound.length < 2) return alike;
  const least = bare ? 2 : 3;
  const sounds = asked.sound.length >= least ? thinned(asked.sound) : [asked.sound];
  for (const thin of sounds) index.soundKeys.find(hashOf(thin, soundSeed), attempt);
  return alike;
}

/** Two words written as one must be spelled alike: by consonants alone, too much fits. */
const joinedLeast = 860;

function alikeJoined(index: NameIndex, text: string): ReadonlyMap<number, number> {
  const alike = new Map<number, number>();
  const asked = sounded(text);
  for (const thin of thinned(text)) {
    index.wordKeys.find(hashOf(thin, wordSeed), (word) => {
      const listed = index.words[word];
      if (!listed || !mayBeAlike(asked, listed)) return;
      const worth = likeness(asked, { ...listed, sound: '-' });
      if (worth >= joinedLeast) alike.set(word, worth);
    });
  }
  return alike;
}

/** Fewer consonants than this are in too many words to stand for two words written as one. */
const joinedSoundLeast = 4;

/** Words of the list with the very consonants of a text in a script without short vowels. */
function alikeByConsonants(index: NameIndex, text: string): ReadonlyMap<number, number> {
  const alike = new Map<number, number>();
  const asked = sounded(text);
  if (asked.sound.length < joinedSoundLeast) return alike;
  index.soundKeys.find(hashOf(asked.sound, soundSeed), (word) => {
    const listed = index.words[word];
    if (listed?.sound === asked.sound) alike.set(word, likeness(asked, listed, true));
  });
  return alike;
}

function joinedUnits(index: NameIndex, tokens: readonly string[]): readonly Unit[] {
  const units: Unit[] = [];
  for (const [at, text] of tokens.entries()) {
    const next = tokens[at + 1];
    if (next === undefined) continue;
    const alike = alikeJoined(index, text + next);
    if (alike.size > 0) units.push({ text: text + next, bits: 3 << at, alike });
  }
  return units;
}

/**
 * Neighbouring words as Latin letters write them in one: Hidayat Allah is Hidayatullah. The article between
 * two is heard (Abd al-Bari) or taken by the letter after it (Shams al-Din, Shamsuddin): both are tried.
 */
function joinedBareUnits(index: NameIndex, tokens: readonly string[]): readonly Unit[] {
  const units: Unit[] = [];
  const attempt = (text: string, bits: number): void => {
    const alike = alikeByConsonants(index, text);
    if (alike.size > 0) units.push({ text, bits, alike });
  };
  for (const [at, text] of tokens.entries()) {
    const [next, after] = tokens.slice(at + 1, at + 3);
    if (next === undefined) continue;
    attempt(text + next, 3 << at);
    if (next !== 'al' || after === undefined) continue;
    attempt(text + after, 7 << at);
    attempt(text + next + after, 7 << at);
  }
  return units;
}

function questionOf(place: Place, name: string): Question {
  const { index } = place;
  const tokens = [...new Set(tokensOf(name))];
  const bare = isUnvowelled(name);
  const single = tokens.map((text, at): Unit => {
    return { text, bits: 1 << at, alike: alikeTo(place, text, bare) };
  });
  const joined = bare ? joinedBareUnits(index, tokens) : joinedUnits(index, tokens);
  const weights = tokens.map((text) => weightOfAsked(index, text));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { tokens, units: [...single, ...joined], weights, total };
}

/** An initial says little, whatever single letters the list has. */
const initialWeight = 6;

function weightOfAsked(index: NameIndex, text: string): number {
  if (text.length === 1) return initialWeight;
  const number = index.wordNumbers.get(text);
  if (number !== undefined) return index.weights[number] ?? rarest;
  return isSlight(text) ? 2 : 22;
}

/** Room for sums by name, kept between questions. */
export interface Scratch {
  readonly sums: Int32Array;
  readonly touched: Int32Array;
  /** Names of which two words are written as one in the question. */
  readonly joined: Set<number>;
  readonly tried: Int32Array;
  stamp: number;
}

interface Place {
  readonly index: NameIndex;
  readonly scratch: Scratch;
}

export function scratchFor(index: NameIndex): Scratch {
  const size = index.names.length;
  return {
    ...{ sums: new Int32Array(size), touched: new Int32Array(size), joined: new Set() },
    ...{ tried: new Int32Array(index.words.length), stamp: 0 },
  };
}

/** Names that share enough with the question to be looked at closely, the likeliest first. */
function likely(index: NameIndex, question: Question, scratch: Scratch): readonly number[] {
  const { sums, touched, joined } = scratch;
  let count = 0;
  const add = (name: number, worth: number): void => {
    if (sums[name] === 0) {
      touched[count] = name;
      count += 1;
    }
    sums[name] = (sums[name] ?? 0) + worth;
  };
  for (const { alike } of question.units) {
    for (const [word, worth] of alike) {
      const share = (index.weights[word] ?? 0) * worth;
      for (const name of index.namesWith(word)) add(name, share);
    }
  }
  joined.clear();
  for (const text of question.tokens) {
    if (text.length < 4) continue;
    index.joinedKeys.find(hashOf(text, joinedSeed), (name) => {
      joined.add(name);
      add(name, rarest * 1200);
    });
  }
  const found: { readonly name: number; readonly rank: number }[] = [];
  for (let at = 0; at < count; at += 1) {
    const name = touched[at] ?? 0;
    const sum = sums[name] ?? 0;
    sums[name] = 0;
    const rank = Math.trunc((sum * 2) / ((index.totals[name] ?? 0) + question.total));
    if (rank >= 380) found.push({ name, rank });
  }
  found.sort((one, other) => other.rank - one.rank || one.name - other.name);
  return found.slice(0, closelyMost).map(({ name }) => name);
}

/**
 * The entries whose name may be the one asked for, best first, each once, with a score of `least` (0 to
 * 1000) or more. Exact and reproducible: whole numbers throughout.
 */
export function search(
  index: NameIndex,
  name: string,
  at: { readonly least: number; readonly scratch: Scratch },
): readonly Found[] {
  const question = questionOf({ index, scratch: at.scratch }, name);
  if (question.tokens.length === 0) return [];
  const best = new Map<number, Found>();
  for (const number of likely(index, question, at.scratch)) {
    const named = index.names[number];
    if (!named) continue;
    const { score, pairs } = align(index, question, {
      words: named.words,
      isJoined: at.scratch.joined.has(number),
    });
    if (score < at.least || score <= (best.get(named.entry)?.score ?? -1)) continue;
    best.set(named.entry, { entry: named.entry, name: named.text, score, pairs });
  }
  return [...best.values()].sort(
    (one, other) => other.score - one.score || one.entry - other.entry,
  );
}
