// Rebuilds the published card-fraud benchmark as a stream: features, label delay, examined cases.
import { Refusal } from '#station/bank/refusal.ts';
import type { Column, NumericColumn, Table } from './table.ts';

/** The transactions of the handbook table in order of time. */
export interface Payments {
  readonly count: number;
  /** Seconds since 1970. */
  readonly time: Float64Array;
  readonly amount: Float64Array;
  readonly fraud: Float64Array;
  readonly customer: Grouping;
  readonly terminal: Grouping;
}

/**
 * Rows by key, in order of time: `items` from `starts[key]`; `places` is each row's place there.
 */
interface Grouping {
  readonly keys: Int32Array;
  readonly starts: Int32Array;
  readonly items: Int32Array;
  readonly places: Int32Array;
}

const daySeconds = 86_400;
/** A label counts as known so long after its transaction, unless somebody examined it. */
export const delayDays = 7;

function groupBy(values: Float64Array): Grouping {
  const numbers = new Map<number, number>();
  const keys = Int32Array.from(values, (value) => {
    const key = numbers.get(value) ?? numbers.size;
    numbers.set(value, key);
    return key;
  });
  const starts = new Int32Array(numbers.size + 1);
  for (const key of keys) starts[key + 1] = (starts[key + 1] as number) + 1;
  for (let key = 0; key < numbers.size; key++) {
    starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  }
  const next = starts.slice();
  const [items, places] = [new Int32Array(keys.length), new Int32Array(keys.length)];
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] as number;
    const place = next[key] as number;
    next[key] = place + 1;
    items[place] = row;
    places[row] = place;
  }
  return { keys, starts, items, places };
}

/** Takes the handbook's columns out of a table; refuses `missing-columns`. */
export function readPayments(table: Table): Payments {
  const columnOf = (name: string): Column => {
    const column = table.columns.find((each) => each.name === name);
    if (column && column.kind !== 'categorical') return column;
    throw new Refusal('missing-columns', `The handbook table needs the column ${name}.`, name);
  };
  const valuesOf = (name: string) => (columnOf(name) as NumericColumn).values;
  const moments = valuesOf('TX_DATETIME');
  const order = Int32Array.from(moments, (_moment, row) => row).sort(
    (one, other) => (moments[one] as number) - (moments[other] as number) || one - other,
  );
  const sorted = (name: string): Float64Array => {
    const values = valuesOf(name);
    return Float64Array.from(order, (row) => values[row] as number);
  };
  return {
    ...{ count: table.rowCount, time: sorted('TX_DATETIME'), amount: sorted('TX_AMOUNT') },
    ...{ fraud: sorted('TX_FRAUD'), customer: groupBy(sorted('CUSTOMER_ID')) },
    terminal: groupBy(sorted('TERMINAL_ID')),
  };
}

/** Sum over a row's key from one place up to and not including another. */
type WindowSum = (row: number, from: number, to: number) => number;

/**
 * Sums along each key's rows, so that any window is one difference. Each key begins at 0: what
 * others
 * do does not even change the last bit. Key k has its sums k places further on, one more than rows.
 */
function runningSum({ items, starts, keys }: Grouping, values: (row: number) => number): WindowSum {
  const sums = new Float64Array(items.length + starts.length);
  for (let key = 0; key + 1 < starts.length; key++) {
    for (let place = starts[key] as number; place < (starts[key + 1] as number); place++) {
      const before = sums[place + key] as number;
      sums[place + key + 1] = before + values(items[place] as number);
    }
  }
  return (row, from, to) => {
    const key = keys[row] as number;
    return (sums[to + key] as number) - (sums[from + key] as number);
  };
}

/**
 * For each row, the first place of its key whose time is later than the row's time less `seconds`:
 * rows from there up to the row itself lie in the window.
 */
function windowStarts({ time, count }: Payments, grouping: Grouping, seconds: number): Int32Array {
  const { keys, starts, items } = grouping;
  const first = starts.slice(0, -1);
  const found = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const key = keys[row] as number;
    const border = (time[row] as number) - seconds;
    let place = first[key] as number;
    while (
      place < (grouping.places[row] as number) &&
      (time[items[place] as number] as number) <= border
    )
      place++;
    first[key] = place;
    found[row] = place;
  }
  return found;
}

