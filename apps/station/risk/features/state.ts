// Holds what the features are made from: accounts with their movements, customers, tellers, payees, labels.
import { createLane, head, headFact } from './lane.ts';
import { createPairs, type Pairs } from './pairs.ts';
import { createLanes, type Lanes } from './room.ts';
import { createTimes, type Times } from './times.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Lengths of the sliding windows, in ms; their places are the names below. */
export const windowsMs: readonly number[] = Object.freeze([
  hourMs,
  dayMs,
  2 * dayMs,
  3 * dayMs,
  7 * dayMs,
  30 * dayMs,
  90 * dayMs,
]);
export const window = Object.freeze({ h1: 0, d1: 1, d2: 2, d3: 3, d7: 4, d30: 5, d90: 6 });

/** How far back anything reaches. */
export const horizonMs = 91 * dayMs;

export interface RiskAccount {
  readonly id: number;
  /** Minor units in one of the currency. */
  readonly scale: number;
  readonly currency: string;
  /** First owner; 0 for the bank's own accounts. */
  readonly customer: number;
  /** Where its head lies in `lanes`. */
  readonly lane: number;
  /**
   * Attempts a supervisor declined, attempts taken back, postings reversed; null before the first.
   */
  declined: Times | null;
  withdrawn: Times | null;
  reversed: Times | null;
  /** Verdicts of thirty days that all was well; those of fraud are counted in the head, for ever. */
  confirmed: Times | null;
}

export interface RiskCustomer {
  readonly sinceAt: number;
  /** 0 low, 1 normal, 2 high. */
  riskClass: number;
  /** Last change of details; NaN while there was none. */
  changedAt: number;
  /** Last moment one of the documents is valid; Infinity without an end. */
  validUntil: number;
}

export interface RiskTeller {
  readonly posted: Times;
  readonly reversed: Times;
  readonly parked: Times;
  readonly refused: Times;
}

export interface FeatureState {
  readonly lanes: Lanes;
  readonly accounts: (RiskAccount | undefined)[];
  /** Lane of each account by id, one more than it is, 0 where there is none: a vector asks no object. */
  handles: Int32Array;
  /** The same for payees at other banks, by number above `outsideFrom`. */
  outsideHandles: Int32Array;
  /** Currencies met so far; an account's head knows the place of its own. */
  readonly currencies: string[];
  /** Payees at other banks, by numbers from `outsideFrom` on; see outside.ts. */
  readonly outside: Map<number, RiskAccount>;
  readonly customers: Map<number, RiskCustomer>;
  readonly tellers: Map<number, RiskTeller>;
  /** Payments from one account to another that stand, by pair. */
  readonly pairs: Pairs;
  /** Reporting threshold in minor units, by currency. */
  thresholds: ReadonlyMap<string, number>;
  /** Cash at or above this part of the threshold is near it, in basis points. */
  nearBasisPoints: number;
}

export function createState(): FeatureState {
  return {
    lanes: createLanes(),
    accounts: [],
    handles: new Int32Array(64),
    outsideHandles: new Int32Array(64),
    currencies: [],
    outside: new Map(),
    customers: new Map(),
    tellers: new Map(),
    pairs: createPairs(),
    thresholds: new Map(),
    nearBasisPoints: 8_000,
  };
}

/** An account as it is when it is opened. */
export interface OpenedAccount extends Pick<RiskAccount, 'id' | 'scale' | 'currency' | 'customer'> {
  /** ms since 1970; the start of the day it was opened. */
  readonly openedAt: number;
}

function currencyPlace({ currencies }: FeatureState, currency: string): number {
  const known = currencies.indexOf(currency);
  return known >= 0 ? known : currencies.push(currency) - 1;
}

