// Assesses an application: probability of default, band, the most it carries, and why it is not better.
import { type CreditLevel, expertLevel } from './calibrate.ts';
import {
  adverseReasons,
  bandOf,
  type CreditBand,
  type CreditFigures,
  logOdds,
  probabilityOf,
} from './scorecard.ts';

export interface CreditRequest {
  readonly product: 'loan' | 'overdraft';
  readonly amountMinor: number;
  readonly months: number;
  readonly incomeMinor: number;
  readonly obligationsMinor: number;
  readonly employedMonths: number;
}

/** What the ledger knows of the applicant's account. */
export interface CreditConduct {
  readonly historyMonths: number;
  readonly inflow90Minor: number;
  readonly overdrawnShare: number;
}

export interface CreditResultOf {
  readonly odds: number;
  readonly probability: number;
  readonly band: CreditBand;
  readonly limitMinor: number;
  readonly reasons: readonly string[];
  readonly figures: CreditFigures;
}

/** Above this probability, or with fixed payments above this share of the income, nothing more is carried. */
export const acceptable = 0.05;
export const debtServiceMost = 0.4;

/** What is paid a month: a loan in equal parts with interest, an overdraft a twentieth of it. */
export function instalment(request: CreditRequest, amountMinor: number): number {
  return request.product === 'loan' ? (amountMinor * 1.06) / request.months : amountMinor / 20;
}

export function figuresOf(
  request: CreditRequest,
  conduct: CreditConduct,
  amountMinor: number,
): CreditFigures {
  const income = Math.max(1, request.incomeMinor);
  return {
    debtService: (request.obligationsMinor + instalment(request, amountMinor)) / income,
    yearsOfIncome: amountMinor / (12 * income),
    employedMonths: request.employedMonths,
    historyMonths: conduct.historyMonths,
    incomeSeen: Math.min(1, conduct.inflow90Minor / (3 * income)),
    overdrawnShare: conduct.overdrawnShare,
  };
}

const levelled = (odds: number, { slope, shift }: CreditLevel): number => slope * odds + shift;

/** The largest whole hundred units up to twice the request that is acceptable; 0 where none is. */
function limitOf(request: CreditRequest, conduct: CreditConduct, level: CreditLevel): number {
  const step = 10_000;
  const carries = (steps: number): boolean => {
    const figures = figuresOf(request, conduct, steps * step);
    const isAcceptable = probabilityOf(levelled(logOdds(figures), level)) <= acceptable;
    return isAcceptable && figures.debtService <= debtServiceMost;
  };
  let [low, high] = [0, Math.ceil((request.amountMinor * 2) / step)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (carries(middle)) low = middle;
    else high = middle - 1;
  }
  return low * step;
}

/** The same request and conduct always give the same answer. `level`: see calibrate.ts. */
export function assessCredit(
  request: CreditRequest,
  conduct: CreditConduct,
  level: CreditLevel = expertLevel,
): CreditResultOf {
  const figures = figuresOf(request, conduct, request.amountMinor);
  const odds = logOdds(figures);
  const probability = probabilityOf(levelled(odds, level));
  return Object.freeze({
    ...{ odds, probability, band: bandOf(probability), figures },
    limitMinor: limitOf(request, conduct, level),
    reasons: adverseReasons(figures),
  });
}
