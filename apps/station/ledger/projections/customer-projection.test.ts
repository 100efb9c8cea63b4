// Proves that people, customers and the search are a function of the log, and are read without a scan.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import type { Ledger } from '../ledger.ts';
import { customerProjection } from './customer-projection.ts';
import { createCustomerReads } from './customer-reads.ts';
import { createCustomerSearch } from './customer-search.ts';
import { withBranch } from './projection-branch.fixture.ts';
import { createStaffReads } from './staff.ts';
import { staffProjection } from './staff-writer.ts';

const projections = [staffProjection, customerProjection];

/** Every row of every table; the trigram index proves itself against its text. */
function contents(database: Database): readonly string[] {
  database.exec("INSERT INTO customer_part (customer_part, rank) VALUES ('integrity-check', 1)");
  const plain = (_key: string, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value;
  return projections
    .flatMap((projection) => projection.tables)
    .flatMap((table) =>
      database
        .prepare(`SELECT * FROM ${table}`)
        .raw()
        .all()
        .map((row) => `${table} ${JSON.stringify(row, plain)}`)
        .sort(),
    );
}

function rebuild(database: Database, ledger: Ledger): void {
  const events = ledger.events(1, ledger.head().seq);
  database.pragma('foreign_keys = OFF');
  for (const { tables, schema } of projections) {
    for (const table of tables) database.exec(`DROP TABLE ${table}`);
    database.exec(schema);
  }
  database.pragma('foreign_keys = ON');
  for (const { types, prepare } of projections) {
    const project = prepare(database);
    for (const event of events) if (types?.includes(event.type)) project(event);
  }
}

const word = fc.constantFrom('Anna', 'Müller', 'Дмитрий', 'محمد', '田中', 'Keller', 'Lo');
const details = fc.record({
  kind: fc.constant('person'),
  familyName: word,
  givenName: word,
  phones: fc.array(fc.stringMatching(/^\+?\d{6,9}$/), { maxLength: 2 }),
  birthDate: fc.constantFrom('1980-05-17', '1999-12-31'),
  address: fc.constant({ townName: 'Riverside', country: 'DE' }),
  documents: fc.array(fc.record({ number: fc.stringMatching(/^[A-Z0-9]{4,8}$/) }), {
    minLength: 1,
  }),
  riskClass: fc.constantFrom('low', 'normal', 'high'),
});
const step = fc.record({ kind: fc.nat(4), which: fc.nat(5), details });

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Writes a random past: customers come, change, get notes, accounts and mandates. */
function live(ledger: Ledger, steps: readonly Step[]): void {
  const append = (type: string, data: Record<string, unknown>) =>
    ledger.append({ type, actor: '1', data });
  append('branch.established', {
    ...{ bank: 'Bank', code: '001', name: 'Riverside', country: 'DE' },
    ...{ timeZone: 'Europe/Berlin', baseCurrency: 'EUR', currencies: ['USD', 'EUR'] },
  });
  let customers = 0;
  let accounts = 0;
  for (const { kind, which, details } of steps) {
    const customer = 1 + (which % Math.max(customers, 1));
    if (kind === 0 || customers === 0) {
      append('customer.registered', { customer: ++customers, details });
    } else if (kind === 1) append('customer.amended', { customer, details });
    else if (kind === 2) append('customer.noted', { customer, text: 'x', alert: true, by: 'B' });
    else if (kind === 3) {
      const account = ++accounts;
      const owners = [{ customer, role: 'holder' }];
      const mandate = { id: account, customer, kind: 'view', limitMinor: '5', until: null };
      const number = String(10_000_000 + account);
      append('account.opened', {
        ownership: [{ account, number, owners, mandates: [mandate] }],
      });
    } else append('mandate.revoked', { mandate: which });
  }
  append('staff.added', {
    ...{ staff: 1, user: 'ada', name: 'Ada', roles: ['teller', 'auditor'] },
    ...{ customer: null, mustChange: true },
  });
  append('session.refused', { who: 'ada', wrong: 5, lockedUntil: 99 });
}

test('dropped and replayed, every table has the same bytes and finds the same people', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      withBranch(projections, (database, ledger) => {
        ledger.write(() => live(ledger, steps));
        const before = contents(database);
        const found = createCustomerSearch(database).find('elle', 20);
        rebuild(database, ledger);
        assert.deepEqual(contents(database), before);
        assert.deepEqual(createCustomerSearch(database).find('elle', 20), found);
      });
    }),
    { numRuns: 8 },
  );
});

test('no statement of the people and customers reads a whole table', () => {
  withBranch(projections, (database) => {
    const statements = new Set<string>();
    const watched = new Proxy(database, {
      get(target, name) {
        if (name !== 'prepare') return Reflect.get(target, name, target) as unknown;
        return (sql: string) => {
          statements.add(sql);
          return target.prepare(sql);
        };
      },
    });
    for (const projection of projections) projection.prepare(watched);
    createCustomerReads(watched);
    createStaffReads(watched);
    const search = createCustomerSearch(watched);
    for (const text of ['keller', 'anna keller', 'k m', 'ab anna', '1234 5678'])
      search.find(text, 5);
    assert.ok(statements.size > 30);
    // The staff of a branch is listed whole; everything else is looked up.
    const whole = /^SCAN (staff|customer_part|found VIRTUAL TABLE|mandate|customer|CONSTANT ROW)/;
    for (const sql of statements) {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...blanks(sql)) as {
        detail: string;
      }[];
      for (const { detail } of plan.filter((line) => line.detail.startsWith('SCAN'))) {
        const isNewest = /^SELECT max\(id\)/.test(sql);
        const isList = /FROM staff (ORDER|LIMIT)/.test(sql) && /^SCAN staff/.test(detail);
        const isMatch = /VIRTUAL TABLE INDEX \d+:M/.test(detail);
        // What was looked up, at most so many rows of it, is gone through in memory.
        const isBounded =
          /^SCAN (found$|\(subquery)/.test(detail) && /\) AS found|LIMIT \d+\)/.test(sql);
        const isFine = (isNewest && whole.test(detail)) || isList || isMatch || isBounded;
        assert.ok(isFine, `${detail}: ${sql}`);
      }
    }
  });
});

function blanks(sql: string): unknown[] {
  return Array.from({ length: sql.split('?').length - 1 }, () => null);
}
