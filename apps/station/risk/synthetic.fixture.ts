// Makes small tables whose truth is known, for the tests of the models.
import type { Labels } from './model.ts';
import { createRandom } from './random.ts';
import type { Column, Table } from './table.ts';

/**
 * Cases with an amount, an age with gaps, a branch and noise. Risk rises with the amount, is high
 * where
 * the age is missing, and in branch `d`; about one in seven is positive.
 */
export function madeCases(rowCount: number, seed = 5): { table: Table; labels: Labels } {
  const random = createRandom(seed);
  const amount = new Float64Array(rowCount);
  const age = new Float64Array(rowCount);
  const noise = new Float64Array(rowCount);
  const codes = new Int32Array(rowCount);
  const outcome = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    amount[row] = Math.floor(random.unit() ** 2 * 100_000) / 100;
    age[row] = random.below(10) === 0 ? Number.NaN : 18 + random.below(60);
    noise[row] = random.normal();
    codes[row] = random.below(4);
    const unknownAge = Number.isNaN(age[row]) ? 1.5 : 0;
    const inD = codes[row] === 3 ? 1.2 : 0;
    const margin = (amount[row] as number) / 250 + unknownAge + inD - 4 + random.normal() * 0.3;
    outcome[row] = random.unit() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
  }
  const columns: readonly Column[] = [
    { kind: 'numeric', name: 'amount', values: amount },
    { kind: 'numeric', name: 'age', values: age },
    { kind: 'numeric', name: 'noise', values: noise },
    { kind: 'categorical', name: 'branch', levels: ['a', 'b', 'c', 'd'], codes },
  ];
  return { table: { rowCount, columns }, labels: { outcome } };
}
