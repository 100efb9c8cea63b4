// Holds the benchmark's features to a slow count by definition, and the past to itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examineDaily, feedbackFeatures, handbookFeatures, readPayments } from './handbook.ts';
import { createRandom } from './random.ts';
import type { Column, Table } from './table.ts';

const day = 86_400;

function made(rowCount: number, seed = 4): Table {
  const random = createRandom(seed);
  const numbers = (make: () => number) => Float64Array.from({ length: rowCount }, make);
  const moments = numbers(() => random.below(60 * day)).sort();
  const numeric = (name: string, values: Float64Array): Column => ({
    kind: 'numeric',
    name,
    values,
  });
  return {
    rowCount,
    columns: [
      { kind: 'time', name: 'TX_DATETIME', values: moments },
      numeric(
        'TX_AMOUNT',
        numbers(() => 1 + random.below(10_000) / 100),
      ),
      numeric(
        'TX_FRAUD',
        numbers(() => (random.below(8) === 0 ? 1 : 0)),
      ),
      numeric(
        'CUSTOMER_ID',
        numbers(() => random.below(12)),
      ),
      numeric(
        'TERMINAL_ID',
        numbers(() => random.below(15)),
      ),
    ],
  };
}

const valuesOf = (table: Table, name: string): Float64Array =>
  (table.columns.find((column) => column.name === name) as { values: Float64Array }).values;

test('windows are what counting every earlier row gives', () => {
  const table = made(900);
  const payments = readPayments(table);
  const features = handbookFeatures(payments, false);
  assert.equal(features.columns.length, 15);
  const [time, amount, fraud] = ['TX_DATETIME', 'TX_AMOUNT', 'TX_FRAUD'].map((name) =>
    valuesOf(table, name),
  ) as [Float64Array, Float64Array, Float64Array];
  const [customer, terminal] = [valuesOf(table, 'CUSTOMER_ID'), valuesOf(table, 'TERMINAL_ID')];
  for (let row = 0; row < 900; row += 7) {
    for (const days of [1, 7, 30]) {
      const own: number[] = [];
      const known: number[] = [];
      for (let other = 0; other <= row; other++) {
        const age = time[row]! - time[other]!;
        if (customer[other] === customer[row] && age < days * day) own.push(amount[other]!);
        const isKnown = age >= 7 * day && age < (7 + days) * day;
        if (terminal[other] === terminal[row] && isKnown) known.push(fraud[other]!);
      }
      const mean = own.reduce((sum, one) => sum + one, 0) / own.length;
      const share =
        known.length === 0 ? 0 : known.reduce((sum, one) => sum + one, 0) / known.length;
      assert.equal(valuesOf(features, `customer_count_${days}d`)[row], own.length);
      assert.ok(Math.abs(valuesOf(features, `customer_mean_${days}d`)[row]! - mean) < 1e-9);
      assert.equal(valuesOf(features, `terminal_count_${days}d`)[row], known.length);
      assert.ok(Math.abs(valuesOf(features, `terminal_risk_${days}d`)[row]! - share) < 1e-9);
    }
  }
});

test('later rows, and labels not yet known, change no feature of an earlier row', () => {
  const whole = made(900);
  const before = handbookFeatures(readPayments(whole), true);
  const cutRows = 500;
  const changed: Table = {
    rowCount: 900,
    columns: whole.columns.map((column): Column => {
      if (column.kind === 'categorical' || column.kind === 'time') return column;
      const values = column.values.map((value, row) => (row < cutRows ? value : value + 1));
      return { ...column, values };
    }),
  };
  const border = valuesOf(whole, 'TX_DATETIME')[cutRows - 1]! - 7 * day;
  // The label of a row younger than seven days is not known either: turn those round, too.
  valuesOf(changed, 'TX_FRAUD').forEach((value, row, list) => {
    if (valuesOf(whole, 'TX_DATETIME')[row]! > border) list[row] = 1 - value;
  });
  const after = handbookFeatures(readPayments(changed), true);
  for (const [at, column] of before.columns.entries()) {
    const other = (after.columns[at] as { values: Float64Array }).values;
    const own = (column as { values: Float64Array }).values;
    assert.deepEqual(other.subarray(0, cutRows), own.subarray(0, cutRows), column.name);
  }
});

test('an examined case is known on the morning after, not before', () => {
  const table = made(900);
  const payments = readPayments(table);
  const examined = new Uint8Array(900);
  const time = valuesOf(table, 'TX_DATETIME');
  const rows = Int32Array.from({ length: 900 }, (_none, row) => row);
  const scores = valuesOf(table, 'TX_FRAUD');
  examineDaily(payments, rows, scores, 2, examined);
  const perDay = new Map<number, number>();
  for (const row of rows) {
    const own = Math.floor(time[row]! / day);
    perDay.set(own, (perDay.get(own) ?? 0) + examined[row]!);
  }
  assert.ok([...perDay.values()].every((count) => count <= 2));
  const columns = feedbackFeatures(payments, examined, rows);
  const bad = columns.find(({ name }) => name === 'terminal_bad_14d') as { values: Float64Array };
  const terminal = valuesOf(table, 'TERMINAL_ID');
  for (const row of rows) {
    let count = 0;
    for (let other = 0; other < row; other++) {
      const isSame = terminal[other] === terminal[row] && examined[other] === 1;
      const isEarlier = Math.floor(time[other]! / day) < Math.floor(time[row]! / day);
      const isInside = time[row]! - time[other]! <= 14 * day;
      if (isSame && isEarlier && isInside) count += scores[other]!;
    }
    assert.equal(bad.values[row], count);
  }
});
