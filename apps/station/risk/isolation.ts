// Isolates rows by random cuts: what is cut off early is unlike the rest. Needs no labels.
import { binOf } from './bins.ts';
import type { Encoder, Matrix } from './encode.ts';
import { type Random, shuffledIndexes } from './random.ts';
import { createTreeBuilder, type TreeBuilder, type Trees } from './tree.ts';

export interface IsolationPlan {
  readonly trees: number;
  /** Rows each tree is grown from. */
  readonly sampleRows: number;
}

const euler = 0.577_215_664_901_532_9;

/** Mean depth of an unsuccessful search among that many rows (Liu, Ting and Zhou 2008). */
export function meanDepth(rows: number): number {
  if (rows <= 1) return 0;
  if (rows === 2) return 1;
  return 2 * (Math.log(rows - 1) + euler) - (2 * (rows - 1)) / rows;
}

interface Growth {
  readonly encoder: Encoder;
  readonly matrix: Matrix;
  readonly random: Random;
  readonly builder: TreeBuilder;
  readonly depthMax: number;
}

interface Cut {
  readonly feature: number;
  readonly first: number;
  readonly last: number;
}

/**
 * A cut of this feature evenly between its lowest and highest value, or null where all are alike.
 */
function cutOf(growth: Growth, feature: number, rows: readonly number[]): Cut | null {
  const { matrix, encoder, random } = growth;
  const binAt = (row: number): number => matrix.bins[feature * matrix.rowCount + row] as number;
  const bins = rows.map(binAt);
  const [low, high] = [Math.min(...bins), Math.max(...bins)];
  if (low === high) return null;
  const { edges, kind } = encoder.features[feature] as Encoder['features'][number];
  if (kind === 'category') {
    const bin = bins[random.below(bins.length)] as number;
    return { feature, first: bin, last: bin };
  }
  if (low === 0) return { feature, first: 0, last: 0 };
  const [from, to] = [edges[low - 1] as number, edges[high - 2] as number];
  const bin = binOf(edges, from + random.unit() * (to - from));
  return { feature, first: 0, last: Math.min(high - 1, Math.max(low, bin)) };
}

function growNode(growth: Growth, rows: readonly number[], depth: number): void {
  const { matrix, random, builder, depthMax } = growth;
  const order = shuffledIndexes(matrix.featureCount, random);
  let cut: Cut | null = null;
  const isOver = rows.length <= 1 || depth >= depthMax;
  for (let at = 0; at < order.length && !cut && !isOver; at++) {
    cut = cutOf(growth, order[at] as number, rows);
  }
  if (!cut) return builder.leaf(depth + meanDepth(rows.length), rows.length);
  const { feature, first, last } = cut;
  const [left, right]: [number[], number[]] = [[], []];
  for (const row of rows) {
    const bin = matrix.bins[feature * matrix.rowCount + row] as number;
    (bin >= first && bin <= last ? left : right).push(row);
  }
  const branch = builder.branch(feature, first, last, rows.length);
  growNode(growth, left, depth + 1);
  builder.join(branch);
  growNode(growth, right, depth + 1);
}

/** Grows trees whose leaves hold path lengths; the mean over the trees tells how usual a row is. */
export function trainIsolation(
  lesson: { readonly encoder: Encoder; readonly matrix: Matrix },
  plan: IsolationPlan,
  random: Random,
  onStep: (done: number) => void,
): { readonly trees: Trees; readonly normal: number } {
  const builder = createTreeBuilder();
  const { matrix } = lesson;
  const sampleRows = Math.min(plan.sampleRows, matrix.rowCount);
  const depthMax = Math.ceil(Math.log2(Math.max(2, sampleRows)));
  for (let tree = 0; tree < plan.trees; tree++) {
    const rows = new Set<number>();
    while (rows.size < sampleRows) rows.add(random.below(matrix.rowCount));
    builder.begin();
    growNode({ ...lesson, random, builder, depthMax }, [...rows], 0);
    onStep((tree + 1) / plan.trees);
  }
  return { trees: builder.build(), normal: meanDepth(sampleRows) };
}

/**
 * Novelty from 0 to 1 of a mean path length: about 0.5 is ordinary, towards 1 is unlike the rest.
 */
export const noveltyOf = (meanPath: number, normal: number): number =>
  Math.exp((-meanPath / normal) * Math.LN2);
