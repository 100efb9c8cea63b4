// Runs inside the rig: asks the module itself everything a guard must do, then plays sequences against memory.
import assert from 'node:assert/strict';
import { loadAddon } from '#native/index.ts';
import { checks } from './conformance.ts';
import { playBoth } from './differential.ts';
import { type Guard, type GuardDevice, roles } from './guard.ts';
import { createKernelGuard, devicePath } from './kernel-guard.ts';
import { createMemoryGuard } from './memory-guard.ts';

const sequences = Number(process.argv[2] ?? 300);
const addon = loadAddon();
assert.ok(typeof addon !== 'string', String(addon));
const kernel = createKernelGuard(addon, devicePath);

/** Empties the guard, as an administrator may while it is not sealed against that. */
function reset(): void {
  const admin = kernel.open();
  admin.attach(roles.admin, 0n);
  admin.reset();
  admin.close();
}

/** Opens sessions and closes, when asked, those a failed check left. */
function remembering(device: GuardDevice): GuardDevice & { closeAll(): void } {
  const open: Guard[] = [];
  return {
    open() {
      const guard = device.open();
      open.push(guard);
      return guard;
    },
    closeAll() {
      for (const guard of open.splice(0)) guard.close();
    },
  };
}

let failures = 0;
for (const { name, run } of checks) {
  reset();
  const device = remembering(kernel);
  try {
    await run(device.open(), device);
    process.stdout.write(`ok ${name}\n`);
  } catch (error) {
    failures += 1;
    process.stdout.write(`not ok ${name}\n${(error as Error).stack}\n`);
  }
  device.closeAll();
}

/** As large as the module was told to be, and with its ring. */
function sizes() {
  const guard = kernel.open();
  const { accountsMax, transfersMax } = guard.info();
  guard.close();
  return { accountsMax, transfersMax, ringMax: 8192 };
}

const now = () => process.hrtime.bigint();
const seen = new Map<string, number>();
const from = performance.now();
for (let seed = 1; seed <= sequences && failures === 0; seed += 1) {
  reset();
  const memory = createMemoryGuard({
    clock: { bootNs: now, realNs: () => BigInt(Date.now()) * 1_000_000n },
    chance: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    sizes: sizes(),
  });
  const options = { seed, length: 40, setTimeNs: () => undefined, bootNs: now, hasOneClock: false };
  try {
    for (const [name, count] of playBoth(memory, kernel, options)) {
      seen.set(name, (seen.get(name) ?? 0) + count);
    }
  } catch (error) {
    failures += 1;
    process.stdout.write(`not ok differential\n${(error as Error).stack}\n`);
  }
}
const seconds = (performance.now() - from) / 1000;
const answers = [...seen.values()].reduce((sum, count) => sum + count, 0);
process.stdout.write(
  `${failures === 0 ? 'ok' : 'not ok'} differential: ${sequences} sequences, ${answers} answers alike, ${seen.size} kinds, ${seconds.toFixed(1)} s\n`,
);
process.exitCode = failures === 0 ? 0 : 1;
