// Keeps what head office was known to have of the log, so that a branch opened without its line says what really waits.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Position } from '#station/office/protocol/values.ts';

const fileName = 'office-received.json';

const position = z.strictObject({
  seq: z.number().int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What was kept, or undefined: it is a figure to show, so a file that is none is as good as no file. */
export function readReceived(folder: string): Position | undefined {
  try {
    return position.parse(JSON.parse(readFileSync(join(folder, fileName), 'utf8')));
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
