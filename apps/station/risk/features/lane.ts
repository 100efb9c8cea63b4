// Keeps the movements of all accounts in one block of memory with running sums, so that a window is a subtraction.

/**
 * A lane is a stretch of `numbers`: a head, then for `capacity` rows the times, the running sums,
 * the amounts, the accounts on the other side, the tellers, the journals. A row is one movement
 * seen from the account; row 0 stands for everything that was dropped. Scoring waits for memory
 * far more than it reckons: one account's facts lie side by side, and nothing is an object of its
 * own.
 */
export interface Lanes {
  numbers: Float64Array;
  /** The same memory as whole numbers of 32 bits. */
  words: Int32Array;
  /** First free number. */
  end: number;
  /** Lanes given back, by capacity. */
  readonly free: Map<number, number[]>;
}

/** Numbers of the head. */
export const head = Object.freeze({
  /** Debits minus credits, in minor units. */
  posted: 0,
  /** Last movement, ms since 1970; NaN before the first. */
  movedAt: 1,
  /** ms since 1970; the start of the day it was opened. */
  openedAt: 2,
});

/** The largest amounts that came in and went out since a row: what was found last, see mostSince. */
const most = Object.freeze({ in: 8, out: 9 });

/**
 * Whole numbers of the head: rows in use, rows there is room for, where windows began last, the row
 * from which the largest amounts were looked for, and the rows where they are.
 */
const headWord = Object.freeze({
  ...{ rows: 6, capacity: 7, hints: 8, mostFrom: 15, mostIn: 20, mostOut: 21 },
});
export const headSize = 12;

/** Later than any row: where nothing came in, or where nothing was looked for yet. */
const nowhere = 1 << 30;

/** Cells after the times that no moment reaches, so that four times can be looked at side by side. */
const timesAfter = 4;

/** Places in a row of the sums; the counts are whole numbers, two in a place. */
export const sum = Object.freeze({ in: 0, out: 1 });
export const count = Object.freeze({
  out: 4,
  /** First payments to a payee. */
  isNew: 5,
  /** Cash just under the reporting threshold. */
  nearIn: 6,
  nearOut: 7,
});

export const sumSize = 4;
const rowSize = 8;

export function createLanes(): Lanes {
  const numbers = new Float64Array(1 << 14);
  return { numbers, words: new Int32Array(numbers.buffer), end: 0, free: new Map() };
}

export const rowsOf = ({ words }: Lanes, lane: number): number =>
  words[2 * lane + headWord.rows] as number;
export const capacityOf = ({ words }: Lanes, lane: number): number =>
  words[2 * lane + headWord.capacity] as number;

/** Word at which the hints of a lane lie, one a window. */
export const hintsAt = (lane: number): number => 2 * lane + headWord.hints;

/** Where the columns of a lane of this capacity begin; the last two count in words. */
export const timesAt = (lane: number): number => lane + headSize;
export const sumsAt = (lane: number, capacity: number): number =>
  lane + headSize + timesAfter + capacity;
export const amountsAt = (lane: number, capacity: number): number =>
  sumsAt(lane, capacity) + 4 * capacity;
const journalsAt = (lane: number, capacity: number): number =>
  sumsAt(lane, capacity) + 6 * capacity;
export const counterWordsAt = (lane: number, capacity: number): number =>
  2 * (sumsAt(lane, capacity) + 5 * capacity);
export const tellerWordsAt = (lane: number, capacity: number): number =>
  2 * (sumsAt(lane, capacity) + 5 * capacity) + capacity;

/** Numbers below which the block grows fourfold: what is never touched costs nothing, copying does. */
const leapBelow = 1 << 23;

