// Reads a table from comma-separated text, gzipped or plain, and finds out what its columns hold.
import { gunzipSync } from 'node:zlib';
import { Refusal } from '#station/bank/refusal.ts';
import type { Labels } from './model.ts';
import type { Column, Table } from './table.ts';

/** What stands for a value nobody knows. */
const missingWords = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '?']);
const moment = /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?$/;
const [quote, comma, lineFeed, carriageReturn] = [34, 44, 10, 13];
const decimal = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
const cellsMax = 400_000_000;
/** So much of a column must be numbers for the rest to count as missing. */
const numericShareMin = 0.95;

interface Cells {
  readonly bytes: Uint8Array;
  /** Start and end of each cell, row by row, the header first. */
  readonly bounds: Uint32Array;
  readonly columnCount: number;
  readonly rowCount: number;
}

function plainOf(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    throw new Refusal('bad-table', 'The gzip file is damaged or cut off.');
  }
}

/** Where the cell that starts here ends: at a comma, a line's end, or the end of the text. */
function endOfCell(bytes: Uint8Array, start: number): number {
  let at = start;
  if (bytes[at] === quote) {
    at++;
    while (at < bytes.length && (bytes[at] !== quote || bytes[at + 1] === quote)) {
      at += bytes[at] === quote ? 2 : 1;
    }
    if (at >= bytes.length) throw new Refusal('bad-table', 'A quote is never closed.');
    return at + 1;
  }
  while (at < bytes.length && bytes[at] !== comma && bytes[at] !== lineFeed) at++;
  return at;
}

function headerEnd(bytes: Uint8Array): { columnCount: number; next: number } {
  let columnCount = 1;
  let at = 0;
  for (;;) {
    at = endOfCell(bytes, at);
    while (at < bytes.length && bytes[at] !== comma && bytes[at] !== lineFeed) at++;
    if (bytes[at] !== comma) return { columnCount, next: at + 1 };
    columnCount++;
    at++;
  }
}

function cut(bytes: Uint8Array): Cells {
  const { columnCount } = headerEnd(bytes);
  let lines = 1;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === lineFeed) lines++;
  const room = (lines + 1) * columnCount;
  if (room > cellsMax) throw new Refusal('bad-table', `The table has over ${cellsMax} cells.`);
  const bounds = new Uint32Array(2 * room);
  let [at, cell, line] = [0, 0, 0];
  while (at < bytes.length) {
    if (bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed)) {
      at += bytes[at] === lineFeed ? 1 : 2;
      continue;
    }
    line++;
    for (let column = 0; column < columnCount; column++) {
      const end = endOfCell(bytes, at);
      const isCut = bytes[end - 1] === carriageReturn && column === columnCount - 1;
      bounds[cell++] = at;
      bounds[cell++] = isCut && end > at ? end - 1 : end;
      at = end;
      if (bytes[at] === carriageReturn) at++;
      const isLast = column === columnCount - 1;
      if (at < bytes.length && bytes[at] !== (isLast ? lineFeed : comma)) throw crooked(line);
      if (at >= bytes.length && !isLast) throw crooked(line);
      at++;
    }
  }
  return { bytes, bounds, columnCount, rowCount: Math.max(0, line - 1) };
}

function crooked(line: number): Refusal {
  return new Refusal('bad-table', `Line ${line} has not as many cells as the header.`);
}

function textAt({ bytes, bounds }: Cells, cell: number): string {
  const start = bounds[2 * cell] as number;
  const end = bounds[2 * cell + 1] as number;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  const isQuoted = text.startsWith('"') && text.endsWith('"') && text.length >= 2;
  return (isQuoted ? text.slice(1, -1).replaceAll('""', '"') : text).trim();
}

const powers = Float64Array.from({ length: 23 }, (_none, at) => Number(`1e${at}`));

/**
 * The number in a cell, exactly rounded; NaN where it is missing or none. Up to 15 digits are read
 * in place (their quotient by a power of ten to 1e22 is rounded once), the rest by the language.
 */
function numberAt(cells: Cells, cell: number): number {
  const { bytes, bounds } = cells;
  let at = bounds[2 * cell] as number;
  const end = bounds[2 * cell + 1] as number;
  const isNegative = bytes[at] === 45;
  if (isNegative) at++;
  if (end - at > 16 || end === at) return slowNumber(cells, cell);
  let [whole, fraction, digits] = [0, -1, 0];
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 48 && byte <= 57) {
      whole = whole * 10 + (byte - 48);
      digits++;
      if (fraction >= 0) fraction++;
    } else if (byte === 46 && fraction < 0) fraction = 0;
    else return slowNumber(cells, cell);
  }
  if (digits === 0 || digits > 15) return slowNumber(cells, cell);
  const value = fraction > 0 ? whole / (powers[fraction] as number) : whole;
  return isNegative ? -value : value;
}

