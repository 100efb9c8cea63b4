// Trains one member of a kind on prepared rows: the settings that stood up on rows not seen.
import { Refusal } from '#station/bank/refusal.ts';
import { fitBasis } from './basis.ts';
import { type BoostingPlan, trainBoosted } from './boosting.ts';
import { calibrated, fitIsotonic, fitPlatt, identity } from './calibrate.ts';
import { binsAt } from './compiled.ts';
import { type ForestPlan, trainForest } from './forest.ts';
import { trainIsolation } from './isolation.ts';
import type { Prepared } from './lesson.ts';
import { trainLogistic } from './logistic.ts';
import { forestScore, type Member, memberScore } from './member.ts';
import { logLoss } from './metrics.ts';
import type { ModelKind, TrainOptions } from './model.ts';
import { createRandom } from './random.ts';

export type MemberKind = Exclude<ModelKind, 'ensemble'>;

/** How one member is trained; `name` tells recipes of a kind apart. */
export interface Recipe {
  readonly kind: MemberKind;
  readonly name: string;
  readonly boosting?: Partial<BoostingPlan>;
  readonly forest?: ForestRecipe;
}

interface ForestRecipe {
  readonly tries?: number;
  readonly leafRows?: number;
  readonly rowShare?: number;
}

export interface RecipeContext {
  readonly prepared: Prepared;
  readonly options: TrainOptions;
  readonly onStep: (done: number) => void;
}

/**
 * From this many judged rows, with 50 of the rarer kind, isotonic calibration is steadier than
 * Platt's.
 */
const isotonicRows = 1000;

/** Per feature of the encoder what the options say of its column. */
function monotoneOf({ encoder }: Prepared, options: TrainOptions): Int8Array {
  const names = new Set(encoder.columns.map(({ name }) => name));
  const foreign = Object.keys(options.monotone ?? {}).find((name) => !names.has(name));
  if (foreign !== undefined) {
    const sentence = `There is no column ${foreign} to hold monotone.`;
    throw new Refusal('missing-columns', sentence, foreign);
  }
  return Int8Array.from(encoder.features, ({ column, kind }) => {
    const name = encoder.columns[column]?.name ?? '';
    return kind === 'number' ? (options.monotone?.[name] ?? 0) : 0;
  });
}

/** Boosting that looks closely: for what hangs together in many ways. */
export const deepBoosting = { leaves: 24, learningRate: 0.06, trees: 220, rowsMin: 3 } as const;
/** A forest that looks at one feature of chance at a time: for cases alike to past cases. */
export const looseForest = { tries: 1, leafRows: 1, rowShare: 1 } as const;
/** Up to so many rows it is tried out which of two recipes fits; beyond, the usual one does. */
const tryRows = 8000;
/** The unusual recipe must lessen the loss by this share, or chance would choose. */
const betterShare = 0.02;

/** Boosting by the size of what there is to learn from. */
function boostingPlan(prepared: Prepared, recipe: Recipe, options: TrainOptions): BoostingPlan {
  const isLarge = prepared.rows.length > 60_000;
  // A thousand cases bear no more than the plainest trees.
  const isTiny = prepared.rows.length < 2000;
  return {
    ...{ trees: isLarge ? 120 : 150, leaves: isLarge ? 24 : isTiny ? 4 : 8 },
    ...{ learningRate: isLarge ? 0.12 : isTiny ? 0.045 : 0.065, ridge: 1, hessianMin: 1 },
    ...{ rowsMin: isLarge ? 5 : 10, rowShare: isLarge ? 0.3 : 0.5, featureShare: 0.5 },
    ...{ binsMax: isLarge ? 255 : 128, patience: 0 },
    monotone: monotoneOf(prepared, options),
    ...recipe.boosting,
    ...(options.trees === undefined ? {} : { trees: options.trees }),
    ...(options.leaves === undefined ? {} : { leaves: options.leaves }),
    ...(options.learningRate === undefined ? {} : { learningRate: options.learningRate }),
  };
}

