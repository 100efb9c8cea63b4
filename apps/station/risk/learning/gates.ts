// Judges a challenger before it may replace anything: every gate with its figure, all of them or none.
import {
  averagePrecision,
  brier,
  calibrationError,
  pairedBootstrap,
  recallAt,
} from '../metrics.ts';
import { createRandom } from '../random.ts';
import { populationStability, psiAct } from './drift.ts';

export interface GateLine {
  readonly gate: string;
  readonly passed: boolean;
  readonly figure: string;
}

/** Scores and truth on later time that neither model has seen. */
export interface Trial {
  readonly outcome: Float64Array;
  readonly challenger: Float64Array;
  /** The champion's scores, or what the rules alone did where there is none yet. */
  readonly champion: Float64Array;
  readonly isAgainstRules: boolean;
  /** Scores on the rows it was taught with, for stability. */
  readonly taught: Float64Array;
  /** Group of each row, as a number; groups are compared by how often honest cases are stopped. */
  readonly groups: readonly { readonly name: string; readonly of: Int32Array }[];
  readonly golden: readonly { readonly name: string; readonly score: number }[];
  /** Share of cases that may be stopped. */
  readonly budget: number;
  /** Probability from which the policy holds. */
  readonly holdFrom: number;
  readonly scoreUs: number;
  readonly fileBytes: number;
  /** Names of supervisors whose words stand out. */
  readonly named: readonly string[];
  readonly seed: number;
}

const rounds = 200;
/** Frauds in later time below which nothing is proven. */
export const fraudsLeast = 5;
export const groupGapMost = 0.05;
export const scoreUsMost = 500;
export const fileBytesMost = 8 * 1024 * 1024;
/** Share of cases among which every golden story must stand. */
export const goldenShare = 0.05;
export const calibrationMost = 0.02;

const text = (value: number) => value.toFixed(4);

/** Score from which a case is among the share that may be stopped. */
export function budgetScore(scores: Float64Array, budget: number): number {
  const sorted = Float64Array.from(scores).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * (1 - budget)) - 1)] ?? 1;
}

function rankingGates(trial: Trial): GateLine[] {
  const { outcome, challenger: first, champion: second, budget, seed } = trial;
  const random = createRandom(seed, 77);
  const duel = { first, second, outcome, rounds, random };
  const precision = pairedBootstrap({ ...duel, measure: averagePrecision });
  const atBudget = (scores: Float64Array, truth: Float64Array) => recallAt(scores, truth, budget);
  const recall = pairedBootstrap({ ...duel, measure: atBudget });
  const rival = trial.isAgainstRules ? 'the rules alone' : 'the champion';
  const own = averagePrecision(first, outcome);
  return [
    {
      gate: 'average precision better on later time',
      passed: precision.difference > 0 && precision.atLeastAsGood >= 0.95,
      figure: `${text(own)} against ${text(own - precision.difference)} of ${rival}, at least as good in ${(precision.atLeastAsGood * 100).toFixed(1)} % of ${rounds} resamples`,
    },
    {
      gate: `recall at ${(budget * 100).toFixed(1)} % not lower`,
      passed: recall.difference >= 0,
      figure: `${text(atBudget(first, outcome))}, difference ${text(recall.difference)} (${text(recall.low)} to ${text(recall.high)})`,
    },
  ];
}

function calibrationGates({ outcome, challenger, champion, isAgainstRules }: Trial): GateLine[] {
  const rate = outcome.reduce((sum, value) => sum + value, 0) / outcome.length;
  const own = brier(challenger, outcome);
  const other = isAgainstRules
    ? brier(new Float64Array(outcome.length).fill(rate), outcome)
    : brier(champion, outcome);
  const error = calibrationError(challenger, outcome);
  const rival = isAgainstRules ? 'the base rate' : 'the champion';
  return [
    {
      gate: 'Brier score not worse',
      passed: own <= other * 1.000_001,
      figure: `${own.toFixed(5)} against ${other.toFixed(5)} of ${rival}`,
    },
    {
      gate: `calibration error at most ${calibrationMost}`,
      passed: error <= calibrationMost,
      figure: text(error),
    },
  ];
}

