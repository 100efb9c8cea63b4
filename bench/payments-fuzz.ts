// Throws hostile input at every reader of payments for a bounded time: no crash, no time beyond the length.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paymentSettings } from '#contract/payments.ts';
import { readAsked } from '#host/cli/arguments.ts';
import { commandsFor } from '#host/cli/groups.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { settingsInput } from '#station/payments/branch/branch.fixture.ts';
import { readBulk } from '#station/payments/branch/bulk-read.ts';
import {
  checkIdentifier,
  identifierKinds,
  repairIban,
  transliterate,
} from '#station/payments/identifier/index.ts';
import {
  checkMessage,
  createMessageReader,
  explain,
  marketProfiles,
  printAdvice,
} from '#station/payments/iso20022/index.ts';
import { readAcknowledgement } from '#station/payments/mt/acknowledgement.ts';
import { splitBatch } from '#station/payments/mt/batch.ts';
import { checkMessage as checkMt } from '#station/payments/mt/check.ts';
import { readEnvelope, writeEnvelope } from '#station/payments/mt/envelope.ts';
import { readBankStatements } from '#station/payments/statement/read.ts';
import { translateToMx } from '#station/payments/translation/to-mx/translate.ts';
import { createRandom } from '#station/risk/random.ts';
import { bytesOf, goodFin, goodXml, mutateText, pickerOf } from './lib/payments-hostile.ts';
import { machine } from './lib/payments-rounds.ts';

// Loaded before anything is timed.
for (const word of ['message', 'identifier']) await commandsFor([word]);

const seconds = Number(process.argv[2] ?? 20);
const seed = Number(process.argv[3] ?? 4_711);
const chance = createRandom(seed);
const pick = pickerOf(chance);
const date = '2026-11-21';
const settings = paymentSettings.parse(settingsInput);
const folder = mkdtempSync(join(tmpdir(), 'qenex-fuzz-'));

/** The verdict in pieces must be the verdict on the whole. */
function readInPieces(bytes: Buffer): void {
  const reader = createMessageReader();
  const least = Math.ceil(bytes.length / 2_000);
  const size = least + chance.below(Math.max(1, Math.min(bytes.length, 5_000)));
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  const pieced = reader.end().errors.map(({ path, code }) => `${path} ${code}`);
  const whole = createMessageReader();
  whole.write(bytes);
  const once = whole.end().errors.map(({ path, code }) => `${path} ${code}`);
  if (pieced.join('\n') !== once.join('\n')) {
    const at = pieced.findIndex((each, index) => each !== once[index]);
    throw new Error(`in pieces ${pieced[at] ?? 'shorter'}; whole ${once[at] ?? 'shorter'}`);
  }
}

function judgeXml(bytes: Buffer): void {
  const profiles = chance.below(2) === 0 ? [pick(marketProfiles)] : [];
  const checked = checkMessage(bytes, { profiles, date });
  for (const { line, column, message, fix } of checked.errors) {
    if (line < 1 || column < 1 || message === '' || fix === '') throw new Error('error unplaced');
  }
  if (checked.document) printAdvice(explain(checked.document));
}

function judgeFin(bytes: Buffer): void {
  const text = bytes.toString('latin1');
  checkMt(text);
  const { envelope, problems } = readEnvelope(text);
  if (problems.length === 0 && writeEnvelope(envelope) !== text)
    throw new Error('written otherwise');
  readAcknowledgement(text);
  splitBatch(text);
  translateToMx(text, '2026-11-21T09:00:00+00:00');
}

const identifiers = [
  ...['DE89370400440532013000', 'FR1420041010050500013M02606', 'DEUTDEFF500', 'RF18539007547034'],
  ...['5d158c79-6bb4-4c2c-a5b0-6f2b8a3f0b11', '529900T8BM49AURSDO55', 'DE98ZZZ09999999999', 'EUR'],
];

function judgeIdentifier(): number {
  const text = mutateText(pick(identifiers), pick(identifiers), chance);
  checkIdentifier(pick(identifierKinds), text, date);
  repairIban(text);
  transliterate(text, pick(['sepa', 'swift-x']));
  return text.length;
}

const words = [
  ...['message', 'identifier', 'check', 'repair', 'explain', 'translate', 'build', 'iban', '--to'],
  ...['mt', 'mx', '--json', '--profile', 'cbpr-plus', 'sepa-sct', '--type', 'pacs.008.001.08'],
  ...['MT103', 'MT202', '-', '--', '', '--data', '\0', '__proto__', '../../etc', '😀', '--type='],
];

