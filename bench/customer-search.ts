// Measures how soon the first customers stand on the screen while a name is typed, beside the plain LIKE scan.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CustomerDetails } from '#contract/customers.ts';
import { openDatabase } from '#station/ledger/open.ts';
import { createCustomerWriter, customerSchema } from '#station/ledger/projections/customer.ts';
import { createCustomerSearch } from '#station/ledger/projections/customer-search.ts';

const { values: options } = parseArgs({
  options: { customers: { type: 'string', default: '100000' } },
});
const customers = Number(options.customers);

const given =
  'Anna Marta Jonas Ben Chloé Jürgen Søren Łukasz Дмитрий Юлия Алексей محمد أحمد فاطمة Γεώργιος Ελένη 太郎 花子 Maria José Nguyễn Amélie Zoë Björn Åsa İbrahim Ayşe Paweł Giulia Luca'.split(
    ' ',
  );
const first = 'K M S B Sch W H L R T F G D N P V Z Br Kr St'.split(' ');
const middle = 'ell ull eb ein aum off au itt ank osen ahn ist erg and ohr üll öff ir'.split(' ');
const end = 'er mann ke s hardt ing sen ski ova ez in e'.split(' ');
let state = 42;
/** A number from 0 to below `below`, the same row every run. */
function draw(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const pick = (list: readonly string[]) => list[draw(list.length)] ?? '';

function customer(number: number): CustomerDetails {
  return {
    kind: 'person',
    givenName: pick(given),
    familyName: `${pick(first)}${pick(middle)}${pick(end)}`,
    birthDate: `19${30 + draw(70)}-0${1 + draw(9)}-1${draw(10)}`,
    nationality: 'DE',
    address: { townName: 'Riverside', country: 'DE' },
    phones: [`+49 30 ${1_000_000 + draw(8_999_999)}`],
    documents: [{ kind: 'passport', number: `C${number}X${draw(1000)}`, country: 'DE' }],
    riskClass: 'normal',
  };
}

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
    writer.register({ customer: number, details: customer(number) }, '2026-11-20');
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
