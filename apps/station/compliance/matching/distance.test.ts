// Holds the likeness of two words to a plain alignment written a second time, and to figures worked out by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { skeletonOf } from '../text/skeleton.ts';
import { likeness, mayBeAlike, nearness, sounded } from './distance.ts';

const alike = (one: string, other: string, bare = false) =>
  likeness(sounded(one), sounded(other), bare);

const vowels = 'aeiouyw';
const confused = new Set('kq kc qc sz gj jy vf vb vw dt bp mn xs ck cs gk hk zj dz'.split(' '));

/** The costs of docs/screening.md, in tenths of a letter. */
function swap(one: string, other: string): number {
  if (one === other) return 0;
  if (confused.has(one + other) || confused.has(other + one)) return 6;
  return vowels.includes(one) && vowels.includes(other) ? 5 : 10;
}

function gap(text: string, at: number): number {
  if (at > 0 && text[at] === text[at - 1]) return 3;
  if (vowels.includes(text[at] ?? '')) return 6;
  return text[at] === 'h' ? 5 : 10;
}

/** The same alignment by recursion on what is left of both words, without a table or a bound. */
function plainCost(one: string, other: string): number {
  const known = new Map<string, number>();
  const cost = (row: number, column: number): number => {
    if (row === 0 && column === 0) return 0;
    const key = `${row} ${column}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const ways: number[] = [];
    if (row > 0) ways.push(cost(row - 1, column) + gap(one, row - 1));
    if (column > 0) ways.push(cost(row, column - 1) + gap(other, column - 1));
    if (row > 0 && column > 0) {
      const [letter, against] = [one.charAt(row - 1), other.charAt(column - 1)];
      ways.push(cost(row - 1, column - 1) + swap(letter, against));
      const isTurned =
        row > 1 && column > 1 && letter === other[column - 2] && one[row - 2] === against;
      if (isTurned) ways.push(cost(row - 2, column - 2) + 8);
    }
    const least = Math.min(...ways);
    known.set(key, least);
    return least;
  };
  return cost(one.length, other.length);
}

const spelled = (one: string, other: string): number => {
  const longest = Math.max(one.length, other.length);
  return Math.max(0, 1000 - Math.trunc((plainCost(one, other) * 100) / longest));
};

const letters = fc.string({
  unit: fc.constantFrom(...'abcdeghiknostyzé'),
  minLength: 1,
  maxLength: 12,
});
/** A word, and one that some slips make of it: two words at random are never alike. */
const slipped = fc
  .tuple(letters, fc.array(fc.tuple(fc.nat(12), fc.nat(3), letters), { maxLength: 3 }))
  .map(([word, slips]): [string, string] => {
    let other = word;
    for (const [place, kind, more] of slips) {
      const at = place % other.length;
      const [head, tail] = [other.slice(0, at), other.slice(at)];
      if (kind === 0 && other.length > 1) other = head + tail.slice(1);
      else if (kind === 1) other = head + more.charAt(0) + tail;
      else if (kind === 2) other = head + more.charAt(0) + tail.slice(1);
      else other = head + tail.charAt(1) + tail.charAt(0) + tail.slice(2);
    }
    return [word, other];
  });

test('two words are as alike as the cheapest way from one to the other says', () => {
  fc.assert(
    fc.property(slipped, ([one, other]) => {
      const spelling = spelled(one, other);
      const got = alike(one, other);
      const isSoundAlike = skeletonOf(one) === skeletonOf(other);
      if (one === other) assert.equal(got, 1000);
      // Below the bound it may stop early, with no more than the bound says.
      else if (spelling < 600) assert.ok(isSoundAlike || got < 620, `${got} for ${spelling}`);
      else if (isSoundAlike) assert.ok(got >= spelling);
      else assert.equal(got, spelling);
    }),
    { numRuns: 400 },
  );
});

test('what slips, ears and other alphabets do costs what it should', () => {
  const table: readonly [string, string, number][] = [
    // A vowel for a vowel half a letter, a confused consonant six tenths, any other a whole one.
    ['kader', 'kadir', 900],
    ['abdak', 'abdal', 800],
    ['tamim', 'tanim', 880],
    ['mark', 'makr', 800],
    ['rahmani', 'rahmany', 929],
    // A doubled letter three tenths, an h five, a vowel six.
    ['yunis', 'yunnis', 950],
    ['rami', 'rhami', 900],
    ['sami', 'samir', 800],
    ['aa', 'b', 350],
  ];
  for (const [one, other, expected] of table) {
    assert.equal(alike(one, other), expected, `${one} ${other}`);
    assert.equal(alike(other, one), expected, `${other} ${one}`);
  }
});

test('equal consonants are worth more the more there are, and less the further the spelling is off', () => {
  const table: readonly [string, string, number][] = [
    ['mohammed', 'muhammad', 900],
    ['yousef', 'yusuf', 880],
    ['ali', 'ala', 834],
    ['ouiaouia', 'a', 475],
  ];
  for (const [one, other, expected] of table) {
    assert.equal(alike(one, other), expected, `${one} ${other}`);
  }
});

test('without vowels the consonants decide', () => {
  const table: readonly [string, string, number][] = [
    ['mhmd', 'muhammad', 960],
    ['yns', 'younis', 960],
    // A written long vowel has its own in order, or says nothing.
    ['blal', 'bilal', 920],
    ['blal', 'boulli', 820],
    ['mrwan', 'marwan', 960],
    ['mrwan', 'miran', 940],
    ['mhmd', 'mahmut', 782],
    ['bz', 'ghk', 167],
  ];
  for (const [one, other, expected] of table) {
    assert.equal(alike(one, other, true), expected, `${one} ${other}`);
  }
});

test('words left over are near by their letters alone, or two words', () => {
  assert.equal(nearness('alekabdar', 'aleksandar'), 800);
  assert.equal(nearness('muhammad', 'mohamed'), spelled('muhammad', 'mohamed'));
  assert.equal(nearness('dulaimi', 'tikriti'), 0);
  assert.equal(nearness('abcdefghij', 'abcdefghijklm'), 770, 'three letters more');
  assert.equal(nearness('abcdefghij', 'abcdefghijklmn'), 0, 'four');
});

test('a word longer than any is compared by its first forty letters', () => {
  const long = 'ab'.repeat(30);
  assert.equal(alike(long, `${long.slice(0, 40)}cdcdcdcdcdcdcdcdcdcd`), 1000);
  assert.ok(alike(long, 'b'.repeat(60)) < 1000);
});

test('words with more than two slips between them are not compared at all', () => {
  const may = (one: string, other: string) => mayBeAlike(sounded(one), sounded(other));
  assert.ok(may('kader', 'kadir'));
  assert.ok(may('abcd', 'abef'), 'two letters for two others');
  assert.ok(!may('abcd', 'aefg'), 'three for three');
  assert.ok(may('abc', 'abcde') && !may('abc', 'abcdez'), 'two letters more, not three');
  assert.ok(may('mhmd', 'mohammed'), 'much longer, and sounds the same');
});
