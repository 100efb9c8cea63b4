// Turns columns into features and features into bins: what every member of a model sees.
import { binOf, edgesOf } from './bins.ts';
import type { Labels } from './model.ts';
import { type Column, type ColumnSpec, type Row, specsOf, type Table } from './table.ts';

/** How one feature is made of one column. `edges` cut numbers; `ranks` give a category its bin. */
export interface Feature {
  readonly column: number;
  readonly kind: 'number' | 'hour' | 'weekday' | 'category' | 'rate' | 'count';
  readonly edges: Float64Array;
  /** Bin of each category; categories too rare to judge, and those never seen, share bin 1. */
  readonly ranks: Uint16Array;
  /** For `rate` and `count`: the number that stands for each category. */
  readonly numbers: Float64Array;
  /** What stands for a category never seen. */
  readonly unseen: number;
}

export interface Encoder {
  readonly columns: readonly ColumnSpec[];
  readonly features: readonly Feature[];
}

/** Binned rows, feature after feature: `bins[feature * rowCount + row]`. */
export interface Matrix {
  readonly rowCount: number;
  readonly featureCount: number;
  readonly bins: Uint16Array;
  /** Bins of each feature, that of the missing included. */
  readonly binCounts: Int32Array;
  readonly isCategory: readonly boolean[];
}

/** A column that is left out by itself, with why. */
export interface Dropped {
  readonly name: string;
  readonly why: string;
}

/** More categories than this become a smoothed rate and a count instead of bins of their own. */
const levelsMax = 100;
/** A category with fewer rows than this is judged together with the other rare ones. */
const rareRows = 3;
/** Rows of the overall rate that are mixed into a category's own. */
const smoothing = 10;
const none = new Float64Array(0);
const noRanks = new Uint16Array(0);

/** Bins enough to cut small tables exactly and large ones finely. */
const fineBinsOf = (rowCount: number): number => (rowCount <= 60_000 ? 4096 : 1024);

const plain = (column: number, kind: Feature['kind'], edges: Float64Array): Feature => ({
  ...{ column, kind, edges, ranks: noRanks, numbers: none, unseen: 0 },
});

/** Hour with its fraction, or day of the week from Monday = 0, of a moment in UTC. */
export function partOfTime(kind: 'hour' | 'weekday', seconds: number): number {
  const day = Math.floor(seconds / 86_400);
  return kind === 'hour' ? (seconds - day * 86_400) / 3600 : (((day + 3) % 7) + 7) % 7;
}

/** Numbers of rows may stand out of order by this share, as where moments were sorted afterwards. */
const fallShare = 0.03;

/** Whether a column holds two different values, and whether it counts up in whole steps. */
function lookOver(values: Float64Array): { isVaried: boolean; isRising: boolean } {
  let [isVaried, isWhole, before, falls, steps] = [false, true, Number.NaN, 0, 0];
  const fallsMax = fallShare * values.length;
  for (let at = 0; at < values.length && ((isWhole && falls <= fallsMax) || !isVaried); at++) {
    const value = values[at] as number;
    if (Number.isNaN(value)) continue;
    isWhole &&= Number.isInteger(value);
    if (!Number.isNaN(before)) {
      isVaried ||= value !== before;
      steps++;
      if (value <= before) falls++;
    }
    before = value;
  }
  return { isVaried, isRising: isWhole && falls <= fallShare * steps && isVaried };
}

/** Why a column can teach nothing that holds beyond its own rows, or null. */
function uselessBecause(column: Column, rowCount: number): string | null {
  if (column.kind === 'time') return null;
  if (column.kind === 'categorical') {
    const known = column.codes.reduce((sum, code) => sum + (code >= 0 ? 1 : 0), 0);
    if (column.levels.length < 2) return 'it holds one value only';
    const isKey = known > 50 && column.levels.length > 0.9 * known;
    return isKey ? 'nearly every row has a value of its own: it is a key' : null;
  }
  const { isVaried, isRising } = lookOver(column.values);
  if (!isVaried) return 'it holds one value only';
  if (isRising && rowCount > 50) return 'it counts the rows up: it is a number of the row';
  return null;
}

