// Makes a place for tests where there is room, and none where there is not.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openWorkplace } from './workplace.ts';

const home = mkdtempSync(join(tmpdir(), 'workplace-'));
after(() => rmSync(home, { recursive: true, force: true }));

test('a place is made where others may pass through, and is gone afterwards', (context) => {
  const place = openWorkplace(home, 2 ** 40);
  if (place === null) return context.skip('there is too little room here, or nothing may be run');
  assert.equal(statSync(place.folder).mode & 0o777, 0o711);
  place.remove();
  assert.ok(!existsSync(place.folder));
});

test('with too little memory, or where there is no such folder, there is none and nothing is left', () => {
  assert.equal(openWorkplace(home, 2 ** 30), null);
  assert.equal(openWorkplace(join(home, 'none'), 2 ** 40), null);
  assert.deepEqual(readdirSync(home), []);
});

test('what a run left that is no more is taken away, what another works in is not', () => {
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const names = [`qenex-${dead}-left`, `qenex-${process.pid}-mine`, 'qenex-other'];
  for (const name of names) mkdirSync(join(home, name));
  openWorkplace(home, 0);
  assert.deepEqual(readdirSync(home).sort(), names.slice(1).sort());
});
