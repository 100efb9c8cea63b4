// Lists the first steps of the branch's schema: the log, and the ledger made from it.
import { ledgerProjection } from './ledger-projection.ts';
import { outcomeProjection } from './log.ts';
import type { Migration } from './migrate.ts';
import type { Projection } from './projection.ts';
import { logSchema } from './schema/log.ts';

export const ledgerMigrations: readonly Migration[] = Object.freeze([
  { number: 1, name: 'log', sql: logSchema + outcomeProjection.schema },
  { number: 2, name: 'ledger', sql: ledgerProjection.schema },
]);

/** The ledger's own steps and one for each projection after them: numbers have no gaps. */
export function migrationsFor(projections: readonly Projection[]): readonly Migration[] {
  const steps = projections.map(({ name, schema }, index) => ({
    number: ledgerMigrations.length + 1 + index,
    name,
    sql: schema,
  }));
  return Object.freeze([...ledgerMigrations, ...steps]);
}
