// Turns bins into columns of plain numbers for the members that need them: logistic and neural.
import type { Encoder, Matrix } from './encode.ts';

/**
 * Per feature and bin, the numbers that stand for it: position among the training rows,
 * standardised
 * value, missing or not; or, for a category, one column each and the log odds of its rate.
 */
export interface Basis {
  /** Where the bins of each feature begin in `lookup`, counted in bins; one more at the end. */
  readonly offsets: Int32Array;
  /** Where the columns of each feature begin; one more at the end. */
  readonly columns: Int32Array;
  /** For feature f and bin b: `lookup[starts[f] + b * width(f) + column]`. */
  readonly starts: Int32Array;
  readonly lookup: Float64Array;
}

/** Up to so many categories get a column each; beyond, the ordered position must do. */
const oneHotMax = 12;
/** With fewer rows than this a number is its standardised value only: bends would be chance. */
const plainRows = 2000;

interface Part {
  readonly width: number;
  /** bins x width */
  readonly numbers: Float64Array;
}

/** What stands for a bin of a number: between its edges, the outermost held to the neighbour. */
function middles(edges: Float64Array, bins: number): Float64Array {
  return Float64Array.from({ length: bins }, (_none, bin) => {
    if (bin === 0 || edges.length === 0) return 0;
    const low = edges[Math.max(0, bin - 2)] as number;
    const high = edges[Math.min(edges.length - 1, bin - 1)] as number;
    return low + (high - low) / 2;
  });
}

/** Mean 0 and deviation 1 over the rows, held to twenty deviations; the missing get 0. */
function standardised(values: Float64Array, counts: Float64Array): Float64Array {
  let [rows, sum, squares] = [0, 0, 0];
  for (let bin = 1; bin < values.length; bin++) {
    rows += counts[bin] as number;
    sum += (counts[bin] as number) * (values[bin] as number);
  }
  const mean = rows === 0 ? 0 : sum / rows;
  for (let bin = 1; bin < values.length; bin++) {
    squares += (counts[bin] as number) * ((values[bin] as number) - mean) ** 2;
  }
  const deviation = Math.sqrt(squares / Math.max(1, rows)) || 1;
  return values.map((value, bin) =>
    bin === 0 ? 0 : Math.max(-20, Math.min(20, (value - mean) / deviation)),
  );
}

/** Share of the rows below the middle of each bin. */
function positions(counts: Float64Array): Float64Array {
  let [all, seen] = [0, 0];
  for (let bin = 1; bin < counts.length; bin++) all += counts[bin] as number;
  return counts.map((count, bin) => {
    if (bin === 0) return 0;
    const position = (seen + count / 2) / Math.max(1, all);
    seen += count;
    return position;
  });
}

function joinColumns(columns: readonly Float64Array[], bins: number): Part {
  const width = columns.length;
  const numbers = new Float64Array(bins * width);
  for (const [at, column] of columns.entries()) {
    for (let bin = 0; bin < bins; bin++) numbers[bin * width + at] = column[bin] as number;
  }
  return { width, numbers };
}

const hinge = (position: Float64Array, from: number): Float64Array =>
  position.map((share) => Math.max(0, share - from) / (1 - from));

function partOf(
  feature: Encoder['features'][number],
  counts: Float64Array,
  isPlain: boolean,
): Part {
  const bins = counts.length;
  const isMissing = Float64Array.from(counts, (_count, bin) => (bin === 0 ? 1 : 0));
  const missing = (counts[0] as number) > 0 ? [isMissing] : [];
  const place = positions(counts);
  const position = standardised(place, counts);
  if (feature.kind === 'category') {
    if (bins > oneHotMax + 2) return joinColumns([position, ...missing], bins);
    const alone = Array.from({ length: bins }, (_none, bin) =>
      Float64Array.from(counts, (_count, other) => (other === bin ? 1 : 0)),
    ).filter((_column, bin) => (counts[bin] as number) > 0);
    return joinColumns(alone, bins);
  }
  const value = standardised(middles(feature.edges, bins), counts);
  if (bins <= 3 || isPlain) return joinColumns([value, ...missing], bins);
  const ends = [standardised(hinge(place, 0.9), counts), standardised(hinge(place, 0.5), counts)];
  return joinColumns([value, position, ...ends, ...missing], bins);
}

/** Lays out the basis of an encoder by the rows of its training matrix. */
export function fitBasis(encoder: Encoder, matrix: Matrix): Basis {
  const parts = encoder.features.map((feature, at) => {
    const counts = new Float64Array(matrix.binCounts[at] as number);
    for (let row = 0; row < matrix.rowCount; row++) {
      const bin = matrix.bins[at * matrix.rowCount + row] as number;
      counts[bin] = (counts[bin] as number) + 1;
    }
    return partOf(feature, counts, matrix.rowCount < plainRows);
  });
  const sums = (size: (part: Part, at: number) => number): Int32Array => {
    const list = new Int32Array(parts.length + 1);
    for (const [at, part] of parts.entries()) list[at + 1] = (list[at] as number) + size(part, at);
    return list;
  };
  const starts = sums((part) => part.numbers.length);
  const lookup = new Float64Array(starts[parts.length] as number);
  for (const [at, part] of parts.entries()) lookup.set(part.numbers, starts[at] as number);
  return {
    offsets: sums((_part, at) => matrix.binCounts[at] as number),
    columns: sums((part) => part.width),
    ...{ starts, lookup },
  };
}

/** Writes the basis columns of one binned row into `into`. */
export function expand(basis: Basis, bins: Uint16Array, into: Float64Array): void {
  const { columns, starts, lookup } = basis;
  for (let feature = 0; feature + 1 < columns.length; feature++) {
    const from = columns[feature] as number;
    const width = (columns[feature + 1] as number) - from;
    const start = (starts[feature] as number) + (bins[feature] as number) * width;
    for (let at = 0; at < width; at++) into[from + at] = lookup[start + at] as number;
  }
}
