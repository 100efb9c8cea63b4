// Computes the vector of one attempt from the state as it stands, and changes nothing.
import type { Attempt } from './attempt.ts';
import { featureCount, featureNames, features } from './catalogue.ts';
import { capacityOf, count, head, headFact, near, placeOf, rowSince, rowsOf, sum } from './lane.ts';
import { firstRows, lookBack, payersSince, scan, touch, touchPayee } from './look.ts';
import { type Lanes, rowSize, tailsAt } from './room.ts';
import {
  currencyOf,
  dayMs,
  type FeatureState,
  hourMs,
  laneOf,
  thresholdOf,
  window,
  windowsMs,
} from './state.ts';

const nan = Number.NaN;

/** Place of each feature in the vector. */
const place = Object.fromEntries(featureNames.map((name, index) => [name, index])) as Readonly<
  Record<string, number>
>;

const at = (name: string): number => {
  const index = place[name];
  if (index === undefined) throw new Error(`there is no feature ${name}`);
  return index;
};

const firstOf = Object.freeze({
  amount: at('amountLog'),
  velocity: at('outCount1h'),
  payee: at('isNewPayee'),
  time: at('hour'),
  staff: at('tellerReversalRate30'),
  standing: at('accountAgeDaysLog'),
  memory: at('declined30'),
});

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : nan);

/** Where the sums before that row lie. */
const before = new Int32Array(windowsMs.length);

/** Rows of the lane at hand, where the newest lies, the word of the tails, and payments to the payee. */
const newest = { rows: 0, last: 0, tails: 0, paid: 0 };

/** The figures in full, before logarithms are taken and all are rounded to 32 bits. */
const out = new Float64Array(featureCount);

/** Places of the figures of which the logarithm of one more is taken. */
const logPlaces = Int32Array.from(
  features.flatMap(({ unit }, index) => (unit === 'log' ? [index] : [])),
);

/** Apart from the figures, so that no number is boxed on its way: what is unknown stays unknown. */
function takeLogs(): void {
  for (let index = 0; index < logPlaces.length; index += 1) {
    const place = logPlaces[index] as number;
    const value = out[place] as number;
    if (value === 0) continue;
    if (value > 0) out[place] = Math.log1p(value);
    else if (value < 0) out[place] = 0;
  }
}

/** What a running sum has grown by within a window. */
const sumIn = ({ numbers }: Lanes, last: number, name: number, column: number): number =>
  (numbers[last + column] as number) - (numbers[(before[name] as number) + column] as number);

/** How many rows of a kind lie within a window. */
const countIn = ({ words }: Lanes, last: number, name: number, column: number): number =>
  (words[2 * last + column] as number) - (words[2 * (before[name] as number) + column] as number);

/** Rows where money came in are all that are not rows where it went out. */
const inCount = (lanes: Lanes, name: number): number =>
  newest.rows - (firstRows[name] as number) - countIn(lanes, newest.last, name, count.out);

/** How much cash just under the threshold lies within a window; `way` is of `near`. */
const nearIn = ({ words }: Lanes, name: number, way: number): number =>
  (words[newest.tails + 4 * (newest.rows - 1) + way] as number) -
  (words[newest.tails + 4 * ((firstRows[name] as number) - 1) + way] as number);

function amountFeatures(state: FeatureState, attempt: Attempt, lane: number): void {
  const { last } = newest;
  const { lanes } = state;
  const { task, amountMinor } = attempt;
  const scale = lanes.heads[lane + head.scale] as number;
  const isIn = task === 'cash.deposit';
  const way = isIn ? sum.in : sum.out;
  const just = isIn ? near.in : near.out;
  const balance = -(lanes.heads[lane + head.posted] as number);
  const threshold = thresholdOf(state, currencyOf(state, lane));
  const { d30, d90 } = window;
  const count30 = isIn ? inCount(lanes, d30) : countIn(lanes, last, d30, count.out);
  const count90 = isIn ? inCount(lanes, d90) : countIn(lanes, last, d90, count.out);
  let at = firstOf.amount;
  out[at++] = amountMinor / scale;
  out[at++] = amountMinor % (100 * scale) === 0 ? 1 : 0;
  out[at++] = isIn ? 1 : 0;
  out[at++] = task === 'cash.withdrawal' ? 1 : 0;
  out[at++] = task === 'transfer' ? 1 : 0;
  out[at++] = ratio(amountMinor, ratio(sumIn(lanes, last, d30, way), count30));
  out[at++] = ratio(amountMinor, ratio(sumIn(lanes, last, d90, way), count90));
  out[at++] = ratio(amountMinor, scan.maxOwn);
  out[at++] = isIn ? nan : ratio(amountMinor, balance);
  out[at++] = isIn ? nan : ratio(balance - amountMinor, balance);
  const isCash = task !== 'transfer';
  out[at++] = isCash && threshold !== undefined ? amountMinor / threshold : nan;
  out[at++] = isCash ? nearIn(lanes, window.d3, just) : 0;
  out[at++] = isCash ? nearIn(lanes, window.d7, just) : 0;
}

