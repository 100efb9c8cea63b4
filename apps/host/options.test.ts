// Proves that the command line of the windowed hosts is read exactly and refused in words.
import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultFolder, readOptions } from './options.ts';

test('unknown options, a port that is none and an empty folder are refused in words', () => {
  for (const args of [['--demmo'], ['extra'], ['--data'], ['--demo=yes']]) {
    assert.throws(() => readOptions(args), { name: 'Refusal', reason: 'bad-option' }, args.join());
  }
  for (const port of ['-1', '65536', 'http', '1e3', '']) {
    assert.throws(() => readOptions([`--port=${port}`]), { reason: 'bad-option' }, port);
    const monitored = [`--metrics=${port}`];
    assert.throws(() => readOptions(monitored), { reason: 'bad-option', field: 'metrics' }, port);
  }
  assert.throws(() => readOptions(['--data', '']), { reason: 'bad-option', field: 'data' });
  // The largest port there is, and none at all where the system chooses.
  assert.equal(readOptions(['--port=65535']).port, 65_535);
  assert.equal(readOptions(['--port=0']).port, 0);
});

test('the demonstration has a folder of its own under the XDG data home', () => {
  const environment = { XDG_DATA_HOME: '/srv/data' };
  assert.equal(readOptions([], environment).folder, '/srv/data/qenex-teller/branch');
  assert.equal(readOptions(['--demo'], environment).folder, '/srv/data/qenex-teller/demo');
  const home = join(homedir(), '.local/share/qenex-teller/branch');
  assert.equal(defaultFolder({}, false), home);
  assert.equal(defaultFolder({ XDG_DATA_HOME: 'relative' }, false), home);
});

test('what is asked is what is read', () => {
  const options = readOptions(['--demo', '--data', '/tmp/b', '--port', '8080', '--dev']);
  assert.deepEqual(options, {
    demonstration: true,
    folder: '/tmp/b',
    port: 8080,
    metrics: null,
    develop: true,
    passphrase: false,
    acceptHead: undefined,
    serveLan: null,
    attach: null,
  });
});

test('an accepted head is a whole hash, or it is refused with what would be right', () => {
  const hash = 'ab'.repeat(32);
  assert.equal(readOptions(['--accept-head', hash]).acceptHead, hash);
  for (const wrong of ['', 'latest', hash.slice(1), hash.toUpperCase()]) {
    assert.throws(() => readOptions([`--accept-head=${wrong}`]), /64 digits/);
  }
});
