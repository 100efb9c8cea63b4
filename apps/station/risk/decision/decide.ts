// Turns a score into what happens: cost against cost, within a budget of reviews; never a block.
import type { RiskAnswers, RiskPolicy } from '#contract/risk.ts';

export type RiskAction = 'allow' | 'ask' | 'hold';
export type RiskBand = 'LOW' | 'MEDIUM' | 'HIGH';

export interface DecisionQuestion {
  readonly policy: RiskPolicy;
  /** 0 to 1; null where no model answered. */
  readonly probability: number | null;
  /** False for a model that only knows novelty: it may make the teller ask, no more. */
  readonly mayHold: boolean;
  /** In minor units, with how many make one whole. */
  readonly amountMinor: number;
  readonly scale: number;
  /** Holds by the models alone among the newest decisions, and how many decisions those are. */
  readonly heldRecently: number;
  readonly decidedRecently: number;
  readonly answers: RiskAnswers | null;
}

export interface Decision {
  /** What is done; in shadow mode always `allow`. */
  readonly action: RiskAction;
  /** What the policy comes to. */
  readonly would: RiskAction;
  readonly band: RiskBand;
  /** Why it came to this, for the record: `p-low`, `cost`, `budget`, `answers`, `certain` ... */
  readonly because: string;
  /** Loss to be expected if nothing is done, in minor units. */
  readonly expectedLossMinor: number;
}

/** Decisions over which the budget of holds is counted. */
export const budgetWindow = 1_000;

const bands: Readonly<Record<RiskAction, RiskBand>> = {
  allow: 'LOW',
  ask: 'MEDIUM',
  hold: 'HIGH',
};

/** What honest customers seldom say, and victims often do. */
export function isWorrying({ purpose, relation }: RiskAnswers): boolean {
  return relation === 'told-by-phone' || relation === 'stranger' || purpose === 'asked-to';
}

function hasBudget({ policy, heldRecently, decidedRecently }: DecisionQuestion): boolean {
  // A young branch may hold at least one, or its first fraud would pass.
  const most = Math.max(1, (policy.holdsPerThousand * Math.max(decidedRecently, 100)) / 1_000);
  return heldRecently < most;
}

type Reckoned = readonly [action: RiskAction, because: string];

function reckon(question: DecisionQuestion, lossMinor: number): Reckoned {
  const { policy, mayHold, scale, answers } = question;
  const points = (question.probability ?? 0) * 10_000;
  if (points < policy.askBasisPoints) return ['allow', 'probability'];
  if (lossMinor <= policy.questionCost * scale) return ['allow', 'cost'];
  const isHold =
    mayHold && points >= policy.holdBasisPoints && lossMinor > policy.reviewCost * scale;
  if (isHold && points >= policy.alwaysHoldBasisPoints) return ['hold', 'certain'];
  if (isHold && hasBudget(question)) return ['hold', 'cost'];
  if (answers && isWorrying(answers)) return ['hold', 'answers'];
  if (answers) return ['allow', 'answers'];
  return ['ask', isHold ? 'budget' : 'cost'];
}

/** Decides one attempt. The same question always gives the same decision. */
export function decide(question: DecisionQuestion): Decision {
  const { policy, probability, amountMinor } = question;
  const expectedLossMinor = Math.round(
    ((probability ?? 0) * amountMinor * policy.lossBasisPoints) / 10_000,
  );
  const [would, because] =
    probability === null || policy.mode === 'off'
      ? (['allow', 'rules-alone'] as const)
      : reckon(question, expectedLossMinor);
  return Object.freeze({
    action: policy.mode === 'live' ? would : 'allow',
    ...{ would, because, expectedLossMinor, band: bands[would] },
  });
}
