// Counts payments from one account to another in one open table of numbers, without an object a pair.

export interface Pairs {
  /** Payments from the one to the other that stand. */
  count(from: number, to: number): number;
  /** Adds one (or takes one back) and returns how many there were before. */
  add(from: number, to: number, change: 1 | -1): number;
  /** Places of the table, for whoever watches memory. */
  capacity(): number;
}

/** Accounts in one pair; ids stay below 2^26, so that the key is an exact number, and never 0. */
const keyOf = (from: number, to: number): number => from * 67_108_864 + to;

/** A place for the key to begin its search at, spread well by two odd multipliers. */
const startOf = (from: number, to: number): number => {
  const mixed = Math.imul(from, 0x9e3779b1) ^ Math.imul(to, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
};

/** Pairs taken back keep their place with a count of 0: they are rare, and may come again. */
export function createPairs(): Pairs {
  let mask = 255;
  let keys = new Float64Array(mask + 1);
  let counts = new Int32Array(mask + 1);
  let used = 0;

  /** Where the pair is, or the free place where it would be. */
  function placeOf(key: number, start: number): number {
    let place = (start ^ (start >>> 16)) & mask;
    while (keys[place] !== 0 && keys[place] !== key) place = (place + 1) & mask;
    return place;
  }

  function grow(): void {
    const [oldKeys, oldCounts] = [keys, counts];
    mask = 2 * mask + 1;
    keys = new Float64Array(mask + 1);
    counts = new Int32Array(mask + 1);
    for (let at = 0; at < oldKeys.length; at += 1) {
      const key = oldKeys[at] as number;
      if (key === 0) continue;
      const from = Math.floor(key / 67_108_864);
      const place = placeOf(key, startOf(from, key - from * 67_108_864));
      keys[place] = key;
      counts[place] = oldCounts[at] as number;
    }
  }

  return Object.freeze({
    count: (from: number, to: number) => counts[placeOf(keyOf(from, to), startOf(from, to))] ?? 0,
    add(from: number, to: number, change: 1 | -1) {
      const key = keyOf(from, to);
      let place = placeOf(key, startOf(from, to));
      if (keys[place] === 0) {
        if (change < 0) return 0;
        if (used * 2 > mask) {
          grow();
          place = placeOf(key, startOf(from, to));
        }
        keys[place] = key;
        used += 1;
      }
      const before = counts[place] as number;
      if (before + change >= 0) counts[place] = before + change;
      return before;
    },
    capacity: () => mask + 1,
  });
}
