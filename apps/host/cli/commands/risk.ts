// Trains, judges and asks risk models from the command line: `qenex risk
// train|evaluate|score|explain`.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { Refusal } from '#station/bank/refusal.ts';
import { readTable, takeLabels } from '#station/risk/csv.ts';
import { readModel } from '#station/risk/file.ts';
import {
  areaUnderRoc,
  averagePrecision,
  brier,
  calibrationError,
  recallAt,
} from '#station/risk/metrics.ts';
import { type Labels, type ModelKind, modelKinds, type RiskModel } from '#station/risk/model.ts';
import { inWords } from '#station/risk/reasons.ts';
import { type Case, fitTable, rowAt, rowOf, type Table } from '#station/risk/table.ts';
import { train } from '#station/risk/train.ts';
import type { Command, Context, Outcome } from '../command.ts';

/** A larger table is read in parts, by the station. */
const fileBytesMax = 1024 * 1024 * 1024;
/** Rows timed one by one. */
const timedRows = 20_000;

/** Reads a file named on the command line; refuses `bad-usage` with the system's reason. */
export function bytesOf(name: string | undefined, option: string): Uint8Array {
  if (name === undefined || name === '') {
    throw new Refusal('bad-usage', `--${option} needs the name of a file.`);
  }
  try {
    if (statSync(name).size <= fileBytesMax) return readFileSync(name);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Refusal('bad-usage', `The file ${name} cannot be read (${why}): give --${option}.`);
  }
  throw new Refusal('bad-usage', `The file ${name} is over 1 GiB: split it.`);
}

export interface Lesson {
  readonly table: Table;
  readonly labels: Labels;
}

const namesIn = (list: string | undefined): readonly string[] =>
  (list ?? '').split(',').filter((name) => name !== '');

function lessonOf(bytes: Uint8Array, options: Context['options']): Lesson {
  if (options.label === undefined) throw new Refusal('bad-usage', '--label needs a column.');
  return takeLabels(readTable(bytes, namesIn(options.drop)), options.label);
}

function kindOf(name: string | undefined): ModelKind {
  const kind = modelKinds.find((each) => each === name);
  if (kind) return kind;
  const sentence = `--model is one of ${modelKinds.join(', ')}, not "${name ?? ''}".`;
  throw new Refusal('bad-usage', sentence);
}

const seedOf = (text: string | undefined): number => {
  const seed = Number(text ?? 1);
  if (Number.isSafeInteger(seed)) return seed;
  throw new Refusal('bad-usage', `--seed is a whole number, not "${text}".`);
};

async function runTrain({ folder, options }: Context): Promise<Outcome> {
  const kind = kindOf(options.model);
  const { table, labels } = lessonOf(bytesOf(folder, 'data'), options);
  const start = performance.now();
  const model = await train(kind, table, labels, { seed: seedOf(options.seed) });
  const seconds = (performance.now() - start) / 1000;
  if (options.out !== undefined) writeFileSync(options.out, model.bytes(), { mode: 0o600 });
  const { card, hash } = model;
  const json = { ...card, modelHash: hash, fitSeconds: seconds, bytes: model.bytes().length };
  const members = card.members.map(({ name, weight }) => `${name} ${weight.toFixed(2)}`);
  const text = [
    `${kind} learned from ${card.rows} rows, ${card.positives} of them positive.`,
    ...(members.length > 0 ? [`Members by weight: ${members.join(', ')}.`] : []),
    ...card.dropped.map(({ name, why }) => `Left out ${name}: ${why}.`),
    `Model ${hash}${options.out === undefined ? '' : ` written to ${options.out}`}.`,
  ];
  return { ok: true, json, text: text.join('\n') };
}

/** Times single rows and the whole table. */
function speedOf(model: RiskModel, table: Table) {
  const rows = Math.min(timedRows, table.rowCount);
  const list = Array.from({ length: rows }, (_none, at) => rowAt(table, at));
  const warmUp = Math.min(rows, 2000);
  for (let at = 0; at < warmUp; at++) model.score(list[at] as Float64Array);
  const times = new Float64Array(rows);
  for (let at = 0; at < rows; at++) {
    const start = performance.now();
    model.score(list[at] as Float64Array);
    times[at] = (performance.now() - start) * 1000;
  }
  times.sort();
  const start = performance.now();
  model.scoreTable(table);
  const rowsPerSecond = table.rowCount / ((performance.now() - start) / 1000);
  const part = (share: number) => times[Math.min(rows - 1, Math.floor(share * rows))] as number;
  return { p50Us: part(0.5), p99Us: part(0.99), rowsPerSecond: Math.round(rowsPerSecond) };
}

