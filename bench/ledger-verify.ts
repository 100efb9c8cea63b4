// Measures how fast the whole chain is verified: every hash, the form of every event, every
// checkpoint. A million events is about what a branch records in a year.
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyLog } from '#station/ledger/verify.ts';
import { openEngine } from './lib/ledger-engine.ts';
import { tellProgress } from './lib/ledger-progress.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const events = Number(options.events);
const rounds = Number(options.rounds);
const folder = mkdtempSync(join(options.folder, 'teller-bench-'));
const say = (line: string) => process.stdout.write(`${line}\n`);
say(machine(folder));

try {
  const engine = openEngine(folder, 1000);
  const progress = tellProgress('events posted', events);
  for (let done = 0; done < events; done += 1000) {
    engine.post(1000);
    progress(done + 1000);
  }
  const sample = engine.database
    .prepare<[], Buffer>('SELECT body FROM event ORDER BY seq DESC LIMIT 1')
    .pluck()
    .get() as Buffer;
  engine.close();
  say(`${events} postings of ${sample.length} bytes, AEGIS-256, WAL`);

  const several = availableParallelism();
  const rates = new Map<string, number[]>();
  const add = (name: string, rate: number) => rates.set(name, [...(rates.get(name) ?? []), rate]);
  for (let round = 0; round < rounds; round++) {
    add('hashing alone, one thread', hashingRate(sample));
    for (const threads of [1, several]) {
      const start = performance.now();
      const found = await verifyLog({ file: engine.file, key: engine.key, threads });
      if (!found.ok) throw new Error(`not whole: ${JSON.stringify(found)}`);
      const rate = found.events / ((performance.now() - start) / 1000);
      add(`verification, ${threads} thread${threads > 1 ? 's' : ''}`, rate);
    }
  }
  for (const [name, list] of rates) {
    const [low, high] = [Math.min(...list), Math.max(...list)].map((rate) => Math.round(rate));
    say(`${name.padEnd(28)} ${Math.round(quantile(list, 0.5))} events/s (${low} to ${high})`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What hashing such events costs when nothing else is done: the limit of one thread. */
function hashingRate(body: Buffer): number {
  const bytes = Buffer.concat([Buffer.alloc(32), body]);
  const count = 200_000;
  const start = performance.now();
  for (let each = 0; each < count; each++) hash('sha256', bytes, 'hex');
  return count / ((performance.now() - start) / 1000);
}