type Columns = Map<string, Float64Array>;

function add(columns: Columns, name: string, count: number, value: (row: number) => number): void {
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) values[row] = value(row);
  columns.set(name, values);
}

function customerFeatures(payments: Payments, columns: Columns): void {
  const { customer, amount, count } = payments;
  const { places, starts, keys } = customer;
  const sums = runningSum(customer, (row) => amount[row] as number);
  const squares = runningSum(customer, (row) => (amount[row] as number) ** 2);
  for (const days of [1, 7, 30]) {
    const from = windowStarts(payments, customer, days * daySeconds);
    const rows = (row: number) => (places[row] as number) + 1 - (from[row] as number);
    const mean = (row: number) =>
      sums(row, from[row] as number, (places[row] as number) + 1) / rows(row);
    add(columns, `customer_count_${days}d`, count, rows);
    add(columns, `customer_mean_${days}d`, count, mean);
  }
  // What the customer used to pay more than fourteen days ago: a theft of that length cannot bend
  // it.
  const before = windowStarts(payments, customer, 14 * daySeconds);
  const oldMean = (row: number) => {
    const start = starts[keys[row] as number] as number;
    const rows = (before[row] as number) - start;
    return rows < 3 ? Number.NaN : sums(row, start, before[row] as number) / rows;
  };
  add(columns, 'amount_to_usual', count, (row) => (amount[row] as number) / oldMean(row));
  add(columns, 'amount_deviations', count, (row) => {
    const start = starts[keys[row] as number] as number;
    const rows = (before[row] as number) - start;
    const mean = oldMean(row);
    const variance = squares(row, start, before[row] as number) / rows - mean * mean;
    return ((amount[row] as number) - mean) / Math.sqrt(Math.max(variance, 1));
  });
  const week = windowStarts(payments, customer, 7 * daySeconds);
  add(columns, 'recent_to_usual', count, (row) => {
    const to = (places[row] as number) + 1;
    const from = week[row] as number;
    return sums(row, from, to) / (to - from) / oldMean(row);
  });
  add(columns, 'fortnight_to_usual', count, (row) => {
    const to = (places[row] as number) + 1;
    const from = before[row] as number;
    return sums(row, from, to) / (to - from) / oldMean(row);
  });
}

function terminalFeatures(payments: Payments, columns: Columns): void {
  const { terminal, fraud, count, amount } = payments;
  const frauds = runningSum(terminal, (row) => fraud[row] as number);
  const known = windowStarts(payments, terminal, delayDays * daySeconds);
  for (const days of [1, 7, 30]) {
    const from = windowStarts(payments, terminal, (delayDays + days) * daySeconds);
    const rows = (row: number) => (known[row] as number) - (from[row] as number);
    add(columns, `terminal_count_${days}d`, count, rows);
    add(columns, `terminal_risk_${days}d`, count, (row) =>
      rows(row) === 0 ? 0 : frauds(row, from[row] as number, known[row] as number) / rows(row),
    );
  }
  const sums = runningSum(terminal, (row) => amount[row] as number);
  const from = windowStarts(payments, terminal, 30 * daySeconds);
  add(columns, 'amount_to_terminal', count, (row) => {
    const to = terminal.places[row] as number;
    const rows = to - (from[row] as number);
    return rows === 0
      ? Number.NaN
      : ((amount[row] as number) * rows) / sums(row, from[row] as number, to);
  });
}

function timeFeatures({ time, count }: Payments, columns: Columns): void {
  const hour = (row: number) => ((time[row] as number) % daySeconds) / 3600;
  const weekday = (row: number) => (Math.floor((time[row] as number) / daySeconds) + 3) % 7;
  add(columns, 'hour', count, hour);
  add(columns, 'is_night', count, (row) => (hour(row) <= 6 ? 1 : 0));
  add(columns, 'is_weekend', count, (row) => (weekday(row) >= 5 ? 1 : 0));
}

