// Cuts the power three hundred times; and once with the driver's default, which must lose money.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { type CutCounts, type CutOptions, makeScratch, runCuts } from './cut.ts';
import { compileShim } from './shim.ts';

async function cut(
  context: TestContext,
  options: Omit<CutOptions, 'shim' | 'scratch'>,
): Promise<CutCounts | null> {
  const shim = compileShim();
  if (typeof shim === 'string') {
    context.skip(shim);
    return null;
  }
  const scratch = makeScratch();
  context.after(() => {
    shim.remove();
    rmSync(scratch, { recursive: true, force: true });
  });
  const counts = await runCuts({ ...options, shim, scratch });
  context.diagnostic(JSON.stringify(counts));
  return counts;
}

function assertNothingLost(counts: CutCounts): void {
  assert.deepEqual(counts.examples, []);
  assert.deepEqual([counts.lost, counts.broken, counts.stuck], [0, 0, 0]);
}

const limits = { timeout: 1_800_000 };

test('300 power cuts: nothing acknowledged lost, nothing broken', limits, async (context) => {
  const work = { journals: 90, openings: 3, generations: 4, synchronous: 'FULL' } as const;
  const counts = await cut(context, { ...work, seed: 5, cuts: 300 });
  if (counts === null) return;
  assertNothingLost(counts);
  assert.equal(counts.cuts, 300);
  assert.ok(counts.acknowledged > 300 * 40, 'cuts fell while there was something to lose');
});

test(
  'a cut at every step of a short life, and of the recovery from one',
  limits,
  async (context) => {
    const work = { journals: 3, openings: 1, generations: 2, synchronous: 'FULL' } as const;
    const counts = await cut(context, { ...work, seed: 7, cuts: 0, cutsPerStep: 3 });
    if (counts === null) return;
    assertNothingLost(counts);
  },
);

test('control: synchronous=NORMAL loses acknowledged journals', limits, async (context) => {
  const work = { journals: 90, openings: 3, generations: 1, synchronous: 'NORMAL' } as const;
  const counts = await cut(context, { ...work, seed: 6, cuts: 60 });
  if (counts === null) return;
  assert.ok(
    counts.lost > 10,
    `only ${counts.lost} of 60 cuts lost work: the simulator is too kind`,
  );
});
