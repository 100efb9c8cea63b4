// Looks a model file's data over before anything walks it: shapes, sizes, finite numbers.
import { Refusal } from '#station/bank/refusal.ts';
import { binCountOf, type Feature } from './encode.ts';
import type { Member, ModelData } from './member.ts';
import { modelKinds } from './model.ts';
import { checkTrees } from './tree.ts';

function hold(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Refusal('model-damaged', `The model file does not hold: ${what}.`);
}

const isFinite64 = (value: unknown): value is Float64Array =>
  value instanceof Float64Array && value.every(Number.isFinite);

function checkFeature(feature: Feature, columns: number): void {
  const { kind, column, edges, ranks, numbers, unseen } = feature;
  const kinds = ['number', 'hour', 'weekday', 'category', 'rate', 'count'];
  hold(kinds.includes(kind), `a feature of kind ${kind}`);
  hold(Number.isInteger(column) && column >= 0 && column < columns, 'the column of a feature');
  hold(isFinite64(edges) && isFinite64(numbers), 'the numbers of a feature');
  hold(ranks instanceof Uint16Array && Number.isFinite(unseen), 'the ranks of a feature');
  const isRising = edges.every((edge, at) => at === 0 || edge > (edges[at - 1] as number));
  hold(isRising && binCountOf(feature) <= 65_535, 'the bins of a feature');
  hold(kind !== 'category' || ranks.every((rank) => rank < unseen), 'a rank beyond its feature');
}

function checkMember(member: Member, features: readonly Feature[]): void {
  const { kind, weight, calibration } = member;
  hold(modelKinds.includes(kind) && Number.isFinite(weight), 'a member');
  const { slope, offset, from, to } = calibration;
  hold(Number.isFinite(slope) && Number.isFinite(offset), 'a calibration');
  hold(isFinite64(from) && isFinite64(to) && from.length === to.length, 'a calibration');
  if ('trees' in member) checkTrees(member.trees, features.length);
  const bins = features.reduce((sum, feature) => sum + binCountOf(feature), 0);
  if (kind === 'logistic') {
    const { offsets, points, base } = member.linear;
    hold(offsets.length === features.length + 1 && Number.isFinite(base), 'the logistic part');
    hold(isFinite64(points) && points.length === bins, 'the logistic part');
    hold(isFinite64(member.means) && member.means.length === features.length, 'its means');
  }
  if (kind === 'neural') {
    const { basis, network } = member;
    hold(isFinite64(basis.lookup), 'the basis of the network');
    let inputs = basis.columns.at(-1);
    for (const layer of network.layers) {
      const size = layer.inputs * layer.outputs;
      const fits = layer.inputs === inputs && layer.biases.length === layer.outputs;
      hold(fits && layer.weights.length === size, 'the network');
      inputs = layer.outputs;
    }
    hold(inputs === 1 && basis.columns.length === features.length + 1, 'the network');
  }
}

/** Gives the data back as a model's when it holds; refuses `model-damaged` otherwise. */
export function checkModel(value: unknown): ModelData {
  const data = value as ModelData;
  try {
    const { columns, features } = data.encoder;
    hold(Array.isArray(columns) && Array.isArray(features), 'its columns');
    hold(modelKinds.includes(data.card.kind), 'its kind');
    for (const feature of features) checkFeature(feature, columns.length);
    hold(data.members.length > 0, 'its members');
    for (const member of data.members) checkMember(member, features);
    hold(isFinite64(data.importance) && data.importance.length === columns.length, 'importance');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('model-damaged', 'The model file does not hold what a model needs.');
  }
  return data;
}
