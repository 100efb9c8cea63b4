// Keeps the database key in the operating system's keychain, by Electron's asynchronous safeStorage.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { ownFolder, readSecretFile, writeNewSecretFile } from '#host/keychain-files.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { Keychain } from '#station/ports.ts';

export interface SafeStorageOptions {
  /** The branch's folder; the sealed key stands in it as `branch.safe`. */
  readonly folder: string;
  readonly safeStorage: Pick<
    SafeStorage,
    | 'isAsyncEncryptionAvailable'
    | 'encryptStringAsync'
    | 'decryptStringAsync'
    | 'getSelectedStorageBackend'
  >;
  readonly platform: NodeJS.Platform;
}

/** Whether the branch's key is sealed by a passphrase or key file already, from a start as a kiosk. */
export const isFileKept = (folder: string): boolean => existsSync(join(folder, 'branch.wrap'));

async function refuseUnprotected({ safeStorage, platform }: SafeStorageOptions): Promise<void> {
  refuseUnless(
    await safeStorage.isAsyncEncryptionAvailable(),
    'keychain-unavailable',
    'The keychain of this system does not answer. Unlock it, or start the workstation as a kiosk.',
  );
  // basic_text is a fixed password known to everybody: it protects nothing.
  refuseUnless(
    platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text',
    'keychain-unprotected',
    'This system keeps keys in clear text. Install a keyring (GNOME or KDE), or start as a kiosk.',
  );
}

async function makeSealed(options: SafeStorageOptions, file: string): Promise<Buffer> {
  const databases = readdirSync(options.folder).filter((name) => name.endsWith('.db'));
  refuseUnless(
    databases.length === 0,
    'key-missing',
    `The sealed key ${file} is missing beside the database ${databases[0]}. Put it back; a new key could not open the database.`,
  );
  const sealed = await options.safeStorage.encryptStringAsync(randomBytes(32).toString('base64'));
  writeNewSecretFile(file, sealed);
  const written = readSecretFile(file);
  refuseUnless(written, 'key-missing', `The sealed key ${file} vanished after it was written.`);
  return written;
}

/** Seals the key anew under the keychain's new secret; the old file stays until the new one is whole. */
async function reseal(options: SafeStorageOptions, file: string, text: string): Promise<void> {
  const next = `${file}.next`;
  rmSync(next, { force: true });
  writeNewSecretFile(next, await options.safeStorage.encryptStringAsync(text));
  renameSync(next, file);
}

/**
 * A keychain over safeStorage; call it after the app is ready. Refuses `keychain-unavailable`,
 * `keychain-unprotected`, `key-missing`, `key-file-wrong` and what keychain-files.ts refuses.
 */
export function createSafeStorageKeychain(options: SafeStorageOptions): Keychain {
  const file = join(options.folder, 'branch.safe');
  return Object.freeze({
    async databaseKey(): Promise<Uint8Array> {
      await refuseUnprotected(options);
      ownFolder(options.folder);
      const sealed = readSecretFile(file) ?? (await makeSealed(options, file));
      const opened = await options.safeStorage.decryptStringAsync(sealed).catch(() => undefined);
      const key = Buffer.from(opened?.result ?? '', 'base64');
      refuseUnless(
        opened && key.length === 32,
        'key-file-wrong',
        `This system's keychain does not open ${file}: it is another user's or machine's, or was changed.`,
      );
      if (opened.shouldReEncrypt) await reseal(options, file, opened.result);
      return key;
    },
  });
}
