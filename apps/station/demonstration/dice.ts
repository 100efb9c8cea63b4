// Makes chance that repeats: the demonstration branch is the same to the byte on each run and machine.
import type { Chance } from '../ports.ts';

/** Seeded chance with the few shapes a believable day is drawn in. Integer arithmetic only. */
export interface Dice extends Chance {
  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** One of the keys of a record of weights; the weights are whole numbers. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** True `count` times in `of`. */
  happens(count: number, of: number): boolean;
  /** A new list in another order. */
  shuffled<T>(list: readonly T[]): T[];
  /** `#` becomes a digit and `?` a capital letter. */
  filled(pattern: string): string;
  /** Independent dice for one subject: drawing more for one never changes another. */
  fork(subject: string): Dice;
}

const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/** Dice of one seed: xoshiro128** (Blackman, Vigna 2018) over a state filled by splitmix32. */
export function createDice(seed: number): Dice {
  const next = xoshiro(seed);

  /** Unbiased: draws beyond the last whole multiple of `count` are thrown again. */
  function below(count: number): number {
    if (!Number.isSafeInteger(count) || count < 1 || count > 0x1_0000_0000) {
      throw new RangeError(`Dice have no ${count} sides.`);
    }
    const fair = 0x1_0000_0000 - (0x1_0000_0000 % count);
    for (;;) {
      const drawn = next();
      if (drawn < fair) return drawn % count;
    }
  }

  function pick<T>(list: readonly T[]): T {
    return list[below(list.length)] as T;
  }

  function weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = below(entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [key, weight] of entries) {
      if (left < weight) return key;
      left -= weight;
    }
    throw new Error('Weights add up to less than their sum.');
  }

  function shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let index = copy.length - 1; index > 0; index--) {
      const other = below(index + 1);
      [copy[index], copy[other]] = [copy[other] as T, copy[index] as T];
    }
    return copy;
  }

  return Object.freeze({
    below,
    between: (low: number, high: number) => low + below(high - low + 1),
    pick,
    weighted,
    happens: (count: number, of: number) => below(of) < count,
    shuffled,
    filled: (pattern: string) =>
      pattern
        .replace(/#/g, () => String(below(10)))
        .replace(/\?/g, () => letters.charAt(below(letters.length))),
    fork: (subject: string) => createDice(subjectSeed(seed, subject)),
    bytes: (count: number) => Uint8Array.from({ length: count }, () => next() >>> 24),
  });
}

function xoshiro(seed: number): () => number {
  const fill = splitmix(seed);
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
}

function rotated(word: number, count: number): number {
  return (word << count) | (word >>> (32 - count));
}

function splitmix(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/** FNV-1a over the seed and the UTF-16 code units of the subject. */
function subjectSeed(seed: number, subject: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < subject.length; index++) {
    hash = Math.imul(hash ^ subject.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
