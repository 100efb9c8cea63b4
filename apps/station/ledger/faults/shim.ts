// Compiles the recording layer that stands between a station and its disk.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Shim {
  /** Path for LD_PRELOAD. */
  readonly library: string;
  remove(): void;
}

/** The compiled layer, or in plain words why there is none here. */
export function compileShim(): Shim | string {
  if (process.platform !== 'linux') return 'the recording layer needs LD_PRELOAD, hence Linux';
  const folder = mkdtempSync(join(tmpdir(), 'teller-shim-'));
  const library = join(folder, 'power-cut.so');
  const source = new URL('./power-cut.c', import.meta.url).pathname;
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync('gcc', ['-O1', '-shared', '-fPIC', '-o', library, source, '-ldl', '-lpthread'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return Object.freeze({ library, remove });
  } catch (error) {
    remove();
    if ((error as { code?: string }).code === 'ENOENT') return 'gcc is not installed';
    throw error;
  }
}