/** Rows and positives of each category among the rows with an outcome. */
function tally(codes: Int32Array, levels: number, outcome: Float64Array) {
  const [rows, positives] = [new Float64Array(levels), new Float64Array(levels)];
  let [allRows, allPositives] = [0, 0];
  for (let at = 0; at < codes.length; at++) {
    const truth = outcome[at] as number;
    if (Number.isNaN(truth)) continue;
    allRows++;
    allPositives += truth;
    const code = codes[at] as number;
    if (code < 0) continue;
    rows[code] = (rows[code] as number) + 1;
    positives[code] = (positives[code] as number) + truth;
  }
  return { rows, positives, rate: allRows === 0 ? 0 : allPositives / allRows };
}

function categoryFeature(column: number, codes: Int32Array, levels: number, labels: Labels) {
  const { rows, positives, rate } = tally(codes, levels, labels.outcome);
  const rateOf = (code: number): number =>
    ((positives[code] as number) + smoothing * rate) / ((rows[code] as number) + smoothing);
  const common = Array.from({ length: levels }, (_none, code) => code)
    .filter((code) => (rows[code] as number) >= rareRows)
    .toSorted((one, other) => rateOf(one) - rateOf(other) || one - other);
  const ranks = new Uint16Array(levels).fill(1);
  for (const [at, code] of common.entries()) ranks[code] = at + 2;
  const feature: Feature = {
    ...{ column, kind: 'category', edges: none, ranks, numbers: none, unseen: common.length + 2 },
  };
  return feature;
}

/** Which of five parts a row belongs to when rates are learned; spread evenly over the rows. */
const partOf = (row: number): number => (Math.imul(row, 0x9e3779b1) >>> 8) % 5;

/** A rate a row is given was learned from the other four fifths of the rows, never from itself. */
function ratesApart(codes: Int32Array, levels: number, labels: Labels): Float64Array {
  const values = new Float64Array(codes.length);
  for (let part = 0; part < 5; part++) {
    const others = labels.outcome.map((truth, row) => (partOf(row) === part ? Number.NaN : truth));
    const { rows, positives, rate } = tally(codes, levels, others);
    for (let row = 0; row < codes.length; row++) {
      if (partOf(row) !== part) continue;
      const code = codes[row] as number;
      values[row] =
        code < 0
          ? Number.NaN
          : ((positives[code] as number) + smoothing * rate) / ((rows[code] as number) + smoothing);
    }
  }
  return values;
}

interface Fitted {
  readonly feature: Feature;
  /** The training rows' own numbers, where they differ from what serving computes. */
  readonly apart: Float64Array | null;
}

function keyFeatures(at: number, codes: Int32Array, levels: number, labels: Labels, bins: number) {
  const { rows, positives, rate } = tally(codes, levels, labels.outcome);
  const apart = ratesApart(codes, levels, labels);
  const counts = new Float64Array(levels);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  const rates = counts.map(
    (_count, code) =>
      ((positives[code] as number) + smoothing * rate) / ((rows[code] as number) + smoothing),
  );
  const ofRows = Float64Array.from(codes, (code) =>
    code < 0 ? Number.NaN : (counts[code] as number),
  );
  const base = { column: at, ranks: noRanks };
  const list: Fitted[] = [
    {
      feature: {
        ...base,
        ...{ kind: 'rate', edges: edgesOf(apart, bins), numbers: rates, unseen: rate },
      },
      apart,
    },
    {
      feature: {
        ...base,
        ...{ kind: 'count', edges: edgesOf(ofRows, bins), numbers: counts, unseen: 0 },
      },
      apart: null,
    },
  ];
  return list;
}

function fitColumn(column: Column, at: number, labels: Labels, bins: number): readonly Fitted[] {
  if (column.kind === 'categorical') {
    const { codes, levels } = column;
    if (levels.length > levelsMax) return keyFeatures(at, codes, levels.length, labels, bins);
    return [{ feature: categoryFeature(at, codes, levels.length, labels), apart: null }];
  }
  if (column.kind === 'numeric') {
    return [{ feature: plain(at, 'number', edgesOf(column.values, bins)), apart: null }];
  }
  return (['hour', 'weekday'] as const).flatMap((kind): Fitted[] => {
    const values = column.values.map((seconds) => partOfTime(kind, seconds));
    const edges = edgesOf(values, bins);
    return edges.length === 0 ? [] : [{ feature: plain(at, kind, edges), apart: null }];
  });
}