function velocityFeatures(state: FeatureState, attempt: Attempt, lane: number): void {
  const { last } = newest;
  const { lanes } = state;
  const scale = lanes.heads[lane + head.scale] as number;
  const { h1, d1, d2, d7, d30, d90 } = window;
  const spent = attempt.task === 'cash.deposit' ? 0 : attempt.amountMinor;
  const outCount1 = countIn(lanes, last, d1, count.out);
  const outCount30 = countIn(lanes, last, d30, count.out);
  const inCount1 = inCount(lanes, d1);
  const inCount30 = inCount(lanes, d30);
  const outSum1 = sumIn(lanes, last, d1, sum.out);
  let at = firstOf.velocity;
  out[at++] = countIn(lanes, last, h1, count.out);
  out[at++] = outCount1;
  out[at++] = countIn(lanes, last, d7, count.out);
  out[at++] = outCount30;
  out[at++] = inCount1;
  out[at++] = inCount(lanes, d7);
  out[at++] = inCount30;
  out[at++] = outSum1 / scale;
  out[at++] = sumIn(lanes, last, d7, sum.out) / scale;
  out[at++] = sumIn(lanes, last, d1, sum.in) / scale;
  out[at++] = sumIn(lanes, last, d7, sum.in) / scale;
  out[at++] = ratio((inCount1 + outCount1 + 1) * 30, inCount30 + outCount30);
  out[at++] = ratio((outSum1 + spent) * 30, sumIn(lanes, last, d30, sum.out));
  out[at++] = ratio(sumIn(lanes, last, d2, sum.out) + spent, sumIn(lanes, last, d2, sum.in));
  const movedAt = lanes.heads[lane + head.movedAt] as number;
  out[at++] = (attempt.at - movedAt) / hourMs;
  out[at++] = newest.rows - (firstRows[d90] as number);
}

/** What is known of the payee's own account. */
function payeeStanding(lanes: Lanes, lane: number, at: number, first: number): void {
  const { heads, words } = lanes;
  const week = rowSince(lanes, lane, window.d7, at - (windowsMs[window.d7] as number));
  const rows = rowsOf(lanes, lane);
  const outs = 2 * placeOf(lanes, lane) + count.out;
  const last = words[outs + 2 * rowSize * (rows - 1)] as number;
  const older = words[outs + 2 * rowSize * (week - 1)] as number;
  const openedAt = heads[lane + head.openedAt] as number;
  const movedAt = heads[lane + head.movedAt] as number;
  // A payee never paid is opened now.
  out[first] = Number.isNaN(openedAt) ? 0 : (at - openedAt) / dayMs;
  out[first + 1] = payersSince(lanes, lane, week);
  out[first + 2] = rows - week - (last - older);
  out[first + 3] = (at - movedAt) / hourMs;
}

function payeeFeatures(state: FeatureState, attempt: Attempt, lane: number, other: number): void {
  const { last } = newest;
  let at = firstOf.payee;
  if (other >= 0) {
    out[at++] = newest.paid > 0 ? 0 : 1;
    out[at++] = scan.pairCount;
    out[at++] = scan.pairSum / (state.lanes.heads[lane + head.scale] as number);
    out[at++] = scan.reverseCount;
  } else for (const end = at + 4; at < end; at += 1) out[at] = nan;
  out[at++] = countIn(state.lanes, last, window.d7, count.isNew);
  out[at++] = scan.fanOut7;
  out[at++] = scan.fanIn7;
  if (other >= 0) payeeStanding(state.lanes, other, attempt.at, at);
  else for (const end = at + 4; at < end; at += 1) out[at] = nan;
}

function timeFeatures(attempt: Attempt): void {
  const days = Math.floor(attempt.at / dayMs);
  out[firstOf.time] = (attempt.at - days * dayMs) / hourMs;
  // 1970-01-01 was a Thursday: 1 is Monday.
  out[firstOf.time + 1] = ((days + 3) % 7) + 1;
}