const quiet = (): void => {};

/** Loss of boosting on every fourth row, learned from the others. */
function boostingLoss(prepared: Prepared, plan: BoostingPlan, seed: number): number {
  const judges = prepared.rows.filter((_row, at) => at % 4 === 3);
  const rows = prepared.rows.filter((_row, at) => at % 4 !== 3);
  const lesson = { ...prepared, rows, judges: new Int32Array(0) };
  const { trees, base } = trainBoosted(lesson, plan, createRandom(seed, 5), quiet);
  const shared = { name: '', weight: 1, calibration: identity };
  const member: Member = { kind: 'gradient-boosting', ...shared, trees, base };
  const truth = Float64Array.from(judges, (row) => prepared.outcome[row] as number);
  return logLoss(probabilitiesOf(member, prepared, judges), truth);
}

/** The plan of this recipe, or the deeper one where a trial on a small table clearly prefers it. */
function chosenPlan(prepared: Prepared, recipe: Recipe, options: TrainOptions): BoostingPlan {
  const plan = boostingPlan(prepared, recipe, options);
  const isAsked = recipe.boosting || options.leaves !== undefined || options.trees !== undefined;
  if (isAsked || prepared.rows.length > tryRows) return plan;
  const deep = { ...plan, ...deepBoosting };
  const seed = options.seed ?? 1;
  const isBetter =
    boostingLoss(prepared, deep, seed) < (1 - betterShare) * boostingLoss(prepared, plan, seed);
  return isBetter ? deep : plan;
}

function trainBoosting({ prepared, options, onStep }: RecipeContext, recipe: Recipe): Member {
  const plan = chosenPlan(prepared, recipe, options);
  const random = createRandom(options.seed ?? 1, 1);
  const lesson = { ...prepared, judges: new Int32Array(0) };
  const { trees, base } = trainBoosted(lesson, plan, random, onStep);
  const { kind, name } = { kind: 'gradient-boosting' as const, name: recipe.name };
  return { kind, name, weight: 1, calibration: identity, trees, base };
}

/** Scores and outcomes of the rows by the trees that did not learn from them. */
function judgedApart({ rows, outcome, weight }: Prepared, apart: Float64Array, trees: number) {
  const judged = rows.filter((row) => !Number.isNaN(apart[row]));
  return {
    scores: Float64Array.from(judged, (row) => forestScore((apart[row] as number) * trees, trees)),
    outcome: Float64Array.from(judged, (row) => outcome[row] as number),
    weight: Float64Array.from(judged, (row) => weight[row] as number),
  };
}

function forestPlan(prepared: Prepared, trees: number, recipe: ForestRecipe = {}): ForestPlan {
  const { matrix, rows } = prepared;
  return {
    trees,
    tries: recipe.tries ?? Math.max(1, Math.round(Math.sqrt(matrix.featureCount))),
    leafRows: recipe.leafRows ?? (rows.length > 60_000 ? 5 : 3),
    rowShare: recipe.rowShare ?? 0.6,
  };
}

/** Loss of a small forest on the rows its trees did not learn from, after calibration. */
function forestLoss(prepared: Prepared, recipe: ForestRecipe, seed: number): number {
  const plan = forestPlan(prepared, 50, recipe);
  const { apart } = trainForest(prepared, plan, createRandom(seed, 6), quiet);
  const judged = judgedApart(prepared, apart, plan.trees);
  const line = fitPlatt(judged);
  const chances = judged.scores.map((score) => calibrated(line, score));
  return logLoss(chances, judged.outcome);
}

function chosenForest(prepared: Prepared, recipe: Recipe, seed: number): ForestRecipe {
  if (recipe.forest || prepared.rows.length > tryRows) return recipe.forest ?? {};
  const usual = forestLoss(prepared, {}, seed);
  return forestLoss(prepared, looseForest, seed) < (1 - betterShare) * usual ? looseForest : {};
}

