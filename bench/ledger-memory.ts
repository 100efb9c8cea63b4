// Watches the memory of the process while it posts, reads and is refused: it must not grow with the
// work done.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openEngine } from './lib/ledger-engine.ts';
import { machine } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    operations: { type: 'string', default: '20000' },
    warmup: { type: 'string', default: '20000' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const operations = Number(options.operations);
const accounts = 10_000;
const folder = mkdtempSync(join(options.folder, 'teller-bench-'));
const say = (line: string) => process.stdout.write(`${line}\n`);
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
say(machine(folder));

try {
  const engine = openEngine(folder, accounts);
  const { ledger } = engine;
  /** A posting, a refusal, a balance and a page of a statement: what a desk asks for. */
  const operate = async (turn: number): Promise<void> => {
    await ledger.submit(engine.postOne);
    const debit = 1 + (turn % accounts);
    const refused = ledger.submit(() => {
      const legs = [{ amountMinor: '1', credit: debit, currency: 'EUR', debit }];
      return ledger.append({
        type: 'x.posted',
        actor: '7',
        data: { journal: { kind: 'x', legs } },
      });
    });
    await refused.catch(() => undefined);
    ledger.account(debit);
    ledger.statement({ account: debit, count: 50 });
  };
  for (let turn = 0; turn < Number(options.warmup); turn++) await operate(turn);
  const steps = 5;
  let first = 0;
  for (let step = 0; step <= steps; step++) {
    collect();
    const { heapUsed, rss, external } = process.memoryUsage();
    first ||= heapUsed;
    const done = (step * operations) / steps;
    const growth = (heapUsed - first) / 2 ** 20;
    say(
      `${String(done).padStart(7)} operations  heap ${megabytes(heapUsed)} (${growth >= 0 ? '+' : ''}${growth.toFixed(2)})  external ${megabytes(external)}  resident ${megabytes(rss)}`,
    );
    for (let turn = 0; step < steps && turn < operations / steps; turn++) await operate(turn);
  }
  engine.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
