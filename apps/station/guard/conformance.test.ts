// Asks the guard in memory, and the module's own rules, everything every guard must do.
import { suite, test } from 'node:test';
import { type Check, checks } from './conformance.ts';
import { coreGuard } from './core.fixture.ts';
import type { GuardDevice } from './guard.ts';
import { newMachine } from './keeper.fixture.ts';

async function ask({ run }: Check, device: GuardDevice): Promise<void> {
  const guard = device.open();
  await run(guard, device);
  guard.close();
}

suite('the guard in memory', () => {
  for (const check of checks) test(check.name, () => ask(check, newMachine()));
});

const core = coreGuard();
/** The rules alone have no stream: that is the module's part, and asked of it in the rig. */
const withoutStream = checks.filter(({ name }) => !name.includes('stream'));

suite('the module’s rules', { skip: typeof core === 'string' && core }, () => {
  if (typeof core === 'string') return;
  for (const check of withoutStream) {
    test(check.name, async () => {
      core.start(new Uint8Array(16).fill(3), { transfersMax: 4096, ringMax: 1024 });
      core.setClock(10_000n, 10_000n);
      await ask(check, core);
    });
  }
});
