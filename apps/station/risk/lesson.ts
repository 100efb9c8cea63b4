// Prepares what every member learns from: encoded rows, decided outcomes, weights, who teaches.
import { Refusal } from '#station/bank/refusal.ts';
import { type Dropped, type Encoder, fitEncoder, type Matrix } from './encode.ts';
import type { Labels } from './model.ts';
import type { Column, Table } from './table.ts';
import { featuresMax } from './tree.ts';

export interface Prepared {
  readonly encoder: Encoder;
  readonly matrix: Matrix;
  readonly dropped: readonly Dropped[];
  readonly outcome: Float64Array;
  readonly weight: Float64Array;
  /** Rows with an outcome and a weight: they teach. */
  readonly rows: Int32Array;
  readonly positives: number;
}

/** Some of a table's rows, in the given order. */
export function pickRows(table: Table, rows: Int32Array): Table {
  const columns = table.columns.map((column): Column => {
    if (column.kind !== 'categorical') {
      const values = Float64Array.from(rows, (row) => column.values[row] as number);
      return { ...column, values };
    }
    return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) };
  });
  return { rowCount: rows.length, columns };
}

const picked = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row] as number);

/** The labels of some of the rows. */
export const pickLabels = ({ outcome, weight, time }: Labels, rows: Int32Array): Labels => ({
  outcome: picked(outcome, rows),
  ...(weight ? { weight: picked(weight, rows) } : {}),
  ...(time ? { time: picked(time, rows) } : {}),
});

/** The rows that have an outcome and count. */
export function decidedRows({ outcome, weight }: Labels): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < outcome.length; row++) {
    if (!Number.isNaN(outcome[row]) && (weight?.[row] ?? 1) > 0) rows.push(row);
  }
  return Int32Array.from(rows);
}

/**
 * Encodes the table and finds the rows that teach. Refuses `one-class` without both outcomes
 * (unless
 * labels are not needed), `bad-table` without a usable column or with labels of another length.
 */
export function prepare(table: Table, labels: Labels, needsLabels = true): Prepared {
  const { outcome } = labels;
  if (outcome.length !== table.rowCount) {
    const sentence = `There are ${table.rowCount} rows but ${outcome.length} outcomes.`;
    throw new Refusal('bad-table', sentence);
  }
  const rows = decidedRows(labels);
  const positives = rows.reduce((sum, row) => sum + (outcome[row] as number), 0);
  if (needsLabels && (positives === 0 || positives === rows.length)) {
    const sentence = `Of ${rows.length} decided rows ${positives} are positive: both are needed.`;
    throw new Refusal('one-class', sentence);
  }
  const { encoder, matrix, dropped } = fitEncoder(table, labels);
  if (encoder.features.length === 0) {
    throw new Refusal('bad-table', 'No column of the table can teach anything.');
  }
  if (encoder.features.length >= featuresMax) {
    const count = encoder.features.length;
    const sentence = `The table makes ${count} features; at most ${featuresMax - 1} fit.`;
    throw new Refusal('bad-table', sentence);
  }
  const weight = labels.weight ?? new Float64Array(table.rowCount).fill(1);
  return { encoder, matrix, dropped, outcome, weight, rows, positives };
}
