// Keeps the database key beside no clear copy of itself: wrapped under a key file or a passphrase.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashRaw } from '@node-rs/argon2';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Keychain } from '#station/ports.ts';
import { ownFolder, readSecretFile, writeNewSecretFile } from './keychain-files.ts';

export interface FileKeychainOptions {
  /** The branch's folder; the wrapped key stands in it as `branch.wrap`. */
  readonly folder: string;
  /** The key file, `branch.key` in the folder unless named; better on a medium that is taken away. */
  readonly keyFile?: string;
  /** Asks for the passphrase. Given, it takes the place of the key file. */
  readonly passphrase?: () => Promise<string>;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const saltBytes = 16;
const headBytes = 8 + saltBytes + nonceBytes;
const wrapBytes = headBytes + keyBytes + tagBytes;
const headings = { file: Buffer.from('QTELWRF1'), passphrase: Buffer.from('QTELWRP1') };
/** OWASP's larger setting for argon2id: 64 MiB, three passes. Fixed, so that a wrap cannot ask for less. */
const cost = { memoryCost: 65536, timeCost: 3, parallelism: 1, algorithm: 2, outputLen: keyBytes };
const passphraseLengthMin = 12;

type WrapKind = keyof typeof headings;

/**
 * A keychain in two files: `branch.wrap` holds the random 256-bit database key under AES-256-GCM, the
 * wrapping key comes from a key file or by argon2id from a passphrase. Both are made on the first
 * call, unless a database already stands in the folder. Each call unwraps anew; what it returns is the
 * caller's to wipe. Refuses `key-missing`, `key-file-wrong`, `passphrase-wrong`, `passphrase-needed`,
 * `passphrase-short`, `passphrase-unused`, `secret-file-damaged`, `secret-file-unusable`,
 * `secret-open-to-others`, `secret-not-ours`.
 */
export function createFileKeychain(options: FileKeychainOptions): Keychain {
  const wrapFile = join(options.folder, 'branch.wrap');
  return Object.freeze({
    async databaseKey(): Promise<Uint8Array> {
      ownFolder(options.folder);
      const wrap = readSecretFile(wrapFile) ?? (await makeWrap(options, wrapFile));
      return unwrap(options, wrapFile, wrap);
    },
  });
}

async function makeWrap(options: FileKeychainOptions, wrapFile: string): Promise<Buffer> {
  const databases = readdirSync(options.folder).filter((name) => /\.db$/.test(name));
  refuseUnless(
    databases.length === 0,
    'key-missing',
    `The wrapped key ${wrapFile} is missing beside the database ${databases[0]}. Put it back from the copy; a new key could not open the database.`,
  );
  const kind: WrapKind = options.passphrase === undefined ? 'file' : 'passphrase';
  const head = Buffer.concat([headings[kind], randomBytes(saltBytes + nonceBytes)]);
  const wrappingKey = await wrappingKeyFor(options, head, 'make');
  const databaseKey = randomBytes(keyBytes);
  try {
    const cipher = createCipheriv('aes-256-gcm', wrappingKey, head.subarray(8 + saltBytes));
    cipher.setAAD(head);
    const sealed = Buffer.concat([cipher.update(databaseKey), cipher.final()]);
    writeNewSecretFile(wrapFile, Buffer.concat([head, sealed, cipher.getAuthTag()]));
  } finally {
    wrappingKey.fill(0);
    databaseKey.fill(0);
  }
  const written = readSecretFile(wrapFile);
  refuseUnless(
    written,
    'key-missing',
    `The wrapped key ${wrapFile} vanished after it was written.`,
  );
  return written;
}

async function unwrap(
  options: FileKeychainOptions,
  wrapFile: string,
  wrap: Buffer,
): Promise<Uint8Array> {
  const kind = kindOf(wrapFile, wrap);
  refuseUnless(
    kind === 'file' || options.passphrase !== undefined,
    'passphrase-needed',
    'The branch key is wrapped under a passphrase. Start the station so that it can ask for it.',
    'passphrase',
  );
  refuseUnless(
    kind === 'passphrase' || options.passphrase === undefined,
    'passphrase-unused',
    'The branch key is wrapped under a key file, not under a passphrase. Start without a passphrase.',
    'passphrase',
  );
  const head = wrap.subarray(0, headBytes);
  const wrappingKey = await wrappingKeyFor(options, head, 'use');
  try {
    const nonce = head.subarray(8 + saltBytes);
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, nonce, {
      authTagLength: tagBytes,
    });
    decipher.setAAD(head);
    decipher.setAuthTag(wrap.subarray(headBytes + keyBytes));
    const opened = decipher.update(wrap.subarray(headBytes, headBytes + keyBytes));
    decipher.final();
    return opened;
  } catch {
    throw sealRefusal(kind, wrapFile, options);
  } finally {
    wrappingKey.fill(0);
  }
}

function kindOf(wrapFile: string, wrap: Buffer): WrapKind {
  const heading = wrap.subarray(0, 8);
  refuseUnless(
    wrap.length === wrapBytes && Object.values(headings).some((known) => known.equals(heading)),
    'secret-file-damaged',
    `The wrapped key ${wrapFile} is damaged: it has ${wrap.length} bytes where ${wrapBytes} and its heading belong. Put it back from the copy.`,
  );
  return heading.equals(headings.file) ? 'file' : 'passphrase';
}

function sealRefusal(kind: WrapKind, wrapFile: string, options: FileKeychainOptions): Refusal {
  if (kind === 'file') {
    return new Refusal(
      'key-file-wrong',
      `The key file ${keyFileOf(options)} does not open ${wrapFile}: one of the two is another branch's, or was changed.`,
    );
  }
  return new Refusal(
    'passphrase-wrong',
    `The passphrase does not open ${wrapFile}. Try again; if it is surely right, the file was changed.`,
    'passphrase',
  );
}

function wrappingKeyFor(
  options: FileKeychainOptions,
  head: Buffer,
  purpose: 'make' | 'use',
): Promise<Buffer> {
  if (options.passphrase === undefined) {
    return Promise.resolve(keyFromFile(keyFileOf(options), purpose));
  }
  return keyFromPassphrase(options.passphrase, head.subarray(8, 8 + saltBytes), purpose);
}

function keyFromFile(file: string, purpose: 'make' | 'use'): Buffer {
  const found = readSecretFile(file);
  if (found === null && purpose === 'make') {
    const fresh = randomBytes(keyBytes);
    writeNewSecretFile(file, fresh);
    fresh.fill(0);
  }
  const key = found ?? readSecretFile(file);
  refuseUnless(key, 'key-missing', `The key file ${file} is missing. Insert it or put it back.`);
  refuseUnless(
    key.length === keyBytes,
    'secret-file-damaged',
    `The key file ${file} is damaged: it has ${key.length} bytes where ${keyBytes} belong. Put it back from the copy.`,
  );
  return key;
}

async function keyFromPassphrase(
  ask: () => Promise<string>,
  salt: Buffer,
  purpose: 'make' | 'use',
): Promise<Buffer> {
  const passphrase = Buffer.from((await ask()).normalize('NFC'), 'utf8');
  try {
    refuseUnless(
      purpose === 'use' || passphrase.length >= passphraseLengthMin,
      'passphrase-short',
      `The passphrase has ${passphrase.length} characters; it protects the whole branch and needs ${passphraseLengthMin} or more.`,
      'passphrase',
    );
    return await hashRaw(passphrase, { ...cost, salt });
  } finally {
    passphrase.fill(0);
  }
}

function keyFileOf(options: FileKeychainOptions): string {
  return options.keyFile ?? join(options.folder, 'branch.key');
}
