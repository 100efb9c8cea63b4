// Bounds what a slow member learns from: a seeded sample that weighs like the whole.
import type { Prepared } from './lesson.ts';
import { createRandom, shuffledIndexes } from './random.ts';

/** Rows drawn, rising, and how many rows of the whole each of them stands for. */
export interface Drawn {
  readonly rows: Int32Array;
  readonly factor: Float64Array;
}

/** Draws up to `rowsMax` rows of each outcome by seeded chance; what is fewer stays whole. */
export function drawRows(
  rows: Int32Array,
  outcome: Float64Array,
  rowsMax: number,
  seed: number,
): Drawn {
  const drawn: { readonly row: number; readonly factor: number }[] = [];
  for (const truth of [0, 1]) {
    const own = rows.filter((row) => outcome[row] === truth);
    const isWhole = own.length <= rowsMax;
    const order = isWhole ? null : shuffledIndexes(own.length, createRandom(seed, 20 + truth));
    const factor = isWhole ? 1 : own.length / rowsMax;
    const count = Math.min(own.length, rowsMax);
    for (let at = 0; at < count; at++) {
      drawn.push({ row: own[order ? (order[at] as number) : at] as number, factor });
    }
  }
  drawn.sort((one, other) => one.row - other.row);
  return {
    rows: Int32Array.from(drawn, ({ row }) => row),
    factor: Float64Array.from(drawn, ({ factor }) => factor),
  };
}

/** The same lesson with fewer teachers, each weighing as much more as it stands for others. */
export function sampled(prepared: Prepared, rowsMax: number, seed: number): Prepared {
  const { rows, outcome } = prepared;
  if (rows.length <= rowsMax) return prepared;
  const drawn = drawRows(rows, outcome, rowsMax, seed);
  if (drawn.rows.length === rows.length) return prepared;
  const weight = Float64Array.from(prepared.weight);
  for (const [at, row] of drawn.rows.entries()) {
    weight[row] = (weight[row] as number) * (drawn.factor[at] as number);
  }
  const positives = drawn.rows.reduce((sum, row) => sum + (outcome[row] as number), 0);
  return { ...prepared, rows: drawn.rows, weight, positives };
}