/** Takes memory for a lane; what lies in it is undefined. */
function take(lanes: Lanes, capacity: number): number {
  const given = lanes.free.get(capacity)?.pop();
  if (given !== undefined) return given;
  const lane = lanes.end;
  lanes.end += headSize + timesAfter + (capacity === 0 ? sumSize : rowSize * capacity);
  if (lanes.end > lanes.numbers.length) {
    const { length } = lanes.numbers;
    const larger = new Float64Array((length < leapBelow ? 4 : 2) * length);
    larger.set(lanes.numbers);
    lanes.numbers = larger;
    lanes.words = new Int32Array(larger.buffer);
  }
  return lane;
}

function giveBack(lanes: Lanes, lane: number): void {
  const capacity = capacityOf(lanes, lane);
  const list = lanes.free.get(capacity) ?? [];
  lanes.free.set(capacity, list);
  list.push(lane);
}

/** A lane without a movement: its head, and the sums of row 0, which are nothing. */
export function createLane(lanes: Lanes, openedAt: number): number {
  const lane = take(lanes, 0);
  lanes.numbers[lane + head.posted] = 0;
  lanes.numbers[lane + head.movedAt] = Number.NaN;
  lanes.numbers[lane + head.openedAt] = openedAt;
  lanes.words.fill(1, 2 * lane + headWord.rows, 2 * (lane + headSize));
  lanes.words[2 * lane + headWord.capacity] = 0;
  lanes.numbers.fill(0, lane + most.in, lane + headSize);
  forgetMost(lanes, lane);
  clearFirst(lanes, lane, 0);
  return lane;
}

/** How many of four times side by side are not later than `from`: reckoned, since guessing is dear. */
const notLater = (numbers: Float64Array, time: number, from: number): number =>
  +((numbers[time] as number) <= from) +
  +((numbers[time + 1] as number) <= from) +
  +((numbers[time + 2] as number) <= from) +
  +((numbers[time + 3] as number) <= from);

/** First row whose time is later than `from`; the number of rows where there is none. */
export function rowSince(lanes: Lanes, lane: number, window: number, from: number): number {
  const { numbers, words } = lanes;
  const rows = words[2 * lane + headWord.rows] as number;
  if (rows === 1) return 1;
  const hint = 2 * lane + headWord.hints + window;
  const times = lane + headSize;
  let row = words[hint] as number;
  if (row > rows) row = rows;
  while (row > 1 && (numbers[times + row - 1] as number) > from) row -= 1;
  for (let passed = 4; passed === 4; row += passed) passed = notLater(numbers, times + row, from);
  // A hint for speed, never for the answer.
  words[hint] = row;
  return row;
}

/** What was found of the largest amounts no longer holds: rows moved. */
function forgetMost({ words }: Lanes, lane: number): void {
  words[2 * lane + headWord.mostFrom] = nowhere;
}

/** Looks for the largest amounts from a row on, and keeps where they are; of equal ones the later. */
function findMost({ numbers, words }: Lanes, lane: number, first: number): void {
  const rows = words[2 * lane + headWord.rows] as number;
  const amounts = amountsAt(lane, words[2 * lane + headWord.capacity] as number);
  let [high, low, highRow, lowRow] = [0, 0, nowhere, nowhere];
  for (let row = first; row < rows; row += 1) {
    const amount = numbers[amounts + row] as number;
    if (amount > 0 && amount >= high) [high, highRow] = [amount, row];
    else if (amount < 0 && amount <= low) [low, lowRow] = [amount, row];
  }
  numbers[lane + most.in] = high;
  numbers[lane + most.out] = -low;
  words[2 * lane + headWord.mostFrom] = first;
  words[2 * lane + headWord.mostIn] = highRow;
  words[2 * lane + headWord.mostOut] = lowRow;
}

/**
 * The largest amount that came in, or went out, from row `first` on; 0 where none did. It is looked
 * for anew only where the one found last lies before that row.
 */