function staffFeatures(state: FeatureState, attempt: Attempt): void {
  const teller = state.tellers.get(attempt.teller);
  const month = attempt.at - (windowsMs[window.d30] as number);
  const posted = teller ? teller.posted.since(month) : 0;
  let place = firstOf.staff;
  out[place++] = teller ? ratio(teller.reversed.since(month), posted) : nan;
  out[place++] = teller ? ratio(teller.parked.since(month), posted) : nan;
  out[place++] = teller ? teller.refused.since(attempt.at - dayMs) : 0;
  out[place++] = scan.tellerCount30;
  out[place++] = scan.isTellerNew;
  out[place++] = attempt.isOtherAtDesk ? 1 : 0;
}

/** Days to the end of the newest document, as far as a year: beyond it nothing is told apart. */
const documentDaysMost = 366;

function standingFeatures(state: FeatureState, attempt: Attempt, lane: number): void {
  const { heads, headWords } = state.lanes;
  const customer = state.customers.get(headWords[2 * lane + headFact.customer] as number);
  const openedAt = heads[lane + head.openedAt] as number;
  let place = firstOf.standing;
  out[place++] = (attempt.at - openedAt) / dayMs;
  out[place++] = customer ? (attempt.at - customer.sinceAt) / dayMs : nan;
  out[place++] = customer ? customer.riskClass : nan;
  out[place++] = customer ? (attempt.at - customer.changedAt) / dayMs : nan;
  const left = customer ? (customer.validUntil - attempt.at) / dayMs : nan;
  out[place++] = Math.min(left, documentDaysMost);
}

/** Kind words are capped, or a patient thief would collect them. */
const confirmedMost = 3;

/** What is noted of the account, which most never have: their objects are left where they lie. */
function memoryFeatures(state: FeatureState, attempt: Attempt, lane: number, other: number): void {
  const { headWords } = state.lanes;
  const isNoted = headWords[2 * lane + headFact.noted] === 1;
  const account = isNoted ? state.accounts[attempt.account] : undefined;
  const month = attempt.at - (windowsMs[window.d30] as number);
  let place = firstOf.memory;
  out[place++] = account?.declined?.since(month) ?? 0;
  out[place++] = account?.withdrawn?.since(attempt.at - (windowsMs[window.d7] as number)) ?? 0;
  out[place++] = account?.reversed?.since(month) ?? 0;
  out[place++] = headWords[2 * lane + headFact.frauds] as number;
  out[place++] = other >= 0 ? (headWords[2 * other + headFact.frauds] as number) : nan;
  out[place++] = Math.min(account?.confirmed?.since(month) ?? 0, confirmedMost);
}

/**
 * Fills `into` with the features of the attempt, in the catalogue's order; NaN is unknown. The
 * state is not changed: asked twice it answers twice the same. An account the state does not know
 * gives all unknown but what the attempt itself says.
 */
export function fillVector(state: FeatureState, attempt: Attempt, into: Float32Array): void {
  const lane = laneOf(state, attempt.account);
  if (lane < 0) {
    into.fill(nan, 0, featureCount);
    return;
  }
  const { lanes } = state;
  const other = laneOf(state, attempt.other);
  touch(lanes, lane);
  if (other >= 0) {
    newest.paid = state.pairs.count(attempt.account, attempt.other);
    touchPayee(lanes, other);
  }
  const rows = rowsOf(lanes, lane);
  const place = placeOf(lanes, lane);
  for (let index = 0; index < windowsMs.length; index += 1) {
    const row = rowSince(lanes, lane, index, attempt.at - (windowsMs[index] as number));
    firstRows[index] = row;
    before[index] = place + (row - 1) * rowSize;
  }
  lookBack(lanes, lane, attempt);
  newest.rows = rows;
  newest.last = place + (rows - 1) * rowSize;
  newest.tails = 2 * tailsAt(place, capacityOf(lanes, lane));
  amountFeatures(state, attempt, lane);
  velocityFeatures(state, attempt, lane);
  payeeFeatures(state, attempt, lane, other);
  timeFeatures(attempt);
  staffFeatures(state, attempt);
  standingFeatures(state, attempt, lane);
  memoryFeatures(state, attempt, lane, other);
  takeLogs();
  // A call to copy sixty numbers costs more than copying them.
  for (let index = 0; index < featureCount; index += 1) into[index] = out[index] as number;
}
