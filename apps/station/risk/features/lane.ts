// Keeps the movements of all accounts in one block of memory with running sums, so that a window is a subtraction.
import {
  giveBack,
  type Lanes,
  leastSize,
  nobodys,
  roomIn,
  rowSize,
  rowsAfter,
  sidesAt,
  sizeOf,
  tailSize,
  tailsAt,
  take,
  takeHead,
} from './room.ts';

/** Numbers of the head. */
export const head = Object.freeze({
  /** Debits minus credits, in minor units. */
  posted: 0,
  /** Last movement, ms since 1970; NaN before the first. */
  movedAt: 1,
  /** ms since 1970; the start of the day it was opened. */
  openedAt: 2,
  /** Minor units in one of the currency. */
  scale: 12,
});

/** Whole numbers of the head that the lane itself does not look at. */
export const headFact = Object.freeze({
  /** Verdicts of fraud known so far. */
  frauds: 21,
  /** First owner; 0 for the bank's own accounts. */
  customer: 26,
  /** Place of its currency among those of the state. */
  currency: 27,
  /** 1 where anything is noted that most accounts never have. */
  noted: 28,
});

/** The largest amounts that came in and went out since a row: what was found last, see mostSince. */
const most = Object.freeze({ in: 8, out: 9 });

/**
 * Whole numbers of the head: rows in use, rows there is room for, where windows began last, the row
 * from which the largest amounts were looked for, where the rows lie in `numbers`, and the rows where the
 * largest amounts are. What one look at a payee needs stands in the first 64 bytes.
 */
const headWord = Object.freeze({
  ...{ rows: 6, capacity: 7, hints: 8, mostFrom: 15, place: 20, mostIn: 22, mostOut: 23 },
});
/** Later than any row: where nothing came in, or where nothing was looked for yet. */
const nowhere = 1 << 30;

export const sum = Object.freeze({ in: 1, out: 2 });
/** Words of a row. */
export const count = Object.freeze({
  out: 6,
  /** First payments to a payee. */
  isNew: 7,
});

/** Words of it. */
export const near = Object.freeze({ in: 2, out: 3 });
export const rowsOf = ({ headWords }: Lanes, lane: number): number =>
  headWords[2 * lane + headWord.rows] as number;
export const capacityOf = ({ headWords }: Lanes, lane: number): number =>
  headWords[2 * lane + headWord.capacity] as number;
/** Where the rows of the lane lie in `numbers`: their times are the first of it. */
export const placeOf = ({ headWords }: Lanes, lane: number): number =>
  headWords[2 * lane + headWord.place] as number;

/** Word of the heads at which the hints of a lane lie, one a window. */
export const hintsAt = (lane: number): number => 2 * lane + headWord.hints;

/** A lane without a movement: its head, and the sums of row 0, which are nothing. */
export function createLane(lanes: Lanes, openedAt: number): number {
  const lane = takeHead(lanes);
  const { heads, headWords } = lanes;
  heads[lane + head.posted] = 0;
  heads[lane + head.movedAt] = Number.NaN;
  heads[lane + head.openedAt] = openedAt;
  headWords.fill(1, 2 * lane + headWord.rows, 2 * (lane + most.in));
  headWords[2 * lane + headWord.capacity] = 0;
  headWords[2 * lane + headWord.place] = nobodys;
  heads.fill(0, lane + most.in, lane + most.out + 1);
  forgetMost(lanes, lane);
  return lane;
}

/** First row whose time is later than `from`; the number of rows where there is none. */
export function rowSince(lanes: Lanes, lane: number, window: number, from: number): number {
  const { numbers, headWords } = lanes;
  const rows = headWords[2 * lane + headWord.rows] as number;
  if (rows === 1) return 1;
  const hint = 2 * lane + headWord.hints + window;
  const place = headWords[2 * lane + headWord.place] as number;
  let row = headWords[hint] as number;
  if (row > rows) row = rows;
  while (row > 1 && (numbers[place + rowSize * (row - 1)] as number) > from) row -= 1;
  // Two times side by side: reckoned, since guessing is dear.
  for (let passed = 2; passed === 2; row += passed) {
    const at = place + rowSize * row;
    passed = +((numbers[at] as number) <= from) + +((numbers[at + rowSize] as number) <= from);
  }
  // A hint for speed, never for the answer.
  headWords[hint] = row;
  return row;
}

/** What was found of the largest amounts no longer holds: rows moved. */
function forgetMost({ headWords }: Lanes, lane: number): void {
  headWords[2 * lane + headWord.mostFrom] = nowhere;
}