function slowNumber(cells: Cells, cell: number): number {
  const text = textAt(cells, cell);
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

function numericColumn(cells: Cells, name: string, column: number): Column | null {
  const { rowCount, columnCount } = cells;
  const values = new Float64Array(rowCount);
  let foreign = 0;
  for (let row = 0; row < rowCount; row++) {
    const cell = (row + 1) * columnCount + column;
    const value = numberAt(cells, cell);
    values[row] = value;
    if (!Number.isNaN(value) || missingWords.has(textAt(cells, cell))) continue;
    foreign++;
    if (foreign > (1 - numericShareMin) * rowCount) return null;
  }
  return { kind: 'numeric', name, values };
}

function categoricalColumn(cells: Cells, name: string, column: number): Column {
  const { rowCount, columnCount } = cells;
  const codes = new Int32Array(rowCount);
  const codeOf = new Map<string, number>();
  for (let row = 0; row < rowCount; row++) {
    const text = textAt(cells, (row + 1) * columnCount + column);
    if (missingWords.has(text)) {
      codes[row] = -1;
      continue;
    }
    const code = codeOf.get(text) ?? codeOf.size;
    codeOf.set(text, code);
    codes[row] = code;
  }
  return { kind: 'categorical', name, levels: [...codeOf.keys()], codes };
}

function timeColumn(cells: Cells, name: string, column: number): Column {
  const { rowCount, columnCount } = cells;
  const values = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const text = textAt(cells, (row + 1) * columnCount + column);
    const iso = text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T');
    values[row] = Date.parse(iso.endsWith('Z') ? iso : `${iso}Z`) / 1000;
  }
  return { kind: 'time', name, values };
}

function isTime(cells: Cells, column: number): boolean {
  const { rowCount, columnCount } = cells;
  let seen = 0;
  for (let row = 0; row < rowCount && seen < 200; row++) {
    const text = textAt(cells, (row + 1) * columnCount + column);
    if (missingWords.has(text)) continue;
    if (!moment.test(text)) return false;
    seen++;
  }
  return seen > 0;
}

/**
 * Reads a table: first line the names, comma between, quotes as RFC 4180, gzip found by its first
 * bytes. A column is time, number or category by what it holds. Refuses `bad-table` with the line.
 */
export function readTable(bytes: Uint8Array, drop: readonly string[] = []): Table {
  const plain = plainOf(bytes);
  if (plain.length === 0) throw new Refusal('bad-table', 'The table is empty.');
  const start = plain[0] === 0xef && plain[1] === 0xbb && plain[2] === 0xbf ? 3 : 0;
  const cells = cut(start === 0 ? plain : plain.subarray(start));
  const { columnCount, rowCount } = cells;
  const names = Array.from({ length: columnCount }, (_none, column) => textAt(cells, column));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Refusal('bad-table', `Two columns are called ${twice}.`);
  if (rowCount === 0) throw new Refusal('bad-table', 'The table has a header but no rows.');
  const columns = names.flatMap((name, column): Column[] => {
    if (drop.includes(name)) return [];
    if (isTime(cells, column)) return [timeColumn(cells, name, column)];
    return [numericColumn(cells, name, column) ?? categoricalColumn(cells, name, column)];
  });
  return { rowCount, columns };
}

const positiveWords = /^(1|yes|y|true|t|fraud|bad|positive|illicit)$/i;
const negativeWords = /^(0|no|n|false|f|legitimate|good|negative|licit)$/i;

/**
 * Takes the label column out of a table. 1, yes, true, fraud, bad are positive; 0, no, false, good
 * negative; anything else is undecided. The first time column, if any, orders the rows. Refuses
 * `no-label` and `one-class`.
 */
export function takeLabels(table: Table, label: string): { table: Table; labels: Labels } {
  const column = table.columns.find(({ name }) => name === label);
  if (!column) {
    const names = table.columns.map(({ name }) => name).join(', ');
    throw new Refusal('no-label', `There is no column ${label}. There are ${names}.`, label);
  }
  const outcome = outcomesOf(column);
  if (!outcome.includes(1) || !outcome.includes(0)) {
    const sentence = `The column ${label} must hold both 1 (fraud, bad) and 0 (legitimate, good).`;
    throw new Refusal('one-class', sentence, label);
  }
  const columns = table.columns.filter((each) => each !== column);
  const time = columns.find(({ kind }) => kind === 'time');
  const labels: Labels = time?.kind === 'time' ? { outcome, time: time.values } : { outcome };
  return { table: { rowCount: table.rowCount, columns }, labels };
}

function outcomesOf(column: Column): Float64Array {
  if (column.kind !== 'categorical') {
    return column.values.map((value) => (value === 0 || value === 1 ? value : Number.NaN));
  }
  const meanings = column.levels.map((level) => {
    if (positiveWords.test(level)) return 1;
    return negativeWords.test(level) ? 0 : Number.NaN;
  });
  return Float64Array.from(column.codes, (code) => meanings[code] ?? Number.NaN);
}
