// Computes the vector of one attempt from the state as it stands, and changes nothing.
import type { Attempt } from './attempt.ts';
import { featureCount, featureNames } from './catalogue.ts';
import { cell, grown, type Lane, rowSince, stride } from './lane.ts';
import {
  dayMs,
  type FeatureState,
  hourMs,
  otherSide,
  pairKey,
  type RiskAccount,
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

/** Most rows of the past that are looked at one by one; what is older counts in sums only. */
export const scanMost = 512;

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

const scan: Scan = {
  maxOwn: 0,
  pairCount: 0,
  pairSum: 0,
  reverseCount: 0,
  tellerCount30: 0,
  isTellerNew: 1,
  fanOut7: 0,
  fanIn7: 0,
};

/** Marks by which distinct accounts are counted without clearing anything. */
let marks = new Float64Array(1024);
let mark = 0;

function isFirst(account: number): boolean {
  if (account >= marks.length) {
    const larger = new Float64Array(Math.max(account + 1, marks.length * 2));
    larger.set(marks);
    marks = larger;
  }
  if (marks[account] === mark) return false;
  marks[account] = mark;
  return true;
}

function distinct(lane: Lane, from: number, sign: 1 | -1): number {
  const { cells, rows } = lane;
  mark += 1;
  let count = 0;
  for (let row = Math.max(from, rows - scanMost); row < rows; row += 1) {
    const counter = cells[row * stride + cell.counter] as number;
    if (counter === 0 || (cells[row * stride + cell.amount] as number) * sign <= 0) continue;
    if (isFirst(counter)) count += 1;
  }
  return count;
}

function lookBack(lane: Lane, attempt: Attempt, from: readonly number[]): void {
  const { cells, rows } = lane;
  const { other, teller, task } = attempt;
  const sign = task === 'cash.deposit' ? 1 : -1;
  const from30 = from[window.d30] as number;
  let maxOwn = 0;
  let [pairCount, pairSum, reverseCount, tellerCount30, isTellerNew] = [0, 0, 0, 0, 1];
  for (let row = Math.max(from[window.d90] as number, rows - scanMost); row < rows; row += 1) {
    const start = row * stride;
    if (cells[start + cell.journal] === -1) continue;
    const amount = cells[start + cell.amount] as number;
    const own = amount * sign;
    if (own > maxOwn) maxOwn = own;
    if (other !== 0 && cells[start + cell.counter] === other) {
      if (amount < 0) {
        pairCount += 1;
        pairSum -= amount;
      } else reverseCount += 1;
    }
    if (cells[start + cell.teller] === teller) {
      isTellerNew = 0;
      if (row >= from30) tellerCount30 += 1;
    }
  }
  scan.maxOwn = maxOwn;
  scan.pairCount = pairCount;
  scan.pairSum = pairSum;
  scan.reverseCount = reverseCount;
  scan.tellerCount30 = tellerCount30;
  scan.isTellerNew = isTellerNew;
  const from7 = from[window.d7] as number;
  scan.fanOut7 = distinct(lane, from7, -1);
  scan.fanIn7 = distinct(lane, from7, 1);
}

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : nan);
const logOf = (value: number): number => Math.log1p(value > 0 ? value : 0);
const daysLog = (now: number, then: number): number => logOf((now - then) / dayMs);

interface Place {
  readonly state: FeatureState;
  readonly attempt: Attempt;
  readonly account: RiskAccount;
  /** First row of each window in the account's lane. */
  readonly from: readonly number[];
  readonly out: Float32Array;
}

function amountFeatures({ state, attempt, account, from, out }: Place): void {
  const { task, amountMinor } = attempt;
  const { lane, scale } = account;
  const isIn = task === 'cash.deposit';
  const [count, sum] = isIn ? [cell.inCount, cell.inSum] : [cell.outCount, cell.outSum];
  const balance = -account.postedMinor;
  const threshold = state.thresholds.get(account.currency);
  const near = isIn ? cell.nearIn : cell.nearOut;
  const mean = (name: number) =>
    ratio(grown(lane, from[name] as number, sum), grown(lane, from[name] as number, count));
  let place = firstOf.amount;
  out[place++] = logOf(amountMinor / scale);
  out[place++] = amountMinor % (100 * scale) === 0 ? 1 : 0;
  out[place++] = isIn ? 1 : 0;
  out[place++] = task === 'cash.withdrawal' ? 1 : 0;
  out[place++] = task === 'transfer' ? 1 : 0;
  out[place++] = ratio(amountMinor, mean(window.d30));
  out[place++] = ratio(amountMinor, mean(window.d90));
  out[place++] = ratio(amountMinor, scan.maxOwn);
  out[place++] = isIn ? nan : ratio(amountMinor, balance);
  out[place++] = isIn ? nan : ratio(balance - amountMinor, balance);
  const isCash = task !== 'transfer';
  out[place++] = isCash && threshold !== undefined ? amountMinor / threshold : nan;
  out[place++] = isCash ? grown(lane, from[window.d3] as number, near) : 0;
  out[place++] = isCash ? grown(lane, from[window.d7] as number, near) : 0;
}

