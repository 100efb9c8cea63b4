// Keeps the feature state in step with what happens and answers with vectors: the one way for all.
import type { Attempt, Movement } from './attempt.ts';
import { featureCount } from './catalogue.ts';
import { pushRow, voidRow } from './lane.ts';
import {
  addAccount,
  createState,
  type FeatureState,
  horizonMs,
  noteOn,
  otherSide,
  pairKey,
  type RiskAccount,
  tellerOf,
} from './state.ts';
import { fillVector } from './vector.ts';

/** What can happen, in numbers. */
export interface FeatureEngine {
  readonly state: FeatureState;
  openAccount(
    account: Pick<RiskAccount, 'id' | 'scale' | 'currency' | 'openedAt' | 'customer'>,
  ): void;
  /** Money moves between two accounts, whatever for. */
  leg(debit: number, credit: number, amountMinor: number): void;
  /** A posting at a customer's wish; its legs are told apart from it, after it. */
  movement(movement: Movement): void;
  /** A posting is taken back by the teller: it leaves every window. */
  reverse(journal: number, accounts: readonly number[], by: number, at: number): void;
  /** The vector of an attempt as of now. */
  vector(attempt: Attempt, out?: Float32Array): Float32Array;
}

function isNear(state: FeatureState, movement: Movement, currency: string): boolean {
  if (movement.task === 'transfer') return false;
  const threshold = state.thresholds.get(currency);
  if (threshold === undefined || movement.amountMinor > threshold) return false;
  return movement.amountMinor * 10_000 >= threshold * state.nearBasisPoints;
}

function record(state: FeatureState, movement: Movement): void {
  const account = state.accounts[movement.account];
  if (!account) return;
  const { at: time, journal, teller, amountMinor, task } = movement;
  const other = otherSide(state, movement.other);
  const sign = task === 'cash.deposit' ? 1 : -1;
  const near = isNear(state, movement, account.currency) ? 1 : 0;
  let isNew = 0;
  if (other) {
    const key = pairKey(movement.account, movement.other);
    const before = state.pairs.get(key) ?? 0;
    isNew = before === 0 ? 1 : 0;
    state.pairs.set(key, before + 1);
  }
  const row = { time, journal, teller, near, isNew };
  const own = { ...row, amount: sign * amountMinor, counter: movement.other };
  pushRow(account.lane, own, horizonMs);
  account.movedAt = time;
  if (other) {
    const theirs = { ...row, amount: amountMinor, counter: movement.account, isNew: 0 };
    pushRow(other.lane, theirs, horizonMs);
    other.movedAt = time;
  }
  tellerOf(state, teller).posted.push(time);
}

export function createFeatureEngine(state: FeatureState = createState()): FeatureEngine {
  /** The payment from one of the accounts to the other no longer stands. */
  function forget(accounts: readonly number[]): void {
    const [from, to] = accounts;
    if (from === undefined || to === undefined) return;
    const key = pairKey(from, to);
    const before = state.pairs.get(key);
    if (before === undefined) return;
    if (before === 1) state.pairs.delete(key);
    else state.pairs.set(key, before - 1);
  }

  return Object.freeze({
    state,
    openAccount: (given) => void addAccount(state, given),
    leg(debit: number, credit: number, amountMinor: number) {
      const from = state.accounts[debit];
      const to = state.accounts[credit];
      if (from) from.postedMinor += amountMinor;
      if (to) to.postedMinor -= amountMinor;
    },
    movement: (movement: Movement) => record(state, movement),
    reverse(journal: number, accounts: readonly number[], by: number, at: number) {
      for (const id of accounts) {
        const account = state.accounts[id];
        if (!account) continue;
        voidRow(account.lane, journal);
        noteOn(account, 'reversed', at);
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
