// Gives the movements of all accounts their places in one block of memory.

/**
 * A lane is an account's past: a head in `heads`, and in `numbers` a stretch with room for `capacity` rows.
 * A row is one movement seen from the account; row 0 stands for everything that was dropped. First come
 * the times with the running sums, then the accounts on the other side with the tellers, then what is asked
 * seldom. Scoring waits for memory far more than it reckons, so what is read together lies together, and
 * nothing is an object of its own.
 */
export interface Lanes {
  /** The heads one after the other; a lane is known by where its head begins. */
  heads: Float64Array;
  /** The same memory as whole numbers of 32 bits. */
  headWords: Int32Array;
  /** First free number among the heads. */
  headsEnd: number;
  numbers: Float64Array;
  /** The same memory as whole numbers of 32 bits. */
  words: Int32Array;
  /** First free number. */
  end: number;
  /** Stretches given back, by size. */
  readonly free: Map<number, number[]>;
}

/** Numbers of a head. */
export const headSize = 16;

/** Rows after the last that no moment reaches, so that two times can be looked at side by side. */
export const rowsAfter = 2;

/** Numbers of a row: its time, what came in and went out up to it, and two counts in one place. */
export const rowSize = 4;
/** Numbers of what is asked seldom: the journal, and cash just under the reporting threshold. */
export const tailSize = 2;
const allSize = rowSize + 1 + tailSize;

export function createLanes(): Lanes {
  const [heads, numbers] = [new Float64Array(1 << 10), new Float64Array(1 << 14)];
  return {
    ...{ heads, headWords: new Int32Array(heads.buffer), headsEnd: 0 },
    ...{ numbers, words: new Int32Array(numbers.buffer), end: firstPlace, free: new Map() },
  };
}

/** Word at which lie, row by row, the account on the other side, below 0 where it was paid, and the teller. */
export const sidesAt = (place: number, capacity: number): number =>
  2 * (place + rowSize * (capacity + rowsAfter));
/** Number at which lie, row by row, the journal and the counts of `near`. */
export const tailsAt = (place: number, capacity: number): number =>
  place + rowSize * (capacity + rowsAfter) + capacity;

/** Numbers below which the block grows fourfold: what is never touched costs nothing, copying does. */
const leapBelow = 1 << 23;

/** A page holds 512 numbers; the block begins two numbers behind the beginning of one. */
const [pageSize, firstPlace] = [512, 510];
/** Numbers of the smallest stretch. */
export const leastSize = 64;

/** Rows there is room for in so many numbers. */
export const roomIn = (size: number): number => Math.floor((size - rowSize * rowsAfter) / allSize);
/** Numbers of a stretch with that room: the power of two it was reckoned from. */
export const sizeOf = (capacity: number): number =>
  2 ** Math.ceil(Math.log2(capacity * allSize + rowSize * rowsAfter));

/**
 * Takes memory for rows; what lies in it is undefined. Sizes are powers of two and what is smaller than a
 * page never lies across two: looking up where a page lies costs more than what is read from it.
 */
export function take(lanes: Lanes, size: number): number {
  const given = lanes.free.get(size)?.pop();
  if (given !== undefined) return given;
  const within = (lanes.end - firstPlace) & (pageSize - 1);
  const skipped = within !== 0 && within + size > pageSize ? pageSize - within : 0;
  // What is skipped is given to smaller ones: parts of a page are powers of two, too.
  for (let left = skipped, at = lanes.end; left > 0; ) {
    const part = left & -left;
    listOf(lanes, part).push(at);
    at += part;
    left -= part;
  }
  const place = lanes.end + skipped;
  lanes.end = place + size;
  if (lanes.end > lanes.numbers.length) {
    const { length } = lanes.numbers;
    const larger = new Float64Array((length < leapBelow ? 4 : 2) * length);
    larger.set(lanes.numbers);
    lanes.numbers = larger;
    lanes.words = new Int32Array(larger.buffer);
  }
  return place;
}

/** Where the rows of whoever has none lie: zeros that nobody writes to. */
export const nobodys = 0;

/** Stretches of a size that were given back. */
function listOf(lanes: Lanes, size: number): number[] {
  const list = lanes.free.get(size) ?? [];
  lanes.free.set(size, list);
  return list;
}

/** Takes memory for a head; what lies in it is undefined. */
export function takeHead(lanes: Lanes): number {
  const lane = lanes.headsEnd;
  lanes.headsEnd += headSize;
  if (lanes.headsEnd > lanes.heads.length) {
    const larger = new Float64Array(2 * lanes.heads.length);
    larger.set(lanes.heads);
    lanes.heads = larger;
    lanes.headWords = new Int32Array(larger.buffer);
  }
  return lane;
}

/** Gives a stretch back for another lane. */
export function giveBack(lanes: Lanes, place: number, capacity: number): void {
  listOf(lanes, sizeOf(capacity)).push(place);
}
