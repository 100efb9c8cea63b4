// Keeps the feature state in step with what happens and answers with vectors: the one way for all.
import type { Attempt, Movement } from './attempt.ts';
import { featureCount } from './catalogue.ts';
import { head, pushRow, voidRow } from './lane.ts';
import {
  addAccount,
  createState,
  currencyOf,
  type FeatureState,
  horizonMs,
  laneOf,
  noteOn,
  type OpenedAccount,
  tellerOf,
  thresholdOf,
} from './state.ts';
import { fillVector } from './vector.ts';

/** What can happen, in numbers. */
export interface FeatureEngine {
  readonly state: FeatureState;
  openAccount(account: OpenedAccount): void;
  /** Money moves between two accounts, whatever for. */
  leg(debit: number, credit: number, amountMinor: number): void;
  /** A posting at a customer's wish; its legs are told apart from it, after it. */
  movement(movement: Movement): void;
  /** A posting is taken back by the teller: it leaves every window. */
  reverse(journal: number, accounts: readonly number[], by: number, at: number): void;
  /** The vector of an attempt as of now. */
  vector(attempt: Attempt, out?: Float32Array): Float32Array;
}

function post({ lanes: { heads } }: FeatureState, lane: number, minor: number): void {
  heads[lane + head.posted] = (heads[lane + head.posted] as number) + minor;
}

function isNear(state: FeatureState, movement: Movement, lane: number): boolean {
  if (movement.task === 'transfer') return false;
  const threshold = thresholdOf(state, currencyOf(state, lane));
  if (threshold === undefined || movement.amountMinor > threshold) return false;
  return movement.amountMinor * 10_000 >= threshold * state.nearBasisPoints;
}

/**
 * The movement at hand as one of its accounts sees it; written anew each time, so that nothing is
 * made.
 */
const row = { time: 0, amount: 0, counter: 0, journal: 0, teller: 0, near: 0, isNew: 0 };

function record(state: FeatureState, movement: Movement): void {
  const lane = laneOf(state, movement.account);
  if (lane < 0) return;
  const { at: time, journal, teller, amountMinor, task } = movement;
  const other = laneOf(state, movement.other);
  row.time = time;
  row.journal = journal;
  row.teller = teller;
  row.near = isNear(state, movement, lane) ? 1 : 0;
  row.isNew = other >= 0 && state.pairs.add(movement.account, movement.other, 1) === 0 ? 1 : 0;
  row.amount = task === 'cash.deposit' ? amountMinor : -amountMinor;
  row.counter = movement.other;
  pushRow(state.lanes, lane, row, horizonMs);
  if (other >= 0) {
    row.amount = amountMinor;
    row.counter = movement.account;
    pushRow(state.lanes, other, row, horizonMs);
  }
  tellerOf(state, teller).posted.push(time);
}

export function createFeatureEngine(state: FeatureState = createState()): FeatureEngine {
  /** The payment from one of the accounts to the other no longer stands. */
  function forget(accounts: readonly number[]): void {
    const [from, to] = accounts;
    if (from === undefined || to === undefined) return;
    state.pairs.add(from, to, -1);
  }

  return Object.freeze({
    state,
    openAccount: (given) => void addAccount(state, given),
    leg(debit: number, credit: number, amountMinor: number) {
      // Payees outside have no balance here, and no leg bears their numbers.
      const from = laneOf(state, debit);
      const to = laneOf(state, credit);
      if (from >= 0) post(state, from, amountMinor);
      if (to >= 0) post(state, to, -amountMinor);
    },
    movement: (movement: Movement) => record(state, movement),
    reverse(journal: number, accounts: readonly number[], by: number, at: number) {
      for (const id of accounts) {
        const account = state.accounts[id];
        if (!account) continue;
        voidRow(state.lanes, account.lane, journal);
        noteOn(state, account, 'reversed', at);
      }
      forget(accounts);
      tellerOf(state, by).reversed.push(at);
    },
    vector(attempt: Attempt, out: Float32Array = new Float32Array(featureCount)) {
      fillVector(state, attempt, out);
      return out;
    },
  } satisfies FeatureEngine);
}
