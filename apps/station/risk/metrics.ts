// Judges scores against outcomes: ranking, calibration, and whether one model is really better.
import type { Random } from './random.ts';

/** Positions of the scores from the highest down; ties in the order they came. */
export function descending(scores: Float64Array): Uint32Array {
  const order = Uint32Array.from(scores, (_score, at) => at);
  return order.sort(
    (one, other) => (scores[other] as number) - (scores[one] as number) || one - other,
  );
}

/** A group of rows with the same score: how many rows and how many of them positive. */
interface Step {
  readonly rows: number;
  readonly positives: number;
}

function steps(scores: Float64Array, outcome: Float64Array): readonly Step[] {
  const order = descending(scores);
  const list: Step[] = [];
  let [rows, positives] = [0, 0];
  for (let at = 0; at < order.length; at++) {
    rows++;
    positives += outcome[order[at] as number] as number;
    const isLast = at + 1 === order.length;
    if (!isLast && scores[order[at] as number] === scores[order[at + 1] as number]) continue;
    list.push({ rows, positives });
    [rows, positives] = [0, 0];
  }
  return list;
}

/**
 * The share of pairs of a positive and a negative that stand in the right order; ties count half.
 */
export function areaUnderRoc(scores: Float64Array, outcome: Float64Array): number {
  let [above, right, negativesAll] = [0, 0, 0];
  for (const { rows, positives } of steps(scores, outcome)) {
    const negatives = rows - positives;
    right += negatives * (above + positives / 2);
    above += positives;
    negativesAll += negatives;
  }
  return right / (above * negativesAll);
}

/** Mean precision over the positives, as scikit-learn's average_precision_score has it. */
export function averagePrecision(scores: Float64Array, outcome: Float64Array): number {
  let [rowsSeen, positivesSeen, sum] = [0, 0, 0];
  for (const { rows, positives } of steps(scores, outcome)) {
    rowsSeen += rows;
    positivesSeen += positives;
    sum += positives * (positivesSeen / rowsSeen);
  }
  return sum / positivesSeen;
}

/** The same where rows stand for several: `weight` of them each; tied scores count as one step. */
export function weightedPrecision(
  scores: Float64Array,
  outcome: Float64Array,
  weight: Float64Array,
): number {
  const order = descending(scores);
  let [seen, positives, sum] = [0, 0, 0];
  for (let at = 0; at < order.length; ) {
    const score = scores[order[at] as number];
    let own = 0;
    for (; at < order.length && scores[order[at] as number] === score; at++) {
      const row = order[at] as number;
      seen += weight[row] as number;
      own += (weight[row] as number) * (outcome[row] as number);
    }
    positives += own;
    if (own > 0) sum += own * (positives / seen);
  }
  return sum / positives;
}

/** Share of the positives among the given share of rows with the highest scores. */
export function recallAt(scores: Float64Array, outcome: Float64Array, share: number): number {
  const order = descending(scores);
  const budget = Math.floor(share * order.length);
  let [found, all] = [0, 0];
  for (let at = 0; at < order.length; at++) {
    const positive = outcome[order[at] as number] as number;
    all += positive;
    if (at < budget) found += positive;
  }
  return found / all;
}

/** Mean squared distance of probability and outcome. */
export function brier(probabilities: Float64Array, outcome: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < outcome.length; at++) {
    sum += ((probabilities[at] as number) - (outcome[at] as number)) ** 2;
  }
  return sum / outcome.length;
}

/**
 * Expected calibration error over ten equal slices of probability: mean distance of what was said
 * and
 * what came, weighted by rows.
 */
export function calibrationError(probabilities: Float64Array, outcome: Float64Array): number {
  const [said, came] = [new Float64Array(10), new Float64Array(10)];
  for (let at = 0; at < outcome.length; at++) {
    const slice = Math.max(0, Math.min(9, Math.floor((probabilities[at] as number) * 10)));
    said[slice] = (said[slice] as number) + (probabilities[at] as number);
    came[slice] = (came[slice] as number) + (outcome[at] as number);
  }
  let sum = 0;
  for (let slice = 0; slice < 10; slice++) {
    sum += Math.abs((said[slice] as number) - (came[slice] as number));
  }
  return sum / outcome.length;
}

/** Mean logarithmic loss, probabilities held away from 0 and 1. */
export function logLoss(probabilities: Float64Array, outcome: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < outcome.length; at++) {
    const probability = Math.min(1 - 1e-12, Math.max(1e-12, probabilities[at] as number));
    sum -= Math.log(outcome[at] === 1 ? probability : 1 - probability);
  }
  return sum / outcome.length;
}

export interface Difference {
  /** First minus second on all rows. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Share of the resamples in which the first is at least as good. */
  readonly atLeastAsGood: number;
}

export interface Duel {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly outcome: Float64Array;
  readonly measure: (scores: Float64Array, outcome: Float64Array) => number;
  readonly rounds: number;
  readonly random: Random;
}

/** Compares two models on the same resampled rows; low and high hold 95 % of the differences. */
export function pairedBootstrap(duel: Duel): Difference {
  const { first, second, outcome, measure, rounds, random } = duel;
  const rows = outcome.length;
  const [one, other, truth] = [0, 1, 2].map(() => new Float64Array(rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const differences: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (let at = 0; at < rows; at++) {
      const drawn = random.below(rows);
      one[at] = first[drawn] as number;
      other[at] = second[drawn] as number;
      truth[at] = outcome[drawn] as number;
    }
    const difference = measure(one, truth) - measure(other, truth);
    if (!Number.isNaN(difference)) differences.push(difference);
  }
  const sorted = differences.toSorted((left, right) => left - right);
  const part = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return {
    difference: measure(first, outcome) - measure(second, outcome),
    low: part(0.025),
    high: part(0.975),
    atLeastAsGood: differences.filter((value) => value >= 0).length / differences.length,
  };
}
