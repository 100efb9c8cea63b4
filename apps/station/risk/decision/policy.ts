// Holds the policy every branch begins with, and gives each policy the hash its decisions name.
import { createHash } from 'node:crypto';
import { type RiskPolicy, riskPolicy } from '#contract/risk.ts';
import { canonicalText } from '#station/bank/canonical.ts';

/** What holds until two persons put something else in force. */
export const defaultRiskPolicy: RiskPolicy = Object.freeze({
  mode: 'live',
  reviewCost: 12,
  questionCost: 2,
  lossBasisPoints: 6_000,
  askBasisPoints: 500,
  holdBasisPoints: 2_000,
  alwaysHoldBasisPoints: 8_000,
  holdsPerThousand: 10,
  deadlineMs: 60,
  quietDays: 30,
  shadowDays: 7,
  from: '2026-01-01',
});

/** SHA-256 of the policy's canonical text, 64 hexadecimal digits. */
export function policyHash(policy: RiskPolicy): string {
  return createHash('sha256').update(canonicalText(policy)).digest('hex');
}

/** The policy as it stands in the log; throws on what no policy of ours looks like. */
export function readRiskPolicy(value: unknown): RiskPolicy {
  return riskPolicy.parse(value);
}