const book = /^(amount|is_night|is_weekend|customer_(count|mean)_\d+d|terminal_(count|risk)_\d+d)$/;

/**
 * The features of every transaction, each from what was known at its own moment: the book's
 * fifteen, or
 * with `isWide` those and how the amount compares with what the customer and the terminal usually
 * see.
 */
export function handbookFeatures(payments: Payments, isWide: boolean): Table {
  const columns: Columns = new Map([['amount', payments.amount]]);
  timeFeatures(payments, columns);
  customerFeatures(payments, columns);
  terminalFeatures(payments, columns);
  const kept = [...columns].filter(([name]) => isWide || book.test(name));
  return {
    rowCount: payments.count,
    columns: kept.map(([name, values]) => ({ kind: 'numeric', name, values })),
  };
}

const feedbackDays = [3, 14, 28] as const;

/** Examined cases of one key on days before the row's own, counted for one row by going back. */
function countBack(payments: Payments, grouping: Grouping, examined: Uint8Array, row: number) {
  const { time, fraud } = payments;
  const { items, places, starts, keys } = grouping;
  const now = time[row] as number;
  const today = Math.floor(now / daySeconds);
  const first = starts[keys[row] as number] as number;
  const [bad, good] = [feedbackDays.map(() => 0), feedbackDays.map(() => 0)];
  let daysSinceBad = Number.NaN;
  for (let place = (places[row] as number) - 1; place >= first; place--) {
    const other = items[place] as number;
    const age = (now - (time[other] as number)) / daySeconds;
    if (age > feedbackDays[2]) break;
    // An examiner's verdict is known on the morning after.
    const isKnown =
      examined[other] === 1 && Math.floor((time[other] as number) / daySeconds) < today;
    if (!isKnown) continue;
    const isBad = fraud[other] === 1;
    if (isBad && Number.isNaN(daysSinceBad)) daysSinceBad = age;
    for (const [at, days] of feedbackDays.entries()) {
      const list = isBad ? bad : good;
      if (age <= days) list[at] = (list[at] as number) + 1;
    }
  }
  return [...bad, ...good, daysSinceBad];
}

/** What examined cases tell of some rows before their labels would be known by themselves. */
export function feedbackFeatures(
  payments: Payments,
  examined: Uint8Array,
  rows: Int32Array,
): readonly Column[] {
  const names = [
    ...feedbackDays.map((days) => `bad_${days}d`),
    ...feedbackDays.map((days) => `good_${days}d`),
    'days_since_bad',
  ];
  return (['terminal', 'customer'] as const).flatMap((key) => {
    const columns = names.map((name): NumericColumn => {
      const values = new Float64Array(rows.length);
      return { kind: 'numeric', name: `${key}_${name}`, values };
    });
    for (const [at, row] of rows.entries()) {
      const found = countBack(payments, payments[key], examined, row);
      for (const [which, column] of columns.entries()) column.values[at] = found[which] as number;
    }
    return columns;
  });
}

/** Rows from one day up to and not including another, days counted since 1970. */
export function rowsOfDays({ time }: Payments, from: number, to: number): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < time.length; row++) {
    const day = (time[row] as number) / daySeconds;
    if (day >= from && day < to) rows.push(row);
  }
  return Int32Array.from(rows);
}

/** Marks the `budget` highest scores of each day as examined. */
export function examineDaily(
  payments: Payments,
  rows: Int32Array,
  scores: Float64Array,
  budget: number,
  examined: Uint8Array,
): void {
  const byDay = new Map<number, number[]>();
  for (const [at, row] of rows.entries()) {
    const day = Math.floor((payments.time[row] as number) / daySeconds);
    const list = byDay.get(day) ?? [];
    list.push(at);
    byDay.set(day, list);
  }
  for (const list of byDay.values()) {
    const ranked = list.toSorted(
      (one, other) => (scores[other] as number) - (scores[one] as number) || one - other,
    );
    for (const at of ranked.slice(0, budget)) examined[rows[at] as number] = 1;
  }
}
