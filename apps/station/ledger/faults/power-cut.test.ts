// Cuts the power three hundred times; and once with the driver's default, which must lose money.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CutCounts, runCuts } from './cut.ts';
import { compileShim } from './shim.ts';

async function cut(
  context: TestContext,
  options: { seed: number; cuts: number; generations: number; synchronous: 'FULL' | 'NORMAL' },
): Promise<CutCounts | null> {
  const shim = compileShim();
  if (typeof shim === 'string') {
    context.skip(shim);
    return null;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'teller-cut-'));
  context.after(() => {
    shim.remove();
    rmSync(scratch, { recursive: true, force: true });
  });
  const counts = await runCuts({ ...options, shim, scratch, journals: 90 });
  context.diagnostic(JSON.stringify(counts));
  return counts;
}

test('300 power cuts: nothing acknowledged lost, nothing broken', {
  timeout: 240_000,
}, async (context) => {
  const counts = await cut(context, { seed: 5, cuts: 300, generations: 4, synchronous: 'FULL' });
  if (counts === null) return;
  assert.deepEqual(counts.examples, []);
  assert.deepEqual([counts.lost, counts.broken, counts.stuck], [0, 0, 0]);
  assert.ok(counts.acknowledged > 300 * 40, 'cuts fell while there was something to lose');
});

test('control: synchronous=NORMAL loses acknowledged journals', {
  timeout: 240_000,
}, async (context) => {
  const counts = await cut(context, { seed: 6, cuts: 60, generations: 1, synchronous: 'NORMAL' });
  if (counts === null) return;
  assert.ok(
    counts.lost > 10,
    `only ${counts.lost} of 60 cuts lost work: the simulator is too kind`,
  );
});
