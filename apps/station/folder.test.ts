// A branch's folder is made, or refused at once in words; nothing hangs on a folder that cannot be made.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeFolder } from './folder.ts';

const home = mkdtempSync(join(tmpdir(), 'folder-'));
after(() => rmSync(home, { recursive: true, force: true }));

test('a folder and those above it are made for nobody else', () => {
  const folder = join(home, 'one', 'two', 'three');
  makeFolder(folder);
  makeFolder(folder);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  assert.equal(statSync(join(home, 'one')).mode & 0o777, 0o700);
});

test('where no folder can be made it is refused at once, with the place', () => {
  for (const folder of ['/proc/no-such-place', '/proc/no-such-place/branch']) {
    assert.throws(() => makeFolder(folder), { reason: 'folder-not-made', message: /\/proc/ });
  }
  assert.ok(!existsSync('/proc/no-such-place'));
});

test('a file in the way is named', () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  for (const folder of [file, join(file, 'branch')]) {
    assert.throws(() => makeFolder(folder), { reason: /^folder-not-(a-folder|made)$/ });
  }
});