function groupGap(trial: Trial, of: Int32Array, limit: number): number {
  const stopped = new Map<number, { rows: number; stopped: number }>();
  for (let row = 0; row < of.length; row += 1) {
    if (trial.outcome[row] !== 0) continue;
    const group = stopped.get(of[row] as number) ?? { rows: 0, stopped: 0 };
    group.rows += 1;
    if ((trial.challenger[row] as number) >= limit) group.stopped += 1;
    stopped.set(of[row] as number, group);
  }
  const rates = [...stopped.values()]
    .filter(({ rows }) => rows >= 50)
    .map((group) => group.stopped / group.rows);
  return rates.length < 2 ? 0 : Math.max(...rates) - Math.min(...rates);
}

/** Honest cases that the policy would hold for what the model says, of 1,000. */
function alertGate({ outcome, challenger, budget, holdFrom }: Trial): GateLine {
  let [honest, held] = [0, 0];
  outcome.forEach((value, row) => {
    if (value !== 0) return;
    honest += 1;
    if ((challenger[row] as number) >= holdFrom) held += 1;
  });
  const per = (held * 1_000) / Math.max(1, honest);
  return {
    gate: `at most ${budget * 1_000} honest cases held of 1,000`,
    passed: per <= budget * 1_000,
    figure: `${held} of ${honest}, ${per.toFixed(1)} of 1,000`,
  };
}

function conductGates(trial: Trial): GateLine[] {
  const limit = budgetScore(trial.challenger, trial.budget);
  const psi = populationStability([...trial.taught], [...trial.challenger]);
  // A story is found where it stands among the most suspicious twentieth, or would be held outright.
  const found = Math.min(budgetScore(trial.challenger, goldenShare), trial.holdFrom);
  const missed = trial.golden.filter(({ score }) => score < found);
  return [
    alertGate(trial),
    { gate: 'score stable over time', passed: psi < psiAct, figure: `PSI ${text(psi)}` },
    ...trial.groups.map(({ name, of }) => {
      const gap = groupGap(trial, of, limit);
      return {
        gate: `honest cases stopped alike by ${name}`,
        passed: gap <= groupGapMost,
        figure: `gap ${text(gap)}, at most ${groupGapMost}`,
      };
    }),
    {
      gate: 'golden stories all found',
      passed: missed.length === 0,
      figure:
        missed.length === 0
          ? `${trial.golden.length} of ${trial.golden.length}`
          : `missed: ${missed.map(({ name }) => name).join('; ')}`,
    },
    {
      gate: 'quick and small enough',
      passed: trial.scoreUs <= scoreUsMost && trial.fileBytes <= fileBytesMost,
      // No time of day in the log's bytes: only whether the bound holds.
      figure: `at most ${scoreUsMost} us a score and ${fileBytesMost} bytes`,
    },
    {
      gate: 'no supervisor’s verdicts stand out',
      passed: trial.named.length === 0,
      figure: trial.named.length === 0 ? 'none' : trial.named.join(', '),
    },
  ];
}

/** Every gate in the order they are read. `frauds in later time` alone where the rest proves nothing. */
export function judgeTrial(trial: Trial): readonly GateLine[] {
  const frauds = trial.outcome.reduce((sum, value) => sum + value, 0);
  const enough: GateLine = {
    gate: `at least ${fraudsLeast} frauds in later time`,
    passed: frauds >= fraudsLeast,
    figure: `${frauds} among ${trial.outcome.length} cases`,
  };
  if (!enough.passed) return [enough];
  return [enough, ...rankingGates(trial), ...calibrationGates(trial), ...conductGates(trial)];
}
