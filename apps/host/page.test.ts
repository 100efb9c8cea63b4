// Proves that the page handler serves the screens and nothing else, under strict headers.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { contentSecurityPolicy, createPage } from './page.ts';

const home = mkdtempSync(join(tmpdir(), 'page-'));
after(() => rmSync(home, { recursive: true }));
const folder = join(home, 'screens');
mkdirSync(join(folder, 'assets'), { recursive: true });
mkdirSync(join(home, 'screens-old'));
writeFileSync(join(folder, 'index.html'), '<!doctype html>');
writeFileSync(join(folder, 'assets/main-abc.js'), 'export {}');
writeFileSync(join(folder, 'notes.txt'), 'not of a served type');
writeFileSync(join(home, 'secret.json'), '{"secret":1}');
writeFileSync(join(home, 'screens-old/old.json'), '{"secret":1}');
symlinkSync(join(home, 'secret.json'), join(folder, 'link.json'));
const page = createPage({ folder, connect: 'self' });
const get = (path: string, method = 'GET') =>
  page(new Request(`http://127.0.0.1:1${path}`, { method }));

test('paths out of the folder are answered 404 without a byte of what they point to', async () => {
  const paths = [
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%2f..%2fsecret.json',
    '/%2e%2e%2fscreens-old/old.json',
    '/..%5csecret.json',
    '/link.json',
    '/index.html%00.js',
    '/%',
    '/assets',
    '/assets/',
    '//index.html',
    '/.hidden.json',
    '/notes.txt',
    '/absent.js',
  ];
  for (const path of paths) {
    const response = await get(path);
    assert.equal(response.status, 404, path);
    assert.doesNotMatch(await response.text(), /secret/, path);
  }
});

test('whatever the path, no file outside is ever given', async () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '%2e',
    '%2f',
    '%5c',
    '/',
    'assets',
    'secret.json',
    '%00',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      const response = await get(`/${pieces.join('/')}`);
      assert.doesNotMatch(await response.text(), /secret":1/);
    }),
    { numRuns: 300 },
  );
});

test('the screens are served with their type; html is never stored, hashed files for a year', async () => {
  const html = await get('/');
  assert.equal(html.status, 200);
  assert.equal(html.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.equal(html.headers.get('cache-control'), 'no-store');
  assert.equal(await html.text(), '<!doctype html>');
  const script = await get('/assets/main-abc.js');
  assert.match(script.headers.get('content-type') ?? '', /^text\/javascript/);
  assert.match(script.headers.get('cache-control') ?? '', /immutable/);
});

test('only reading is allowed', async () => {
  assert.equal((await get('/', 'POST')).status, 405);
  assert.equal((await get('/', 'DELETE')).status, 405);
  const head = await get('/', 'HEAD');
  assert.equal(head.status, 200);
  assert.equal(await head.text(), '');
});

test('every answer carries the headers, the policy has no exception', async () => {
  for (const response of [await get('/'), await get('/absent.js'), await get('/', 'POST')]) {
    assert.equal(response.headers.get('content-security-policy'), contentSecurityPolicy('self'));
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin');
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'same-origin');
  }
  assert.doesNotMatch(contentSecurityPolicy('self'), /unsafe|\*|http|data:|blob:/);
  assert.match(contentSecurityPolicy('none'), /connect-src 'none'/);
});
