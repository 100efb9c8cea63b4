// Holds what the features are made from: accounts with their movements, customers, tellers, payees, labels.
import { createLane, createLanes, type Lanes } from './lane.ts';
import { createPairs, type Pairs } from './pairs.ts';
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
  /** Where its numbers and movements lie in `lanes`; moves as they grow. */
  lane: number;
  /**
   * Attempts a supervisor declined, attempts taken back, postings reversed; null before the first.
   */
  declined: Times | null;
  withdrawn: Times | null;
  reversed: Times | null;
  /** Verdicts known so far: fraud for ever, legitimate for thirty days. */
  frauds: number;
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

function blankAccount(state: FeatureState, { openedAt, ...given }: OpenedAccount): RiskAccount {
  return {
    ...given,
    lane: createLane(state.lanes, openedAt),
    declined: null,
    withdrawn: null,
    reversed: null,
    frauds: 0,
    confirmed: null,
  };
}

export function addAccount(state: FeatureState, given: OpenedAccount): RiskAccount {
  const account = blankAccount(state, given);
  state.accounts[given.id] = account;
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

/** Numbers of payees at other banks begin here: no branch has a million accounts of its own. */
export const outsideFrom = 1_048_576;

export function addOutside(state: FeatureState, given: OpenedAccount): void {
  state.outside.set(given.id, blankAccount(state, given));
}

/** The account on the other side, here or at another bank; undefined for cash. */
export function otherSide(state: FeatureState, id: number): RiskAccount | undefined {
  if (id === 0) return undefined;
  return id < outsideFrom ? state.accounts[id] : state.outside.get(id);
}

/** Notes one more of something that most accounts never have. */
export function noteOn(
  account: RiskAccount,
  what: 'declined' | 'withdrawn' | 'reversed' | 'confirmed',
  at: number,
): void {
  const times = account[what] ?? createTimes(horizonMs);
  account[what] = times;
  times.push(at);
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
