// Holds what models learn from: columns of numbers and categories, with missing values as such.
import { Refusal } from '#station/bank/refusal.ts';

/** A column of numbers; NaN is missing. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
}

/** A column of categories: `codes` count into `levels`, -1 is missing. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly levels: readonly string[];
  readonly codes: Int32Array;
}

/** A column of moments in seconds since 1970 UTC; NaN is missing. Models see hour, weekday, day. */
export interface TimeColumn {
  readonly kind: 'time';
  readonly name: string;
  readonly values: Float64Array;
}

export type Column = NumericColumn | CategoricalColumn | TimeColumn;

export interface Table {
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

/** What a model knows of a column it was trained on. */
export interface ColumnSpec {
  readonly kind: Column['kind'];
  readonly name: string;
  /** The categories in the order of their codes; empty for numbers and times. */
  readonly levels: readonly string[];
}

/**
 * One row as the models take it: per column of the model a number; for a category its code in the
 * column's levels. NaN is missing; a code outside the levels is a category never seen.
 */
export type Row = Float64Array;

/** What a caller knows of one case, by column name. */
export type Case = Readonly<Record<string, number | string | null>>;

/** The specification of a table's columns, as a model keeps it. */
export const specsOf = (table: Table): readonly ColumnSpec[] =>
  table.columns.map((column) => ({
    kind: column.kind,
    name: column.name,
    levels: column.kind === 'categorical' ? column.levels : [],
  }));

/** The bare numbers of a column: a category's codes, NaN where missing. */
export function numbersOf(column: Column): Float64Array {
  if (column.kind !== 'categorical') return column.values;
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code));
}

/** One row of a table as models take it. */
export function rowAt(table: Table, at: number): Row {
  return Float64Array.from(table.columns, (column) => {
    if (column.kind !== 'categorical') return column.values[at] as number;
    const code = column.codes[at] as number;
    return code < 0 ? Number.NaN : code;
  });
}

function numberOf(value: number | string, name: string): number {
  if (typeof value === 'number') return value;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  const refused = value.trim() !== '' && Number.isNaN(number);
  if (!refused) return number;
  throw new Refusal('bad-feature', `${name} must be a number, not "${value}".`, name);
}

function momentOf(value: number | string, name: string): number {
  if (typeof value === 'number') return value;
  const moment = Date.parse(value.includes('T') ? value : `${value.replace(' ', 'T')}Z`);
  if (!Number.isNaN(moment)) return moment / 1000;
  throw new Refusal('bad-feature', `${name} must be a date and time, not "${value}".`, name);
}

/**
 * Makes a row of a case. What the case leaves out or gives as null is missing; a category never
 * seen
 * gets a code of its own past the levels. Refuses `missing-columns` when none of the columns is
 * given
 * and `bad-feature` where a number is no number.
 */
export function rowOf(columns: readonly ColumnSpec[], known: Case): Row {
  const given = columns.filter(({ name }) => known[name] !== undefined);
  if (given.length === 0 && columns.length > 0) {
    const names = columns.slice(0, 6).map(({ name }) => name);
    const sentence = `None of the model's columns is given. It needs ${names.join(', ')}...`;
    throw new Refusal('missing-columns', sentence);
  }
  return Float64Array.from(columns, ({ kind, name, levels }) => {
    const value = known[name] ?? null;
    if (value === null || value === '') return Number.NaN;
    if (kind === 'time') return momentOf(value, name);
    if (kind === 'numeric') return numberOf(value, name);
    const code = levels.indexOf(String(value));
    return code < 0 ? levels.length : code;
  });
}

/**
 * A table of the given columns in the model's order; refuses `missing-columns` with their names.
 */
export function fitTable(columns: readonly ColumnSpec[], table: Table): Table {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const missing = columns.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    const names = missing.join(', ');
    const sentence = `The table has no column ${names}, which the model was trained on.`;
    throw new Refusal('missing-columns', sentence, missing[0]);
  }
  const fitted = columns.map((spec) => fitColumn(spec, byName.get(spec.name) as Column));
  return { rowCount: table.rowCount, columns: fitted };
}

function fitColumn(spec: ColumnSpec, column: Column): Column {
  const { name, levels } = spec;
  if (spec.kind === 'categorical') {
    const texts = column.kind === 'categorical' ? column.levels : null;
    const codeOf = new Map(levels.map((level, code) => [level, code]));
    const codes = Int32Array.from(numbersOf(column), (value) => {
      if (Number.isNaN(value)) return -1;
      return codeOf.get(texts ? (texts[value] as string) : String(value)) ?? levels.length;
    });
    return { kind: 'categorical', name, levels, codes };
  }
  if (column.kind !== 'categorical') return { kind: spec.kind, name, values: column.values };
  const numbers = column.levels.map((level) => Number(level));
  const values = Float64Array.from(column.codes, (code) =>
    code < 0 ? Number.NaN : (numbers[code] as number),
  );
  return { kind: spec.kind, name, values };
}
