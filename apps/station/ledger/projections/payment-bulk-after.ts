// Keeps of each file what its posting charged, and the transfers that came back after their end was told.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';
import type { BulkReportData } from './payment-bulk-report.ts';
import type { BulkData, BulkLateData } from './payment-data.ts';

const schema = `
CREATE TABLE payment_bulk_fee (
  bulk INTEGER NOT NULL,
  account INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (bulk, account)
) STRICT, WITHOUT ROWID;
CREATE TABLE payment_bulk_late (
  bulk INTEGER NOT NULL,
  position INTEGER NOT NULL,
  payment INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (bulk, position)
) STRICT, WITHOUT ROWID;
`;

/** What a file's posting charged for all its transfers, and the account that earned it. */
export interface BulkFee {
  readonly account: number;
  readonly amountMinor: bigint;
}

/** Where a payment stands in the file it was ordered in. */
export interface BulkPlace {
  readonly order: number;
  /** From 0, in the order of the file. */
  readonly position: number;
  /** Whether the customer was told of its end. */
  readonly isTold: boolean;
}

export interface BulkLate {
  readonly position: number;
  readonly reason: string;
}

export interface BulkAfterReads {
  /** Empty for files posted before this was kept, and where nothing was charged. */
  bulkFees(order: number): readonly BulkFee[];
  /** Null for a payment that stood in no file. */
  bulkPlace(payment: number): BulkPlace | null;
  /** Files of which a transfer came back after its end was told, the oldest first. */
  bulksWithLate(): readonly number[];
  /** Those transfers, in the order of the file. */
  bulkLate(order: number, most: number): readonly BulkLate[];
}

interface StoredPlace {
  readonly bulk: bigint;
  readonly position: bigint;
  readonly told: bigint;
}

export function createBulkAfterReads(database: Database): BulkAfterReads {
  const fees = database.prepare<[number], { readonly account: bigint; readonly amount: bigint }>(
    'SELECT account, amount FROM payment_bulk_fee WHERE bulk = ? ORDER BY account',
  );
  const place = database.prepare<[number], StoredPlace>(
    'SELECT bulk, position, told FROM payment_bulk_part WHERE payment = ?',
  );
  const files = database
    .prepare<[], bigint>('SELECT DISTINCT bulk FROM payment_bulk_late ORDER BY bulk')
    .pluck();
  const late = database.prepare<
    [number, number],
    { readonly position: bigint; readonly reason: string }
  >('SELECT position, reason FROM payment_bulk_late WHERE bulk = ? ORDER BY position LIMIT ?');
  return Object.freeze({
    bulkFees: (order: number) =>
      fees.all(order).map(({ account, amount }) => ({
        ...{ account: Number(account), amountMinor: amount },
      })),
    bulkPlace(payment: number) {
      const row = place.get(payment);
      if (!row) return null;
      const { bulk, position, told } = row;
      return { order: Number(bulk), position: Number(position), isTold: told !== 0n };
    },
    bulksWithLate: () => files.all().map(Number),
    bulkLate: (order: number, most: number) =>
      late.all(order, most).map(({ position, reason }) => ({
        ...{ position: Number(position), reason },
      })),
  });
}

function prepare(database: Database): (event: StoredEvent) => void {
  const charge = database.prepare(
    'INSERT INTO payment_bulk_fee (bulk, account, amount) VALUES (?, ?, ?)',
  );
  const add = database.prepare(
    'INSERT INTO payment_bulk_late (bulk, position, payment, reason) VALUES (?, ?, ?, ?)',
  );
  const tell = database.prepare('DELETE FROM payment_bulk_late WHERE bulk = ? AND position = ?');
  return ({ data }) => {
    const { bulk, late, report } = data as unknown as {
      readonly bulk?: BulkData;
      readonly late?: BulkLateData;
      readonly report?: BulkReportData;
    };
    if (bulk?.step === 'posted') {
      for (const { account, amountMinor } of bulk.fees ?? []) {
        charge.run(bulk.order, account, BigInt(amountMinor));
      }
    }
    if (late) add.run(late.order, late.position, late.payment, late.reason);
    for (const position of report?.positions ?? []) tell.run(report?.order ?? 0, position);
  };
}

export const bulkAfterProjection: Projection = Object.freeze({
  name: 'payment-bulk-after',
  tables: ['payment_bulk_late', 'payment_bulk_fee'],
  schema,
  prepare,
});
