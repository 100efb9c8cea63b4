// Looks at the plan of every statement the ledger prepares: none may read a whole table of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from 'better-sqlite3';
import { createLedger } from './ledger.ts';
import { createTestChance, createTestClock, openBranch } from './ledger-fixture.ts';

/**
 * Statements that are meant to read every account; none reads every leg or event but the proof that
 * does.
 */
const whole: readonly RegExp[] = [
  /^SELECT currency, sum\(posted\)/,
  /^SELECT id, number, name, product, account\.currency, posted\s+FROM account JOIN balance/,
  /^SELECT id, sum\(posted\) AS posted FROM \(/,
];

/** Every statement prepared while the work runs. */
function preparedBy(database: Database, work: () => void): ReadonlySet<string> {
  const prepare = database.prepare;
  const seen = new Set<string>();
  database.prepare = ((sql: string) => {
    seen.add(sql);
    return prepare.call(database, sql);
  }) as typeof prepare;
  try {
    work();
  } finally {
    database.prepare = prepare;
  }
  return seen;
}

function scansOf(database: Database, sql: string): readonly string[] {
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`);
  const named = sql.match(/@\w+/g)?.map((name) => [name.slice(1), 1] as const);
  const count = (sql.match(/\?/g) ?? []).length;
  const parameters = named ? [Object.fromEntries(named)] : Array.from({ length: count }, () => 1);
  const rows = plan.all(...parameters) as readonly { detail: string }[];
  // The index of open dates holds one row at most: reading all of it is a look-up.
  // `line` is the one line a statement has come to, not a table.
  const isScan =
    /^SCAN (?!CONSTANT)(?!line$)(?!business_date USING COVERING INDEX business_date_open)/;
  return rows.map(({ detail }) => detail).filter((detail) => isScan.test(detail));
}

test('no statement scans a table of the ledger', (context) => {
  const { database, close } = openBranch();
  context.after(close);
  const parts = { clock: createTestClock(), chance: createTestChance(), witness: null };
  const statements = preparedBy(database, () => createLedger(database, parts));
  assert.ok(statements.size > 25, `${statements.size} statements`);
  for (const sql of statements) {
    if (!/^(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(sql.trim())) continue;
    if (whole.some((pattern) => pattern.test(sql.trim()))) continue;
    assert.deepEqual(scansOf(database, sql), [], sql);
  }
});

test('no trigger and no key scans one either', (context) => {
  const { database, close } = openBranch();
  context.after(close);
  const triggers = database
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all() as readonly { name: string; sql: string }[];
  assert.ok(triggers.length > 25);
  for (const { name, sql } of triggers) {
    for (const [query] of sql.matchAll(/\(\s*SELECT(?:[^()]|\([^()]*\))*\)/g)) {
      const bare = query.slice(1, -1).replace(/\b(NEW|OLD)\.\w+/g, '?');
      assert.deepEqual(scansOf(database, bare), [], `${name}: ${bare}`);
    }
    for (const [update] of sql.matchAll(/UPDATE \w+ SET[^;]*/g)) {
      const bare = update.replace(/\b(NEW|OLD)\.\w+/g, '?');
      assert.deepEqual(scansOf(database, bare), [], `${name}: ${bare}`);
    }
  }
  // While a journal of several legs is written, each leg asks whether it is the end of one.
  assert.deepEqual(scansOf(database, 'SELECT 1 FROM journal_end WHERE leg = ?'), []);
});

test('the control: a statement that does scan is found', (context) => {
  const { database, close } = openBranch();
  context.after(close);
  assert.equal(scansOf(database, 'SELECT 1 FROM leg WHERE debit = ?').length, 1);
});
