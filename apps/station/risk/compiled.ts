// Makes a model's data into what callers hold: score, explain, file.
import assert from 'node:assert/strict';
import { Refusal } from '#station/bank/refusal.ts';
import { binRow, type Encoder, encodeTable, type Matrix, rowByRow } from './encode.ts';
import { type Member, type ModelData, modelScore } from './member.ts';
import type { Explanation, RiskModel } from './model.ts';
import { createPathExplainer, createTreeExplainer, type TreeExplainer } from './shap.ts';
import { fitTable, type Row, type Table } from './table.ts';
import { laidForWalking } from './walk.ts';
import { writeModel } from './write.ts';

/** The bins of one row of a matrix. */
export function binsAt(matrix: Matrix, row: number, into: Uint16Array): Uint16Array {
  for (let feature = 0; feature < into.length; feature++) {
    into[feature] = matrix.bins[feature * matrix.rowCount + row] as number;
  }
  return into;
}

/** The member an explanation is about: the strongest boosted one, else the strongest of all. */
function explainedMember(members: readonly Member[]): Member {
  const ranked = members.toSorted((one, other) => other.weight - one.weight);
  const boosted = ranked.find(({ kind }) => kind === 'gradient-boosting');
  const able = ranked.find(({ kind }) => kind !== 'neural');
  const sentence = 'A neural model alone cannot say exactly what each value adds.';
  const member = boosted ?? able;
  if (!member) throw new Refusal('not-explainable', sentence);
  return member;
}

/** Explains binned rows feature by feature, summed up by column. */
export function createExplainer(encoder: Encoder, members: readonly Member[], isQuick = false) {
  const member = explainedMember(members);
  const make =
    isQuick && member.kind !== 'gradient-boosting' ? createPathExplainer : createTreeExplainer;
  const trees: TreeExplainer | null = 'trees' in member ? make(member.trees) : null;
  const perFeature = new Float64Array(encoder.features.length);
  const scale =
    'trees' in member && member.kind !== 'gradient-boosting' ? 1 / member.trees.roots.length : 1;
  const start = member.kind === 'gradient-boosting' ? member.base : 0;
  return (bins: Uint16Array): Explanation => {
    perFeature.fill(0);
    let base = start + (trees?.base ?? 0) * scale;
    trees?.explain(bins, perFeature);
    if (member.kind === 'logistic') {
      const { linear, means } = member;
      base = linear.base + means.reduce((sum, mean) => sum + mean, 0);
      for (let feature = 0; feature < perFeature.length; feature++) {
        const place = (linear.offsets[feature] as number) + (bins[feature] as number);
        perFeature[feature] = (linear.points[place] as number) - (means[feature] as number);
      }
    }
    const contributions = new Float64Array(encoder.columns.length);
    let margin = base;
    for (const [at, { column }] of encoder.features.entries()) {
      const part = (perFeature[at] as number) * scale;
      contributions[column] = (contributions[column] as number) + part;
      margin += part;
    }
    return { of: member.kind, base, contributions, margin };
  };
}

const sampleRows = 200;

/**
 * Mean size of each column's contribution over rows spread evenly through the matrix; of forests by
 * the quicker way along the path.
 */
export function importanceOf(encoder: Encoder, members: readonly Member[], matrix: Matrix) {
  const importance = new Float64Array(encoder.columns.length);
  if (members.every(({ kind }) => kind === 'neural')) return importance;
  const explain = createExplainer(encoder, members, true);
  const bins = new Uint16Array(matrix.featureCount);
  const step = Math.max(1, Math.floor(matrix.rowCount / sampleRows));
  let rows = 0;
  for (let row = 0; row < matrix.rowCount; row += step) {
    rows++;
    for (const [at, part] of explain(binsAt(matrix, row, bins)).contributions.entries()) {
      importance[at] = (importance[at] as number) + Math.abs(part);
    }
  }
  return importance.map((sum) => sum / rows);
}

/** Trees of so many nodes lie in a near cache as they are. */
const nearNodes = 20_000;

/** The data to score with: its large forests laid out for walking. */
const forScoring = (data: ModelData): ModelData => ({
  ...data,
  members: data.members.map((member) =>
    'trees' in member && member.trees.nodes.length > 2 * nearNodes
      ? { ...member, trees: laidForWalking(member.trees) }
      : member,
  ),
});

/** Makes the model of its data; `known` spares writing the file again when it was just read. */
export function createModel(
  data: ModelData,
  known?: { readonly unsigned: Uint8Array; readonly hash: string },
): RiskModel {
  const { encoder, members, card, importance } = data;
  const unsigned = known?.unsigned ?? writeModel(data);
  const hash = known?.hash ?? Buffer.from(unsigned.subarray(-32)).toString('hex');
  const room = new Uint16Array(encoder.features.length);
  const fits = (row: Row): void =>
    assert.equal(row.length, encoder.columns.length, 'a row has one number per column');
  let scored: ModelData | null = null;
  /** Laid out with the first score, for a model that is only read on a card needs none. */
  const scoring = (): ModelData => {
    scored ??= forScoring(data);
    return scored;
  };
  let explain: ((bins: Uint16Array) => Explanation) | null = null;
  return Object.freeze({
    ...{ card, hash, importance, columns: encoder.columns },
    score: (row: Row): number => {
      fits(row);
      return modelScore(scoring(), binRow(encoder, row, room));
    },
    scoreTable: (table: Table): Float64Array => {
      const matrix = encodeTable(encoder, fitTable(encoder.columns, table));
      const width = encoder.features.length;
      const bins = rowByRow(matrix);
      const own = scoring();
      const scores = new Float64Array(table.rowCount);
      for (let row = 0; row < scores.length; row++) {
        scores[row] = modelScore(own, bins.subarray(row * width, (row + 1) * width));
      }
      return scores;
    },
    explain: (row: Row): Explanation => {
      fits(row);
      explain ??= createExplainer(encoder, members);
      return explain(binRow(encoder, row, room));
    },
    bytes: () => unsigned,
  });
}
