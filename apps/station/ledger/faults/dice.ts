// Seeded chance for the fault tests, so that a failure can be played again from its seed.

export interface Dice {
  /** A whole number from 0 up to but not including the bound. */
  below(bound: number): number;
  /** True once in so many rolls. */
  oneIn(count: number): boolean;
}

/** The 32-bit generator known as mulberry32: small, fast, good enough to choose where to cut. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const below = (bound: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
  return Object.freeze({ below, oneIn: (count: number) => below(count) === 0 });
}
