// Measures the addon's synchronous call beside the same ioctl from C, on a device that answers at once.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAddon } from '#native/index.ts';
import { encodeTransfer } from '#station/guard/encode.ts';
import { kinds, transferOf } from '#station/guard/guard.ts';
import { layout, requests } from '#station/guard/layout.ts';
import { machine } from './lib/side-by-side.ts';

const path = '/dev/null';
const calls = 200_000;
const rounds = 15;
const addon = loadAddon();
if (typeof addon === 'string') throw new Error(addon);
const folder = mkdtempSync(join(tmpdir(), 'teller-bench-'));
process.stdout.write(
  `${machine(folder)}\nioctl on ${path}, which answers ENOTTY; nanoseconds a call, least of ${rounds} rounds\n`,
);

/** The same ioctl in a loop of C: nanoseconds a call. */
const program = `
#include <stdio.h>
#include <fcntl.h>
#include <time.h>
#include <sys/ioctl.h>
int main(void) {
  static char bytes[256];
  struct timespec a, b;
  int fd = open("${path}", O_RDWR), i;
  clock_gettime(CLOCK_MONOTONIC, &a);
  for (i = 0; i < ${calls}; i++) ioctl(fd, ${requests.QENEX_POST_TRANSFER}u, bytes);
  clock_gettime(CLOCK_MONOTONIC, &b);
  printf("%f", ((b.tv_sec - a.tv_sec) * 1e9 + (b.tv_nsec - a.tv_nsec)) / ${calls});
}`;
const binary = join(folder, 'raw');
const made = spawnSync('gcc', ['-O2', '-xc', '-', '-o', binary], {
  input: program,
  encoding: 'utf8',
});
if (made.status !== 0) throw new Error(made.stderr || 'there is no C compiler here');

const device = addon.open(path);
if (typeof device === 'number') throw new Error(`${path}: ${device}`);
const bytes = Buffer.alloc(layout.qenex_transfer.bytes);
const transfer = transferOf({
  ...{ id: 'ab'.repeat(16), kind: kinds.reserve, debit: 1n, credit: 2n ** 62n + 978n },
  ...{ amountMinor: 25_000n, currency: 978, meta: 'cd'.repeat(32) },
});

function timed(work: () => void): number {
  const from = process.hrtime.bigint();
  for (let call = 0; call < calls; call += 1) work();
  return Number(process.hrtime.bigint() - from) / calls;
}

const contestants: Readonly<Record<string, () => number>> = {
  'C: ioctl': () => Number(spawnSync(binary, [], { encoding: 'utf8' }).stdout),
  'addon: call': () => timed(() => addon.call(device, requests.QENEX_POST_TRANSFER, bytes)),
  'addon: encode and call': () =>
    timed(() => {
      encodeTransfer(transfer, bytes, 0);
      addon.call(device, requests.QENEX_POST_TRANSFER, bytes);
    }),
};
const least = new Map<string, number>();
for (let round = 0; round < rounds; round += 1) {
  for (const [name, run] of Object.entries(contestants)) {
    least.set(name, Math.min(least.get(name) ?? Number.POSITIVE_INFINITY, run()));
  }
}
const raw = least.get('C: ioctl') ?? Number.NaN;
for (const [name, ns] of least) {
  process.stdout.write(
    `${name.padEnd(24)} ${ns.toFixed(0).padStart(5)} ns  ratio ${(ns / raw).toFixed(2)}\n`,
  );
}
addon.close(device);
rmSync(folder, { recursive: true });
