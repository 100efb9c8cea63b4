// Writes day packs into the branch's folder, whole or not at all, and reads them back.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Counter } from './counter.ts';
import type { SignedPack } from './day-pack-shape.ts';
import { dayPackPdf } from './print/day-pack-pdf.ts';

/** The pack as text, with everything needed to check it elsewhere. */
export function packJson(counter: Pick<Counter, 'ledger'>, signed: SignedPack): string {
  const publicKey = Buffer.from(counter.ledger.publicKey).toString('hex');
  return `${JSON.stringify({ ...signed, publicKey }, null, 2)}\n`;
}

export function packName(date: string): string {
  return `day-pack-${date}`;
}

function pathOf(counter: Pick<Counter, 'folder'>, date: string, ending: string): string {
  return join(counter.folder, 'packs', `${packName(date)}.${ending}`);
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  await writeFile(part, content, { mode: 0o600, flush: true });
  await rename(part, path);
}

/** Both files; the log stays the truth, so that a pack that is lost can be made again. */
export async function writePackFiles(
  counter: Pick<Counter, 'folder' | 'ledger'>,
  signed: SignedPack,
): Promise<void> {
  const { date } = signed.pack;
  await mkdir(join(counter.folder, 'packs'), { recursive: true, mode: 0o700 });
  await writeWhole(pathOf(counter, date, 'json'), packJson(counter, signed));
  await writeWhole(pathOf(counter, date, 'pdf'), await dayPackPdf(signed));
}

/** The JSON of a day as it lies in the folder, or null where there is none. */
export async function readPackJson(
  counter: Pick<Counter, 'folder'>,
  date: string,
): Promise<string | null> {
  try {
    return await readFile(pathOf(counter, date, 'json'), 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}
