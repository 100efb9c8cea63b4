// Measures the trial balance from stored balances and added up anew, beside ledger-cli and hledger
// on the same books.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { exportJournals } from '#station/ledger/export.ts';
import { balancesBy, type Oracle, oracles } from '#station/ledger/oracle-fixture.ts';
import { openEngine } from './lib/ledger-engine.ts';
import { tellProgress } from './lib/ledger-progress.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    journals: { type: 'string', default: '1000000' },
    accounts: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '9' },
    peers: { type: 'boolean', default: true },
    folder: { type: 'string', default: tmpdir() },
  },
  allowNegative: true,
});
const journals = Number(options.journals);
const rounds = Number(options.rounds);
const folder = mkdtempSync(join(options.folder, 'teller-bench-'));
const say = (line: string) => process.stdout.write(`${line}\n`);
say(machine(folder));

try {
  const engine = openEngine(folder, Number(options.accounts));
  const progress = tellProgress('journals posted', journals);
  for (let done = 0; done < journals; done += 1000) {
    engine.post(1000);
    progress(done + 1000);
  }
  say(`${journals} journals, ${options.accounts} accounts, AEGIS-256, WAL`);
  const { ledger, database } = engine;

  const stored = times(rounds, () => void ledger.totals());
  const rows = times(rounds, () => void ledger.trialBalance());
  const recomputed = times(Math.min(rounds, 3), () => void ledger.recomputed());
  const sums = ledger.recomputed();
  const differing = ledger
    .trialBalance()
    .rows.filter(({ account, postedMinor }) => (sums.get(account) ?? 0n) !== postedMinor);
  say(`totals per currency, stored     ${spread(stored)}`);
  say(`every account's line, stored    ${spread(rows)}`);
  say(`every balance from its legs     ${spread(recomputed)}`);
  say(`recomputed equals stored: ${differing.length === 0}; totals ${print(ledger.totals())}`);

  if (options.peers) {
    const file = join(folder, 'books.journal');
    await pipeline(exportJournals(database), createWriteStream(file));
    const { rows: lines } = ledger.trialBalance();
    const moved = lines.filter(({ postedMinor }) => postedMinor !== 0n);
    const ours = new Map(moved.map((row) => [`${row.product}:${row.number}`, row.postedMinor]));
    for (const program of oracles) peer(program, file, ours);
  }
  engine.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function times(count: number, work: () => void): readonly number[] {
  return Array.from({ length: count }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

function spread(list: readonly number[]): string {
  const [low, middle, high] = [Math.min(...list), quantile(list, 0.5), Math.max(...list)];
  return `${middle.toFixed(2)} ms (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function print(totals: Readonly<Record<string, bigint>>): string {
  return Object.entries(totals)
    .map(([currency, total]) => `${currency} ${total}`)
    .join(', ');
}

/** How long another program takes to add up the same books, and whether it comes to the same. */
function peer(program: Oracle, file: string, ours: ReadonlyMap<string, bigint>): void {
  const start = performance.now();
  const theirs = balancesBy(program, file);
  if (theirs === null) {
    say(`${program.padEnd(32)}is not installed`);
    return;
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const same = [...ours].filter(([account, minor]) => theirs.get(account) === minor).length;
  const agrees = same === ours.size && theirs.size === ours.size;
  if (!agrees) process.exitCode = 1;
  say(`${program.padEnd(32)}${seconds} s; ${same} of ${ours.size} balances the same: ${agrees}`);
}
