// Cuts the power of recorded stations many thousand times, beside the driver's default, and counts what was lost.

import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CutCounts, makeScratch, runCuts } from '#station/ledger/faults/cut.ts';
import { compileShim, type Shim } from '#station/ledger/faults/shim.ts';

const { values: options } = parseArgs({
  options: {
    cuts: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
const cuts = Number(options.cuts);
const seed = Number(options.seed);
const cutsPerRun = 500;

async function run(
  shim: Shim,
  synchronous: 'FULL' | 'NORMAL',
  cutsHere: number,
  turn: number,
): Promise<CutCounts> {
  const scratch = makeScratch();
  try {
    const generations = synchronous === 'FULL' ? 5 : 1;
    return await runCuts({
      ...{ shim, scratch, cuts: cutsHere, seed: seed * 1_000_000 + turn, journals: 90 },
      ...{ openings: 3, generations, synchronous },
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const shim = compileShim();
  if (typeof shim === 'string') {
    console.error(`No power can be cut here: ${shim}.`);
    process.exitCode = 2;
    return;
  }
  const startedAt = performance.now();
  const sum = { cuts: 0, acknowledged: 0, lost: 0, broken: 0, stuck: 0 };
  for (let turn = 0; sum.cuts < cuts; turn += 1) {
    const found = await run(shim, 'FULL', Math.min(cutsPerRun, cuts - sum.cuts), turn);
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += found[name];
    for (const example of found.examples) console.log(`  ${example}`);
    if (process.stderr.isTTY) process.stderr.write(`\r${sum.cuts} of ${cuts} cuts`);
  }
  const control = await run(shim, 'NORMAL', 500, 999_999);
  shim.remove();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(
    `power cuts (AEGIS-256, WAL, synchronous=FULL; unsynced 512-byte sectors lost or torn)`,
  );
  console.log(`  ${sum.cuts} cuts in ${seconds} s, seed ${seed}`);
  console.log(`  acknowledged journals at stake, summed over the cuts: ${sum.acknowledged}`);
  console.log(`  cuts that lost ${sum.lost}, broke ${sum.broken}, left shut ${sum.stuck}`);
  console.log(`  control, synchronous=NORMAL: ${control.lost} of ${control.cuts} cuts lost work`);
  if (sum.lost + sum.broken + sum.stuck > 0 || control.lost === 0) process.exitCode = 1;
}

await main();
