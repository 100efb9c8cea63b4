// Finds words that are alike without comparing all: by the words they become when a letter is left out.

/** FNV-1a, 32 bits, with a seed that keeps kinds of keys apart. */
export function hashOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Every text that is left when one character is taken out, and the text itself first. */
export function thinned(text: string): readonly string[] {
  const texts = [text];
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === text[index - 1]) continue;
    texts.push(text.slice(0, index) + text.slice(index + 1));
  }
  return texts;
}

/** A hash and a number of at most 21 bits in one float, so that a typed array sorts them. */
const numberLimit = 2 ** 21;

export interface KeyTable {
  /** Numbers kept under the hash, those of a rare colliding text among them. */
  find(hash: number, each: (number: number) => void): void;
  readonly size: number;
}

/** Collects keys; `table` sorts them once. */
export interface KeyWriter {
  add(hash: number, number: number): void;
  table(): KeyTable;
}

export function createKeyWriter(): KeyWriter {
  let keys = new Float64Array(1 << 16);
  let size = 0;
  return {
    add(hash, number) {
      if (size === keys.length) {
        const wider = new Float64Array(size * 2);
        wider.set(keys);
        keys = wider;
      }
      keys[size] = hash * numberLimit + number;
      size += 1;
    },
    table() {
      const sorted = keys.slice(0, size).sort();
      return Object.freeze({
        size,
        find(hash: number, each: (number: number) => void) {
          const first = hash * numberLimit;
          for (let at = lowest(sorted, first); at < size; at += 1) {
            const number = (sorted[at] ?? 0) - first;
            if (number >= numberLimit) return;
            each(number);
          }
        },
      });
    },
  };
}

function lowest(sorted: Float64Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
