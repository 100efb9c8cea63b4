// Compiles the module's rules into Node and dresses them as a device, so that tests can ask both guards.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Addon, Device } from '#native/index.ts';
import type { GuardDevice } from './guard.ts';
import { createKernelGuard } from './kernel-guard.ts';

interface CoreAddon {
  open(): number;
  call(session: number, request: number, bytes: Uint8Array, array?: Uint8Array): number;
  close(session: number): void;
  setClock(bootNs: bigint, realNs: bigint): void;
  start(epoch: Uint8Array, transfersMax: number, ringMax: number): void;
  setEpoch(epoch: Uint8Array): void;
}

export interface CoreGuard extends GuardDevice {
  setClock(bootNs: bigint, realNs: bigint): void;
  /** As if the module had just been loaded; earlier sessions are gone. */
  start(
    epoch: Uint8Array,
    sizes: { readonly transfersMax: number; readonly ringMax: number },
  ): void;
  setEpoch(epoch: Uint8Array): void;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Compiles the rules, with what catches wild memory where it is wanted; a sentence where it cannot. */
function compile(): string {
  const sources = globSync('kernel/core/*.c', { cwd: root }).map((file) => join(root, file));
  const sha256 = join(root, 'kernel/tests/sha256.c');
  if (sources.length === 0 || !existsSync(sha256)) return 'the module’s rules are not here';
  // Where a bench wants to know which lines of the rules were reached, it says where to count.
  const counting = process.env.QENEX_CORE_COVERAGE;
  const folder = counting ?? mkdtempSync(join(tmpdir(), 'teller-core-'));
  if (counting === undefined) process.once('exit', () => rmSync(folder, { recursive: true }));
  const output = join(folder, 'core.node');
  const glue = fileURLToPath(new URL('./core-addon.c', import.meta.url));
  const flags = ['-O2', '-g', '-fPIC', '-shared', '-Wall', '-Wextra', '-std=gnu11'];
  const include = ['-isystem', join(root, 'node_modules/node-api-headers/include')];
  const trap =
    counting === undefined ? ['-fsanitize=undefined', '-static-libubsan'] : ['-O0', '--coverage'];
  const made = spawnSync(
    'gcc',
    [...flags, ...trap, ...include, glue, ...sources, sha256, '-o', output],
    { encoding: 'utf8', timeout: 120_000 },
  );
  if (made.error) return 'there is no C compiler here';
  if (made.status !== 0) return `the module’s rules do not compile: ${made.stderr}`;
  return output;
}

/** The module's rules as a device; or a sentence why they cannot be had here. */
export function coreGuard(): CoreGuard | string {
  const file = compile();
  if (!file.endsWith('.node')) return file;
  const core = createRequire(import.meta.url)(file) as CoreAddon;
  // A session here is a number; the driver takes a number for an errno.
  const dressed: Addon = {
    open() {
      const session = core.open();
      return session < 0 ? session : (Object(session) as Device);
    },
    describe: () => ({ isCharacterDevice: true, major: 10, mode: 0o660 }),
    watch: () => -38,
    call: (device, request, bytes) => core.call(Number(device), request, bytes),
    batch: (device, request, bytes, array) => core.call(Number(device), request, bytes, array),
    close: (device) => core.close(Number(device)),
  };
  return Object.freeze({
    ...createKernelGuard(dressed, 'core'),
    setClock: core.setClock,
    start: (epoch: Uint8Array, sizes: { transfersMax: number; ringMax: number }) =>
      core.start(epoch, sizes.transfersMax, sizes.ringMax),
    setEpoch: core.setEpoch,
  });
}
