// Computes the vector of one attempt from the state as it stands, and changes nothing.
import type { Attempt } from './attempt.ts';
import { featureCount, featureNames, features } from './catalogue.ts';
import {
  capacityOf,
  count,
  head,
  type Lanes,
  rowSince,
  rowsOf,
  sum,
  sumSize,
  sumsAt,
} from './lane.ts';
import { firstRows, lookBack, payersSince, scan, touch } from './look.ts';
import {
  dayMs,
  type FeatureState,
  hourMs,
  otherSide,
  type RiskAccount,
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

/** Rows of the lane at hand, and where the newest row's sums lie. */
const newest = { rows: 0, last: 0 };

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

function amountFeatures(state: FeatureState, attempt: Attempt, account: RiskAccount): void {
  const { last } = newest;
  const { lanes } = state;
  const { task, amountMinor } = attempt;
  const { scale } = account;
  const isIn = task === 'cash.deposit';
  const way = isIn ? sum.in : sum.out;
  const near = isIn ? count.nearIn : count.nearOut;
  const balance = -(lanes.numbers[account.lane + head.posted] as number);
  const threshold = thresholdOf(state, account.currency);
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
  out[at++] = isCash ? countIn(lanes, last, window.d3, near) : 0;
  out[at++] = isCash ? countIn(lanes, last, window.d7, near) : 0;
}

function velocityFeatures(state: FeatureState, attempt: Attempt, account: RiskAccount): void {
  const { last } = newest;
  const { lanes } = state;
  const { scale } = account;
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
  const movedAt = lanes.numbers[account.lane + head.movedAt] as number;
  out[at++] = (attempt.at - movedAt) / hourMs;
  out[at++] = newest.rows - (firstRows[d90] as number);
}

/** What is known of the payee's own account. */
function payeeStanding(lanes: Lanes, lane: number, at: number, first: number): void {
  const { numbers, words } = lanes;
  const week = rowSince(lanes, lane, window.d7, at - (windowsMs[window.d7] as number));
  const rows = rowsOf(lanes, lane);
  const outs = 2 * sumsAt(lane, capacityOf(lanes, lane)) + count.out;
  const last = words[outs + 2 * sumSize * (rows - 1)] as number;
  const older = words[outs + 2 * sumSize * (week - 1)] as number;
  const openedAt = numbers[lane + head.openedAt] as number;
  const movedAt = numbers[lane + head.movedAt] as number;
  // A payee never paid is opened now.
  out[first] = Number.isNaN(openedAt) ? 0 : (at - openedAt) / dayMs;
  out[first + 1] = payersSince(lanes, lane, week);
  out[first + 2] = rows - week - (last - older);
  out[first + 3] = (at - movedAt) / hourMs;
}

function payeeFeatures(
  state: FeatureState,
  attempt: Attempt,
  account: RiskAccount,
  other: RiskAccount | undefined,
): void {
  const { last } = newest;
  let at = firstOf.payee;
  if (other) {
    out[at++] = state.pairs.count(attempt.account, attempt.other) > 0 ? 0 : 1;
    out[at++] = scan.pairCount;
    out[at++] = scan.pairSum / account.scale;
    out[at++] = scan.reverseCount;
  } else for (const end = at + 4; at < end; at += 1) out[at] = nan;
  out[at++] = countIn(state.lanes, last, window.d7, count.isNew);
  out[at++] = scan.fanOut7;
  out[at++] = scan.fanIn7;
  if (other) payeeStanding(state.lanes, other.lane, attempt.at, at);
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

function standingFeatures(state: FeatureState, attempt: Attempt, account: RiskAccount): void {
  const customer = state.customers.get(account.customer);
  const openedAt = state.lanes.numbers[account.lane + head.openedAt] as number;
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

function memoryFeatures(
  attempt: Attempt,
  account: RiskAccount,
  other: RiskAccount | undefined,
): void {
  const month = attempt.at - (windowsMs[window.d30] as number);
  let place = firstOf.memory;
  out[place++] = account.declined?.since(month) ?? 0;
  out[place++] = account.withdrawn?.since(attempt.at - (windowsMs[window.d7] as number)) ?? 0;
  out[place++] = account.reversed?.since(month) ?? 0;
  out[place++] = account.frauds;
  out[place++] = other ? other.frauds : nan;
  out[place++] = Math.min(account.confirmed?.since(month) ?? 0, confirmedMost);
}

/**
 * Fills `into` with the features of the attempt, in the catalogue's order; NaN is unknown. The
 * state is not changed: asked twice it answers twice the same. An account the state does not know
 * gives all unknown but what the attempt itself says.
 */
export function fillVector(state: FeatureState, attempt: Attempt, into: Float32Array): void {
  const account = state.accounts[attempt.account];
  if (!account) {
    into.fill(nan, 0, featureCount);
    return;
  }
  const { lanes } = state;
  const { lane } = account;
  const other = otherSide(state, attempt.other);
  touch(lanes, lane);
  if (other) touch(lanes, other.lane);
  const rows = rowsOf(lanes, lane);
  const sums = sumsAt(lane, capacityOf(lanes, lane));
  for (let index = 0; index < windowsMs.length; index += 1) {
    const row = rowSince(lanes, lane, index, attempt.at - (windowsMs[index] as number));
    firstRows[index] = row;
    before[index] = sums + (row - 1) * sumSize;
  }
  lookBack(lanes, lane, attempt);
  newest.rows = rows;
  newest.last = sums + (rows - 1) * sumSize;
  amountFeatures(state, attempt, account);
  velocityFeatures(state, attempt, account);
  payeeFeatures(state, attempt, account, other);
  timeFeatures(attempt);
  staffFeatures(state, attempt);
  standingFeatures(state, attempt, account);
  memoryFeatures(attempt, account, other);
  takeLogs();
  // A call to copy sixty numbers costs more than copying them.
  for (let index = 0; index < featureCount; index += 1) into[index] = out[index] as number;
}
