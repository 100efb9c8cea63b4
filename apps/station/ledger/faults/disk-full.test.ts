// Takes the room from under a posting station: by a layer that refuses it, and on a disk that is really full.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { branchIn, makeBranch, openBranch, refuses } from './fixture.ts';
import { type FullCounts, runDiskFull } from './full.ts';
import { compileShim } from './shim.ts';

test('a disk that refuses room, twelve times over', (context) => {
  const shim = compileShim();
  if (typeof shim === 'string') return context.skip(shim);
  context.after(() => shim.remove());
  const branch = makeBranch(context);
  const program = new URL('./filler.ts', import.meta.url).pathname;
  const child = spawnSync(process.execPath, [program], {
    input: JSON.stringify({ folder: branch.folder, key: branch.key.toString('hex') }),
    env: { LD_PRELOAD: shim.library, POWER_CUT_FOLDER: branch.folder },
    encoding: 'utf8',
  });
  assert.equal(child.status, 0, child.stderr);
  const counts = JSON.parse(child.stdout) as FullCounts;
  context.diagnostic(child.stdout.trim());
  assert.equal(counts.refused, 48);
});

test('a small disk that is really full', (context) => {
  const outer = makeBranch(context);
  const folder = join(outer.folder, 'small');
  mkdirSync(folder);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'teller-test', folder]);
  if (mounted.status !== 0) return context.skip('only root may mount a small disk');
  try {
    context.diagnostic(JSON.stringify(fillSmallDisk(folder, outer.key)));
  } finally {
    spawnSync('umount', [folder]);
  }
});

function fillSmallDisk(folder: string, key: Buffer): FullCounts {
  const filler = join(folder, 'filler');
  const counts = runDiskFull({
    branch: branchIn(folder, key),
    rounds: 12,
    fill: () => fillUp(filler),
    drain: () => rmSync(filler),
  });
  assert.equal(counts.refused, 48);

  const fresh = branchIn(join(folder, 'fresh'), key);
  mkdirSync(fresh.folder);
  fillUp(filler);
  refuses('disk-full', () => openBranch(fresh));
  rmSync(filler);
  openBranch(fresh).close();
  return counts;
}

/** Writes until nothing more fits. */
function fillUp(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const chunk of [65536, 4096, 512, 1]) {
      const bytes = Buffer.alloc(chunk);
      try {
        for (;;) writeSync(descriptor, bytes);
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
