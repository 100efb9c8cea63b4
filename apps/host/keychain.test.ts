// Attacks the file keychain: what is open, foreign, missing, cut, swapped or mistyped must be refused.

import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import type { Keychain } from '#station/ports.ts';
import { createFileKeychain } from './keychain.ts';
import { keychainConformance } from './keychain-conformance.ts';

const passphrase = () => Promise.resolve('correct horse battery');

function freshFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'teller-keychain-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The key file is a secret of its own, so it is left out of what must not show the database key. */
function written(folder: string): readonly Uint8Array[] {
  return readdirSync(folder).map((name) => readFileSync(join(folder, name)));
}

keychainConformance('key file', (context) => {
  const folder = freshFolder(context);
  return { open: () => createFileKeychain({ folder }), written: () => written(folder) };
});

keychainConformance('passphrase', (context) => {
  const folder = freshFolder(context);
  return { open: () => createFileKeychain({ folder, passphrase }), written: () => written(folder) };
});

async function refuses(reason: string, keychain: Keychain): Promise<void> {
  await assert.rejects(keychain.databaseKey(), (error) => {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(error.reason, reason, error.message);
    return true;
  });
}

async function made(context: TestContext) {
  const folder = freshFolder(context);
  const keychain = createFileKeychain({ folder });
  await keychain.databaseKey();
  return { folder, keychain, wrap: join(folder, 'branch.wrap'), key: join(folder, 'branch.key') };
}

test('files are 0600 and a folder it makes is 0700', async (context) => {
  const folder = join(freshFolder(context), 'branch');
  await createFileKeychain({ folder }).databaseKey();
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(folder).sort(), ['branch.key', 'branch.wrap']);
  for (const name of readdirSync(folder)) {
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
  }
});

test('files that others may read, or a folder they may write in, are refused', async (context) => {
  const { folder, keychain, wrap, key } = await made(context);
  for (const [path, open, closed] of [
    [wrap, 0o640, 0o600],
    [key, 0o604, 0o600],
    [folder, 0o770, 0o700],
  ] as const) {
    chmodSync(path, open);
    await refuses('secret-open-to-others', keychain);
    chmodSync(path, closed);
  }
  await keychain.databaseKey();
});

test('a folder that others may look into is closed to them', async (context) => {
  const { folder, keychain } = await made(context);
  chmodSync(folder, 0o755);
  await keychain.databaseKey();
  assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test('files of another user are refused', async (context) => {
  if (process.geteuid?.() !== 0) return context.skip('only root can give files away');
  const { keychain, wrap, key, folder } = await made(context);
  for (const path of [wrap, key, folder]) {
    chownSync(path, 65534, 65534);
    await refuses('secret-not-ours', keychain);
    chownSync(path, 0, 0);
  }
});

test('a wrap cut, lengthened or changed in any byte is refused', async (context) => {
  const { keychain, wrap } = await made(context);
  const whole = readFileSync(wrap);
  for (const bytes of [whole.subarray(0, 40), Buffer.alloc(0), Buffer.concat([whole, whole])]) {
    writeFileSync(wrap, bytes);
    await refuses('secret-file-damaged', keychain);
  }
  for (let byte = 0; byte < whole.length; byte += 1) {
    const changed = Buffer.from(whole);
    changed[byte] = (changed[byte] ?? 0) ^ 1;
    writeFileSync(wrap, changed);
    await refuses(byte < 8 ? 'secret-file-damaged' : 'key-file-wrong', keychain);
  }
  writeFileSync(wrap, whole);
  await keychain.databaseKey();
});

test("another branch's wrap, or a cut or missing key file, is refused", async (context) => {
  const { keychain, wrap, key } = await made(context);
  const other = await made(context);
  const own = readFileSync(wrap);
  writeFileSync(wrap, readFileSync(other.wrap));
  await refuses('key-file-wrong', keychain);
  writeFileSync(wrap, own);
  const whole = readFileSync(key);
  writeFileSync(key, whole.subarray(0, 31));
  await refuses('secret-file-damaged', keychain);
  rmSync(key);
  await refuses('key-missing', keychain);
});

test('a missing wrap beside a database is refused, never made anew', async (context) => {
  const { folder, keychain, wrap } = await made(context);
  writeFileSync(join(folder, 'branch.db'), 'pages');
  rmSync(wrap);
  await refuses('key-missing', keychain);
  assert.deepEqual(readdirSync(folder).sort(), ['branch.db', 'branch.key']);
});

test('a link in place of a secret is refused', async (context) => {
  const { keychain, wrap } = await made(context);
  renameSync(wrap, `${wrap}.moved`);
  symlinkSync(`${wrap}.moved`, wrap);
  await refuses('secret-file-unusable', keychain);
});

test('a key file may stand elsewhere', async (context) => {
  const folder = freshFolder(context);
  const keyFile = join(freshFolder(context), 'stick.key');
  const key = await createFileKeychain({ folder, keyFile }).databaseKey();
  assert.deepEqual(readdirSync(folder), ['branch.wrap']);
  assert.deepEqual(await createFileKeychain({ folder, keyFile }).databaseKey(), key);
  await refuses('key-missing', createFileKeychain({ folder }));
});

test('passphrases wrong, short, missing or not asked for are refused', async (context) => {
  const folder = freshFolder(context);
  const short = createFileKeychain({ folder, passphrase: () => Promise.resolve('short') });
  await refuses('passphrase-short', short);
  const key = await createFileKeychain({ folder, passphrase }).databaseKey();
  const wrong = () => Promise.resolve('correct horse batterY');
  await refuses('passphrase-wrong', createFileKeychain({ folder, passphrase: wrong }));
  await refuses('passphrase-needed', createFileKeychain({ folder }));
  assert.deepEqual(await createFileKeychain({ folder, passphrase }).databaseKey(), key);
  const { folder: byFile } = await made(context);
  await refuses('passphrase-unused', createFileKeychain({ folder: byFile, passphrase }));
});
