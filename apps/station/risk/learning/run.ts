// Runs one lesson: labels, a split by time, a challenger, its trial, the teachers watched, the card written.
import { featureNames } from '../features/catalogue.ts';
import { averagePrecision, recallAt } from '../metrics.ts';
import type { Labels, ModelKind, RiskModel, TrainOptions } from '../model.ts';
import type { Table } from '../table.ts';
import { mediansOf, tableOf } from './case-table.ts';
import { type Cases, frauds, labelsOf, outcomes, pick, scoresOf } from './cases.ts';
import { type Choice, choiceInWords, chooseKind } from './choose.ts';
import { decilesOf } from './drift.ts';
import { wilsonLow } from './fallback.ts';
import { budgetScore, type GateLine, judgeTrial } from './gates.ts';
import { goldenVectors } from './golden.ts';
import { type Label, labelOf } from './labels.ts';
import { ladderStep, type Step } from './ladder.ts';
import type { CaseRow } from './rows.ts';
import { nameSuspects, suspiciousFrom, type Watched } from './supervisors.ts';

export type Train = (
  kind: ModelKind,
  table: Table,
  labels: Labels,
  options: TrainOptions,
) => Promise<RiskModel>;

export interface Lesson {
  readonly rows: readonly CaseRow[];
  /** As of when labels are known, ms since 1970, and how long quiet must last. */
  readonly asOf: number;
  readonly quietDays: number;
  /** Share of cases that may be stopped, and the probability from which the policy holds. */
  readonly budget: number;
  readonly holdFrom: number;
  readonly seed: number;
  readonly nameOf: (author: number) => string;
  /** The champion, to beat; null: the rules alone are to be beaten. */
  readonly champion: RiskModel | null;
  readonly train: Train;
  /** Milliseconds of a timer, to bound the time of a score. */
  readonly monotonic: () => number;
  readonly onProgress?: (done: number) => void;
}

export interface Learned {
  readonly model: RiskModel;
  readonly file: Uint8Array;
  readonly step: Step;
  readonly gates: readonly GateLine[];
  readonly passed: boolean;
  readonly card: readonly { readonly label: string; readonly text: string }[];
  /** Lower end (95 %) of the share of frauds among the cases that would have been stopped. */
  readonly precisionLow: number;
  readonly precisionRecall: readonly (readonly [number, number])[];
  readonly reliability: readonly (readonly [number, number])[];
  readonly importance: readonly (readonly [string, number])[];
  readonly deciles: readonly (readonly [string, readonly number[]])[];
  readonly supervisors: readonly Watched[];
}

/** Why nothing was learned. */
export interface NotLearned {
  readonly why: string;
  readonly step: Step;
}

const dayMs = 86_400_000;
/** Last part of the labelled time that only judges. */
export const holdOutShare = 0.2;
/** Days between what teaches and what judges, so that one case is not on both sides. */
export const embargoDays = 2;
/** Verdicts from which on a teacher is watched. */
const watchedFrom = 5;

function decided(lesson: Lesson, without: number | null): Cases {
  const rule = { asOf: lesson.asOf, quietDays: lesson.quietDays, without };
  const all = lesson.rows.map((row) => ({ row, label: labelOf(row, rule) }));
  // A fraud is known within days, a clean case only after its quiet: of the newest days only the frauds
  // would be known, and a model would learn that the newest days are bad. So they wait.
  const ripe = lesson.asOf - lesson.quietDays * dayMs;
  const known = all.filter(({ row, label }) => row.at <= ripe && !Number.isNaN(label.outcome));
  return { rows: known.map(({ row }) => row), labels: known.map(({ label }) => label) };
}

/** Microseconds of one score, by the median of some. */
function scoreUs(model: RiskModel, rows: readonly CaseRow[], monotonic: () => number): number {
  const places = model.columns.map(({ name }) => featureNames.indexOf(name));
  const times = rows.slice(0, 200).map(({ vector }) => {
    const row = Float64Array.from(places, (place) => vector[place] as number);
    const began = monotonic();
    model.score(row);
    return (monotonic() - began) * 1_000;
  });
  return times.sort((one, other) => one - other)[times.length >> 1] ?? 0;
}