/** The figures of a model on a table it has not seen; undecided rows do not count. */
export function judge(model: RiskModel, { table, labels }: Lesson) {
  const all = model.scoreTable(table);
  const decided = [...labels.outcome.keys()].filter((at) => !Number.isNaN(labels.outcome[at]));
  const scores = Float64Array.from(decided, (at) => all[at] as number);
  const outcome = Float64Array.from(decided, (at) => labels.outcome[at] as number);
  return {
    ...{ rows: outcome.length, positives: outcome.reduce((sum, one) => sum + one, 0) },
    auroc: areaUnderRoc(scores, outcome),
    averagePrecision: averagePrecision(scores, outcome),
    recallAt: {
      '0.005': recallAt(scores, outcome, 0.005),
      '0.01': recallAt(scores, outcome, 0.01),
    },
    brier: brier(scores, outcome),
    ece: calibrationError(scores, outcome),
  };
}

async function runEvaluate({ options }: Context): Promise<Outcome> {
  const kind = kindOf(options.model);
  const lesson = lessonOf(bytesOf(options.train, 'train'), options);
  const exam = lessonOf(bytesOf(options.test, 'test'), options);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const model = await train(kind, lesson.table, lesson.labels, { seed: seedOf(options.seed) });
  const fitSeconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const figures = judge(model, exam);
  const json = {
    ...{ model: kind, ...figures, fitSeconds, fitCpuSeconds: (user + system) / 1e6 },
    ...speedOf(model, fitTable(model.columns, exam.table)),
    ...{ modelHash: model.hash, members: model.card.members, dropped: model.card.dropped },
  };
  const share = (value: number) => value.toFixed(4);
  const text = [
    `${kind}: AUROC ${share(figures.auroc)}, average precision ${share(figures.averagePrecision)}`,
    `recall at 0.5 % ${share(figures.recallAt['0.005'])}, at 1 % ${share(figures.recallAt['0.01'])}`,
    `Brier ${share(figures.brier)}, calibration error ${share(figures.ece)}`,
    `trained in ${fitSeconds.toFixed(2)} s; a row takes ${json.p50Us.toFixed(1)} us (p50)`,
    `model ${model.hash}`,
  ];
  return { ok: true, json, text: text.join('\n') };
}

function caseOf(text: string | undefined): Case {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    throw new Refusal('bad-usage', 'The case is not JSON: give {"column": value, ...}.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('bad-usage', 'The case is one object: {"column": value, ...}.');
  }
  for (const [name, each] of Object.entries(value)) {
    const isPlain = each === null || typeof each === 'number' || typeof each === 'string';
    const sentence = `${name} must be a number, a text or null.`;
    if (!isPlain) throw new Refusal('bad-usage', sentence, name);
  }
  return value as Case;
}

async function runScore({ values, options }: Context): Promise<Outcome> {
  const model = readModel(bytesOf(options['model-file'], 'model-file'));
  const row = rowOf(model.columns, caseOf(values[0]));
  const probability = model.score(row);
  const json = { probability, modelHash: model.hash, model: model.card.kind };
  return { ok: true, json, text: `${(probability * 100).toFixed(2)} %` };
}

async function runExplain({ values, options }: Context): Promise<Outcome> {
  const model = readModel(bytesOf(options['model-file'], 'model-file'));
  const known = caseOf(values[0]);
  const row = rowOf(model.columns, known);
  const { of, base, margin, contributions } = model.explain(row);
  const reasons = inWords(model, row);
  const json = {
    ...{ probability: model.score(row), of, base, margin, modelHash: model.hash, reasons },
    contributions: Object.fromEntries(
      model.columns.map(({ name }, at) => [name, contributions[at] as number]),
    ),
  };
  return { ok: true, json, text: reasons.join('\n') };
}

const learning = {
  label: 'column that says 1 or 0',
  drop: 'columns to leave out, comma between',
  seed: 'whole number, 1',
  model: modelKinds.join(', '),
};

export const riskTrain: Command = {
  words: 'risk train',
  parameters: [],
  options: { ...learning, out: 'file to write the model to' },
  summary: 'train a model on --data CSV[.gz]',
  run: runTrain,
};

export const riskEvaluate: Command = {
  words: 'risk evaluate',
  parameters: [],
  options: { ...learning, train: 'table to learn from', test: 'table to be judged on' },
  summary: 'train on one table, judge on another',
  run: runEvaluate,
};

export const riskScore: Command = {
  words: 'risk score',
  parameters: ['JSON'],
  options: { 'model-file': 'file of the model' },
  summary: 'probability of one case',
  run: runScore,
};

export const riskExplain: Command = {
  words: 'risk explain',
  parameters: ['JSON'],
  options: { 'model-file': 'file of the model' },
  summary: 'why a case is scored as it is',
  run: runExplain,
};
