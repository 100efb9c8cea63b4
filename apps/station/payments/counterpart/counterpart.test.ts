// Plays 200 days of bad lines against the branch's real inbox, and breaks the branch to see that it shows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutants } from './mutants.fixture.ts';
import { play } from './play.fixture.ts';
import { createSmallBranch } from './small-branch.fixture.ts';

test('200 seeds: nothing settles twice or without evidence, money stays, all ends or waits in words', async () => {
  const branch = createSmallBranch();
  const ends = new Map<string, number>();
  for (let seed = 1; seed <= 200; seed += 1) {
    const outcome = await play(seed, branch);
    assert.deepEqual(outcome.faults, [], `seed ${seed}`);
    for (const [end, count] of Object.entries(outcome.ends)) {
      ends.set(end, (ends.get(end) ?? 0) + count);
    }
  }
  branch.close();
  // Each end is reached: a play that never rejects would prove nothing about rejections.
  assert.deepEqual([...ends.keys()].sort(), ['in doubt', 'rejected', 'returned', 'settled']);
});

test('the same seed plays the same', async () => {
  const [one, two] = [createSmallBranch(), createSmallBranch()];
  for (const seed of [7, 8]) {
    assert.deepEqual(await play(seed, one), await play(seed, two));
  }
  for (const branch of [one, two]) branch.close();
});

for (const { name, shows, amend, habits } of mutants) {
  test(`is noticed: ${name}`, async () => {
    const branch = createSmallBranch(amend);
    let seed = 1;
    while (seed <= 60 && !(await play(seed, branch, habits)).faults.includes(shows)) seed += 1;
    branch.close();
    assert.ok(seed <= 60, 'sixty plays and nobody noticed');
  });
}
