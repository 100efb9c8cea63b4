// The scorecard of credit: a few figures, each with a sign that reason gives it, added up to odds of default.

/** What is known of an applicant: money and time, never who they are. */
export interface CreditFigures {
  /** Share of the net income that fixed payments would take, the new ones among them. */
  readonly debtService: number;
  /** Amount asked for, in years of net income. */
  readonly yearsOfIncome: number;
  readonly employedMonths: number;
  /** Months the bank has known the account. */
  readonly historyMonths: number;
  /** Share of the stated income that reached the account in the last 90 days, 0 to 1. */
  readonly incomeSeen: number;
  /** Share of the last 90 days' movements after which the account was overdrawn, 0 to 1. */
  readonly overdrawnShare: number;
}

export interface Weight {
  readonly name: keyof CreditFigures;
  /** What one unit of the scaled figure adds to the log odds; its sign is fixed by reason, not by data. */
  readonly weight: number;
  readonly scaled: (figures: CreditFigures) => number;
  /** What a dependable applicant has; reasons are told against it. */
  readonly good: number;
  readonly reason: (figures: CreditFigures) => string;
}

const cap = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const years = (months: number): string =>
  months < 24 ? `${months} months` : `${Math.floor(months / 12)} years`;

/** Name of this set of weights; a decision names it. */
export const scorecardName = 'expert-1';

/** Log odds of an applicant for whom every figure is zero. */
export const base = -3.4;

export const weights: readonly Weight[] = Object.freeze([
  {
    name: 'debtService',
    weight: 3.2,
    scaled: ({ debtService }) => cap(debtService, 2),
    good: 0.25,
    reason: ({ debtService }) =>
      `fixed payments would take ${percent(debtService)} of the net income`,
  },
  {
    name: 'yearsOfIncome',
    weight: 0.35,
    scaled: ({ yearsOfIncome }) => cap(yearsOfIncome, 6),
    good: 0.25,
    reason: ({ yearsOfIncome }) =>
      `the amount is ${yearsOfIncome.toFixed(1)} times a year’s net income`,
  },
  {
    name: 'employedMonths',
    weight: -0.3,
    scaled: ({ employedMonths }) => Math.log1p(cap(employedMonths, 240) / 6),
    good: Math.log1p(60 / 6),
    reason: ({ employedMonths }) =>
      `${years(employedMonths)} with the present employer are short of five years`,
  },
  {
    name: 'historyMonths',
    weight: -0.25,
    scaled: ({ historyMonths }) => Math.log1p(cap(historyMonths, 240) / 6),
    good: Math.log1p(60 / 6),
    reason: ({ historyMonths }) =>
      `the account has been kept here for ${years(historyMonths)} only`,
  },
  {
    name: 'incomeSeen',
    weight: -0.9,
    scaled: ({ incomeSeen }) => cap(incomeSeen, 1),
    good: 1,
    reason: ({ incomeSeen }) =>
      `${percent(incomeSeen)} of the stated income reached the account in 90 days`,
  },
  {
    name: 'overdrawnShare',
    weight: 1.8,
    scaled: ({ overdrawnShare }) => cap(overdrawnShare, 1),
    good: 0,
    reason: ({ overdrawnShare }) =>
      `the account was overdrawn after ${percent(overdrawnShare)} of its movements in 90 days`,
  },
]);

/** Log odds of default within a year by the expert's weights; what outcomes teach comes after (calibrate.ts). */
export function logOdds(figures: CreditFigures): number {
  return weights.reduce((sum, { weight, scaled }) => sum + weight * scaled(figures), base);
}

export const probabilityOf = (odds: number): number => 1 / (1 + Math.exp(-odds));

export type CreditBand = 'A' | 'B' | 'C' | 'D';

/** Upper ends of the bands. */
export const bandEnds: readonly (readonly [CreditBand, number])[] = Object.freeze([
  ['A', 0.02],
  ['B', 0.05],
  ['C', 0.12],
]);

export function bandOf(probability: number): CreditBand {
  return bandEnds.find(([, end]) => probability < end)?.[0] ?? 'D';
}

/** Adverse-action reasons: what pushes the odds up most against a dependable applicant; at most four. */
export function adverseReasons(figures: CreditFigures): string[] {
  return weights
    .map((each) => ({ each, adds: each.weight * (each.scaled(figures) - each.good) }))
    .filter(({ adds }) => adds > 0.05)
    .sort((one, other) => other.adds - one.adds)
    .slice(0, 4)
    .map(({ each }) => each.reason(figures));
}