function blankAccount(state: FeatureState, { openedAt, ...given }: OpenedAccount): RiskAccount {
  const { lanes } = state;
  const lane = createLane(lanes, openedAt);
  lanes.heads[lane + head.scale] = given.scale;
  lanes.headWords[2 * lane + headFact.frauds] = 0;
  lanes.headWords[2 * lane + headFact.customer] = given.customer;
  lanes.headWords[2 * lane + headFact.currency] = currencyPlace(state, given.currency);
  lanes.headWords[2 * lane + headFact.noted] = 0;
  return { ...given, lane, declined: null, withdrawn: null, reversed: null, confirmed: null };
}

/** The handles with one more; they grow by doubling. */
function withHandle(handles: Int32Array, place: number, lane: number): Int32Array {
  let room = handles;
  if (place >= handles.length) {
    room = new Int32Array(2 ** Math.ceil(Math.log2(place + 1)));
    room.set(handles);
  }
  room[place] = lane + 1;
  return room;
}

export function addAccount(state: FeatureState, given: OpenedAccount): RiskAccount {
  const account = blankAccount(state, given);
  state.accounts[given.id] = account;
  state.handles = withHandle(state.handles, given.id, account.lane);
  return account;
}

/** The threshold asked for last: nearly all accounts have one currency, and looking it up is dear. */
const last: { of: FeatureState['thresholds'] | null; currency: string; minor: number | undefined } =
  { of: null, currency: '', minor: undefined };

/** Reporting threshold of a currency in minor units; undefined where there is none. */
export function thresholdOf({ thresholds }: FeatureState, currency: string): number | undefined {
  if (last.of !== thresholds || last.currency !== currency) {
    last.of = thresholds;
    last.currency = currency;
    last.minor = thresholds.get(currency);
  }
  return last.minor;
}

/** Currency of the account with this lane. */
export const currencyOf = ({ lanes, currencies }: FeatureState, lane: number): string =>
  currencies[lanes.headWords[2 * lane + headFact.currency] as number] as string;

/** Numbers of payees at other banks begin here: no branch has a million accounts of its own. */
export const outsideFrom = 1_048_576;

export function addOutside(state: FeatureState, given: OpenedAccount): void {
  const account = blankAccount(state, given);
  state.outside.set(given.id, account);
  state.outsideHandles = withHandle(state.outsideHandles, given.id - outsideFrom, account.lane);
}

/** The account on the other side, here or at another bank; undefined for cash. */
export function otherSide(state: FeatureState, id: number): RiskAccount | undefined {
  if (id === 0) return undefined;
  return id < outsideFrom ? state.accounts[id] : state.outside.get(id);
}

/** Lane of the account or payee with this id; -1 where there is none, as for cash. */
export function laneOf(state: FeatureState, id: number): number {
  const { handles, outsideHandles } = state;
  if (id < outsideFrom) return id < handles.length ? (handles[id] as number) - 1 : -1;
  const place = id - outsideFrom;
  return place < outsideHandles.length ? (outsideHandles[place] as number) - 1 : -1;
}

/** Notes one more of something that most accounts never have. */
export function noteOn(
  { lanes }: FeatureState,
  account: RiskAccount,
  what: 'declined' | 'withdrawn' | 'reversed' | 'confirmed',
  at: number,
): void {
  const times = account[what] ?? createTimes(horizonMs);
  account[what] = times;
  times.push(at);
  lanes.headWords[2 * account.lane + headFact.noted] = 1;
}

/** Notes one more verdict of fraud. */
export function noteFraud({ lanes: { headWords } }: FeatureState, { lane }: RiskAccount): void {
  const place = 2 * lane + headFact.frauds;
  headWords[place] = (headWords[place] as number) + 1;
}

export function tellerOf(state: FeatureState, id: number): RiskTeller {
  const known = state.tellers.get(id);
  if (known) return known;
  const made = {
    posted: createTimes(horizonMs),
    reversed: createTimes(horizonMs),
    parked: createTimes(horizonMs),
    refused: createTimes(horizonMs),
  };
  state.tellers.set(id, made);
  return made;
}
