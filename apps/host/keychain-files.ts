// Reads and writes files that hold secrets: nobody else's, nobody else may read them, whole or not at all.

import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { makeFolder } from '#station/folder.ts';

/** Secrets are small; a file larger than this is not one of ours. */
const secretFileBytesMax = 4096;

/**
 * Makes the folder (0700) when it is missing, and takes from others what they may read in one that is ours: what
 * is secret in it is sealed or 0600 by itself. Refuses one that others may write in, or that is not ours.
 */
export function ownFolder(folder: string): void {
  refusingFiles(folder, () => {
    makeFolder(folder);
    const stat = statSync(folder);
    refuseForeign(folder, stat);
    refuseOpen(
      folder,
      stat.mode & 0o022,
      stat.mode,
      'write in it. Look at what is there, then set it to 0700.',
    );
    if (process.geteuid && (stat.mode & 0o077) !== 0) chmodSync(folder, 0o700);
  });
}

/** The file's bytes, or null when there is none. Refuses links, foreign owners and open modes. */
export function readSecretFile(file: string): Buffer | null {
  return refusingFiles(file, () => {
    const descriptor = openIfThere(file);
    if (descriptor === null) return null;
    try {
      const stat = fstatSync(descriptor);
      refuseForeign(file, stat);
      refuseOpen(file, stat.mode & 0o077, stat.mode, 'read it. Set it to 0600.');
      refuseUnless(
        stat.isFile() && stat.size <= secretFileBytesMax,
        'secret-file-damaged',
        `${file} is not a key file of this program: it has ${stat.size} bytes. Put the right file back.`,
      );
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

/**
 * Writes a new secret file (0600), durably, and never over an existing one: it is written under
 * another name and linked into place. False when somebody else was first.
 */
export function writeNewSecretFile(file: string, bytes: Uint8Array): boolean {
  return refusingFiles(file, () => {
    const draft = `${file}.${randomBytes(6).toString('hex')}`;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
    const descriptor = openSync(draft, flags, 0o600);
    try {
      writeFileSync(descriptor, bytes);
      fsyncSync(descriptor);
      closeSync(descriptor);
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      unlinkSync(draft);
    }
    syncFolder(dirname(file));
    return true;
  });
}

function openIfThere(file: string): number | null {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function refuseForeign(path: string, { uid }: { readonly uid: number }): void {
  const user = process.geteuid?.();
  refuseUnless(
    user === undefined || uid === user,
    'secret-not-ours',
    `${path} belongs to user ${uid}, the station runs as user ${user}. Give it to the station's user.`,
  );
}

/** Modes mean nothing where the system has none (Windows keeps the profile folder private). */
function refuseOpen(path: string, wrong: number, mode: number, andSo: string): void {
  refuseUnless(
    wrong === 0 || process.geteuid === undefined,
    'secret-open-to-others',
    `${path} has mode 0${(mode & 0o777).toString(8)}, so others may ${andSo}`,
  );
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function refusingFiles<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || !/^E(ACCES|PERM|ROFS|NOENT|NOTDIR|LOOP|NOSPC|IO|EXIST)$/.test(code)) {
      throw error;
    }
    const refusal = new Refusal(
      'secret-file-unusable',
      `${path} can not be used (${code}). It must be a plain file or folder of the station's user, on a disk with room.`,
    );
    refusal.cause = error;
    throw refusal;
  }
}
