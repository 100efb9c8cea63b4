// Proves when a browser window is opened, and that it never runs without its sandbox by our doing.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { browserArguments, findBrowser, reasonForNoWindow } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'browser-'));
after(() => rmSync(folder, { recursive: true }));
const program = join(folder, 'chromium');
writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
writeFileSync(join(folder, 'google-chrome'), 'not a program', { mode: 0o644 });

test('the browser is found on the PATH, when it can be run', () => {
  assert.equal(findBrowser(['/nowhere', folder].join(delimiter)), program);
  assert.equal(findBrowser('/nowhere'), undefined);
});

test('no display, no browser and root each give their own sentence', () => {
  assert.match(reasonForNoWindow({ PATH: folder }) ?? '', /no display/);
  assert.match(reasonForNoWindow({ PATH: '/nowhere', DISPLAY: ':1' }) ?? '', /no Chromium/);
  const asUs = reasonForNoWindow({ PATH: folder, WAYLAND_DISPLAY: 'wayland-0' });
  if (process.getuid?.() === 0) assert.match(asUs ?? '', /not started as root/);
  else assert.equal(asUs, undefined);
});

test('the window has its own profile and keeps its sandbox', () => {
  const args = browserArguments('http://127.0.0.1:1/?ticket=t', '/data/browser', {});
  assert.ok(args.includes('--app=http://127.0.0.1:1/?ticket=t'));
  assert.ok(args.includes('--user-data-dir=/data/browser'));
  assert.ok(!args.some((one) => /no-sandbox|disable-web-security|remote-debugging/.test(one)));
});
