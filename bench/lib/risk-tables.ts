// Lays out the shared risk tables for a bench: what to predict, what to leave out, how to split.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable, takeLabels } from '#station/risk/csv.ts';
import { handbookFeatures, readPayments, rowsOfDays } from '#station/risk/handbook.ts';
import { pickLabels, pickRows } from '#station/risk/lesson.ts';
import type { Labels } from '#station/risk/model.ts';
import { createRandom } from '#station/risk/random.ts';
import { type Column, numbersOf, type Table } from '#station/risk/table.ts';

export interface Lesson {
  readonly table: Table;
  readonly labels: Labels;
}
export interface Split {
  readonly learned: Lesson;
  readonly exam: Lesson;
}

interface Source {
  readonly file: string;
  readonly label: string;
  readonly drop: readonly string[];
}

/** The balances after a payment and the simulator's own flags are not known before it. */
const afterwards = [
  'newBalanceOrig',
  'newBalanceDest',
  'isFlaggedFraud',
  'isUnauthorizedOverdraft',
];

/** By name: the file, its label, the columns that are no features. */
export const sources: Readonly<Record<string, Source>> = {
  german: { file: 'credit/german', label: 'bad', drop: ['row'] },
  hmeq: { file: 'credit/hmeq', label: 'BAD', drop: ['row'] },
  heloc: { file: 'credit/heloc', label: 'bad', drop: ['row'] },
  gmsc_part: { file: 'credit/gmsc_part', label: 'SeriousDlqin2yrs', drop: ['row'] },
  taiwan: { file: 'credit/taiwan', label: 'default', drop: ['ID'] },
  pakdd2010: { file: 'credit/pakdd2010', label: 'bad', drop: ['ID_CLIENT'] },
  vehicle: { file: 'fraud/vehicle', label: 'FraudFound_P', drop: ['PolicyNumber', 'Year'] },
  ethereum: { file: 'fraud/ethereum', label: 'FLAG', drop: ['Index', 'Address'] },
  paysim2: {
    file: 'fraud/paysim2',
    label: 'isFraud',
    drop: ['txId', 'step', 'nameOrig', 'nameDest', ...afterwards],
  },
  sffsd: { file: 'fraud/sffsd', label: 'Labels', drop: ['Time', 'Source'] },
  handbook: { file: 'fraud/handbook', label: 'TX_FRAUD', drop: ['TX_FRAUD_SCENARIO'] },
};

const shared = process.env.QENEX_SHARED ?? join(import.meta.dirname, '../../../shared');

/** The bytes of a shared table, or null where the shared data is not there. */
export function sharedTable(name: string): Uint8Array | null {
  const file = join(shared, 'data', `${sources[name]!.file}.train.csv.gz`);
  return existsSync(file) ? readFileSync(file) : null;
}

/**
 * By chance three in ten rows judge; where rows come in order of time, the last three tenths do.
 */
function border(name: string, rowCount: number, seed: number): (row: number) => boolean {
  if (name === 'paysim2' || name === 'sffsd') return (row) => row >= 0.7 * rowCount;
  const random = createRandom(seed);
  const judges = Uint8Array.from({ length: rowCount }, () => (random.below(10) < 3 ? 1 : 0));
  return (row) => judges[row] === 1;
}

/** The handbook with the book's features: 31 days teach, 7 days delay, the last 24 days judge. */
function handbookSplit(bytes: Uint8Array): Split {
  const payments = readPayments(readTable(bytes, ['TX_FRAUD_SCENARIO', 'TRANSACTION_ID']));
  const table = handbookFeatures(payments, false);
  const end = Math.floor(payments.time[payments.count - 1]! / 86_400) + 1;
  const labels: Labels = { outcome: payments.fraud, time: payments.time };
  const part = (from: number, to: number): Lesson => {
    const rows = rowsOfDays(payments, from, to);
    return { table: pickRows(table, rows), labels: pickLabels(labels, rows) };
  };
  return { learned: part(end - 62, end - 31), exam: part(end - 24, end) };
}

export function splitOf(name: string, bytes: Uint8Array, seed: number): Split {
  if (name === 'handbook') return handbookSplit(bytes);
  const { label, drop } = sources[name]!;
  const { table, labels } = takeLabels(readTable(bytes, drop), label);
  const judges = border(name, table.rowCount, seed);
  const decided = Int32Array.from({ length: table.rowCount }, (_none, row) => row).filter(
    (row) => !Number.isNaN(labels.outcome[row]),
  );
  const part = (rows: Int32Array): Lesson => ({
    table: pickRows(table, rows),
    labels: pickLabels(labels, rows),
  });
  return {
    learned: part(decided.filter((row) => !judges(row))),
    exam: part(decided.filter(judges)),
  };
}

function cellOf(column: Column, row: number): string {
  const value = numbersOfCached(column)[row]!;
  if (Number.isNaN(value)) return '';
  if (column.kind !== 'categorical') return String(value);
  return `"${column.levels[value]!.replaceAll('"', '""')}"`;
}

const cache = new WeakMap<Column, Float64Array>();
function numbersOfCached(column: Column): Float64Array {
  const known = cache.get(column) ?? numbersOf(column);
  cache.set(column, known);
  return known;
}

/** The table as text, the label last under the name `label`. */
export function asCsv({ table, labels }: Lesson): string {
  const lines = [[...table.columns.map(({ name }) => `"${name}"`), 'label'].join(',')];
  for (let row = 0; row < table.rowCount; row++) {
    const cells = table.columns.map((column) => cellOf(column, row));
    lines.push(`${cells.join(',')},${labels.outcome[row]}`);
  }
  return `${lines.join('\n')}\n`;
}