/**
 * Learns how to encode from the training rows; gives the encoder, the rows encoded, what was left
 * out.
 */
export function fitEncoder(table: Table, labels: Labels) {
  const dropped: Dropped[] = [];
  const fitted: Fitted[] = [];
  for (const [at, column] of table.columns.entries()) {
    const why = uselessBecause(column, table.rowCount);
    if (why !== null) dropped.push({ name: column.name, why });
    else fitted.push(...fitColumn(column, at, labels, fineBinsOf(table.rowCount)));
  }
  const encoder: Encoder = {
    columns: specsOf(table),
    features: fitted.map(({ feature }) => feature),
  };
  const matrix = encodeTable(encoder, table);
  for (const [at, { feature, apart }] of fitted.entries()) {
    if (!apart) continue;
    for (let row = 0; row < table.rowCount; row++) {
      matrix.bins[at * table.rowCount + row] = binOf(feature.edges, apart[row] as number);
    }
  }
  return { encoder, matrix, dropped };
}

/** The bin of one value (a number, or the code of a category) in one feature. */
export function binValue(feature: Feature, value: number): number {
  if (Number.isNaN(value)) return 0;
  switch (feature.kind) {
    case 'number':
      return binOf(feature.edges, value);
    case 'category':
      return feature.ranks[value] ?? 1;
    case 'hour':
    case 'weekday':
      return binOf(feature.edges, partOfTime(feature.kind, value));
    default:
      return binOf(feature.edges, feature.numbers[value] ?? feature.unseen);
  }
}

/** The bins of one row, written into `into`, one per feature. */
export function binRow(encoder: Encoder, row: Row, into: Uint16Array): Uint16Array {
  const { features } = encoder;
  for (let at = 0; at < features.length; at++) {
    const feature = features[at] as Feature;
    into[at] = binValue(feature, row[feature.column] as number);
  }
  return into;
}

/** Bins of a feature, that of the missing included. */
export const binCountOf = ({ kind, edges, unseen }: Feature): number =>
  kind === 'category' ? unseen : edges.length + 2;

/** The bins of a column of numbers or moments; plain numbers on the short way. */
function binColumn(feature: Feature, values: Float64Array, into: Uint16Array): void {
  const { edges } = feature;
  if (feature.kind === 'number') {
    for (let row = 0; row < into.length; row++) into[row] = binOf(edges, values[row] as number);
    return;
  }
  for (let row = 0; row < into.length; row++) into[row] = binValue(feature, values[row] as number);
}

/** Encodes every row of a table with the encoder's columns (see fitTable). */
export function encodeTable(encoder: Encoder, table: Table): Matrix {
  const { features } = encoder;
  const { rowCount } = table;
  const bins = new Uint16Array(features.length * rowCount);
  for (const [at, feature] of features.entries()) {
    const column = table.columns[feature.column] as Column;
    const start = at * rowCount;
    if (column.kind === 'categorical') {
      const bin = Uint16Array.from({ length: column.levels.length + 1 }, (_none, code) =>
        binValue(feature, code),
      );
      for (let row = 0; row < rowCount; row++) {
        const code = column.codes[row] as number;
        bins[start + row] = code < 0 ? 0 : (bin[code] as number);
      }
    } else {
      binColumn(feature, column.values, bins.subarray(start, start + rowCount));
    }
  }
  return {
    ...{ rowCount, featureCount: features.length, bins },
    binCounts: Int32Array.from(features, binCountOf),
    isCategory: features.map(({ kind }) => kind === 'category'),
  };
}

/** The bins row after row, as trees walk them fastest: `bins[row * featureCount + feature]`. */
export function rowByRow({ rowCount, featureCount, bins }: Matrix): Uint16Array {
  const rows = new Uint16Array(bins.length);
  for (let feature = 0; feature < featureCount; feature++) {
    const start = feature * rowCount;
    for (let row = 0; row < rowCount; row++) {
      rows[row * featureCount + feature] = bins[start + row] as number;
    }
  }
  return rows;
}