/** For each teacher: what a model taught by the others thinks of the cases they called legitimate. */
async function watch(lesson: Lesson, kind: ModelKind): Promise<readonly Watched[]> {
  const everyone = decided(lesson, null);
  const said = new Map<number, CaseRow[]>();
  everyone.rows.forEach((row, index) => {
    const { author } = everyone.labels[index] as Label;
    const isWord = row.verdicts.some((verdict) => verdict.author === author && author !== 0);
    if (isWord) said.set(author, [...(said.get(author) ?? []), row]);
  });
  const counts = [];
  for (const [author, rows] of [...said].sort(([one], [other]) => one - other)) {
    if (rows.length < watchedFrom) continue;
    const others = decided(lesson, author);
    if (frauds(others) === 0) continue;
    const table = tableOf(others.rows.map(({ vector }) => vector));
    const model = await lesson.train(kind, table, labelsOf(others), { seed: lesson.seed });
    const scores = scoresOf(model, rows);
    const suspicious = rows.filter((row, index) => {
      const own = row.verdicts.findLast((verdict) => verdict.author === author);
      return own?.verdict === 'legitimate' && (scores[index] as number) > suspiciousFrom;
    });
    counts.push({ author, verdicts: rows.length, suspicious: suspicious.length });
  }
  return nameSuspects(counts);
}

/** Points of the curve of recall and precision, from the strictest limit on; at most about 60. */
export function precisionRecallOf(scores: Float64Array, outcome: Float64Array) {
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const all = outcome.reduce((sum, value) => sum + value, 0);
  const points: (readonly [number, number])[] = [];
  let found = 0;
  order.forEach((row, index) => {
    found += outcome[row] as number;
    if (outcome[row] === 1) points.push([found / all, found / (index + 1)]);
  });
  const every = Math.ceil(points.length / 60);
  return points.filter((_point, index) => index % every === 0 || index === points.length - 1);
}

/** What the share of frauds among the stopped is at least, with 95 % certainty. */
function precisionLowOf(scores: Float64Array, outcome: Float64Array, budget: number): number {
  const limit = budgetScore(scores, budget);
  const stopped = [...scores.keys()].filter((row) => (scores[row] as number) >= limit);
  const hits = stopped.filter((row) => outcome[row] === 1).length;
  return wilsonLow(hits, stopped.length);
}

/** What was said and what came, over ten slices of equal size. */
export function reliabilityOf(scores: Float64Array, outcome: Float64Array) {
  const order = [...scores.keys()].sort((a, b) => (scores[a] as number) - (scores[b] as number));
  const size = Math.max(1, Math.ceil(order.length / 10));
  const mean = (rows: readonly number[], of: Float64Array) =>
    rows.reduce((sum, row) => sum + (of[row] as number), 0) / rows.length;
  const points: (readonly [number, number])[] = [];
  for (let from = 0; from < order.length; from += size) {
    const some = order.slice(from, from + size);
    points.push([mean(some, scores), mean(some, outcome)]);
  }
  return points;
}

function groupsOf(rows: readonly CaseRow[]) {
  const riskClass = featureNames.indexOf('riskClass');
  const age = featureNames.indexOf('customerDaysLog');
  const year = Math.log1p(365);
  return [
    {
      name: 'KYC risk class',
      of: Int32Array.from(rows, ({ vector }) => vector[riskClass] as number),
    },
    {
      name: 'how long the bank knows them',
      of: Int32Array.from(rows, ({ vector }) => ((vector[age] as number) < year ? 1 : 0)),
    },
  ];
}

interface Split {
  readonly teaches: Cases;
  readonly judges: Cases;
}

/** Teaches the chosen kind with the whole teaching time. */
async function teach(lesson: Lesson, step: Step, teaches: Cases) {
  const kinds = step.kinds as readonly [ModelKind, ...ModelKind[]];
  const choice = await chooseKind(lesson, kinds, teaches, embargoDays);
  const [{ kind }] = choice as readonly [Choice[number]];
  lesson.onProgress?.(0.4);
  const table = tableOf(teaches.rows.map(({ vector }) => vector));
  const model = await lesson.train(kind, table, labelsOf(teaches), {
    seed: lesson.seed,
    onProgress: (done) => lesson.onProgress?.(0.4 + 0.3 * done),
  });
  return { model, choice };
}

function splitByTime(known: Cases, share: number = holdOutShare): Split {
  const times = known.rows.map(({ at }) => at).sort((one, other) => one - other);
  const cut = times[Math.floor(times.length * (1 - share))] ?? 0;
  return {
    teaches: pick(known, ({ at }) => at < cut - embargoDays * dayMs),
    judges: pick(known, ({ at }) => at >= cut),
  };
}

interface Made {
  readonly model: RiskModel;
  readonly choice: Choice;
  /** Its scores on the cases that judge. */
  readonly test: Float64Array;
}

