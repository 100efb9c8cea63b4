// Keeps of each customer's file when it is to be paid, how each of its transfers ended, and what was reported.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';
import type { BulkData, LifeData } from './payment-data.ts';
import { paymentOf } from './payment-data.ts';

const schema = `
CREATE TABLE payment_bulk_way (
  bulk INTEGER PRIMARY KEY,
  pay_on TEXT NOT NULL,
  type TEXT NOT NULL,
  stage TEXT NOT NULL DEFAULT '',
  reports INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX payment_bulk_way_open ON payment_bulk_way (bulk) WHERE stage NOT IN ('RJCT', 'ended');
CREATE TABLE payment_bulk_part (
  bulk INTEGER NOT NULL,
  position INTEGER NOT NULL,
  payment INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('under-way', 'settled', 'rejected', 'returned')),
  reason TEXT NOT NULL DEFAULT '',
  told INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (bulk, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_bulk_part_open ON payment_bulk_part (bulk) WHERE state = 'under-way';
CREATE INDEX payment_bulk_part_untold ON payment_bulk_part (bulk, position)
  WHERE told = 0 AND state <> 'under-way';
`;

/** `report` of an event: a customer was told where a file stands. */
export interface BulkReportData {
  /** 0: the file the event itself takes in. */
  readonly order: number;
  /** What is settled by it: the last status of the whole file, or `ended` when nothing follows. */
  readonly stage: string;
  /** Positions of the transfers whose end it tells. */
  readonly positions: readonly number[];
}

export interface BulkWay {
  readonly order: number;
  /** The day it is to be paid on, '' for the day it came. */
  readonly payOn: string;
  /** Message the customer sent, `pain.001.001.09`. */
  readonly type: string;
  /** What the customer was told last: a status, `ended`, or '' for nothing. */
  readonly stage: string;
  readonly reports: number;
}

export interface BulkPart {
  readonly position: number;
  readonly payment: number;
  readonly state: 'settled' | 'rejected' | 'returned';
  readonly reason: string;
}

export interface BulkReportReads {
  way(order: number): BulkWay | null;
  /** Files whose customer is still to be told something, the oldest first. */
  unended(): readonly number[];
  /** Whether a transfer of the file has no end yet. */
  isUnderWay(order: number): boolean;
  /** Ends nobody was told yet. */
  untold(order: number, most: number): readonly BulkPart[];
}

interface StoredWay {
  readonly bulk: bigint;
  readonly pay_on: string;
  readonly type: string;
  readonly stage: string;
  readonly reports: bigint;
}

interface StoredPart {
  readonly position: bigint;
  readonly payment: bigint;
  readonly state: BulkPart['state'];
  readonly reason: string;
}

export function createBulkReportReads(database: Database): BulkReportReads {
  const way = database.prepare<[number], StoredWay>(
    'SELECT * FROM payment_bulk_way WHERE bulk = ?',
  );
  const unended = database
    .prepare<[], bigint>(
      "SELECT bulk FROM payment_bulk_way WHERE stage NOT IN ('RJCT', 'ended') ORDER BY bulk",
    )
    .pluck();
  const open = database.prepare<[number]>(
    "SELECT 1 FROM payment_bulk_part WHERE bulk = ? AND state = 'under-way' LIMIT 1",
  );
  const untold = database.prepare<[number, number], StoredPart>(
    `SELECT position, payment, state, reason FROM payment_bulk_part
     WHERE bulk = ? AND told = 0 AND state <> 'under-way' ORDER BY position LIMIT ?`,
  );
  return Object.freeze({
    way(order: number) {
      const row = way.get(order);
      if (!row) return null;
      const { pay_on: payOn, type, stage } = row;
      return { order, payOn, type, stage, reports: Number(row.reports) };
    },
    unended: () => unended.all().map(Number),
    isUnderWay: (order: number) => open.get(order) !== undefined,
    untold: (order: number, most: number) =>
      untold.all(order, most).map(({ position, payment, state, reason }) => ({
        ...{ position: Number(position), payment: Number(payment), state, reason },
      })),
  });
}

const ends: readonly (string | undefined)[] = ['settled', 'rejected', 'returned'];

function prepare(database: Database): (event: StoredEvent) => void {
  const begin = database.prepare(
    'INSERT INTO payment_bulk_way (bulk, pay_on, type) VALUES (?, ?, ?)',
  );
  const count = database
    .prepare<[number], bigint>('SELECT count(*) FROM payment_bulk_part WHERE bulk = ?')
    .pluck();
  const part = database.prepare(
    "INSERT INTO payment_bulk_part (bulk, position, payment, state) VALUES (?, ?, ?, 'under-way')",
  );
  const end = database.prepare(
    'UPDATE payment_bulk_part SET state = ?, reason = ? WHERE payment = ?',
  );
  const report = database.prepare(
    'UPDATE payment_bulk_way SET stage = ?, reports = reports + 1 WHERE bulk = ?',
  );
  const tell = database.prepare(
    'UPDATE payment_bulk_part SET told = 1 WHERE bulk = ? AND position = ?',
  );

  function file({ seq, data }: StoredEvent, bulk: BulkData): void {
    if (bulk.step === 'received') begin.run(seq, bulk.payOn ?? '', bulk.type ?? '');
    if (bulk.step !== 'split') return;
    const from = Number(count.get(bulk.order) ?? 0n);
    for (const index of (data.payments as unknown as readonly unknown[]).keys()) {
      part.run(bulk.order, from + index, paymentOf(seq, index));
    }
  }

  return (event) => {
    const {
      bulk,
      life,
      report: told,
    } = event.data as unknown as {
      readonly bulk?: BulkData;
      readonly life?: readonly LifeData[];
      readonly report?: BulkReportData;
    };
    if (bulk) file(event, bulk);
    for (const { payment, state, reason } of life ?? []) {
      if (payment !== 0 && ends.includes(state)) end.run(state, reason, payment);
    }
    if (!told) return;
    const order = told.order === 0 ? event.seq : told.order;
    report.run(told.stage, order);
    for (const position of told.positions) tell.run(order, position);
  };
}

export const bulkReportProjection: Projection = Object.freeze({
  name: 'payment-bulk-report',
  tables: ['payment_bulk_part', 'payment_bulk_way'],
  schema,
  prepare,
});