function json(depth: number): unknown {
  const kind = chance.below(depth > 4 ? 5 : 8);
  const plain = [null, true, -1.5, 'x'.repeat(chance.below(400)), '1000.00'];
  if (kind < 5) return plain[kind];
  if (kind === 5) return Array.from({ length: chance.below(4) }, () => json(depth + 1));
  const keys = ['FIToFICstmrCdtTrf', 'CdtTrfTxInf', '__proto__', 'Nm', 'fields', 'sender', 'type'];
  return Object.fromEntries(
    Array.from({ length: chance.below(5) }, () => [pick(keys), json(depth + 1)]),
  );
}

const none = (): never => {
  throw new Error('a command about messages asked for the branch');
};
const noBranch = { read: none, lend: none, work: none };

/** A line of words, good and senseless, over a hostile file; never one that reads standard input. */
async function judgeLine(bytes: Buffer): Promise<void> {
  const file = join(folder, 'file');
  writeFileSync(file, chance.below(3) === 0 ? JSON.stringify(json(0)) : bytes);
  const sensible = [
    ...[
      ['message', 'check', file],
      ['message', 'explain', file],
    ],
    ...[['message', 'translate', '--to', pick(['mt', 'mx', 'x']), file]],
    ...[['message', 'build', '--type', pick(['pacs.008.001.08', 'MT103', 'MT999', 'x']), file]],
    ...[
      ['message', 'build', file],
      ['identifier', 'check', pick(words), pick(words)],
    ],
  ];
  const line = [...pick(sensible)];
  for (let edits = chance.below(3); edits > 0; edits -= 1) {
    line.splice(chance.below(line.length + 1), chance.below(2), pick(words));
  }
  if (!['message', 'identifier'].includes(line[0] ?? '') || line.includes('-')) return;
  const asked = readAsked(await commandsFor(line), line);
  // The folder of a branch is none of these commands' business: they read files only.
  if (!asked) return;
  const { command, values, options } = asked;
  await command.run({ ...noBranch, folder, values, options });
}

const crashes = new Map<string, { count: number; readonly sample: string }>();
/** Processor time over bytes, of inputs long enough to tell. */
let slowest = { name: '', nsPerByte: 0, bytes: 0 };

async function attempt(name: string, bytes: Buffer, work: () => unknown): Promise<void> {
  const before = process.cpuUsage();
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) {
      const { message, stack = '' } = error as Error;
      const key = `${name}: ${message.slice(0, 120)} ${stack.split('\n')[1]?.trim() ?? ''}`;
      const known = crashes.get(key);
      if (known) known.count += 1;
      else crashes.set(key, { count: 1, sample: bytes.toString('base64').slice(0, 40_000) });
    }
  }
  const { user, system } = process.cpuUsage(before);
  const nsPerByte = ((user + system) * 1_000) / Math.max(1, bytes.length);
  if (bytes.length >= 20_000 && nsPerByte > slowest.nsPerByte) {
    slowest = { name, nsPerByte, bytes: bytes.length };
  }
}

const runs: Record<string, number> = {};
const count = (name: string) => {
  runs[name] = (runs[name] ?? 0) + 1;
};

async function round(): Promise<void> {
  const kind = chance.below(100);
  if (kind < 20) {
    count('identifiers');
    return attempt('identifiers', Buffer.alloc(0), judgeIdentifier);
  }
  const isXml = chance.below(2) === 0;
  const [good, other] = isXml ? [goodXml, goodFin] : [goodFin, goodXml];
  const mixed = chance.below(6) === 0 ? other(chance) : good(chance);
  const bytes = bytesOf(mutateText(good(chance), mixed, chance), chance);
  const jobs: readonly (readonly [string, () => unknown])[] = [
    ['xml', () => judgeXml(bytes)],
    ['xml in pieces', () => readInPieces(bytes)],
    ['fin', () => judgeFin(bytes)],
    ['statements', () => readBankStatements(bytes, date)],
    ['bulk', () => readBulk(bytes, { settings, date })],
    ['command line', () => judgeLine(bytes)],
  ];
  const own = isXml ? [0, 0, 1, 1, 3, 4, 5] : [2, 2, 2, 3, 5, 0];
  const [name, work] = jobs[pick(own)] as (typeof jobs)[number];
  count(name);
  return attempt(name, bytes, work);
}

const end = performance.now() + seconds * 1_000;
try {
  while (performance.now() < end) await round();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const total = Object.values(runs).reduce((sum, each) => sum + each, 0);
console.log(
  `${machine()}\n${total} hostile inputs in ${seconds} s, seed ${seed}: ${JSON.stringify(runs)}`,
);
console.log(
  `slowest of 20 kB and more: ${slowest.nsPerByte.toFixed(0)} ns CPU a byte (${slowest.name}, ${slowest.bytes} bytes)`,
);
for (const [key, { count: times, sample }] of crashes)
  console.log(`CRASH x${times} ${key}\n${sample}`);
console.log(`${crashes.size} kinds of crash`);
if (crashes.size > 0) process.exitCode = 1;
