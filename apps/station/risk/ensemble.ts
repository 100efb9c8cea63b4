// Joins members into one model, each with the weight it earns on rows it has not seen.
import { type Calibration, calibrated, fitPlatt, identity } from './calibrate.ts';
import { createModel, importanceOf } from './compiled.ts';
import { encodeTable } from './encode.ts';
import { decidedRows, type Prepared, pickLabels, pickRows, prepare } from './lesson.ts';
import { logOdds, type Member } from './member.ts';
import { weightedPrecision } from './metrics.ts';
import type { Labels, RiskModel, TrainOptions } from './model.ts';
import { createRandom, shuffledIndexes } from './random.ts';
import {
  deepBoosting,
  looseForest,
  probabilitiesOf,
  type Recipe,
  scoresOf,
  trainMember,
} from './recipes.ts';
import { drawRows, sampled } from './sample.ts';
import { fitTable, type Table } from './table.ts';

/** Rows that teach and rows that judge. */
interface Fold {
  readonly teach: Int32Array;
  readonly judge: Int32Array;
}

/** What the members say of rows they have not seen, row after row in the same order. */
interface Trial {
  readonly outcome: Float64Array;
  readonly weight: Float64Array;
  /** Per recipe: its own scores. */
  readonly scores: readonly Float64Array[];
}

/** Blend weights are found in so many steps of equal size. */
const blendSteps = 40;
/** Share of the latest rows that judge where rows have a time. */
const laterShare = 0.25;
/** Up to so many rows every row judges once, by folds; beyond, one part judges the others. */
const foldRows = 8000;
/** Rows of each outcome that judge at most, and that teach a member of a kind at most. */
const judgesMax = 20_000;
const teachersMax: Readonly<Record<Recipe['kind'], number>> = {
  'gradient-boosting': 400_000,
  'random-forest': 50_000,
  logistic: 30_000,
  'isolation-forest': 20_000,
  neural: 30_000,
};
/** The deep boosting of large tables costs four times the plain one, so it sees fewer rows. */
const deepTeachersMax = 120_000;

function recipesFor(rows: number, columns: number): readonly Recipe[] {
  const isLarge = rows > 60_000;
  const list: Recipe[] = [
    { kind: 'gradient-boosting', name: 'even', boosting: {} },
    {
      kind: 'gradient-boosting',
      name: 'deep',
      boosting: isLarge
        ? { leaves: 31, learningRate: 0.06, trees: 240, rowShare: 0.4 }
        : deepBoosting,
    },
    { kind: 'random-forest', name: 'usual', forest: {} },
    { kind: 'logistic', name: 'baseline' },
    { kind: 'isolation-forest', name: 'novelty' },
    { kind: 'neural', name: 'network' },
  ];
  const loose: Recipe = { kind: 'random-forest', name: 'loose', forest: looseForest };
  if (!isLarge && columns > 2) list.push(loose);
  return list;
}

/** The rows a recipe learns from: bounded by work, never by the clock, or hashes would differ. */
function lessonOf(prepared: Prepared, { kind, name }: Recipe, seed: number): Prepared {
  return sampled(prepared, name === 'deep' ? deepTeachersMax : teachersMax[kind], seed);
}

function foldsOf(labels: Labels, seed: number): readonly Fold[] {
  const rows = decidedRows(labels);
  const { time, outcome } = labels;
  if (time && rows.some((row) => time[row] !== time[rows[0] as number])) {
    const order = rows.toSorted((one, other) => (time[one] as number) - (time[other] as number));
    const border = Math.floor((1 - laterShare) * order.length);
    const fold = { teach: order.slice(0, border).sort(), judge: order.slice(border).sort() };
    const positives = fold.judge.reduce((sum, row) => sum + (outcome[row] as number), 0);
    // Later rows without a positive cannot judge; then chance must choose the judges.
    if (positives >= 10) return [fold];
  }
  const count = rows.length <= 1500 ? 5 : rows.length <= 60_000 ? 3 : 4;
  const part = new Uint8Array(labels.outcome.length);
  for (const truth of [0, 1]) {
    const own = rows.filter((row) => outcome[row] === truth);
    const order = shuffledIndexes(own.length, createRandom(seed, 10 + truth));
    for (const [place, at] of order.entries()) part[own[at] as number] = place % count;
  }
  const folds = Array.from({ length: count }, (_none, at) => ({
    teach: rows.filter((row) => part[row] !== at),
    judge: rows.filter((row) => part[row] === at),
  }));
  return rows.length > foldRows ? folds.slice(0, 1) : folds;
}

async function tryFold(
  table: Table,
  labels: Labels,
  fold: Fold,
  recipes: readonly Recipe[],
  context: { readonly options: TrainOptions; readonly onStep: (recipe: number) => void },
): Promise<Trial> {
  const prepared = prepare(pickRows(table, fold.teach), pickLabels(labels, fold.teach));
  const { options } = context;
  const seed = options.seed ?? 1;
  const judges = drawRows(fold.judge, labels.outcome, judgesMax, seed);
  const judged = fitTable(prepared.encoder.columns, pickRows(table, judges.rows));
  const matrix = encodeTable(prepared.encoder, judged);
  const all = Int32Array.from(judges.rows, (_row, at) => at);
  const scores: Float64Array[] = [];
  for (const [at, recipe] of recipes.entries()) {
    const quiet = () => options.onProgress && context.onStep(at);
    const lesson = lessonOf(prepared, recipe, seed);
    const member = await trainMember(recipe, { prepared: lesson, options, onStep: quiet });
    scores.push(
      member.kind === 'isolation-forest'
        ? scoresOf(member, { matrix }, all)
        : probabilitiesOf(member, { matrix }, all).map(logOdds),
    );
  }
  const { outcome, weight: own } = pickLabels(labels, judges.rows);
  const weight = judges.factor.map((factor, at) => factor * (own?.[at] ?? 1));
  return { outcome, weight, scores };
}

