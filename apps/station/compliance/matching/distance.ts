// Says how alike two words are, in thousandths, by what slips people and transliterations make.
import { skeletonOf } from '../text/skeleton.ts';

const wordMost = 40;
const width = wordMost + 1;
/** Kept between calls: nothing here waits, so nobody else writes into it meanwhile. */
const table = new Int32Array(width * width);

const isVowel = new Uint8Array(128);
for (const letter of 'aeiouyw') isVowel[letter.charCodeAt(0)] = 1;
const letterH = 104;

/** What it costs to write one letter for another, in tenths of a letter. */
const swaps = new Uint8Array(128 * 128).fill(10);
const vowelCodes = [...'aeiouyw'].map((letter) => letter.charCodeAt(0));
for (const one of vowelCodes) for (const other of vowelCodes) swaps[one * 128 + other] = 5;
/** Consonants that are written for one another. */
for (const pair of 'kq kc qc sz gj jy vf vb vw dt bp mn xs ck cs gk hk zj dz'.split(' ')) {
  const [one, other] = [pair.charCodeAt(0), pair.charCodeAt(1)];
  swaps[one * 128 + other] = 6;
  swaps[other * 128 + one] = 6;
}

function swapCost(one: number, other: number): number {
  if (one === other) return 0;
  return one < 128 && other < 128 ? (swaps[one * 128 + other] ?? 10) : 10;
}

function gapCost(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (at > 0 && text.charCodeAt(at - 1) === code) return 3;
  if (isVowel[code] === 1) return 6;
  return code === letterH ? 5 : 10;
}

/** Optimal string alignment with the costs above, in tenths of a letter; above `most` it may stop early. */
function distance(one: string, other: string, most: number): number {
  for (let column = 1; column <= other.length; column += 1) {
    table[column] = (table[column - 1] ?? 0) + gapCost(other, column - 1);
  }
  table[0] = 0;
  let before = 0;
  for (let row = 1; row <= one.length; row += 1) {
    const lowest = fillRow(one, other, row);
    // A turned pair reaches two rows back, so two rows must be past the bound.
    if (lowest > most && before > most) return lowest;
    before = lowest;
  }
  return table[one.length * width + other.length] ?? 0;
}

/** One row of the table; gives its least value. */
function fillRow(one: string, other: string, row: number): number {
  const base = row * width;
  const letter = one.charCodeAt(row - 1);
  const previous = row > 1 ? one.charCodeAt(row - 2) : -1;
  const gap = gapCost(one, row - 1);
  table[base] = (table[base - width] ?? 0) + gap;
  let lowest = table[base] ?? 0;
  for (let column = 1; column <= other.length; column += 1) {
    const at = base + column;
    const against = other.charCodeAt(column - 1);
    let least = (table[at - width - 1] ?? 0) + swapCost(letter, against);
    const above = (table[at - width] ?? 0) + gap;
    if (above < least) least = above;
    const beside = (table[at - 1] ?? 0) + gapCost(other, column - 1);
    if (beside < least) least = beside;
    if (column > 1 && previous === against && letter === other.charCodeAt(column - 2)) {
      const turned = (table[at - 2 * width - 2] ?? 0) + 8;
      if (turned < least) least = turned;
    }
    table[at] = least;
    if (least < lowest) lowest = least;
  }
  return lowest;
}

/** Below this, nobody asks how alike two words are. */
const worthLeast = 600;

function spellingLikeness(one: string, other: string): number {
  const longest = Math.max(one.length, other.length);
  const most = Math.trunc((longest * (1000 - worthLeast)) / 100);
  const cost = distance(one.slice(0, wordMost), other.slice(0, wordMost), most);
  return Math.max(0, 1000 - Math.trunc((cost * 100) / longest));
}

/** What equal consonants are worth, by how many there are. */
const soundWorth = [0, 0, 760, 880, 900, 910, 920] as const;
/** Spelled less alike than this, equal consonants are worth less. */
const spelledLeast = 720;

/** A word with its consonants, which are asked for again and again. */
export interface Sounded {
  readonly text: string;
  readonly sound: string;
  /** One bit for each letter that stands in it. */
  readonly letters: number;
}

export function sounded(text: string): Sounded {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return { text, sound: skeletonOf(text), letters };
}

/** Whether two slips at most may lie between two words; asked before they are compared letter by letter. */
export function mayBeAlike(one: Sounded, other: Sounded): boolean {
  if (Math.abs(one.text.length - other.text.length) > 2) return one.sound === other.sound;
  let apart = one.letters ^ other.letters;
  let count = 0;
  while (apart !== 0) {
    apart &= apart - 1;
    count += 1;
  }
  return count <= 4;
}

function soundLikeness(one: Sounded, other: Sounded, spelling: number): number {
  if (one.sound !== other.sound) return 0;
  const worth = soundWorth[Math.min(one.sound.length, 6)] ?? 0;
  return worth - Math.trunc(Math.max(0, spelledLeast - spelling) / 6);
}

/** The Latin vowels that a written long vowel stands for. */
const longVowels: Readonly<Record<string, string>> = { a: 'ae', y: 'iyea', w: 'ouwv' };

/** Whether long vowels are written, and each has its own in the other word, in order. */
function longVowelsFit(bare: string, spelled: string): boolean {
  let from = 0;
  let count = 0;
  for (const letter of bare) {
    const sounds = longVowels[letter];
    if (sounds === undefined) continue;
    while (from < spelled.length && !sounds.includes(spelled.charAt(from))) from += 1;
    if (from === spelled.length) return false;
    from += 1;
    count += 1;
  }
  return count > 0;
}

/** What equal consonants are worth where the long vowels fit too: two consonants less than more of them. */
const longVowelWorth = { two: 920, more: 960 } as const;

/** `one` is the word of the script without short vowels. */
function unvowelledLikeness(one: Sounded, other: Sounded, spelling: number): number {
  const worth = soundWorth[Math.min(one.sound.length, 6)] ?? 0;
  if (one.sound === other.sound && worth > 0) {
    if (!longVowelsFit(one.text, other.text)) return worth + 60;
    const fitting = one.sound.length < 3 ? longVowelWorth.two : longVowelWorth.more;
    return Math.max(worth + 60, fitting);
  }
  return Math.max(spelling, Math.trunc((spellingLikeness(one.sound, other.sound) * 92) / 100));
}

/**
 * Likeness of two words in thousandths; 1000 when equal. `isUnvowelled`: the first comes from a script
 * without short vowels, so consonants and written long vowels are all there is to compare.
 */
export function likeness(one: Sounded, other: Sounded, isUnvowelled = false): number {
  if (one.text === other.text) return 1000;
  const spelling = spellingLikeness(one.text, other.text);
  if (isUnvowelled) return unvowelledLikeness(one, other, spelling);
  return Math.max(soundLikeness(one, other, spelling), spelling);
}

/** Letters by which two words may differ in length and still be one word with two slips in it. */
const lengthsApartMost = 3;

/** Likeness by letters alone, for two words left over beside words that fit; 0 where they are two words. */
export function nearness(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > lengthsApartMost) return 0;
  const near = spellingLikeness(one, other);
  return near < worthLeast ? 0 : near;
}
