// Proves the desktop's keychain by the conformance suite of all keychains, and attacks its own corners.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { keychainConformance } from '#host/keychain-conformance.ts';
import { createSafeStorageDouble } from './electron-double.ts';
import { createSafeStorageKeychain, isFileKept } from './keychain.ts';

function place(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'safe-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const { double, state } = createSafeStorageDouble();
  const open = (platform: NodeJS.Platform = 'linux') =>
    createSafeStorageKeychain({ folder, safeStorage: double, platform });
  const written = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return { folder, state, open, written };
}

keychainConformance('safeStorage', place);

test('a keyring that keeps keys in clear, or none, is refused', async (context) => {
  const { state, open, written } = place(context);
  state.backend = 'basic_text';
  await assert.rejects(open().databaseKey(), { reason: 'keychain-unprotected' });
  state.available = false;
  await assert.rejects(open().databaseKey(), { reason: 'keychain-unavailable' });
  assert.deepEqual(written(), []);
});

test('a lost or foreign sealed key is refused, never replaced', async (context) => {
  const { folder, open } = place(context);
  const file = join(folder, 'branch.safe');
  await open().databaseKey();
  const sealed = readFileSync(file);
  writeFileSync(
    file,
    sealed.map((byte, index) => (index === 30 ? byte ^ 1 : byte)),
  );
  await assert.rejects(open().databaseKey(), { reason: 'key-file-wrong' });
  rmSync(file);
  writeFileSync(join(folder, 'branch.db'), '');
  await assert.rejects(open().databaseKey(), { reason: 'key-missing' });
});

test('a key is sealed anew when the system says so, and stays the same key', async (context) => {
  const { folder, state, open } = place(context);
  const key = await open().databaseKey();
  const before = readFileSync(join(folder, 'branch.safe'));
  state.shouldReEncrypt = true;
  assert.deepEqual(await open().databaseKey(), key);
  assert.notDeepEqual(readFileSync(join(folder, 'branch.safe')), before);
  assert.deepEqual(await open().databaseKey(), key);
  assert.deepEqual(readdirSync(folder), ['branch.safe']);
});

test('a branch whose key a kiosk keeps is known by its file', (context) => {
  const { folder } = place(context);
  assert.ok(!isFileKept(folder));
  writeFileSync(join(folder, 'branch.wrap'), '');
  assert.ok(isFileKept(folder));
});
