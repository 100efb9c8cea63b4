// Measures how long the demonstration branch takes to make, beside the pure plan, and that it is the same twice.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { branchFile, openBranch } from '#station/branch.ts';
import { createDemonstration } from '#station/demonstrate.ts';
import { drawPlan } from '#station/demonstration/plan.ts';
import { createSidecarWitness } from '#station/ledger/witness.ts';
import type { Ports } from '#station/ports.ts';
import { machine } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '2' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const root = mkdtempSync(join(options.folder, 'teller-demonstration-'));
process.stdout.write(`${machine(root)}\nWAL, synchronous=FULL, AEGIS-256, witness\n`);

function portsIn(folder: string): Ports {
  return {
    clock: { now: Date.now, monotonic: () => performance.now(), after: () => () => undefined },
    chance: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    keychain: { databaseKey: () => Promise.resolve(new Uint8Array(32).fill(7)) },
    witness: (key) => createSidecarWitness({ file: join(folder, 'log.witness'), key }),
    riskScorer: null,
    folder,
    report: (where, error) => process.stderr.write(`${where}: ${error}\n`),
    demonstration: true,
  };
}

/** Wall clock and processor time of a piece of work, in milliseconds. */
async function timed<T>(work: () => T | Promise<T>) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, wallMs: performance.now() - started, cpuMs: (user + system) / 1_000 };
}

const heads = new Set<string>();
try {
  const plan = await timed(() => drawPlan());
  const { acts } = plan.result;
  print('plan alone', plan, `${acts.length} acts`);
  for (let round = 1; round <= Number(options.rounds); round++) {
    const ports = portsIn(join(root, String(round)));
    const made = await timed(() => createDemonstration(ports, { progress: () => undefined }));
    const branch = await openBranch(ports);
    const { seq, hash } = branch.ledger.head();
    branch.close();
    heads.add(Buffer.from(hash).toString('hex'));
    const megabytes = statSync(branchFile(ports.folder)).size / 1e6;
    const rate = Math.round(seq / (made.wallMs / 1_000));
    print(`making ${round}`, made, `${seq} events, ${rate}/s, ${megabytes.toFixed(1)} MB`);
  }
  process.stdout.write(`heads: ${[...heads].join(', ')}\n`);
  if (heads.size !== 1) process.exitCode = 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

function print(name: string, { wallMs, cpuMs }: { wallMs: number; cpuMs: number }, more: string) {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
  const figures = `${seconds(wallMs).padStart(8)} wall ${seconds(cpuMs).padStart(8)} processor`;
  process.stdout.write(`${name.padEnd(12)}${figures}   ${more}\n`);
}
