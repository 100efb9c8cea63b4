// Looks over one account's past row by row, for what running sums cannot tell.
import type { Attempt } from './attempt.ts';
import {
  amountsAt,
  capacityOf,
  counterWordsAt,
  hintsAt,
  type Lanes,
  mostSince,
  rowsOf,
  sumSize,
  sumsAt,
  tellerWordsAt,
  timesAt,
} from './lane.ts';
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
  const { numbers, words } = lanes;
  const capacity = capacityOf(lanes, lane);
  if (capacity === 0) return;
  const newest = rowsOf(lanes, lane) - 1;
  const month = words[hintsAt(lane) + window.d30] as number;
  const quarter = words[hintsAt(lane) + window.d90] as number;
  const [times, sums] = [timesAt(lane), sumsAt(lane, capacity)];
  const words32 =
    (words[counterWordsAt(lane, capacity) + newest] as number) +
    (words[tellerWordsAt(lane, capacity) + newest] as number);
  touched[0] =
    (numbers[times + newest] as number) +
    (numbers[times + month] as number) +
    (numbers[times + quarter] as number) +
    (numbers[sums + newest * sumSize] as number) +
    (numbers[sums + month * sumSize] as number) +
    (numbers[sums + quarter * sumSize] as number) +
    (numbers[amountsAt(lane, capacity) + newest] as number) +
    words32;
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
function fans({ numbers, words }: Lanes, look: Look, from: number): void {
  const { amounts, counters, rows } = look;
  nextQuestion();
  let [ins, outs] = [0, 0];
  for (let row = from > look.least ? from : look.least; row < rows; row += 1) {
    const counter = words[counters + row] as number;
    if (counter === 0) continue;
    const isIn = +((numbers[amounts + row] as number) > 0);
    const isNew = +isFirst(2 * counter + isIn);
    ins += isIn & isNew;
    outs += ~isIn & isNew;
  }
  scan.fanIn7 = ins;
  scan.fanOut7 = outs;
}

/** How many accounts paid in from a row on. */
export function payersSince(lanes: Lanes, lane: number, from: number): number {
  const { numbers, words } = lanes;
  const rows = rowsOf(lanes, lane);
  const capacity = capacityOf(lanes, lane);
  const amounts = amountsAt(lane, capacity);
  const counters = counterWordsAt(lane, capacity);
  nextQuestion();
  let found = 0;
  for (let row = from > rows - scanMost ? from : rows - scanMost; row < rows; row += 1) {
    const counter = words[counters + row] as number;
    if (counter === 0 || (numbers[amounts + row] as number) <= 0) continue;
    if (isFirst(counter)) found += 1;
  }
  return found;
}

/** Payments to the payee, and back, among `rows` of a lane from `first` on. */
function lookAtPair({ numbers, words }: Lanes, look: Look, other: number): void {
  const { amounts, counters, first, rows } = look;
  let [pairCount, pairSum, reverseCount] = [0, 0, 0];
  for (let row = first; row < rows; row += 1) {
    if (words[counters + row] !== other) continue;
    const amount = numbers[amounts + row] as number;
    if (amount < 0) {
      pairCount += 1;
      pairSum -= amount;
    } else reverseCount += 1;
  }
  scan.pairCount = pairCount;
  scan.pairSum = pairSum;
  scan.reverseCount = reverseCount;
}

function lookAtTeller({ words }: Lanes, look: Look, from30: number, teller: number): void {
  const { tellers, first, rows } = look;
  const month = first > from30 ? first : from30;
  let found = 0;
  for (let row = month; row < rows; row += 1) found += +(words[tellers + row] === teller);
  let isNew = found === 0 ? 1 : 0;
  for (let row = month - 1; isNew === 1 && row >= first; row -= 1) {
    if (words[tellers + row] === teller) isNew = 0;
  }
  scan.tellerCount30 = found;
  scan.isTellerNew = isNew;
}

/** Where the columns of the lane at hand lie, and which rows are looked at. */
interface Look {
  amounts: number;
  counters: number;
  tellers: number;
  first: number;
  /** First of the newest rows that are looked at one by one. */
  least: number;
  rows: number;
}

const look: Look = { amounts: 0, counters: 0, tellers: 0, first: 0, least: 0, rows: 0 };

/** Looks over the lane's past as the attempt needs it; what is found stands in `scan`. */
export function lookBack(lanes: Lanes, lane: number, attempt: Attempt): void {
  const rows = rowsOf(lanes, lane);
  const capacity = capacityOf(lanes, lane);
  const from90 = firstRows[window.d90] as number;
  look.rows = rows;
  look.least = rows - scanMost;
  look.first = from90 > look.least ? from90 : look.least;
  look.amounts = amountsAt(lane, capacity);
  look.counters = counterWordsAt(lane, capacity);
  look.tellers = tellerWordsAt(lane, capacity);
  scan.maxOwn = mostSince(lanes, lane, look.first, attempt.task === 'cash.deposit');
  if (attempt.other !== 0) lookAtPair(lanes, look, attempt.other);
  lookAtTeller(lanes, look, firstRows[window.d30] as number, attempt.teller);
  fans(lanes, look, firstRows[window.d7] as number);
}
