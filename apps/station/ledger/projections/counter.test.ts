// Holds every read of the counter's tables to its index: no table that grows with the work is scanned.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from 'better-sqlite3';
import { openBranch } from '../ledger-fixture.ts';
import { counterProjections, createCounterReads } from './counter.ts';

/** A handful of rows for ever (tills), or one a day read from its newest end. */
const small = ['till', 'policy', 'branch_day'];

/** Asked once a day, at its close, and meant to look at every account: who has not moved for long. */
const onceADay = /coalesce\(account_activity\.moved_on, account\.opened_on\)/;

/** The database, remembering each statement that is prepared on it. */
function listening(database: Database, heard: string[]): Database {
  return new Proxy(database, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'prepare' || typeof value !== 'function') return value;
      return (sql: string) => {
        heard.push(sql);
        return target.prepare(sql);
      };
    },
  });
}

test('no read or write of the counter scans a table that grows', () => {
  const branch = openBranch();
  for (const { schema } of counterProjections) branch.database.exec(schema);
  const heard: string[] = [];
  const database = listening(branch.database, heard);
  createCounterReads(database);
  for (const projection of counterProjections) projection.prepare(database);
  assert.ok(heard.length > 40, `${heard.length} statements`);
  assert.equal(heard.filter((sql) => onceADay.test(sql)).length, 1);
  for (const sql of heard.filter((each) => !onceADay.test(each))) {
    const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 1n);
    const plan = branch.database
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...parameters);
    for (const { detail } of plan) {
      const scanned = /^SCAN (\w+)/.exec(detail)?.[1];
      const isBounded =
        scanned === undefined || small.includes(scanned) || /USING .*INDEX/.test(detail);
      assert.ok(isBounded, `${sql}\n${detail}`);
    }
  }
  branch.close();
});

test('every table belongs to one projection, and each is made by its own schema', () => {
  const branch = openBranch();
  const tables = () =>
    branch.database
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all() as string[];
  const seen = new Set(tables());
  for (const { name, schema, tables: own } of counterProjections) {
    branch.database.exec(schema);
    const made = tables().filter((table) => !seen.has(table));
    assert.deepEqual(made, [...own].sort(), name);
    for (const table of made) seen.add(table);
  }
  branch.close();
});
