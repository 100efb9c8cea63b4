// Says figures of risk in words.
import type { RiskOverview, RiskPolicy } from '#contract/risk.ts';

/** "2 stopped in 1,000, 1.5 of them real". */
export function stoppedSentence(overview: RiskOverview): string {
  const { stoppedPerThousand: stopped, realPerThousand: real, days } = overview;
  const decisions = days.reduce((sum, day) => sum + day.decisions, 0);
  if (decisions === 0) return 'No posting was judged by a model yet.';
  return `Of 1,000 postings ${figure(stopped)} were stopped, ${figure(real)} of them real by now (${decisions} judged).`;
}

function figure(value: number): string {
  return value >= 10 || value === 0 ? String(Math.round(value)) : value.toFixed(1);
}

const percent = (points: number): string =>
  `${(points / 100).toFixed(points % 100 === 0 ? 0 : 1)} %`;

/** The policy as sentences a supervisor can argue with. */
export function riskPolicySentences(policy: RiskPolicy): string[] {
  const modes = {
    live: 'The models’ decisions count.',
    shadow: 'The models’ decisions are written down and change nothing.',
    off: 'The models are not asked.',
  };
  return [
    `${modes[policy.mode]} In force from ${policy.from}.`,
    `Asked from ${percent(policy.askBasisPoints)}, held from ${percent(policy.holdBasisPoints)}, where the loss to be expected (${percent(policy.lossBasisPoints)} of the amount) is more than two questions (${policy.questionCost}) or a review (${policy.reviewCost}) cost.`,
    `At most ${policy.holdsPerThousand} held in 1,000; from ${percent(policy.alwaysHoldBasisPoints)} always.`,
    `After ${policy.deadlineMs} ms the rules decide alone. Quiet for ${policy.quietDays} days counts as legitimate; ${policy.shadowDays} days in the shadow before a model serves.`,
  ];
}
