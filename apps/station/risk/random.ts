// Gives training its chance: seeded, in whole numbers, the same on every machine.

/** A stream of chance that a seed decides entirely. */
export interface Random {
  /** A whole number from 0 up to and not including `limit` (at most 2^32). */
  below(limit: number): number;
  /** A number from 0 up to and not including 1, a multiple of 2^-32. */
  unit(): number;
  /** A number of the normal distribution with mean 0 and deviation 1. */
  normal(): number;
}

/** sfc32 (Doty-Humphrey), seeded by splitmix32; `stream` makes independent streams of one seed. */
export function createRandom(seed: number, stream = 0): Random {
  let state = (seed ^ Math.imul(stream + 1, 0x9e3779b9)) | 0;
  const split = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) | 0;
  };
  // In a typed array: variables of a closure that hold 32 bits would be allocated at every step.
  const words = Int32Array.of(split(), split(), split(), split());
  const next = (): number => {
    const a = words[0] as number;
    const b = words[1] as number;
    const c = words[2] as number;
    const counter = words[3] as number;
    const sum = (((a + b) | 0) + counter) | 0;
    words[3] = counter + 1;
    words[0] = b ^ (b >>> 9);
    words[1] = (c + (c << 3)) | 0;
    words[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let turn = 0; turn < 12; turn++) next();
  const unit = (): number => next() * 2 ** -32;
  return Object.freeze({
    unit,
    below: (limit: number) => Math.floor(unit() * limit),
    normal: () => {
      // Irwin-Hall: twelve uniforms; no logarithm, no cosine, so no question of the last bit.
      let sum = -6;
      for (let turn = 0; turn < 12; turn++) sum += unit();
      return sum;
    },
  });
}

/** The numbers from 0 to count - 1 in an order of chance. */
export function shuffledIndexes(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_none, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = random.below(at + 1);
    const kept = order[at] as number;
    order[at] = order[other] as number;
    order[other] = kept;
  }
  return order;
}
