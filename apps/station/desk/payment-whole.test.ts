// Plays bad days against the whole branch: through folders, gateway, posting, log and ledger, with restarts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { play } from '#station/payments/counterpart/play.fixture.ts';
import { createWholeBranch } from './payment-whole.fixture.ts';

test('ten days of late, lost, doubled and contrary answers: each payment goes once and settles once', async () => {
  const branch = await createWholeBranch(1);
  for (let seed = 1; seed <= 10; seed += 1) {
    const { faults } = await play(seed, branch);
    assert.deepEqual(faults, [], `seed ${seed}`);
  }
  assert.deepEqual(await branch.faults(), []);
  assert.ok(branch.restarts() > 0 && branch.carried() > 10);
  await branch.close();
});

test('a branch that takes "accepted" for settled, or silence for an end, is noticed', async () => {
  const habits = [
    { status: (status: string) => (status === 'ACSP' ? 'ACSC' : status) },
    { silence: 'ACSC' as const },
  ];
  for (const each of habits) {
    const branch = await createWholeBranch(2);
    const found: string[] = [];
    for (let seed = 1; seed <= 6; seed += 1) found.push(...(await play(seed, branch, each)).faults);
    assert.ok(found.includes('settled without evidence'), found.join(', '));
    await branch.close();
  }
});
