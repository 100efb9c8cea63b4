// Looks over one account's past row by row, for what running sums cannot tell.
import type { Attempt } from './attempt.ts';
import { amountAt, capacityOf, hintsAt, mostSince, placeOf, rowsOf } from './lane.ts';
import { type Lanes, rowSize, sidesAt, tailsAt } from './room.ts';
import { isFirst, nextQuestion } from './seen.ts';
import { window, windowsMs } from './state.ts';

/** First row of each window in the lane of the account at hand. */
export const firstRows = new Int32Array(windowsMs.length);
/** Keeps `touch` from being left out as work without an effect. */
const touched = new Float64Array(1);

/**
 * Asks for the parts of a lane that a vector reads, all at once: they lie apart, and read one after the
 * other each would be waited for alone.
 */
export function touch(lanes: Lanes, lane: number): void {
  const { numbers, words, headWords } = lanes;
  const capacity = capacityOf(lanes, lane);
  if (capacity === 0) return;
  const place = placeOf(lanes, lane);
  const newest = rowsOf(lanes, lane) - 1;
  const week = headWords[hintsAt(lane) + window.d7] as number;
  const month = headWords[hintsAt(lane) + window.d30] as number;
  const quarter = headWords[hintsAt(lane) + window.d90] as number;
  const sides = sidesAt(place, capacity);
  const tails = 2 * tailsAt(place, capacity);
  const last = place + newest * rowSize;
  const [atMonth, atQuarter] = [place + month * rowSize, place + quarter * rowSize];
  const whole =
    (words[sides + 2 * newest] as number) +
    (words[sides + 2 * week] as number) +
    (words[sides + 2 * month] as number) +
    (words[sides + 2 * quarter] as number) +
    (words[tails + 4 * week] as number) +
    (words[tails + 4 * newest] as number);
  touched[0] =
    (numbers[last] as number) +
    (numbers[last - 2 * rowSize < place ? place : last - 2 * rowSize] as number) +
    (numbers[place + week * rowSize - rowSize] as number) +
    (numbers[atMonth - rowSize] as number) +
    (numbers[atMonth + rowSize] as number) +
    (numbers[atQuarter - rowSize] as number) +
    (numbers[atQuarter + rowSize] as number) +
    whole;
}

/** The same for a payee, of whom only the newest week is asked. */
export function touchPayee(lanes: Lanes, lane: number): void {
  const { numbers, words, headWords } = lanes;
  const capacity = capacityOf(lanes, lane);
  if (capacity === 0) return;
  const place = placeOf(lanes, lane);
  const newest = rowsOf(lanes, lane) - 1;
  const week = headWords[hintsAt(lane) + window.d7] as number;
  touched[0] =
    (numbers[place + newest * rowSize] as number) +
    (numbers[place + week * rowSize] as number) +
    (words[sidesAt(place, capacity) + 2 * newest] as number) +
    (words[2 * tailsAt(place, capacity) + 4 * newest] as number);
}

/** Most rows of the past that are looked at one by one; what is older counts in sums only. */
const scanMost = 512;

/** What one look over the account's past ninety days finds. */
interface Scan {
  maxOwn: number;
  pairCount: number;
  pairSum: number;
  reverseCount: number;
  tellerCount30: number;
  isTellerNew: number;
  fanOut7: number;
  fanIn7: number;
}

export const scan: Scan = {
  maxOwn: 0,
  pairCount: 0,
  pairSum: 0,
  reverseCount: 0,
  tellerCount30: 0,
  isTellerNew: 1,
  fanOut7: 0,
  fanIn7: 0,
};

/** How many accounts paid in from a row on, and how many were paid: one look for both. */
function fans({ words }: Lanes, look: Look, from: number): void {
  const { sides, rows } = look;
  nextQuestion();
  let [ins, outs] = [0, 0];
  for (let row = from > look.least ? from : look.least; row < rows; row += 1) {
    const counter = words[sides + 2 * row] as number;
    if (counter === 0) continue;
    const isNew = +isFirst(counter);
    const isIn = +(counter > 0);
    ins += isIn & isNew;
    outs += ~isIn & isNew;
  }
  scan.fanIn7 = ins;
  scan.fanOut7 = outs;
}

/** How many accounts paid in from a row on. */
export function payersSince(lanes: Lanes, lane: number, from: number): number {
  const { words } = lanes;
  const rows = rowsOf(lanes, lane);
  const sides = sidesAt(placeOf(lanes, lane), capacityOf(lanes, lane));
  nextQuestion();
  let found = 0;
  for (let row = from > rows - scanMost ? from : rows - scanMost; row < rows; row += 1) {
    const counter = words[sides + 2 * row] as number;
    if (counter > 0 && isFirst(counter)) found += 1;
  }
  return found;
}

/** Payments to the payee, and back, among `rows` of a lane from `first` on. */
function lookAtPair({ numbers, words }: Lanes, look: Look, other: number): void {
  const { place, sides, first, rows } = look;
  let [pairCount, pairSum, reverseCount] = [0, 0, 0];
  for (let row = first; row < rows; row += 1) {
    const counter = words[sides + 2 * row] as number;
    if (counter === -other) {
      pairCount += 1;
      pairSum -= amountAt(numbers, place + rowSize * row);
    } else if (counter === other) reverseCount += 1;
  }
  scan.pairCount = pairCount;
  scan.pairSum = pairSum;
  scan.reverseCount = reverseCount;
}

function lookAtTeller({ words }: Lanes, look: Look, from30: number, teller: number): void {
  const { sides, first, rows } = look;
  const month = first > from30 ? first : from30;
  let found = 0;
  for (let row = month; row < rows; row += 1) found += +(words[sides + 2 * row + 1] === teller);
  let isNew = found === 0 ? 1 : 0;
  for (let row = month - 1; isNew === 1 && row >= first; row -= 1) {
    if (words[sides + 2 * row + 1] === teller) isNew = 0;
  }
  scan.tellerCount30 = found;
  scan.isTellerNew = isNew;
}

/** Where the columns of the lane at hand lie, and which rows are looked at. */
interface Look {
  /** Number at which the rows lie, and word at which their sides do. */
  place: number;
  sides: number;
  first: number;
  /** First of the newest rows that are looked at one by one. */
  least: number;
  rows: number;
}

const look: Look = { place: 0, sides: 0, first: 0, least: 0, rows: 0 };

/** Looks over the lane's past as the attempt needs it; what is found stands in `scan`. */
export function lookBack(lanes: Lanes, lane: number, attempt: Attempt): void {
  const rows = rowsOf(lanes, lane);
  const from90 = firstRows[window.d90] as number;
  look.rows = rows;
  look.least = rows - scanMost;
  look.first = from90 > look.least ? from90 : look.least;
  look.place = placeOf(lanes, lane);
  look.sides = sidesAt(look.place, capacityOf(lanes, lane));
  scan.maxOwn = mostSince(lanes, lane, look.first, attempt.task === 'cash.deposit');
  if (attempt.other !== 0) lookAtPair(lanes, look, attempt.other);
  lookAtTeller(lanes, look, firstRows[window.d30] as number, attempt.teller);
  fans(lanes, look, firstRows[window.d7] as number);
}
