// Trains a model of any kind from a table and its labels: seeded, the same bits on every machine.
import { Refusal } from '#station/bank/refusal.ts';
import { identity } from './calibrate.ts';
import { createModel, importanceOf } from './compiled.ts';
import { trainEnsemble } from './ensemble.ts';
import { prepare } from './lesson.ts';
import {
  type Labels,
  type ModelKind,
  modelKinds,
  type RiskModel,
  type TrainOptions,
} from './model.ts';
import { trainMember } from './recipes.ts';
import type { Table } from './table.ts';

/**
 * Trains a model. Refuses `unknown-model`, `one-class`, `bad-table`, `missing-columns` (a monotone
 * column that is not there). A throw from `onProgress` cancels.
 */
export async function train(
  kind: ModelKind,
  table: Table,
  labels: Labels,
  options: TrainOptions = {},
): Promise<RiskModel> {
  if (!modelKinds.includes(kind)) {
    const sentence = `There is no model ${kind}. There are ${modelKinds.join(', ')}.`;
    throw new Refusal('unknown-model', sentence, 'model');
  }
  if (kind === 'ensemble') return trainEnsemble(table, labels, options);
  const prepared = prepare(table, labels, kind !== 'isolation-forest');
  const onStep = options.onProgress ?? (() => {});
  const member = await trainMember({ kind, name: kind }, { prepared, options, onStep });
  const { encoder, matrix, dropped, rows, positives } = prepared;
  return createModel({
    card: {
      ...{ kind, rows: rows.length, positives, seed: options.seed ?? 1, dropped },
      members: [],
    },
    encoder,
    members: [member],
    calibration: identity,
    importance: importanceOf(encoder, [member], matrix),
  });
}