export function mostSince(lanes: Lanes, lane: number, first: number, isIn: boolean): number {
  const { numbers, words } = lanes;
  const found = words[2 * lane + (isIn ? headWord.mostIn : headWord.mostOut)] as number;
  const from = words[2 * lane + headWord.mostFrom] as number;
  if (from > first || found < first) findMost(lanes, lane, first);
  return numbers[lane + (isIn ? most.in : most.out)] as number;
}

/** A new row's amount may be the largest since the row looked from. */
function noteMost({ numbers, words }: Lanes, lane: number, amount: number, row: number): void {
  const isIn = amount > 0;
  const value = isIn ? amount : -amount;
  const place = lane + (isIn ? most.in : most.out);
  if (value < (numbers[place] as number)) return;
  numbers[place] = value;
  words[2 * lane + (isIn ? headWord.mostIn : headWord.mostOut)] = row;
}

/** Moves the rows from `first` on to the beginning of `target`; row `first` becomes row 0. */
function moveRows(lanes: Lanes, lane: number, first: number, target: number, room: number): void {
  const { numbers, words } = lanes;
  const capacity = capacityOf(lanes, lane);
  const rows = rowsOf(lanes, lane);
  const move = (from: number, to: number, width: number) =>
    void numbers.copyWithin(to, from + first * width, from + rows * width);
  move(timesAt(lane), timesAt(target), 1);
  move(sumsAt(lane, capacity), sumsAt(target, room), sumSize);
  move(amountsAt(lane, capacity), amountsAt(target, room), 1);
  for (const place of [counterWordsAt, tellerWordsAt]) {
    const from = place(lane, capacity);
    words.copyWithin(place(target, room), from + first, from + rows);
  }
  move(journalsAt(lane, capacity), journalsAt(target, room), 1);
}

/** The sums of row 0 of a lane that had no movement yet. */
function clearFirst(lanes: Lanes, lane: number, capacity: number): void {
  const sums = sumsAt(lane, capacity);
  lanes.numbers.fill(0, sums, sums + sumSize);
}

/**
 * Makes room for one more row; gives where the lane lies from now on. Rows no window reaches any
 * more are dropped; what they summed up to stays in row 0.
 */
function makeRoom(lanes: Lanes, lane: number, until: number): number {
  const capacity = capacityOf(lanes, lane);
  const rows = rowsOf(lanes, lane);
  const times = timesAt(lane);
  let keep = 1;
  while (keep < rows && (lanes.numbers[times + keep] as number) <= until) keep += 1;
  const left = rows - (keep - 1);
  // Room by halves, and only where hardly anything was dropped: what is smaller stays nearer.
  const isCrowded = left * 8 > capacity * 7 || capacity === 0;
  const room = isCrowded ? capacity + 8 * Math.ceil((capacity + 1) / 16) : capacity;
  const target = isCrowded ? take(lanes, room) : lane;
  if (isCrowded) lanes.numbers.copyWithin(target, lane, lane + headSize);
  if (capacity > 0) moveRows(lanes, lane, keep - 1, target, room);
  else clearFirst(lanes, target, room);
  if (isCrowded) giveBack(lanes, lane);
  const { numbers, words } = lanes;
  words[2 * target + headWord.rows] = left;
  words[2 * target + headWord.capacity] = room;
  if (keep > 1) {
    words.fill(1, 2 * target + headWord.hints, 2 * target + headWord.mostFrom);
    forgetMost(lanes, target);
  }
  numbers.fill(Number.POSITIVE_INFINITY, timesAt(target) + left, sumsAt(target, room));
  numbers[timesAt(target)] = Number.NEGATIVE_INFINITY;
  numbers[journalsAt(target, room)] = -1;
  return target;
}

/** A movement as one of its accounts sees it. */
export interface LaneRow {
  time: number;
  /** Minor units, positive where money came in, never 0. */
  amount: number;
  /** Account on the other side; 0 where cash crossed the counter. */
  counter: number;
  journal: number;
  teller: number;
  /** 1 where it was cash just under the reporting threshold. */
  near: number;
  /** 1 where it was the first payment to this payee. */
  isNew: number;
}

