// Attacks the file that remembers head office's word: it is told as it was kept, and anything else is no word.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readReceived, writeReceived } from './received.ts';

const folder = mkdtempSync(join(tmpdir(), 'teller-received-'));
after(() => rmSync(folder, { recursive: true }));
const known = { seq: 14_334, hash: 'b6'.repeat(32) };

test('what was kept is read again, the newest in the place of the one before', () => {
  assert.equal(readReceived(folder), undefined);
  writeReceived(folder, { ...known, seq: 7 });
  writeReceived(folder, known);
  assert.deepEqual(readReceived(folder), known);
  writeReceived(folder, { seq: 0, hash: '0'.repeat(64) });
  assert.deepEqual(readReceived(folder), known, 'nothing heard is nothing to keep');
});

test('what is no word of head office is none', () => {
  const { hash } = known;
  const numbers = [0, -1, 1.5, '7', null].map((seq) => JSON.stringify({ seq, hash }));
  const hashes = ['x', `${hash}0`, hash.toUpperCase(), [hash]].map((each) =>
    JSON.stringify({ seq: 7, hash: each }),
  );
  for (const text of ['', '{', '[]', '{"seq":7}', ...numbers, ...hashes]) {
    writeFileSync(join(folder, 'office-received.json'), text);
    assert.equal(readReceived(folder), undefined, text);
  }
});
