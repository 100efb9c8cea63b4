// Decides what covers a withdrawal from an account of another branch while head office is out of reach.
import { formatMoney } from '#contract/money.ts';
import { type Problem, problem } from '#station/bank/problem.ts';
import {
  allowanceProblem,
  type HeldAllowance,
  leftMinor,
  type SpendQuestion,
} from './allowance.ts';
import { accountKey, type SpentPart } from './values.ts';

/** What a branch may pay without cover, per account, until head office has been reached again. */
export interface FloorLimit {
  /** Minor units; 0 forbids it. */
  readonly amountMinor: bigint;
  readonly times: number;
}

export interface StandInQuestion extends SpendQuestion {
  readonly amountMinor: bigint;
  readonly held: readonly HeldAllowance[];
  readonly floor: FloorLimit;
  /** What this branch has paid of this account without cover since head office was last reached. */
  readonly exposedMinor: bigint;
  readonly exposedTimes: number;
  /** A supervisor has seen the exposure and takes it. */
  readonly isDecided: boolean;
}

export type Cover =
  | {
      readonly kind: 'covered';
      readonly spent: readonly SpentPart[];
      /** The bank's exposure; 0 where allowances cover all. */
      readonly openMinor: bigint;
      readonly by: 'allowance' | 'floor' | 'decision';
    }
  /** A supervisor must decide; the sentence says about how much. */
  | { readonly kind: 'decision'; readonly openMinor: bigint; readonly message: string }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * Spends allowances first (those that end soonest), then the floor limit, then asks for a
 * supervisor's decision. Pure: the sum of what it spends and leaves open is always the amount.
 */
export function coverOffline(question: StandInQuestion): Cover {
  const { amountMinor, floor } = question;
  if (amountMinor <= 0n) {
    return {
      kind: 'refused',
      problem: problem('amount-not-positive', 'Nothing would be paid.', 'amountMinor'),
    };
  }
  const usable = question.held
    .filter((each) => allowanceProblem(each, question) === null)
    .sort((one, other) => one.allowance.expiresAt - other.allowance.expiresAt);
  const spent: SpentPart[] = [];
  let openMinor = amountMinor;
  for (const each of usable) {
    const take = leftMinor(each) < openMinor ? leftMinor(each) : openMinor;
    if (take > 0n) spent.push({ allowance: each.allowance.id, amountMinor: String(take) });
    openMinor -= take;
  }
  if (openMinor === 0n) return { kind: 'covered', spent, openMinor, by: 'allowance' };
  const withinFloor =
    question.exposedMinor + openMinor <= floor.amountMinor && question.exposedTimes < floor.times;
  if (withinFloor) return { kind: 'covered', spent, openMinor, by: 'floor' };
  if (question.isDecided) return { kind: 'covered', spent, openMinor, by: 'decision' };
  return { kind: 'decision', openMinor, message: decisionSentence(question, openMinor) };
}

function decisionSentence(question: StandInQuestion, openMinor: bigint): string {
  const money = (amount: bigint) => formatMoney(amount, question.currency);
  const left = question.floor.amountMinor - question.exposedMinor;
  const floor = left > 0n && question.exposedTimes < question.floor.times ? money(left) : money(0n);
  return (
    `Head office cannot be asked about ${accountKey(question.account)}: ${money(openMinor)} would be paid ` +
    `without cover, ${floor} is left of the floor limit. A supervisor decides and the bank bears it.`
  );
}
