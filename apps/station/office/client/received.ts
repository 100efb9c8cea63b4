// Keeps what head office was known to have of the log, so that a branch opened without its line says what really waits.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from '#station/office/protocol/values.ts';

const fileName = 'office-received.json';

/** What was kept, or undefined: it is a figure to show, so a file that is none is as good as no file. */
export function readReceived(folder: string): Position | undefined {
  try {
    const kept = JSON.parse(readFileSync(join(folder, fileName), 'utf8')) as Partial<Position>;
    const { seq, hash } = kept;
    const isOne = Number.isSafeInteger(seq) && Number(seq) > 0 && /^[0-9a-f]{64}$/.test(`${hash}`);
    return isOne && typeof hash === 'string' ? { seq: Number(seq), hash } : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all; nobody waits for the disk, as the next answer of head office says it anew. */
export function writeReceived(folder: string, { seq, hash }: Position): void {
  if (seq === 0) return;
  const file = join(folder, fileName);
  writeFileSync(`${file}.new`, `${JSON.stringify({ seq, hash })}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
