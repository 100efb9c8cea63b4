// Kills a posting station two hundred times; nothing acknowledged may be lost, nothing may be doubled.

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { makeBranch } from './fixture.ts';
import { runKills } from './kill.ts';

suite('kills while posting', { concurrency: true }, () => {
  for (const seed of [11, 23]) {
    test(`100 kills (seed ${seed})`, { timeout: 1_800_000 }, async (context) => {
      const counts = await runKills({
        makeBranch: () => makeBranch(context),
        kills: 100,
        seed,
        livesPerBranch: 20,
      });
      context.diagnostic(JSON.stringify(counts));
      assert.equal(counts.kills, 100);
      assert.ok(counts.acknowledged > 100, 'stations lived long enough to acknowledge something');
    });
  }
});
