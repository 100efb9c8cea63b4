// Pairs the words of two names and says what the pairs are worth beside the words that are left over.
import { isSlight, spellingsOf } from '../text/tokens.ts';
import { nearness } from './distance.ts';
import type { NameIndex } from './index.ts';

/** One word of the name asked for beside the word of the list it stands for. */
export interface WordPair {
  readonly asked: string;
  readonly listed: string;
  /** In thousandths. */
  readonly likeness: number;
  /** How much the word says, 1 to 32. */
  readonly weight: number;
}

/** A word, or neighbouring ones written as one, and the words of the list alike to it. */
export interface Unit {
  readonly text: string;
  /** Bits of the asked words it takes. */
  readonly bits: number;
  readonly alike: ReadonlyMap<number, number>;
}

export interface Question {
  readonly tokens: readonly string[];
  readonly units: readonly Unit[];
  readonly weights: readonly number[];
  readonly total: number;
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
export interface Looked {
  readonly words: readonly number[];
  readonly isJoined: boolean;
}

export interface Alignment {
  /** 0 to 1000. */
  readonly score: number;
  readonly pairs: readonly WordPair[];
}

/** The pairs so far, and the words of both sides that are in one, by bits. */
interface Paired {
  readonly pairs: WordPair[];
  askedTaken: number;
  listedTaken: number;
}

/** The weightiest likeness first, each word once. */
function take(paired: Paired, candidates: readonly Candidate[]): void {
  for (const { askedBits, listedBits, asked, listed, likeness, weight } of candidates) {
    if ((paired.askedTaken & askedBits) !== 0 || (paired.listedTaken & listedBits) !== 0) continue;
    paired.askedTaken |= askedBits;
    paired.listedTaken |= listedBits;
    paired.pairs.push({ asked, listed, likeness, weight });
  }
}

const mayBeNear = (text: string): boolean => text.length > 1 && !isSlight(text);

/**
 * Words left over on both sides, compared directly: two slips in one word, which no key finds, are seen
 * once the other words of the name fit.
 */
function nearCandidates(
  index: NameIndex,
  { tokens }: Question,
  { words }: Looked,
  { askedTaken, listedTaken }: Paired,
): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [at, asked] of tokens.entries()) {
    const askedBits = 1 << at;
    if ((askedTaken & askedBits) !== 0 || !mayBeNear(asked)) continue;
    for (const [beside, word] of words.entries()) {
      const listedBits = 1 << beside;
      const listed = index.words[word]?.text ?? '';
      if ((listedTaken & listedBits) !== 0 || !mayBeNear(listed)) continue;
      const near = nearness(asked, listed);
      const weight = index.weights[word] ?? 0;
      if (near > 0) found.push({ asked, listed, likeness: near, weight, askedBits, listedBits });
    }
  }
  return found.sort((one, other) => other.likeness - one.likeness);
}

/** A title or an initial left over contradicts nothing: what weighs no more than this is only left out. */
const contradictsAbove = 6;

function leftOver(weights: readonly number[], taken: number): { all: number; saying: number } {
  const left = weights.filter((_, at) => (taken & (1 << at)) === 0);
  const sumOf = (some: readonly number[]) => some.reduce((sum, weight) => sum + weight, 0);
  return { all: sumOf(left), saying: sumOf(left.filter((each) => each > contradictsAbove)) };
}

/** From here on words are the same but for a slip; below, each thousandth that is missing counts 1.3. */
const surelyAlike = 850;

function givenBy(likeness: number): number {
  return likeness - Math.trunc((Math.max(0, surelyAlike - likeness) * 3) / 10);
}

/** What a word left over on one side counts where two others fit well, in hundredths. */
const leftShare = 60;
/** What a word counts that has another word against it, on both sides together. */
const againstTimes = 4;

/**
 * Pairs words and weighs what is left over. A word left over on one side may have been left out; words left
 * over on both sides contradict each other, and count double.
 */
export function align(index: NameIndex, question: Question, looked: Looked): Alignment {
  const paired: Paired = { pairs: [], askedTaken: 0, listedTaken: 0 };
  take(paired, candidatesOf(index, question, looked));
  take(paired, nearCandidates(index, question, looked, paired));
  const { pairs, askedTaken, listedTaken } = paired;
  let got = 0;
  let whole = 0;
  for (const { likeness, weight } of pairs) {
    got += weight * givenBy(likeness) * 2;
    whole += weight * 2;
  }
  const strong = pairs.filter((pair) => pair.likeness >= surelyAlike && pair.weight > 4).length;
  const askedLeft = leftOver(question.weights, askedTaken);
  const listedLeft = leftOver(
    looked.words.map((word) => index.weights[word] ?? 0),
    listedTaken,
  );
  const against = Math.min(askedLeft.saying, listedLeft.saying);
  const beyond = askedLeft.all + listedLeft.all - against * 2;
  whole += against * againstTimes + Math.trunc((beyond * (strong >= 2 ? leftShare : 100)) / 100);
  return { score: whole === 0 ? 0 : Math.trunc(got / whole), pairs };
}