function velocityFeatures({ attempt, account, from, out }: Place): void {
  const { lane, scale } = account;
  const of = (name: number, column: number) => grown(lane, from[name] as number, column);
  const spent = attempt.task === 'cash.deposit' ? 0 : attempt.amountMinor;
  let place = firstOf.velocity;
  out[place++] = of(window.h1, cell.outCount);
  out[place++] = of(window.d1, cell.outCount);
  out[place++] = of(window.d7, cell.outCount);
  out[place++] = of(window.d30, cell.outCount);
  out[place++] = of(window.d1, cell.inCount);
  out[place++] = of(window.d7, cell.inCount);
  out[place++] = of(window.d30, cell.inCount);
  out[place++] = logOf(of(window.d1, cell.outSum) / scale);
  out[place++] = logOf(of(window.d7, cell.outSum) / scale);
  out[place++] = logOf(of(window.d1, cell.inSum) / scale);
  out[place++] = logOf(of(window.d7, cell.inSum) / scale);
  const count1 = of(window.d1, cell.inCount) + of(window.d1, cell.outCount);
  const count30 = of(window.d30, cell.inCount) + of(window.d30, cell.outCount);
  out[place++] = ratio((count1 + 1) * 30, count30);
  out[place++] = ratio((of(window.d1, cell.outSum) + spent) * 30, of(window.d30, cell.outSum));
  out[place++] = ratio(of(window.d2, cell.outSum) + spent, of(window.d2, cell.inSum));
  out[place++] = logOf((attempt.at - account.movedAt) / hourMs);
  if (Number.isNaN(account.movedAt)) out[place - 1] = nan;
  out[place++] = logOf(of(window.d90, cell.inCount) + of(window.d90, cell.outCount));
}

function payeeFeatures({ state, attempt, account, from, out }: Place): void {
  const other = otherSide(state, attempt.other);
  let place = firstOf.payee;
  const isKnown = other && state.pairs.has(pairKey(attempt.account, attempt.other));
  out[place++] = other ? (isKnown ? 0 : 1) : nan;
  out[place++] = other ? scan.pairCount : nan;
  out[place++] = other ? logOf(scan.pairSum / account.scale) : nan;
  out[place++] = other ? scan.reverseCount : nan;
  out[place++] = grown(account.lane, from[window.d7] as number, cell.newCount);
  out[place++] = scan.fanOut7;
  out[place++] = scan.fanIn7;
  if (!other) {
    out.fill(nan, place, place + 4);
    return;
  }
  const week = rowSince(other.lane, window.d7, attempt.at - (windowsMs[window.d7] as number));
  out[place++] = daysLog(attempt.at, other.openedAt);
  out[place++] = distinct(other.lane, week, 1);
  out[place++] = grown(other.lane, week, cell.inCount);
  out[place++] = Number.isNaN(other.movedAt) ? nan : logOf((attempt.at - other.movedAt) / hourMs);
}

function timeFeatures({ attempt, out }: Place): void {
  out[firstOf.time] = (attempt.at % dayMs) / hourMs;
  // 1970-01-01 was a Thursday: 1 is Monday.
  out[firstOf.time + 1] = ((Math.floor(attempt.at / dayMs) + 3) % 7) + 1;
}

function staffFeatures({ state, attempt, out }: Place): void {
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

function standingFeatures({ state, attempt, account, out }: Place): void {
  const customer = state.customers.get(account.customer);
  let place = firstOf.standing;
  out[place++] = daysLog(attempt.at, account.openedAt);
  out[place++] = customer ? daysLog(attempt.at, customer.sinceAt) : nan;
  out[place++] = customer ? customer.riskClass : nan;
  const changed = customer ? customer.changedAt : nan;
  out[place++] = Number.isNaN(changed) ? nan : daysLog(attempt.at, changed);
  const left = customer ? (customer.validUntil - attempt.at) / dayMs : nan;
  out[place++] = Math.min(left, documentDaysMost);
}

/** Kind words are capped, or a patient thief would collect them. */
const confirmedMost = 3;

function memoryFeatures({ state, attempt, account, out }: Place): void {
  const month = attempt.at - (windowsMs[window.d30] as number);
  const other = otherSide(state, attempt.other);
  let place = firstOf.memory;
  out[place++] = account.declined?.since(month) ?? 0;
  out[place++] = account.withdrawn?.since(attempt.at - (windowsMs[window.d7] as number)) ?? 0;
  out[place++] = account.reversed?.since(month) ?? 0;
  out[place++] = account.frauds;
  out[place++] = other ? other.frauds : nan;
  out[place++] = Math.min(account.confirmed?.since(month) ?? 0, confirmedMost);
}

const starts: number[] = windowsMs.map(() => 1);

/**
 * Fills `out` with the features of the attempt, in the catalogue's order; NaN is unknown. The state is not
 * changed: asked twice it answers twice the same. An account the state does not know gives all unknown but
 * what the attempt itself says.
 */
export function fillVector(state: FeatureState, attempt: Attempt, out: Float32Array): void {
  const account = state.accounts[attempt.account];
  if (!account) {
    out.fill(nan, 0, featureCount);
    return;
  }
  for (let index = 0; index < windowsMs.length; index += 1) {
    starts[index] = rowSince(account.lane, index, attempt.at - (windowsMs[index] as number));
  }
  lookBack(account.lane, attempt, starts);
  const place: Place = { state, attempt, account, from: starts, out };
  amountFeatures(place);
  velocityFeatures(place);
  payeeFeatures(place);
  timeFeatures(place);
  staffFeatures(place);
  standingFeatures(place);
  memoryFeatures(place);
}
