// Measures 32 waiting writers, and one alone, beside PostgreSQL doing plain double entry for 32 clients.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Engine, openEngine } from './lib/ledger-engine.ts';
import { openPeer, type Peer } from './lib/ledger-peer.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const accounts = Number(options.accounts);
const seconds = Number(options.seconds);
const folder = mkdtempSync(join(options.folder, 'teller-bench-'));
const say = (line: string) => process.stdout.write(`${line}\n`);
say(machine(folder));

try {
  const peer = openPeer(folder, accounts);
  if (peer === null) say('PostgreSQL is not installed: nothing to compare with.');
  else await compare(peer, openEngine(folder, accounts));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(peer: Peer, engine: Engine): Promise<void> {
  say(
    `PostgreSQL ${peer.version}: fsync on, unencrypted, no chain, by pgbench over its socket; ${accounts} accounts`,
  );
  try {
    for (const waiting of [1, 32]) {
      // A round that is not counted: both logs grow to their size, and code is compiled.
      peer.rate(waiting, 1);
      await rateOf(engine, waiting, 1);
      const rates: (readonly [theirs: number, ours: number])[] = [];
      for (let round = 0; round < Number(options.rounds); round++) {
        rates.push([peer.rate(waiting, seconds), await rateOf(engine, waiting, seconds)]);
      }
      report(waiting, rates);
    }
  } finally {
    peer.stop();
    engine.close();
  }
}

async function rateOf(engine: Engine, waiting: number, forSeconds: number): Promise<number> {
  const start = performance.now();
  let posted = 0;
  while (performance.now() - start < forSeconds * 1000) {
    const group = Array.from({ length: waiting }, () => engine.ledger.submit(engine.postOne));
    await Promise.all(group);
    posted += waiting;
  }
  return (posted / (performance.now() - start)) * 1000;
}

function report(waiting: number, rates: readonly (readonly [number, number])[]): void {
  const show = (list: readonly number[]) => {
    const [low, middle, high] = [Math.min(...list), quantile(list, 0.5), Math.max(...list)];
    return `${Math.round(middle)}/s (${Math.round(low)} to ${Math.round(high)})`;
  };
  const ratio = quantile(
    rates.map(([theirs, ours]) => ours / theirs),
    0.5,
  );
  say(`${waiting} waiting  PostgreSQL  ${show(rates.map(([theirs]) => theirs))}`);
  say(
    `${waiting} waiting  ledger      ${show(rates.map(([, ours]) => ours))}  ratio ${ratio.toFixed(2)}`,
  );
}
