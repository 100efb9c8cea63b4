// Finds a place in memory for what the tests write: on a disk they mostly waited for it.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

/** What all that runs at once may write, with as much again: less room in bytes is no place to work in. */
const roomBytesMin = 3 * 2 ** 30;

export interface Workplace {
  /** Absolute path of a folder nobody else has. */
  readonly folder: string;
  /** Removes it with all that is left in it. */
  remove(): void;
}

/** Whether a program in the folder may be run: some machines forbid it in memory. */
function mayRun(folder: string): boolean {
  const file = join(folder, 'probe.sh');
  writeFileSync(file, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return spawnSync(file).status === 0;
}

/** Takes away what a run left that was ended before it could: nobody else would, and it is memory. */
function tidy(at: string): void {
  for (const name of readdirSync(at)) {
    const [, pid] = name.match(/^qenex-(\d+)-/) ?? [];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') continue;
      rmSync(join(at, name), { recursive: true, force: true });
    }
  }
}

/**
 * Makes a folder on the file system in memory `at`; null where there is none, where it or the memory
 * behind it has not enough room, or where programs must not be run from it. What is written there is as
 * safe from a killed process as on a disk; power cuts are tried on recorded writes wherever they lie.
 */
export function openWorkplace(at = '/dev/shm', freeBytes = freemem()): Workplace | null {
  let folder: string | null = null;
  const remove = (): void => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  };
  try {
    tidy(at);
    const { bavail, bsize } = statfsSync(at);
    if (Math.min(bavail * bsize, freeBytes / 2) < roomBytesMin) return null;
    folder = mkdtempSync(join(at, `qenex-${process.pid}-`));
    // Head office's server runs as a user of its own, and has to pass through.
    chmodSync(folder, 0o711);
    if (mayRun(folder)) return Object.freeze({ folder, remove });
  } catch {
    // There is no such file system, or not for us.
  }
  remove();
  return null;
}
