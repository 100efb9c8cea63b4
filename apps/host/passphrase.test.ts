// Proves that a branch under a passphrase opens with it alone, and that nothing of it is ever shown.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, test } from 'node:test';
import { createHostKeychain, keeperOf } from './passphrase.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qenex-passphrase-'));
  folders.push(folder);
  return folder;
}

/** A keychain whose person types these lines, and everything that was shown to them. */
function typed(folder: string, lines: readonly string[], wantsPassphrase = true) {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  input.end(lines.map((line) => `${line}\n`).join(''));
  const terminal = { input, output, isTerminal: false };
  return {
    keychain: createHostKeychain({ folder, wantsPassphrase, terminal }),
    shown: () => shown,
  };
}

const words = 'seven boats left at noon';

test('a new branch asks twice; later starts ask once, and give the same key', async () => {
  const folder = newFolder();
  const made = typed(folder, [words, words]);
  const key = await made.keychain.databaseKey();
  assert.equal(keeperOf(folder), 'passphrase');
  const later = typed(folder, [words], false);
  assert.deepEqual(await later.keychain.databaseKey(), key);
  for (const { shown } of [made, later]) {
    assert.match(shown(), /assphrase/);
    assert.ok(!shown().includes(words));
  }
});

test('a slip between the two is refused, and nothing is made', async () => {
  const folder = newFolder();
  const { keychain } = typed(folder, [words, `${words}.`]);
  await assert.rejects(keychain.databaseKey(), { reason: 'passphrase-differs' });
  assert.equal(keeperOf(folder), null);
});

test('another passphrase, or none, does not open it', async () => {
  const folder = newFolder();
  await typed(folder, [words, words]).keychain.databaseKey();
  await assert.rejects(typed(folder, ['eight boats left at noon']).keychain.databaseKey(), {
    reason: 'passphrase-wrong',
  });
  await assert.rejects(typed(folder, []).keychain.databaseKey());
});

test('a branch under a key file asks nothing, whatever is wished', async () => {
  const folder = newFolder();
  const key = await typed(folder, [], false).keychain.databaseKey();
  assert.equal(keeperOf(folder), 'file');
  const again = typed(folder, [], true);
  assert.deepEqual(await again.keychain.databaseKey(), key);
  assert.equal(again.shown(), '');
});
