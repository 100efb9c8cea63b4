// Computes fees in whole minor units from the policy's rules.
import type { FeeRule } from '#contract/policy.ts';

export interface FeeQuestion {
  readonly task: FeeRule['task'];
  readonly currency: string;
  readonly amountMinor: bigint;
}

/**
 * The rule that counts: of those for the task and currency, the highest `fromMinor` not above the
 * amount.
 */
export function feeRuleFor(rules: readonly FeeRule[], question: FeeQuestion): FeeRule | undefined {
  let best: FeeRule | undefined;
  for (const rule of rules) {
    const fits =
      rule.task === question.task &&
      rule.currency === question.currency &&
      rule.fromMinor <= question.amountMinor;
    if (fits && (!best || rule.fromMinor > best.fromMinor)) best = rule;
  }
  return best;
}

/**
 * The fee in minor units; zero without a rule. Basis points are rounded half up (commercial
 * rounding; a fee is never negative, so half up and half away from zero are one), then the least
 * and the most apply.
 */
export function feeMinor(rules: readonly FeeRule[], question: FeeQuestion): bigint {
  const rule = feeRuleFor(rules, question);
  if (!rule) return 0n;
  const part = (question.amountMinor * BigInt(rule.basisPoints) + 5_000n) / 10_000n;
  const fee = rule.flatMinor + part;
  const atLeast = fee < rule.minMinor ? rule.minMinor : fee;
  return rule.maxMinor !== null && atLeast > rule.maxMinor ? rule.maxMinor : atLeast;
}

/**
 * The part of a fee that one of `count` equal items bears, by its position from 0, in minor units: parts differ by
 * one unit at most, and all of them together are the fee to the unit, in whatever order they are given back.
 */
export function shareOf(feeMinor: bigint, count: number, position: number): bigint {
  const upTo = (items: number): bigint => (feeMinor * BigInt(items)) / BigInt(count);
  return upTo(position + 1) - upTo(position);
}
