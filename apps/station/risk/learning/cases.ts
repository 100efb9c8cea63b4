// Keeps cases with their labels together, and turns them into what a model is taught with.
import type { Labels, RiskModel } from '../model.ts';
import { tableOf } from './case-table.ts';
import { cappedWeights, type Label } from './labels.ts';
import type { CaseRow } from './rows.ts';

export interface Cases {
  readonly rows: readonly CaseRow[];
  readonly labels: readonly Label[];
}

export function pick({ rows, labels }: Cases, test: (row: CaseRow) => boolean): Cases {
  const kept = rows.map((row, index) => ({ row, label: labels[index] as Label }));
  const some = kept.filter(({ row }) => test(row));
  return { rows: some.map(({ row }) => row), labels: some.map(({ label }) => label) };
}

export function labelsOf({ rows, labels }: Cases): Labels {
  return {
    outcome: Float64Array.from(labels, ({ outcome }) => outcome),
    weight: cappedWeights(labels),
    time: Float64Array.from(rows, ({ at }) => at / 1_000),
  };
}

export const outcomes = (cases: Cases) => Float64Array.from(cases.labels, ({ outcome }) => outcome);
export const frauds = (cases: Cases) => cases.labels.filter(({ outcome }) => outcome === 1).length;

export function scoresOf(model: RiskModel, rows: readonly CaseRow[]): Float64Array {
  const table = tableOf(rows.map(({ vector }) => vector));
  const wanted = new Set(model.columns.map(({ name }) => name));
  const columns = table.columns.filter(({ name }) => wanted.has(name));
  return model.scoreTable({ rowCount: table.rowCount, columns });
}
