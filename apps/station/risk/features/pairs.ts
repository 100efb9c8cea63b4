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
  /** Key and count side by side, so that a pair is waited for once. */
  let cells = new Float64Array(2 * (mask + 1));
  let used = 0;

  /** Cell where the pair is, or the free one where it would be. */
  function cellOf(key: number, start: number): number {
    let place = (start ^ (start >>> 16)) & mask;
    while (cells[2 * place] !== 0 && cells[2 * place] !== key) place = (place + 1) & mask;
    return 2 * place;
  }

  function grow(): void {
    const old = cells;
    mask = 2 * mask + 1;
    cells = new Float64Array(2 * (mask + 1));
    for (let at = 0; at < old.length; at += 2) {
      const key = old[at] as number;
      if (key === 0) continue;
      const from = Math.floor(key / 67_108_864);
      const cell = cellOf(key, startOf(from, key - from * 67_108_864));
      cells[cell] = key;
      cells[cell + 1] = old[at + 1] as number;
    }
  }

  return Object.freeze({
    count: (from: number, to: number) => cells[cellOf(keyOf(from, to), startOf(from, to)) + 1] ?? 0,
    add(from: number, to: number, change: 1 | -1) {
      const key = keyOf(from, to);
      let cell = cellOf(key, startOf(from, to));
      if (cells[cell] === 0) {
        if (change < 0) return 0;
        if (used * 2 > mask) {
          grow();
          cell = cellOf(key, startOf(from, to));
        }
        cells[cell] = key;
        used += 1;
      }
      const before = cells[cell + 1] as number;
      if (before + change >= 0) cells[cell + 1] = before + change;
      return before;
    },
    capacity: () => mask + 1,
  });
}
