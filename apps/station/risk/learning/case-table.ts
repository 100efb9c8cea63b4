// Lays cases out as the table models take: one numeric column a feature.
import { featureNames } from '../features/catalogue.ts';
import type { Table } from '../table.ts';

/** A table of the vectors in their order. */
export function tableOf(vectors: readonly Float32Array[]): Table {
  return {
    rowCount: vectors.length,
    columns: featureNames.map((name, index) => ({
      kind: 'numeric' as const,
      name,
      values: Float64Array.from(vectors, (vector) => vector[index] as number),
    })),
  };
}

/** The middle of each feature's known values; NaN where none is known. */
export function mediansOf(vectors: readonly Float32Array[]): Float32Array {
  return Float32Array.from(featureNames, (_name, index) => {
    const known = vectors
      .map((vector) => vector[index] as number)
      .filter((value) => !Number.isNaN(value));
    known.sort((one, other) => one - other);
    return known[Math.floor(known.length / 2)] ?? Number.NaN;
  });
}
