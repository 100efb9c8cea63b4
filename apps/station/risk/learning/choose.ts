// Chooses between the kinds of model a step allows, inside the teaching time: what judges later is never asked.
import { averagePrecision } from '../metrics.ts';
import type { ModelKind } from '../model.ts';
import { tableOf } from './case-table.ts';
import { type Cases, frauds, labelsOf, outcomes, pick, scoresOf } from './cases.ts';
import type { Lesson } from './run.ts';

/** How well each kind did, best first, by average precision; one entry with NaN where nothing could be compared. */
export type Choice = readonly { readonly kind: ModelKind; readonly precision: number }[];

/** Shares of the teaching time at which a part begins that judges what came before it; the last ends with it. */
const foldsFrom = [0.55, 0.7, 0.85] as const;
/** Frauds a part must have been taught, and frauds all parts together must judge. */
const taughtLeast = 8;
const judgedLeast = 8;
const dayMs = 86_400_000;

interface Fold {
  readonly teaches: Cases;
  readonly judges: Cases;
}

/** Forward in time: each part is judged by what was taught before it, with the embargo in between. */
function foldsOf(cases: Cases, embargoDays: number): readonly Fold[] {
  const times = cases.rows.map(({ at }) => at).sort((one, other) => one - other);
  const timeAt = (share: number) =>
    share >= 1 ? Number.POSITIVE_INFINITY : (times[Math.floor(times.length * share)] ?? 0);
  const folds = foldsFrom.map((from, index) => {
    const [begin, end] = [timeAt(from), timeAt(foldsFrom[index + 1] ?? 1)];
    return {
      teaches: pick(cases, ({ at }) => at < begin - embargoDays * dayMs),
      judges: pick(cases, ({ at }) => at >= begin && at < end),
    };
  });
  return folds.filter(({ teaches }) => frauds(teaches) >= taughtLeast);
}

/** Scores of a kind on every part, one after the other: calibrated probabilities can stand in one list. */
async function scoredBy(kind: ModelKind, folds: readonly Fold[], lesson: Lesson) {
  const all: number[] = [];
  for (const { teaches, judges } of folds) {
    const table = tableOf(teaches.rows.map(({ vector }) => vector));
    const model = await lesson.train(kind, table, labelsOf(teaches), { seed: lesson.seed });
    all.push(...scoresOf(model, judges.rows));
  }
  return Float64Array.from(all);
}

/**
 * The kinds, best first. A later kind must do better than every simpler one; with too few frauds to compare, the
 * simplest stands alone.
 */
export async function chooseKind(
  lesson: Lesson,
  kinds: readonly [ModelKind, ...ModelKind[]],
  teaches: Cases,
  embargoDays: number,
): Promise<Choice> {
  const folds = foldsOf(teaches, embargoDays);
  const judged = folds.reduce((sum, { judges }) => sum + frauds(judges), 0);
  if (kinds.length === 1 || judged < judgedLeast)
    return [{ kind: kinds[0], precision: Number.NaN }];
  const truth = Float64Array.from(folds.flatMap(({ judges }) => [...outcomes(judges)]));
  const tried: { kind: ModelKind; precision: number }[] = [];
  for (const kind of kinds) {
    const precision = averagePrecision(await scoredBy(kind, folds, lesson), truth);
    tried.push({ kind, precision });
  }
  return tried.toSorted((one, other) => other.precision - one.precision);
}

/** How the kind was chosen, for the card: average precision inside the teaching time. */
export function choiceInWords(choice: Choice): string {
  const [first] = choice;
  if (!first || Number.isNaN(first.precision)) return 'the simplest the evidence carries';
  const said = choice.map(({ kind, precision }) => `${kind} ${precision.toFixed(3)}`);
  return `chosen beforehand: ${said.join(', ')}`;
}
