// Says a decision in the shape of the program before this one, for those who still read it.
import type { FraudAssessment } from '#contract/risk.ts';
import type { RiskBand } from './decide.ts';

/**
 * The predecessor's answer. It knew three ends; ours never rejects by a model, so `REJECT` stands only for what
 * a rule or a person has refused.
 */
export function fraudAssessmentOf(decided: {
  readonly band: RiskBand;
  readonly probability: number | null;
  readonly reasons: readonly string[];
  /** What has become of it: posted, waiting for a person, or refused by one or by a rule. */
  readonly end: 'posted' | 'waiting' | 'refused';
}): FraudAssessment {
  const ends = { posted: 'APPROVE', waiting: 'MANUAL_REVIEW', refused: 'REJECT' } as const;
  return {
    fraud_assessment: {
      risk_level: decided.band,
      risk_score: decided.probability ?? 0,
      reasons: [...decided.reasons],
    },
    final_decision: ends[decided.end],
  };
}
