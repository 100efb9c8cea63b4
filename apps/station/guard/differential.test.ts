// Holds the guard in memory against the module's own rules: the same sequences, the same answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coreGuard } from './core.fixture.ts';
import { play } from './differential.fixture.ts';

const core = coreGuard();
const skip = typeof core === 'string' && core;
const sequences = 400;

test('random sequences are answered alike, digests and all', { skip }, (context) => {
  assert.ok(typeof core !== 'string');
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= sequences; seed += 1) {
    for (const [name, count] of play(core, seed)) seen.set(name, (seen.get(name) ?? 0) + count);
  }
  context.diagnostic(JSON.stringify(Object.fromEntries([...seen].sort())));
  const reached = [
    'EDQUOT INSUFFICIENT',
    'ENETDOWN OFFLINE_AMOUNT',
    'ETIME EXPIRED',
    'ESTALE SETTLED',
  ];
  for (const name of [...reached, 'EEXIST ID_DIFFERS', 'ENOSPC TRANSFERS_FULL']) {
    assert.ok((seen.get(name) ?? 0) > 0, `${name} was reached`);
  }
});