/** The amount of the row that lies there, above 0 where money came in: sums are whole numbers. */
export const amountAt = (numbers: Float64Array, at: number): number =>
  (numbers[at + sum.in] as number) -
  (numbers[at + sum.in - rowSize] as number) -
  ((numbers[at + sum.out] as number) - (numbers[at + sum.out - rowSize] as number));

/** Looks for the largest amounts from a row on, and keeps where they are; of equal ones the later. */
function findMost(lanes: Lanes, lane: number, first: number): void {
  const { numbers, heads, headWords } = lanes;
  const rows = rowsOf(lanes, lane);
  const place = placeOf(lanes, lane);
  let [high, low, highRow, lowRow] = [0, 0, nowhere, nowhere];
  for (let row = first; row < rows; row += 1) {
    const amount = amountAt(numbers, place + rowSize * row);
    if (amount > 0 && amount >= high) [high, highRow] = [amount, row];
    else if (amount < 0 && amount <= low) [low, lowRow] = [amount, row];
  }
  heads[lane + most.in] = high;
  heads[lane + most.out] = -low;
  headWords[2 * lane + headWord.mostFrom] = first;
  headWords[2 * lane + headWord.mostIn] = highRow;
  headWords[2 * lane + headWord.mostOut] = lowRow;
}

/**
 * The largest amount that came in, or went out, from row `first` on; 0 where none did. It is looked
 * for anew only where the one found last lies before that row.
 */
export function mostSince(lanes: Lanes, lane: number, first: number, isIn: boolean): number {
  const { heads, headWords } = lanes;
  const found = headWords[2 * lane + (isIn ? headWord.mostIn : headWord.mostOut)] as number;
  const from = headWords[2 * lane + headWord.mostFrom] as number;
  if (from > first || found < first) findMost(lanes, lane, first);
  return heads[lane + (isIn ? most.in : most.out)] as number;
}

/** A new row's amount may be the largest since the row looked from. */
function noteMost({ heads, headWords }: Lanes, lane: number, amount: number, row: number): void {
  const isIn = amount > 0;
  const value = isIn ? amount : -amount;
  const place = lane + (isIn ? most.in : most.out);
  if (value < (heads[place] as number)) return;
  heads[place] = value;
  headWords[2 * lane + (isIn ? headWord.mostIn : headWord.mostOut)] = row;
}

/** Rows at a place with room for so many. */
interface Stretch {
  readonly place: number;
  readonly capacity: number;
}

/** Moves the rows from `first` on to the beginning of `to`; row `first` becomes row 0. */
function moveRows(lanes: Lanes, from: Stretch, to: Stretch, first: number, rows: number): void {
  const { numbers } = lanes;
  const move = (start: number, target: number, width: number) =>
    void numbers.copyWithin(target, start + first * width, start + rows * width);
  move(from.place, to.place, rowSize);
  move(sidesAt(from.place, from.capacity) / 2, sidesAt(to.place, to.capacity) / 2, 1);
  move(tailsAt(from.place, from.capacity), tailsAt(to.place, to.capacity), tailSize);
}

/** Row 0 of a lane that had no movement yet. */
function clearFirst(lanes: Lanes, place: number, capacity: number): void {
  const tails = tailsAt(place, capacity);
  lanes.numbers.fill(0, place, place + rowSize);
  lanes.numbers.fill(0, tails, tails + tailSize);
}

/**
 * Makes room for one more row. Rows no window reaches any more are dropped; what they summed up to
 * stays in row 0.
 */
function makeRoom(lanes: Lanes, lane: number, until: number): void {
  const { headWords } = lanes;
  const from = { place: placeOf(lanes, lane), capacity: capacityOf(lanes, lane) };
  const { place, capacity } = from;
  const rows = rowsOf(lanes, lane);
  let keep = 1;
  while (keep < rows && (lanes.numbers[place + rowSize * keep] as number) <= until) keep += 1;
  const left = rows - (keep - 1);
  // Room by halves, and only where hardly anything was dropped: what is smaller stays nearer.
  // Twice the room only where hardly anything was dropped: what is smaller stays nearer.
  const isCrowded = left * 8 > capacity * 7;
  const size = capacity === 0 ? leastSize : isCrowded ? 2 * sizeOf(capacity) : sizeOf(capacity);
  const room = roomIn(size);
  const to = capacity === room ? from : { place: take(lanes, size), capacity: room };
  if (capacity > 0) moveRows(lanes, from, to, keep - 1, rows);
  else clearFirst(lanes, to.place, room);
  if (capacity > 0 && capacity !== room) giveBack(lanes, place, capacity);
  headWords[2 * lane + headWord.place] = to.place;
  headWords[2 * lane + headWord.rows] = left;
  headWords[2 * lane + headWord.capacity] = room;
  if (keep > 1) {
    headWords.fill(1, 2 * lane + headWord.hints, 2 * lane + headWord.mostFrom);
    forgetMost(lanes, lane);
  }
  closeRows(lanes, to.place, left, room);
  lanes.numbers[to.place] = Number.NEGATIVE_INFINITY;
  lanes.numbers[tailsAt(to.place, room)] = -1;
}