function cardOf(lesson: Lesson, { model, choice, test }: Made, { teaches, judges }: Split) {
  const day = (at: number | undefined) => new Date(at ?? 0).toISOString().slice(0, 10);
  const span = (cases: Cases) => `${day(cases.rows[0]?.at)} to ${day(cases.rows.at(-1)?.at)}`;
  const truth = outcomes(judges);
  const measure = (of: number) => (Number.isNaN(of) ? 'none' : of.toFixed(4));
  const { members } = model.card;
  return [
    { label: 'Made of', text: `${model.card.kind} (${choiceInWords(choice)})` },
    {
      label: 'Taught by',
      text: `${teaches.rows.length} cases, ${frauds(teaches)} frauds, ${span(teaches)}`,
    },
    {
      label: 'Judged by',
      text: `${judges.rows.length} later cases, ${frauds(judges)} frauds, ${span(judges)}`,
    },
    { label: 'Average precision', text: measure(averagePrecision(test, truth)) },
    {
      label: `Recall at ${(lesson.budget * 100).toFixed(1)} %`,
      text: measure(recallAt(test, truth, lesson.budget)),
    },
    {
      label: 'Undecided, not used',
      text: String(lesson.rows.length - teaches.rows.length - judges.rows.length),
    },
    { label: 'Never seen', text: 'name, nationality, gender, birth date, address' },
    { label: 'Seed', text: String(lesson.seed) },
    ...members.map(({ name, weight }) => ({ label: `Weight of ${name}`, text: weight.toFixed(3) })),
  ];
}

/** Learns and judges; gives why where the evidence does not carry. Deterministic but for the time of a score. */
export async function learn(lesson: Lesson): Promise<Learned | NotLearned> {
  const known = decided(lesson, null);
  const step = ladderStep(lesson.rows.length, frauds(known));
  if (step.kinds.length === 0) return { why: step.sentence, step };
  const split = splitByTime(known);
  const { teaches, judges } = split;
  if (frauds(teaches) === 0 || frauds(judges) === 0) {
    const which = frauds(teaches) === 0 ? 'earlier' : 'later';
    return {
      why: `No confirmed fraud lies in the ${which} part of the time: nothing could be proven.`,
      step,
    };
  }
  const { model, choice } = await teach(lesson, step, teaches);
  const supervisors = await watch(lesson, model.card.kind);
  lesson.onProgress?.(0.9);
  const challenger = scoresOf(model, judges.rows);
  const champion = lesson.champion
    ? scoresOf(lesson.champion, judges.rows)
    : Float64Array.from(judges.rows, ({ isParked }) => (isParked ? 1 : 0));
  const file = model.bytes();
  const golden = goldenVectors(mediansOf(teaches.rows.map(({ vector }) => vector)));
  const asRow = (vector: Float32Array) => ({ ...(judges.rows[0] as CaseRow), vector });
  const goldenScores = scoresOf(
    model,
    golden.map(({ vector }) => asRow(vector)),
  );
  const gates = judgeTrial({
    ...{ outcome: outcomes(judges), challenger, champion, isAgainstRules: !lesson.champion },
    ...{ taught: scoresOf(model, teaches.rows), groups: groupsOf(judges.rows) },
    golden: golden.map(({ name }, index) => ({ name, score: goldenScores[index] as number })),
    ...{
      budget: lesson.budget,
      holdFrom: lesson.holdFrom,
      fileBytes: file.length,
      seed: lesson.seed,
    },
    scoreUs: scoreUs(model, judges.rows, lesson.monotonic),
    named: supervisors.filter(({ isNamed }) => isNamed).map(({ author }) => lesson.nameOf(author)),
  });
  return {
    ...{ model, file, step, gates, passed: gates.every(({ passed }) => passed), supervisors },
    card: cardOf(lesson, { model, choice, test: challenger }, split),
    precisionLow: precisionLowOf(challenger, outcomes(judges), lesson.budget),
    precisionRecall: precisionRecallOf(challenger, outcomes(judges)),
    reliability: reliabilityOf(challenger, outcomes(judges)),
    importance: importanceOf(model),
    deciles: decileColumns(teaches.rows),
  };
}

function importanceOf(model: RiskModel): (readonly [string, number])[] {
  const total = model.importance.reduce((sum, value) => sum + value, 0) || 1;
  return model.columns
    .map(({ name }, index) => [name, (model.importance[index] as number) / total] as const)
    .sort(([, one], [, other]) => other - one)
    .slice(0, 15);
}

function decileColumns(rows: readonly CaseRow[]): (readonly [string, readonly number[]])[] {
  return featureNames.map(
    (name, index) => [name, decilesOf(rows.map(({ vector }) => vector[index] as number))] as const,
  );
}
