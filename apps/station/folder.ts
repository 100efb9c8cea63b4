// Makes the branch's folder, or says in words why it cannot be made; Node's own way hangs where a parent refuses.
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from './bank/refusal.ts';

function isThere(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found || found.isDirectory()) return found !== undefined;
  throw new Refusal(
    'folder-not-a-folder',
    `${folder} is a file, and the branch needs a folder: name another one.`,
  );
}

/**
 * Makes the folder and those above it that are missing (0700), one by one: `mkdirSync` with `recursive` never
 * comes back where the system says that a parent is not there which is (`/proc`). Refuses `folder-not-made`.
 */
export function makeFolder(folder: string): void {
  if (isThere(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && isThere(folder)) return;
    const message = `The folder ${folder} cannot be made (${code}): name one in a place where you may write.`;
    const refusal = new Refusal('folder-not-made', message);
    refusal.cause = error;
    throw refusal;
  }
}
