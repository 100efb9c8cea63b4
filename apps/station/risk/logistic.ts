// Fits the plain model everyone must beat: logistic regression, one number for every bin.
import { type Basis, expand } from './basis.ts';
import type { Matrix } from './encode.ts';

/** The log odds are `base` plus, per feature, the number of its bin. */
export interface Linear {
  readonly base: number;
  /** Where each feature's bins begin in `points`; one more at the end. */
  readonly offsets: Int32Array;
  readonly points: Float64Array;
}

export interface LogisticLesson {
  readonly matrix: Matrix;
  readonly basis: Basis;
  readonly outcome: Float64Array;
  readonly weight: Float64Array;
  readonly rows: Int32Array;
}

const stepsMax = 15;
const stepEnough = 1e-7;

/** The expanded rows, row after row, with a leading one for the base. */
function design({ matrix, basis, rows }: LogisticLesson): Float64Array {
  const width = (basis.columns.at(-1) as number) + 1;
  const numbers = new Float64Array(rows.length * width);
  const bins = new Uint16Array(matrix.featureCount);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    for (let feature = 0; feature < bins.length; feature++) {
      bins[feature] = matrix.bins[feature * matrix.rowCount + row] as number;
    }
    numbers[at * width] = 1;
    expand(basis, bins, numbers.subarray(at * width + 1, (at + 1) * width));
  }
  return numbers;
}

interface Normal {
  readonly matrix: Float64Array;
  readonly vector: Float64Array;
}

/** Normal equations of one Newton step. */
function normalOf(lesson: LogisticLesson, numbers: Float64Array, weights: Float64Array): Normal {
  const width = weights.length;
  const matrix = new Float64Array(width * width);
  const vector = new Float64Array(width);
  const { rows, outcome, weight } = lesson;
  for (let at = 0; at < rows.length; at++) {
    const start = at * width;
    let margin = 0;
    for (let one = 0; one < width; one++) {
      margin += (numbers[start + one] as number) * (weights[one] as number);
    }
    const probability = 1 / (1 + Math.exp(-margin));
    const row = rows[at] as number;
    const own = weight[row] as number;
    const pull = own * ((outcome[row] as number) - probability);
    const curve = own * probability * (1 - probability);
    for (let one = 0; one < width; one++) {
      const number = numbers[start + one] as number;
      if (number === 0) continue;
      vector[one] = (vector[one] as number) + pull * number;
      const bent = curve * number;
      const line = one * width;
      for (let other = 0; other <= one; other++) {
        const place = line + other;
        matrix[place] = (matrix[place] as number) + bent * (numbers[start + other] as number);
      }
    }
  }
  return { matrix, vector };
}

/** Solves the symmetric positive system by Cholesky, in place; only the lower half is read. */
export function solve(matrix: Float64Array, vector: Float64Array): Float64Array {
  const width = vector.length;
  const at = (row: number, column: number): number => matrix[row * width + column] as number;
  for (let column = 0; column < width; column++) {
    let pivot = at(column, column);
    for (let back = 0; back < column; back++) pivot -= at(column, back) ** 2;
    const root = Math.sqrt(Math.max(pivot, 1e-12));
    matrix[column * width + column] = root;
    for (let row = column + 1; row < width; row++) {
      let sum = at(row, column);
      for (let back = 0; back < column; back++) sum -= at(row, back) * at(column, back);
      matrix[row * width + column] = sum / root;
    }
  }
  const answer = Float64Array.from(vector);
  for (let row = 0; row < width; row++) {
    for (let back = 0; back < row; back++) {
      answer[row] = (answer[row] as number) - at(row, back) * (answer[back] as number);
    }
    answer[row] = (answer[row] as number) / at(row, row);
  }
  for (let row = width - 1; row >= 0; row--) {
    for (let later = row + 1; later < width; later++) {
      answer[row] = (answer[row] as number) - at(later, row) * (answer[later] as number);
    }
    answer[row] = (answer[row] as number) / at(row, row);
  }
  return answer;
}

/** Folds the weights of the columns back into one number for each bin. */
function pointsOf({ basis }: LogisticLesson, weights: Float64Array): Linear {
  const { offsets, columns, starts, lookup } = basis;
  const points = new Float64Array(offsets.at(-1) as number);
  for (let feature = 0; feature + 1 < offsets.length; feature++) {
    const [from, to] = [offsets[feature] as number, offsets[feature + 1] as number];
    const column = columns[feature] as number;
    const width = (columns[feature + 1] as number) - column;
    for (let bin = 0; bin < to - from; bin++) {
      const start = (starts[feature] as number) + bin * width;
      let sum = 0;
      for (let at = 0; at < width; at++) {
        sum += (lookup[start + at] as number) * (weights[column + at + 1] as number);
      }
      points[from + bin] = sum;
    }
  }
  return { base: weights[0] as number, offsets, points };
}

/** Newton's method with a ridge on every column but the base; `onStep` may throw to cancel. */
export function trainLogistic(
  lesson: LogisticLesson,
  plan: { readonly ridge: number },
  onStep: (done: number) => void,
): Linear {
  const numbers = design(lesson);
  const width = (lesson.basis.columns.at(-1) as number) + 1;
  const weights = new Float64Array(width);
  for (let step = 0; step < stepsMax; step++) {
    const { matrix, vector } = normalOf(lesson, numbers, weights);
    for (let one = 1; one < width; one++) {
      const place = one * width + one;
      matrix[place] = (matrix[place] as number) + plan.ridge;
      vector[one] = (vector[one] as number) - plan.ridge * (weights[one] as number);
    }
    const change = solve(matrix, vector);
    let largest = 0;
    for (const one of change) largest = Math.max(largest, Math.abs(one));
    // A long step is shortened: separable rows would otherwise throw the weights far out.
    const share = largest > 3 ? 3 / largest : 1;
    for (let one = 0; one < width; one++) {
      weights[one] = (weights[one] as number) + share * (change[one] as number);
    }
    onStep((step + 1) / stepsMax);
    if (largest < stepEnough) break;
  }
  return pointsOf(lesson, weights);
}

/** The log odds of a binned row. */
export function linearMargin({ base, offsets, points }: Linear, bins: Uint16Array): number {
  let sum = base;
  for (let feature = 0; feature + 1 < offsets.length; feature++) {
    sum += points[(offsets[feature] as number) + (bins[feature] as number)] as number;
  }
  return sum;
}