function trainRandomForest({ prepared, options, onStep }: RecipeContext, recipe: Recipe): Member {
  const seed = options.seed ?? 1;
  const chosen = chosenForest(prepared, recipe, seed);
  const plan = forestPlan(prepared, options.trees ?? 200, chosen);
  const { trees, apart } = trainForest(prepared, plan, createRandom(seed, 2), onStep);
  const calibration = calibrationOf(judgedApart(prepared, apart, plan.trees));
  return { kind: 'random-forest', name: recipe.name, weight: 1, calibration, trees };
}

/** Isotonic where there are cases enough, else Platt. */
export function calibrationOf(judged: Parameters<typeof fitPlatt>[0]) {
  const positives = judged.outcome.reduce((sum, one) => sum + one, 0);
  const rarer = Math.min(positives, judged.outcome.length - positives);
  const isEnough = judged.outcome.length >= isotonicRows && rarer >= 50;
  return isEnough ? fitIsotonic(judged) : fitPlatt(judged);
}

function trainIsolationForest(
  { prepared, options, onStep }: RecipeContext,
  recipe: Recipe,
): Member {
  const plan = { trees: options.trees ?? 100, sampleRows: 256 };
  const { trees, normal } = trainIsolation(
    prepared,
    plan,
    createRandom(options.seed ?? 1, 3),
    onStep,
  );
  const bare = {
    ...{ kind: 'isolation-forest' as const, name: recipe.name, weight: 1 },
    ...{ calibration: identity, trees, normal },
  };
  const { rows, positives, outcome, weight } = prepared;
  if (positives === 0 || positives === rows.length) return bare;
  const scores = scoresOf(bare, prepared, rows);
  const truth = Float64Array.from(rows, (row) => outcome[row] as number);
  const own = Float64Array.from(rows, (row) => weight[row] as number);
  return { ...bare, calibration: fitPlatt({ scores, outcome: truth, weight: own }) };
}

/** A member's own scores of some rows of a matrix. */
export function scoresOf(
  member: Member,
  { matrix }: Pick<Prepared, 'matrix'>,
  rows: Int32Array,
): Float64Array {
  const bins = new Uint16Array(matrix.featureCount);
  return Float64Array.from(rows, (row) => memberScore(member, binsAt(matrix, row, bins)));
}

/** A member's probabilities of some rows of a matrix. */
export const probabilitiesOf = (
  member: Member,
  prepared: Pick<Prepared, 'matrix'>,
  rows: Int32Array,
): Float64Array =>
  scoresOf(member, prepared, rows).map((score) => calibrated(member.calibration, score));

function trainLogisticMember({ prepared, onStep }: RecipeContext, recipe: Recipe): Member {
  const { encoder, matrix } = prepared;
  const basis = fitBasis(encoder, matrix);
  const linear = trainLogistic({ ...prepared, basis }, { ridge: 1 }, onStep);
  const means = Float64Array.from(encoder.features, (_feature, at) => {
    let sum = 0;
    for (let row = 0; row < matrix.rowCount; row++) {
      const bin = matrix.bins[at * matrix.rowCount + row] as number;
      sum += linear.points[(linear.offsets[at] as number) + bin] as number;
    }
    return sum / matrix.rowCount;
  });
  return { kind: 'logistic', name: recipe.name, weight: 1, calibration: identity, linear, means };
}

/** Trains one member; the neural one takes its runtime, which is loaded only then. */
export async function trainMember(recipe: Recipe, context: RecipeContext): Promise<Member> {
  switch (recipe.kind) {
    case 'gradient-boosting':
      return trainBoosting(context, recipe);
    case 'random-forest':
      return trainRandomForest(context, recipe);
    case 'isolation-forest':
      return trainIsolationForest(context, recipe);
    case 'logistic':
      return trainLogisticMember(context, recipe);
    case 'neural': {
      const { trainNeural } = await import('./neural.ts');
      return trainNeural(recipe.name, context);
    }
  }
}
