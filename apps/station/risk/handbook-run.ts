// Runs the published card-fraud benchmark as a branch would live it: label delay, daily
// examinations.
import { Refusal } from '#station/bank/refusal.ts';
import {
  delayDays,
  examineDaily,
  feedbackFeatures,
  handbookFeatures,
  type Payments,
  readPayments,
  rowsOfDays,
} from './handbook.ts';
import { pickRows } from './lesson.ts';
import { areaUnderRoc, averagePrecision, recallAt } from './metrics.ts';
import type { ModelKind, RiskModel } from './model.ts';
import type { Table } from './table.ts';
import { train } from './train.ts';

export interface HandbookPlan {
  readonly kind: ModelKind;
  /** Days at the end that are judged. */
  readonly testDays: number;
  /** Days that teach; they end a label delay before the judged ones. */
  readonly trainDays: number;
  /** Transactions examined each day. */
  readonly budget: number;
  readonly seed: number;
  readonly say: (sentence: string) => void;
}

export interface HandbookFigures {
  readonly auroc: number;
  readonly averagePrecision: number;
  readonly recallAt: { readonly '0.005': number; readonly '0.01': number };
}

export interface HandbookResult {
  readonly rows: number;
  readonly positives: number;
  readonly trainRows: number;
  /** The book's fifteen features. */
  readonly book: HandbookFigures;
  /** Those and the customer's and the terminal's own history. */
  readonly wide: HandbookFigures;
  /** Those and what the daily examinations found. */
  readonly feedback: HandbookFigures;
}

function figuresOf(scores: Float64Array, outcome: Float64Array): HandbookFigures {
  return {
    auroc: areaUnderRoc(scores, outcome),
    averagePrecision: averagePrecision(scores, outcome),
    recallAt: {
      '0.005': recallAt(scores, outcome, 0.005),
      '0.01': recallAt(scores, outcome, 0.01),
    },
  };
}

const outcomesOf = ({ fraud }: Payments, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => fraud[row] as number);

const timesOf = ({ time }: Payments, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => time[row] as number);

interface Days {
  readonly test: number;
  readonly end: number;
  readonly train: number;
  readonly scout: number;
}

function daysOf({ time, count }: Payments, { testDays, trainDays }: HandbookPlan): Days {
  const end = Math.floor((time[count - 1] as number) / 86_400) + 1;
  const start = Math.floor((time[0] as number) / 86_400);
  const test = end - testDays;
  const train = test - delayDays - trainDays;
  const scout = train - delayDays - 21;
  if (scout - start >= 0) return { test, end, train, scout };
  const sentence = `The table holds ${end - start} days; this needs ${end - scout}.`;
  throw new Refusal('bad-table', sentence);
}

interface Stage {
  readonly payments: Payments;
  readonly plan: HandbookPlan;
  readonly days: Days;
}

async function teach({ payments, plan }: Stage, table: Table, rows: Int32Array) {
  const labels = { outcome: outcomesOf(payments, rows), time: timesOf(payments, rows) };
  return train(plan.kind, table, labels, { seed: plan.seed });
}

/** Train on the window, judge on the last days, with these features. */
async function fixed(stage: Stage, table: Table) {
  const { payments, days } = stage;
  const taught = rowsOfDays(payments, days.train, days.test - delayDays);
  const judged = rowsOfDays(payments, days.test, days.end);
  const model = await teach(stage, pickRows(table, taught), taught);
  const scores = model.scoreTable(pickRows(table, judged));
  return figuresOf(scores, outcomesOf(payments, judged));
}

function withFeedback(stage: Stage, wide: Table, examined: Uint8Array, rows: Int32Array): Table {
  const own = pickRows(wide, rows);
  const more = feedbackFeatures(stage.payments, examined, rows);
  return { rowCount: rows.length, columns: [...own.columns, ...more] };
}

/** Days of the window and up to the judged ones are examined by a model of the weeks before. */
async function scout(stage: Stage, wide: Table, examined: Uint8Array): Promise<void> {
  const { payments, days, plan } = stage;
  const taught = rowsOfDays(payments, days.scout, days.train - delayDays);
  const model = await teach(stage, pickRows(wide, taught), taught);
  const rows = rowsOfDays(payments, days.train - delayDays, days.test);
  examineDaily(payments, rows, model.scoreTable(pickRows(wide, rows)), plan.budget, examined);
}

/** Day by day: score with what is known this morning, examine the highest, go on. */
function liveThrough(stage: Stage, wide: Table, examined: Uint8Array, model: RiskModel) {
  const { payments, days, plan } = stage;
  const [scores, outcome]: [number[], number[]] = [[], []];
  for (let day = days.test; day < days.end; day++) {
    const rows = rowsOfDays(payments, day, day + 1);
    const own = model.scoreTable(withFeedback(stage, wide, examined, rows));
    examineDaily(payments, rows, own, plan.budget, examined);
    scores.push(...own);
    outcome.push(...outcomesOf(payments, rows));
  }
  return figuresOf(Float64Array.from(scores), Float64Array.from(outcome));
}

/** Runs the benchmark on the handbook's table; refuses `missing-columns`, `bad-table`. */
export async function runHandbook(table: Table, plan: HandbookPlan): Promise<HandbookResult> {
  const payments = readPayments(table);
  const stage: Stage = { payments, plan, days: daysOf(payments, plan) };
  const { days } = stage;
  const judged = rowsOfDays(payments, days.test, days.end);
  const taught = rowsOfDays(payments, days.train, days.test - delayDays);
  plan.say(`${taught.length} rows teach, ${judged.length} judge.`);
  const wide = handbookFeatures(payments, true);
  const book = await fixed(stage, handbookFeatures(payments, false));
  plan.say(`book features: average precision ${book.averagePrecision.toFixed(4)}`);
  const own = await fixed(stage, wide);
  plan.say(`own history: average precision ${own.averagePrecision.toFixed(4)}`);
  const examined = new Uint8Array(payments.count);
  await scout(stage, wide, examined);
  const lesson = withFeedback(stage, wide, examined, taught);
  const model = await teach(stage, lesson, taught);
  const feedback = liveThrough(stage, wide, examined, model);
  plan.say(`with feedback: average precision ${feedback.averagePrecision.toFixed(4)}`);
  return {
    ...{ rows: judged.length, trainRows: taught.length },
    positives: outcomesOf(payments, judged).reduce((sum, one) => sum + one, 0),
    ...{ book, wide: own, feedback },
  };
}
