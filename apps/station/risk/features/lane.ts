// Keeps the movements of one account in one typed array with running sums, so that a window is a subtraction.

/** Cells of a row; a row is one movement seen from this account. */
export const cell = Object.freeze({
  time: 0,
  /** Minor units: in is positive, out negative; 0 once it was reversed. */
  amount: 1,
  /** Account on the other side; 0 where cash crossed the counter. */
  counter: 2,
  /** Journal number; -1 once it was reversed. */
  journal: 3,
  teller: 4,
  /** 1 where it was cash just under the reporting threshold. */
  near: 5,
  /** 1 where it was the first payment to this payee. */
  isNew: 6,
  inCount: 7,
  inSum: 8,
  outCount: 9,
  outSum: 10,
  newCount: 11,
  nearIn: 12,
  nearOut: 13,
});

export const stride = 14;
const rowsAtFirst = 8;

export interface Lane {
  cells: Float64Array;
  /** Rows in use; row 0 stands for everything that was dropped. */
  rows: number;
  /** Where each window began when it was last asked for: a hint for speed, never for the answer. */
  readonly hints: Int32Array;
}

export interface LaneRow {
  readonly time: number;
  readonly amount: number;
  readonly counter: number;
  readonly journal: number;
  readonly teller: number;
  readonly near: number;
  readonly isNew: number;
}

export function createLane(windows: number): Lane {
  const cells = new Float64Array(rowsAtFirst * stride);
  cells[cell.time] = Number.NEGATIVE_INFINITY;
  return { cells, rows: 1, hints: new Int32Array(windows).fill(1) };
}

/** First row whose time is later than `from`; `rows` where there is none. */
export function rowSince(lane: Lane, window: number, from: number): number {
  const { cells, rows, hints } = lane;
  let row = hints[window] as number;
  if (row > rows) row = rows;
  while (row > 1 && (cells[(row - 1) * stride] as number) > from) row -= 1;
  while (row < rows && (cells[row * stride] as number) <= from) row += 1;
  hints[window] = row;
  return row;
}

/** What a running sum has grown by from the row on. */
export function grown(lane: Lane, row: number, column: number): number {
  const { cells, rows } = lane;
  return (
    (cells[(rows - 1) * stride + column] as number) - (cells[(row - 1) * stride + column] as number)
  );
}

function sumUp(cells: Float64Array, at: number): void {
  const before = at - stride;
  const amount = cells[at + cell.amount] as number;
  const near = cells[at + cell.near] as number;
  const isIn = amount > 0 ? 1 : 0;
  const isOut = amount < 0 ? 1 : 0;
  const of = (column: number) => cells[before + column] as number;
  cells[at + cell.inCount] = of(cell.inCount) + isIn;
  cells[at + cell.inSum] = of(cell.inSum) + (isIn ? amount : 0);
  cells[at + cell.outCount] = of(cell.outCount) + isOut;
  cells[at + cell.outSum] = of(cell.outSum) - (isOut ? amount : 0);
  const isNew = isOut ? (cells[at + cell.isNew] as number) : 0;
  cells[at + cell.newCount] = of(cell.newCount) + isNew;
  cells[at + cell.nearIn] = of(cell.nearIn) + isIn * near;
  cells[at + cell.nearOut] = of(cell.nearOut) + isOut * near;
}

/** Drops rows no window reaches any more; what they summed up to stays in row 0. */
function drop(lane: Lane, until: number): void {
  const { cells, rows } = lane;
  let keep = 1;
  while (keep < rows && (cells[keep * stride] as number) <= until) keep += 1;
  if (keep === 1) return;
  cells.copyWithin(0, (keep - 1) * stride, rows * stride);
  cells[cell.time] = Number.NEGATIVE_INFINITY;
  cells[cell.journal] = -1;
  lane.rows = rows - (keep - 1);
  lane.hints.fill(1);
}

/** Writes a movement at the end; `horizon` is how far back any window reaches, in ms. */
export function pushRow(lane: Lane, row: LaneRow, horizon: number): void {
  if (lane.rows * stride === lane.cells.length) {
    drop(lane, row.time - horizon);
    if (lane.rows * stride * 4 > lane.cells.length * 3) {
      const larger = new Float64Array(lane.cells.length * 2);
      larger.set(lane.cells);
      lane.cells = larger;
    }
  }
  const { cells } = lane;
  const at = lane.rows * stride;
  cells[at] = row.time;
  cells[at + cell.amount] = row.amount;
  cells[at + cell.counter] = row.counter;
  cells[at + cell.journal] = row.journal;
  cells[at + cell.teller] = row.teller;
  cells[at + cell.near] = row.near;
  cells[at + cell.isNew] = row.isNew;
  sumUp(cells, at);
  lane.rows += 1;
}

/** Takes a reversed journal out of every window; returns whether it was still there. */
export function voidRow(lane: Lane, journal: number): boolean {
  const { cells, rows } = lane;
  let row = rows - 1;
  while (row > 0 && cells[row * stride + cell.journal] !== journal) row -= 1;
  if (row === 0) return false;
  cells[row * stride + cell.amount] = 0;
  cells[row * stride + cell.counter] = 0;
  cells[row * stride + cell.journal] = -1;
  for (; row < rows; row += 1) sumUp(cells, row * stride);
  return true;
}
