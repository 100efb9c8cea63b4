// Finds the entries a name may mean, each with the pairs of words that speak for it.
import { isUnvowelled } from '../text/scripts.ts';
import { isSlight, spellingsOf, tokensOf } from '../text/tokens.ts';
import { likeness, mayBeAlike, sounded } from './distance.ts';
import { joinedSeed, type NameIndex, rarest, soundSeed, wordSeed } from './index.ts';
import { hashOf, thinned } from './keys.ts';

/** One word of the name asked for beside the word of the list it stands for. */
export interface WordPair {
  readonly asked: string;
  readonly listed: string;
  /** In thousandths. */
  readonly likeness: number;
  /** How much the word says, 1 to 32. */
  readonly weight: number;
}

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

/** A word, or two neighbouring ones written as one, and the words of the list alike to it. */
interface Unit {
  readonly text: string;
  /** Bits of the asked words it takes. */
  readonly bits: number;
  readonly alike: ReadonlyMap<number, number>;
}

interface Question {
  readonly tokens: readonly string[];
  readonly units: readonly Unit[];
  readonly weights: readonly number[];
  readonly total: number;
}

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

function questionOf(place: Place, name: string): Question {
  const { index } = place;
  const tokens = [...new Set(tokensOf(name))];
  const bare = isUnvowelled(name);
  const units = tokens.map((text, at): Unit => {
    return { text, bits: 1 << at, alike: alikeTo(place, text, bare) };
  });
  for (const [at, text] of tokens.entries()) {
    const next = tokens[at + 1];
    if (next === undefined) continue;
    const alike = alikeJoined(index, text + next);
    if (alike.size > 0) units.push({ text: text + next, bits: 3 << at, alike });
  }
  const weights = tokens.map((text) => weightOfAsked(index, text));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { tokens, units, weights, total };
}

function weightOfAsked(index: NameIndex, text: string): number {
  const number = index.wordNumbers.get(text);
  if (number !== undefined) return index.weights[number] ?? rarest;
  if (isSlight(text)) return 2;
  return text.length === 1 ? 6 : 22;
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

interface Candidate extends WordPair {
  readonly askedBits: number;
  readonly listedBits: number;
}

function candidatesOf(
  index: NameIndex,
  question: Question,
  { words, isJoined }: Looked,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (const { text, bits, alike } of question.units) {
    for (const [at, word] of words.entries()) {
      const worth = alike.get(word);
      const listed = index.words[word]?.text ?? '';
      const weight = index.weights[word] ?? 0;
      const initial = worth === undefined && isInitial(text, listed) ? 700 : worth;
      if (initial === undefined) continue;
      candidates.push({
        ...{ asked: text, listed, likeness: initial, weight, askedBits: bits, listedBits: 1 << at },
      });
    }
  }
  for (const [at, text] of isJoined ? question.tokens.entries() : []) {
    if (text.length < 4) continue;
    candidates.push(...joinedCandidates(index, { text, bits: 1 << at }, words));
  }
  return candidates.sort((one, other) => other.likeness * other.weight - one.likeness * one.weight);
}

function isInitial(one: string, other: string): boolean {
  return (one.length === 1) !== (other.length === 1) && one[0] === other[0];
}

/** Two words of the list that the asked name writes as one. */
function joinedCandidates(
  index: NameIndex,
  { text, bits }: { readonly text: string; readonly bits: number },
  words: readonly number[],
): Candidate[] {
  const found: Candidate[] = [];
  for (const [at, first] of words.entries()) {
    const start = index.words[first]?.text ?? '';
    const starts = spellingsOf(start).filter((each) => text.startsWith(each));
    if (starts.length === 0) continue;
    for (const [beside, second] of words.entries()) {
      const end = index.words[second]?.text ?? '';
      const ends = spellingsOf(end);
      if (beside === at || !starts.some((each) => ends.includes(text.slice(each.length)))) continue;
      const weight = (index.weights[first] ?? 0) + (index.weights[second] ?? 0);
      const listed = `${start} ${end}`;
      const listedBits = (1 << at) | (1 << beside);
      found.push({ asked: text, listed, likeness: 980, weight, askedBits: bits, listedBits });
    }
  }
  return found;
}

/** A listed name that is looked at closely. */
interface Looked {
  readonly words: readonly number[];
  readonly isJoined: boolean;
}

interface Alignment {
  readonly score: number;
  readonly pairs: readonly WordPair[];
}

/** Pairs words, the weightiest likeness first, each word once, and weighs what is left over on both sides. */
function align(index: NameIndex, question: Question, looked: Looked): Alignment {
  const { words } = looked;
  let askedTaken = 0;
  let listedTaken = 0;
  const pairs: WordPair[] = [];
  let got = 0;
  let paired = 0;
  for (const candidate of candidatesOf(index, question, looked)) {
    const { askedBits, listedBits, asked, listed, weight } = candidate;
    if ((askedTaken & askedBits) !== 0 || (listedTaken & listedBits) !== 0) continue;
    askedTaken |= askedBits;
    listedTaken |= listedBits;
    pairs.push({ asked, listed, likeness: candidate.likeness, weight });
    got += weight * candidate.likeness;
    paired += weight;
  }
  const strong = pairs.filter((pair) => pair.likeness >= 850 && pair.weight > 4).length;
  const left = (total: number, taken: number, weights: (at: number) => number, count: number) => {
    let rest = 0;
    for (let at = 0; at < count; at += 1) if ((taken & (1 << at)) === 0) rest += weights(at);
    return strong >= 2 ? Math.trunc((rest * leftShare) / 100) : total === 0 ? 0 : rest;
  };
  const askedLeft = left(
    question.total,
    askedTaken,
    (at) => question.weights[at] ?? 0,
    question.tokens.length,
  );
  const listedLeft = left(1, listedTaken, (at) => index.weights[words[at] ?? 0] ?? 0, words.length);
  const whole = paired * 2 + askedLeft + listedLeft;
  return { score: whole === 0 ? 0 : Math.trunc((got * 2) / whole), pairs };
}

/** What a word left over counts where two others fit well, in hundredths. */
const leftShare = 60;

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
