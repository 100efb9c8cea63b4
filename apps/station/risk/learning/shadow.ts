// Compares a challenger with the champion on what both scored unseen, by what is known of the cases now.
import { averagePrecision } from '../metrics.ts';
import { budgetScore, type GateLine } from './gates.ts';

/** One decision a challenger was scored beside. */
export interface ShadowCase {
  readonly date: string;
  readonly challenger: number;
  /** The champion's score; null where none was in force, or it did not answer. */
  readonly champion: number | null;
  readonly isFraud: boolean;
}

export interface ShadowSide {
  readonly averagePrecision: number | null;
  /** Frauds known now among the share that may be stopped. */
  readonly found: number;
  /** Cases not known to be fraud that it would hold, of 1,000 such. */
  readonly falsePerThousand: number;
}

export interface ShadowReport {
  /** Business dates on which it was scored. */
  readonly days: number;
  readonly cases: number;
  readonly frauds: number;
  readonly challenger: ShadowSide;
  /** Null where no champion was in force on any of the cases. */
  readonly champion: ShadowSide | null;
  readonly gates: readonly GateLine[];
}

export interface ShadowRule {
  /** Share of cases that may be stopped, and the probability from which the policy holds. */
  readonly budget: number;
  readonly holdFrom: number;
  readonly daysLeast: number;
}

function sideOf(scores: Float64Array, outcome: Float64Array, rule: ShadowRule): ShadowSide {
  const frauds = outcome.reduce((sum, value) => sum + value, 0);
  const limit = budgetScore(scores, rule.budget);
  let [found, isFalse] = [0, 0];
  scores.forEach((score, index) => {
    if (score >= limit && outcome[index] === 1) found += 1;
    if (score >= rule.holdFrom && outcome[index] !== 1) isFalse += 1;
  });
  return {
    averagePrecision: frauds === 0 ? null : averagePrecision(scores, outcome),
    found,
    falsePerThousand: (isFalse * 1_000) / Math.max(1, outcome.length - frauds),
  };
}

const outcomesOf = (cases: readonly ShadowCase[]) =>
  Float64Array.from(cases, ({ isFraud }) => (isFraud ? 1 : 0));

function gatesOf(report: Omit<ShadowReport, 'gates'>, rule: ShadowRule): GateLine[] {
  const { days, challenger, champion, frauds } = report;
  const most = rule.budget * 1_000;
  const rival = champion ? `${champion.found} by the champion` : 'no champion to beat';
  return [
    {
      gate: `${rule.daysLeast} days in the shadow`,
      passed: days >= rule.daysLeast,
      figure: `${days} of ${rule.daysLeast} days with scores of its own`,
    },
    {
      gate: 'in the shadow it finds no less',
      passed: !champion || challenger.found >= champion.found,
      figure: `${challenger.found} of ${frauds} known frauds within the budget, ${rival}`,
    },
    {
      gate: `in the shadow at most ${most} honest cases held of 1,000`,
      passed: challenger.falsePerThousand <= most,
      figure: `${challenger.falsePerThousand.toFixed(1)} of 1,000`,
    },
  ];
}

/**
 * What the days in the shadow say. A case nobody called fraud counts as honest for now: the verdicts that are still
 * to come can only move both models alike. Champion and challenger are compared on the cases both scored.
 */
export function shadowReport(cases: readonly ShadowCase[], rule: ShadowRule): ShadowReport {
  const both = cases.filter(({ champion }) => champion !== null);
  const compared = both.length > 0 ? both : cases;
  const outcome = outcomesOf(compared);
  const scores = Float64Array.from(compared, ({ challenger }) => challenger);
  const rivals = Float64Array.from(both, ({ champion }) => champion as number);
  const report = {
    days: new Set(cases.map(({ date }) => date)).size,
    cases: cases.length,
    frauds: outcome.reduce((sum, value) => sum + value, 0),
    challenger: sideOf(scores, outcome, rule),
    champion: both.length > 0 ? sideOf(rivals, outcome, rule) : null,
  };
  return Object.freeze({ ...report, gates: gatesOf(report, rule) });
}