/** No moment reaches the rows that are not used. */
function closeRows({ numbers }: Lanes, place: number, rows: number, capacity: number): void {
  for (let row = rows; row < capacity + rowsAfter; row += 1) {
    numbers[place + rowSize * row] = Number.POSITIVE_INFINITY;
  }
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

/** Writes a movement at the end; `horizon` is how far back any window reaches, in ms. */
export function pushRow(lanes: Lanes, lane: number, row: LaneRow, horizon: number): void {
  const { amount, counter } = row;
  const rowsBefore = rowsOf(lanes, lane);
  if (rowsBefore >= capacityOf(lanes, lane)) makeRoom(lanes, lane, row.time - horizon);
  const { numbers, words } = lanes;
  const place = placeOf(lanes, lane);
  const capacity = capacityOf(lanes, lane);
  const rows = rowsOf(lanes, lane);
  const isIn = amount > 0;
  const at = place + rows * rowSize;
  const old = at - rowSize;
  numbers[at] = row.time;
  numbers[at + sum.in] = (numbers[old + sum.in] as number) + (isIn ? amount : 0);
  numbers[at + sum.out] = (numbers[old + sum.out] as number) - (isIn ? 0 : amount);
  const [to, from] = [2 * at, 2 * old];
  words[to + count.out] = (words[from + count.out] as number) + (isIn ? 0 : 1);
  words[to + count.isNew] = (words[from + count.isNew] as number) + (isIn ? 0 : row.isNew);
  const side = sidesAt(place, capacity) + 2 * rows;
  words[side] = isIn ? counter : -counter;
  words[side + 1] = row.teller;
  const tail = tailsAt(place, capacity) + tailSize * rows;
  numbers[tail] = row.journal;
  const [toNear, fromNear] = [2 * tail, 2 * (tail - tailSize)];
  words[toNear + near.in] = (words[fromNear + near.in] as number) + (isIn ? row.near : 0);
  words[toNear + near.out] = (words[fromNear + near.out] as number) + (isIn ? 0 : row.near);
  lanes.headWords[2 * lane + headWord.rows] = rows + 1;
  lanes.heads[lane + head.movedAt] = row.time;
  noteMost(lanes, lane, amount, rows);
}

/**
 * Takes a reversed journal out of the lane and so out of every window; returns whether it was still
 * there. Sums are whole numbers, so taking a row's own part out of all later ones is exact.
 */
export function voidRow(lanes: Lanes, lane: number, journal: number): boolean {
  const { numbers } = lanes;
  const place = placeOf(lanes, lane);
  const capacity = capacityOf(lanes, lane);
  const rows = rowsOf(lanes, lane);
  const tails = tailsAt(place, capacity);
  let row = rows - 1;
  while (row > 0 && numbers[tails + tailSize * row] !== journal) row -= 1;
  if (row === 0) return false;
  const words = 2 * rowSize;
  for (const column of Object.values(sum)) {
    takeOut(numbers, { at: place + column, width: rowSize, row, rows });
  }
  for (const column of Object.values(count)) {
    takeOut(lanes.words, { at: 2 * place + column, width: words, row, rows });
  }
  for (const column of Object.values(near)) {
    takeOut(lanes.words, { at: 2 * tails + column, width: 2 * tailSize, row, rows });
  }
  const close = (start: number, width: number) =>
    void numbers.copyWithin(start + row * width, start + (row + 1) * width, start + rows * width);
  close(place, rowSize);
  close(sidesAt(place, capacity) / 2, 1);
  close(tails, tailSize);
  lanes.headWords[2 * lane + headWord.rows] = rows - 1;
  numbers[place + rowSize * (rows - 1)] = Number.POSITIVE_INFINITY;
  forgetMost(lanes, lane);
  return true;
}

/** A column of running sums, one cell in `width`, and the row whose own part leaves it. */
interface Column {
  readonly at: number;
  readonly width: number;
  readonly row: number;
  readonly rows: number;
}

function takeOut(cells: Float64Array | Int32Array, { at, width, row, rows }: Column): void {
  const own = (cells[at + row * width] as number) - (cells[at + (row - 1) * width] as number);
  for (let later = row; later < rows; later += 1) {
    const cell = at + later * width;
    cells[cell] = (cells[cell] as number) - own;
  }
}
