// Brings head office's database to this program's schema, one checked step at a time, or refuses.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';

export interface SchemaStep {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, in hex: what the database remembers of it. */
  readonly checksum: string;
}

/** The steps beside this file, in the order of their numbers, which run from 1 without a gap. */
export function schemaSteps(): readonly SchemaStep[] {
  const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.sql'));
  return names.sort().map((file, index) => {
    const [, number = '', name = ''] = /^(\d{4})-(.+)\.sql$/.exec(file) ?? [];
    refuseUnless(
      Number(number) === index + 1,
      'step-missing',
      `There is no schema step ${index + 1}.`,
    );
    const sql = readFileSync(new URL(file, import.meta.url), 'utf8');
    return {
      number: index + 1,
      name,
      sql,
      checksum: createHash('sha256').update(sql).digest('hex'),
    };
  });
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Runs what is missing, each step in one transaction, under a lock, as the owner of the books. Refuses
 * `office-newer` and `step-changed`; a step that fails is undone and ends it with `step-failed`.
 */
export async function migrateOffice(client: Client): Promise<number> {
  await client.query('SELECT pg_advisory_lock(7112026)');
  try {
    await client.query('CREATE SCHEMA IF NOT EXISTS office');
    await client.query(`CREATE TABLE IF NOT EXISTS office.step (
      number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
      at timestamptz NOT NULL DEFAULT now())`);
    const { rows } = await client.query<Applied>(
      'SELECT number, name, checksum FROM office.step ORDER BY number',
    );
    const steps = schemaSteps();
    refuseUnless(
      rows.length <= steps.length,
      'office-newer',
      `Head office is at schema step ${rows.length}, this program knows ${steps.length}.`,
    );
    for (const [index, row] of rows.entries()) checkStep(row, steps[index]);
    for (const step of steps.slice(rows.length)) await runStep(client, step);
    return steps.length - rows.length;
  } finally {
    await client.query('SELECT pg_advisory_unlock(7112026)');
  }
}

function checkStep(row: Applied, step: SchemaStep | undefined): void {
  refuseUnless(
    step?.number === row.number && step.checksum === row.checksum,
    'step-changed',
    `Schema step ${row.number} (${row.name}) of head office is not this program's.`,
  );
}

async function runStep(client: Client, step: SchemaStep): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL search_path = office');
    await client.query(step.sql);
    await client.query('INSERT INTO office.step (number, name, checksum) VALUES ($1, $2, $3)', [
      ...[step.number, step.name, step.checksum],
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    const refusal = new Refusal(
      'step-failed',
      `Schema step ${step.number} (${step.name}) failed and was undone: ${(error as Error).message}`,
    );
    refusal.cause = error;
    throw refusal;
  }
}