function join(trials: readonly Trial[]): Trial {
  const flat = (arrays: readonly Float64Array[]): Float64Array =>
    Float64Array.from(arrays.flatMap((array) => [...array]));
  const [first] = trials as [Trial];
  return {
    outcome: flat(trials.map(({ outcome }) => outcome)),
    weight: flat(trials.map(({ weight }) => weight)),
    scores: first.scores.map((_scores, at) =>
      flat(trials.map(({ scores }) => scores[at] as Float64Array)),
    ),
  };
}

function lossOf(margins: Float64Array, { outcome, weight }: Trial): number {
  let sum = 0;
  for (let at = 0; at < margins.length; at++) {
    const margin = margins[at] as number;
    const away = outcome[at] === 1 ? -margin : margin;
    const loss = away > 0 ? away + Math.log(1 + Math.exp(-away)) : Math.log(1 + Math.exp(away));
    sum += (weight[at] as number) * loss;
  }
  return sum;
}

/**
 * Weights that lessen the loss of the blended log odds on rows not seen: one small step after the
 * other
 * to whichever member helps most (Caruana et al. 2004). A member that never helps gets none.
 */
export function earnWeights(trial: Trial, margins: readonly Float64Array[]): Float64Array {
  const weights = new Float64Array(margins.length);
  const sum = new Float64Array(trial.outcome.length);
  const blended = new Float64Array(sum.length);
  for (let step = 1; step <= blendSteps; step++) {
    let [best, bestLoss] = [0, Number.POSITIVE_INFINITY];
    for (const [at, margin] of margins.entries()) {
      for (let row = 0; row < sum.length; row++) {
        blended[row] = ((sum[row] as number) + (margin[row] as number)) / step;
      }
      const loss = lossOf(blended, trial);
      if (loss < bestLoss) [best, bestLoss] = [at, loss];
    }
    const chosen = margins[best] as Float64Array;
    for (let row = 0; row < sum.length; row++) {
      sum[row] = (sum[row] as number) + (chosen[row] as number);
    }
    weights[best] = (weights[best] as number) + 1;
  }
  return weights.map((count) => count / blendSteps);
}

/**
 * Trains every member on a part, weighs it on the rest, then trains those with weight on all rows.
 */
export async function trainEnsemble(
  table: Table,
  labels: Labels,
  options: TrainOptions,
): Promise<RiskModel> {
  const seed = options.seed ?? 1;
  const prepared = prepare(table, labels);
  const recipes = recipesFor(prepared.rows.length, table.columns.length);
  const folds = foldsOf(labels, seed);
  const steps = (folds.length + 1) * recipes.length;
  let done = 0;
  const onStep = () => options.onProgress?.(Math.min(1, done / steps));
  const trials: Trial[] = [];
  for (const fold of folds) {
    const context = { options, onStep };
    trials.push(await tryFold(table, labels, fold, recipes, context));
    done += recipes.length;
  }
  const trial = join(trials);
  const { outcome, weight } = trial;
  const fits = trial.scores.map((scores) => fitPlatt({ scores, outcome, weight }));
  const margins = trial.scores.map((scores, at) =>
    scores.map((score) => logOdds(calibrated(fits[at] as Calibration, score))),
  );
  const weights = earnWeights(trial, margins);
  const members: Member[] = [];
  for (const [at, recipe] of recipes.entries()) {
    done++;
    if (weights[at] === 0) continue;
    const lesson = lessonOf(prepared, recipe, seed);
    const member = await trainMember(recipe, { prepared: lesson, options, onStep });
    const weight = (weights[at] as number) * (fits[at] as Calibration).slope;
    // The novelty's own line was drawn on rows it had seen; the blend has drawn a better one.
    const isNovelty = member.kind === 'isolation-forest';
    members.push({ ...member, weight, ...(isNovelty ? { calibration: identity } : {}) });
  }
  const blended = new Float64Array(outcome.length).map((_none, row) =>
    margins.reduce((sum, own, at) => sum + (weights[at] as number) * (own[row] as number), 0),
  );
  const line = fitPlatt({ scores: blended, outcome, weight });
  // The members' own lines: slopes went into their weights, offsets go into the last line.
  const lift = fits.reduce((sum, fit, at) => sum + (weights[at] as number) * fit.offset, 0);
  const calibration = { ...line, offset: line.offset + line.slope * lift };
  const { encoder, matrix, dropped, rows, positives } = prepared;
  return createModel({
    card: {
      ...{ kind: 'ensemble', rows: rows.length, positives, seed, dropped },
      members: recipes.map(({ kind, name }, at) => ({
        ...{ kind, name, weight: weights[at] as number },
        averagePrecision: weightedPrecision(margins[at] as Float64Array, outcome, weight),
      })),
    },
    ...{ encoder, members, calibration },
    importance: importanceOf(encoder, members, matrix),
  });
}
