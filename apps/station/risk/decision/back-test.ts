// Replays a policy over the decisions of the past: what it would have asked, held, and caught.
import type { RiskPolicy } from '#contract/risk.ts';
import { budgetWindow, decide } from './decide.ts';

/** One attempt of the past as a policy sees it. */
export interface PastCase {
  readonly probability: number;
  readonly amountMinor: number;
  readonly scale: number;
  readonly isFraud: boolean;
}

export interface PolicyOutcome {
  readonly asked: number;
  readonly held: number;
  /** Of those held, how many were fraud by what is known now. */
  readonly real: number;
}

/**
 * Runs the policy over the cases in their order, its budget of holds counted as it would have been. It is
 * reckoned as if live, whatever its mode, so that shadow and live can be compared.
 */
export function backTestPolicy(
  policy: RiskPolicy,
  cases: readonly PastCase[],
  mayHold: boolean,
): PolicyOutcome {
  if (policy.mode === 'off') return { asked: 0, held: 0, real: 0 };
  const live: RiskPolicy = { ...policy, mode: 'live' };
  const recent: boolean[] = [];
  let [asked, held, real, heldRecently] = [0, 0, 0, 0];
  for (const { probability, amountMinor, scale, isFraud } of cases) {
    const { action } = decide({
      ...{ policy: live, probability, amountMinor, scale, mayHold, heldRecently },
      ...{ decidedRecently: recent.length, answers: null },
    });
    const isHeld = action === 'hold';
    recent.push(isHeld);
    if (isHeld) heldRecently += 1;
    if (recent.length > budgetWindow && recent.shift()) heldRecently -= 1;
    if (action === 'ask') asked += 1;
    if (isHeld) held += 1;
    if (isHeld && isFraud) real += 1;
  }
  return { asked, held, real };
}
