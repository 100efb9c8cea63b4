// Writes day packs into the branch's folder, whole or not at all, and reads them back.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Counter } from './counter.ts';
import type { SignedPack } from './day-pack-shape.ts';
import { print } from './print/printer.ts';

/** The pack as text, with everything needed to check it elsewhere. */
export function packJson(counter: Pick<Counter, 'ledger'>, signed: SignedPack): string {
  const publicKey = Buffer.from(counter.ledger.publicKey).toString('hex');
  return `${JSON.stringify({ ...signed, publicKey }, null, 2)}\n`;
}

export function packName(date: string): string {
  return `day-pack-${date}`;
}

export interface PackFiles {
  /** Writes both files; the log stays the truth, so that a pack that is lost can be made again. */
  write(signed: SignedPack): Promise<void>;
  /** The JSON of a day as it lies in the folder, or null where there is none. */
  read(date: string): Promise<string | null>;
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  await writeFile(part, content, { mode: 0o600, flush: true });
  await rename(part, path);
}

/** One thing at a time: a pack asked for while it is being written is read when it is whole. */
export function createPackFiles(counter: Pick<Counter, 'folder' | 'ledger'>): PackFiles {
  const folder = join(counter.folder, 'packs');
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }
  return Object.freeze({
    write: (signed: SignedPack) =>
      inTurn(async () => {
        const path = join(folder, packName(signed.pack.date));
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(`${path}.json`, packJson(counter, signed));
        await writeWhole(`${path}.pdf`, await print({ kind: 'day-pack', pack: signed }));
      }),
    read: (date: string) =>
      inTurn(async () => {
        try {
          return await readFile(join(folder, `${packName(date)}.json`), 'utf8');
        } catch (error) {
          if ((error as { code?: string }).code === 'ENOENT') return null;
          throw error;
        }
      }),
  });
}
