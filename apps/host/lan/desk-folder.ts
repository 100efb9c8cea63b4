// Keeps what makes a machine a desk of its branch: its own key, its certificate, and whom it trusts.
import { X509Certificate } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder, readSecretFile, writeNewSecretFile } from '#host/keychain-files.ts';
import { Refusal } from '#station/bank/refusal.ts';

export interface DeskCredentials {
  readonly desk: number;
  readonly name: string;
  /** PEM; the key was made here and has never left. */
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
  /** Given in advance; takes the place of both above once the station has let it in. */
  readonly next?: Certified;
}

/** A key and the certificate for it, PEM. */
export type Certified = Pick<DeskCredentials, 'key' | 'certificate'>;

const fileOf = (folder: string): string => join(folder, 'desk.json');

/** The desk's credentials, or null before it is enrolled. Refuses `secret-file-damaged` and what files refuse. */
export function readCredentials(folder: string): DeskCredentials | null {
  ownFolder(folder);
  const bytes = readSecretFile(fileOf(folder));
  if (bytes === null) return null;
  try {
    const kept = JSON.parse(bytes.toString('utf8')) as DeskCredentials;
    const pems = [kept.certificate, kept.authority, ...(kept.next ? [kept.next.certificate] : [])];
    for (const pem of pems) new X509Certificate(pem);
    if (typeof kept.key === 'string' && Number.isSafeInteger(kept.desk)) return Object.freeze(kept);
  } catch {
    // Said below, in words.
  }
  throw new Refusal(
    'secret-file-damaged',
    `${fileOf(folder)} is damaged. Remove it and attach the desk anew with a code.`,
  );
}

/** Keeps them for the next start, whole or not at all; earlier ones are gone then. */
export function writeCredentials(folder: string, credentials: DeskCredentials): void {
  ownFolder(folder);
  const draft = `${fileOf(folder)}.new`;
  rmSync(draft, { force: true });
  writeNewSecretFile(draft, Buffer.from(JSON.stringify(credentials)));
  renameSync(draft, fileOf(folder));
}

/** End of the certificate, ms since 1970. */
export function endOf({ certificate }: Pick<Certified, 'certificate'>): number {
  return Date.parse(new X509Certificate(certificate).validTo);
}
