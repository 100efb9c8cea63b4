// Measures a posting with every invariant, the chain, the witness and encryption beside the plain
// SQLite floor.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from './lib/ledger-engine.ts';
import { openFloor } from './lib/ledger-floor.ts';
import { machine, measure, table } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '15' },
    slot: { type: 'string', default: '400' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const accounts = Number(options.accounts);
const folder = mkdtempSync(join(options.folder, 'teller-bench-'));
process.stdout.write(`${machine(folder)}\nWAL, synchronous=FULL; ${accounts} accounts\n`);

const floor = openFloor(join(folder, 'floor.db'), accounts);
const sealed = openFloor(join(folder, 'sealed.db'), accounts, randomBytes(32));
const engine = openEngine(folder, accounts);
const group = openEngine(folder, accounts, 'group');
try {
  const figures = await measure({
    contestants: [
      { name: 'floor: plain SQLite', run: (batch) => floor.post(batch) },
      { name: 'the same under our cipher', run: (batch) => sealed.post(batch) },
      { name: 'ledger: a command each', run: (batch) => engine.post(batch) },
    ],
    batches: [1, 1000],
    rounds: Number(options.rounds),
    slotMs: Number(options.slot),
  });
  const files = await measure({
    contestants: [
      { name: 'floor: plain SQLite', run: (batch) => floor.post(batch) },
      { name: 'ledger: one journal of 1,000 legs', run: (batch) => engine.postFile(batch) },
    ],
    batches: [1000],
    rounds: Number(options.rounds),
    slotMs: Number(options.slot),
  });
  const groups = await measure({
    contestants: [
      { name: 'ledger: one after the other', run: (batch) => oneByOne(batch) },
      { name: 'ledger: 32 waiting, one commit', run: (batch) => together(batch) },
    ],
    batches: [32],
    rounds: Math.ceil(Number(options.rounds) / 2),
    slotMs: Number(options.slot),
  });
  process.stdout.write(`${table(figures)}\n${table(files)}\n${table(groups)}\n`);
} finally {
  engine.close();
  group.close();
  floor.database.close();
  sealed.database.close();
  rmSync(folder, { recursive: true, force: true });
}

function oneByOne(batch: number): void {
  for (let each = 0; each < batch; each++) group.post(1);
}

async function together(batch: number): Promise<void> {
  const waiting: Promise<number>[] = [];
  for (let each = 0; each < batch; each++) waiting.push(group.ledger.submit(group.postOne));
  await Promise.all(waiting);
}
