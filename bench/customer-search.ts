// Measures how soon the first customers stand on the screen while a name is typed, beside the plain LIKE scan.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '#station/ledger/open.ts';
import { createCustomerWriter, customerSchema } from '#station/ledger/projections/customer.ts';
import { createCustomerSearch } from '#station/ledger/projections/customer-search.ts';
import { inventedCustomer } from './lib/invented-customers.ts';

const { values: options } = parseArgs({
  options: { customers: { type: 'string', default: '100000' } },
});
const customers = Number(options.customers);

const folder = mkdtempSync(join(tmpdir(), 'qenex-bench-'));
const database = openDatabase({
  file: join(folder, 'branch.db'),
  key: new Uint8Array(32).fill(9),
  migrations: [{ number: 1, name: 'customer', sql: customerSchema }],
});
const writer = createCustomerWriter(database);
const search = createCustomerSearch(database);
const started = performance.now();
database.transaction(() => {
  for (let number = 1; number <= customers; number++) {
    writer.register({ customer: number, details: inventedCustomer(number) }, '2026-11-20');
    const owners = [{ customer: number, role: 'holder' as const }];
    writer.own({ account: number, number: String(10_000_000 + number * 7), owners, mandates: [] });
  }
})();
const filledMs = performance.now() - started;

const typed = ['Marta Keller', 'mueller', 'dmitry schahn', 'mohammed', '花子', 'ein anna', 'xyzzy'];
typed.push('1000 7007', '030 1234', 'C1234X', 'k m', 'osen', 'jo sch s', 'wellhardt a');

function quantiles(samples: readonly number[]): string {
  const sorted = [...samples].sort((one, other) => one - other);
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`;
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

const keys = typed.flatMap((text) => [...text].map((_, index) => text.slice(0, index + 1)));
const samples: { text: string; ms: number }[] = [];
for (let round = 0; round < 5; round++) {
  for (const text of keys) samples.push({ text, ms: timed(() => search.find(text, 12)) });
}
const scan = database.prepare('SELECT id FROM customer WHERE name LIKE ? LIMIT 12');
const scans = keys.map((text) => timed(() => scan.all(`%${text}%`)));
const slowest = samples.reduce((one, other) => (other.ms > one.ms ? other : one));

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
const ratio = median(scans) / median(samples.map((each) => each.ms));
process.stdout.write(
  `customer search: ${customers} customers, ${samples.length} key strokes, encrypted database, ` +
    `${cpus()[0]?.model ?? 'unknown processor'}\n` +
    `  filled     ${(filledMs / 1000).toFixed(1)} s\n` +
    `  as typed   ${quantiles(samples.map((each) => each.ms))} (“${slowest.text}”)\n` +
    `  LIKE scan  ${quantiles(scans)}; finds names in one spelling only\n` +
    `  median scan / median search ${ratio.toFixed(1)}\n`,
);
database.close();
rmSync(folder, { recursive: true });
