// Finds past cases most alike, by where each value stands among all, weighed by what matters.
import type { RiskModel } from './model.ts';
import { numbersOf, type Row, type Table } from './table.ts';

export interface SimilarCase {
  /** Place of the case in the table of past cases. */
  readonly at: number;
  /** 0 is the same in everything that matters, 1 is as far apart as can be. */
  readonly distance: number;
}

export interface PastCases {
  /**
   * The past cases most alike to this row, nearest first; of equals the newer (later row) first.
   */
  nearest(row: Row, count: number): readonly SimilarCase[];
}

/** Sorted known values of a column, to tell where a value stands. */
type Ladder = Float64Array | null;

/** Share of the known values below this one; half of its equals count. */
function placeOf(ladder: Float64Array, value: number): number {
  const countBelow = (isBelow: (at: number) => boolean): number => {
    let [low, high] = [0, ladder.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBelow(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const below = countBelow((at) => (ladder[at] as number) < value);
  const notAbove = countBelow((at) => (ladder[at] as number) <= value);
  return ladder.length === 0 ? 0 : (below + notAbove) / 2 / ladder.length;
}

/**
 * Prepares past cases (a table with the model's columns). Each column counts by its importance in
 * the
 * model; numbers differ by the share of cases between them, categories and gaps by being the same
 * or not.
 */
export function createPastCases(model: RiskModel, table: Table): PastCases {
  const columns = table.columns.map(numbersOf);
  const ladders: Ladder[] = model.columns.map(({ kind }, at) =>
    kind === 'categorical'
      ? null
      : (columns[at] as Float64Array).filter((value) => !Number.isNaN(value)).sort(),
  );
  const all = model.importance.reduce((sum, one) => sum + one, 0) || 1;
  const weights = model.importance.map((one) => one / all);
  // -1 stands for a gap: as far from a place between 0 and 1 as that is from another gap is near.
  const place = (at: number, value: number): number => {
    if (Number.isNaN(value)) return -1;
    const ladder = ladders[at];
    return ladder ? placeOf(ladder, value) : value;
  };
  const places = columns.map((values, at) => values.map((value) => place(at, value)));
  const distanceOf = (own: Float64Array, row: number): number => {
    let sum = 0;
    for (let at = 0; at < own.length; at++) {
      const [one, other] = [own[at] as number, places[at]?.[row] as number];
      const isKind = ladders[at] === null || one < 0 || other < 0;
      const apart = isKind ? (one === other ? 0 : 1) : Math.abs(one - other);
      sum += (weights[at] as number) * apart;
    }
    return sum;
  };
  return Object.freeze({
    nearest: (row: Row, count: number): readonly SimilarCase[] => {
      const own = Float64Array.from(row, (value, at) => place(at, value));
      const found: SimilarCase[] = [];
      for (let at = 0; at < table.rowCount; at++) {
        const distance = distanceOf(own, at);
        const last = found.at(-1);
        if (found.length === count && last && distance > last.distance) continue;
        const before = found.findIndex((each) => distance <= each.distance);
        found.splice(before < 0 ? found.length : before, 0, { at, distance });
        if (found.length > count) found.pop();
      }
      return found;
    },
  });
}
