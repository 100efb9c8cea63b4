// Sets the guard in memory beside the module's rules on one clock, for the test and for the bench.
import type { CoreGuard } from './core.fixture.ts';
import { playBoth } from './differential.ts';
import { createMemoryGuard } from './memory-guard.ts';

/** Plays a sequence on a guard of either kind that has just begun, on one clock, under one epoch. */
export function play(core: CoreGuard, seed: number, length = 40): ReadonlyMap<string, number> {
  let boot = 1_000_000n;
  let turn = 0;
  const epoch = () => new Uint8Array(16).fill(turn++ === 0 ? 1 : 2);
  const sizes = { transfersMax: seed % 3 === 0 ? 14 : 4096, ringMax: seed % 2 === 0 ? 16 : 1024 };
  const memory = createMemoryGuard({
    clock: { bootNs: () => boot, realNs: () => 1_700_000_000_000_000_000n + boot },
    chance: { bytes: () => epoch() },
    sizes: { ...sizes, accountsMax: 16_384 },
    uid: process.getuid?.() ?? 0,
  });
  const setTimeNs = (to: bigint): void => {
    boot = to;
    core.setClock(to, 1_700_000_000_000_000_000n + to);
  };
  setTimeNs(boot);
  core.start(new Uint8Array(16).fill(1), sizes);
  core.setEpoch(new Uint8Array(16).fill(2));
  return playBoth(memory, core, {
    ...{ seed, length, setTimeNs, bootNs: () => boot, hasOneClock: true },
  });
}