/**
 * Writes a movement at the end and gives where the lane lies from now on; `horizon` is how far
 * back any window reaches, in ms.
 */
export function pushRow(lanes: Lanes, before: number, row: LaneRow, horizon: number): number {
  const { amount, counter } = row;
  const isFull = rowsOf(lanes, before) >= capacityOf(lanes, before);
  const lane = isFull ? makeRoom(lanes, before, row.time - horizon) : before;
  const { numbers, words } = lanes;
  const capacity = capacityOf(lanes, lane);
  const rows = rowsOf(lanes, lane);
  numbers[timesAt(lane) + rows] = row.time;
  numbers[amountsAt(lane, capacity) + rows] = amount;
  words[counterWordsAt(lane, capacity) + rows] = counter;
  words[tellerWordsAt(lane, capacity) + rows] = row.teller;
  numbers[journalsAt(lane, capacity) + rows] = row.journal;
  const at = sumsAt(lane, capacity) + rows * sumSize;
  const isIn = amount > 0;
  const old = at - sumSize;
  numbers[at + sum.in] = (numbers[old + sum.in] as number) + (isIn ? amount : 0);
  numbers[at + sum.out] = (numbers[old + sum.out] as number) - (isIn ? 0 : amount);
  const [to, from] = [2 * at, 2 * old];
  words[to + count.out] = (words[from + count.out] as number) + (isIn ? 0 : 1);
  words[to + count.isNew] = (words[from + count.isNew] as number) + (isIn ? 0 : row.isNew);
  words[to + count.nearIn] = (words[from + count.nearIn] as number) + (isIn ? row.near : 0);
  words[to + count.nearOut] = (words[from + count.nearOut] as number) + (isIn ? 0 : row.near);
  words[2 * lane + headWord.rows] = rows + 1;
  noteMost(lanes, lane, amount, rows);
  return lane;
}

/**
 * Takes a reversed journal out of the lane and so out of every window; returns whether it was still
 * there. Sums are whole numbers, so taking a row's own part out of all later ones is exact.
 */
export function voidRow(lanes: Lanes, lane: number, journal: number): boolean {
  const { numbers, words } = lanes;
  const capacity = capacityOf(lanes, lane);
  const rows = rowsOf(lanes, lane);
  const journals = journalsAt(lane, capacity);
  let row = rows - 1;
  while (row > 0 && numbers[journals + row] !== journal) row -= 1;
  if (row === 0) return false;
  const sums = sumsAt(lane, capacity);
  for (const column of Object.values(sum)) {
    const at = sums + column;
    const own =
      (numbers[at + row * sumSize] as number) - (numbers[at + (row - 1) * sumSize] as number);
    for (let later = row; later < rows; later += 1) {
      const cell = at + later * sumSize;
      numbers[cell] = (numbers[cell] as number) - own;
    }
  }
  for (const column of Object.values(count)) {
    const [at, width] = [2 * sums + column, 2 * sumSize];
    const own = (words[at + row * width] as number) - (words[at + (row - 1) * width] as number);
    for (let later = row; later < rows; later += 1) {
      const cell = at + later * width;
      words[cell] = (words[cell] as number) - own;
    }
  }
  const close = (start: number, width: number) =>
    void numbers.copyWithin(start + row * width, start + (row + 1) * width, start + rows * width);
  close(timesAt(lane), 1);
  close(sums, sumSize);
  close(amountsAt(lane, capacity), 1);
  close(journals, 1);
  for (const start of [counterWordsAt(lane, capacity), tellerWordsAt(lane, capacity)]) {
    words.copyWithin(start + row, start + row + 1, start + rows);
  }
  words[2 * lane + headWord.rows] = rows - 1;
  numbers[timesAt(lane) + rows - 1] = Number.POSITIVE_INFINITY;
  forgetMost(lanes, lane);
  return true;
}
