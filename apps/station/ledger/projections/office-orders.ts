// Keeps what became of head office's reference data here: which version of each was applied, or why not.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';
import { createRefusedReads, type RefusedReads } from './office-refused.ts';

const schema = `
CREATE TABLE office_order (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'kept', 'refused')),
  message TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** The `order` of `reference.applied`. */
export interface OrderData {
  readonly name: string;
  readonly version: number;
  /** `kept`: known and shown, and nothing here acts on it by itself. */
  readonly outcome: 'applied' | 'kept' | 'refused';
  readonly message: string;
}

export interface OrderRow extends OrderData {
  readonly at: number;
}

export interface OrderReads extends RefusedReads {
  /** Reference data whose newest version has not been looked at, by name. */
  waiting(): readonly {
    readonly name: string;
    readonly version: number;
    readonly value: unknown;
  }[];
  orders(): readonly OrderRow[];
}

export function createOrderReads(database: Database): OrderReads {
  const waiting = database.prepare<[], { name: string; version: bigint; value: string }>(
    `SELECT r.name, r.version, r.value FROM office_reference r LEFT JOIN office_order o ON o.name = r.name
     WHERE o.version IS NULL OR o.version < r.version ORDER BY r.name`,
  );
  type Stored = Omit<OrderRow, 'version' | 'at'> & { version: bigint; at: bigint };
  const all = database.prepare<[], Stored>('SELECT * FROM office_order ORDER BY name');
  return Object.freeze({
    ...createRefusedReads(database),
    waiting: () =>
      waiting.all().map(({ name, version, value }) => ({
        ...{ name, version: Number(version), value: JSON.parse(value) as unknown },
      })),
    orders: () =>
      all.all().map(({ version, at, ...row }) => ({
        ...{ ...row, version: Number(version), at: Number(at) },
      })),
  });
}

export const officeOrderProjection: Projection = Object.freeze({
  name: 'office-order',
  tables: ['office_order'],
  schema,
  types: ['reference.applied'],
  prepare(database: Database) {
    const put = database.prepare(
      `INSERT INTO office_order (name, version, at, outcome, message) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET version = excluded.version, at = excluded.at,
       outcome = excluded.outcome, message = excluded.message`,
    );
    return ({ at, data }: StoredEvent) => {
      const { name, version, outcome, message } = data.order as unknown as OrderData;
      put.run(name, version, at, outcome, message);
    };
  },
});
