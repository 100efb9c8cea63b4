// Proves that set-up notices what is missing, counts honestly, and gives every script its task.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { countsOf, secondTryPassed, summary } from './counts.ts';
import { filesToTryAgain, secondTrySentence } from './second-try.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const load = async <T>(file: string): Promise<T> =>
  (await import(pathToFileURL(join(root, 'apps/host/setup', file)).href)) as T;

type Packages = Record<string, { version: string; integrity?: string; optional?: boolean }>;
const { isCurrent } = await load<{
  isCurrent(wanted: Packages, installed: Packages): boolean;
}>('modules.mjs');
const { tasks } = await load<{ tasks: Record<string, { file: string }> }>('tasks.mjs');

const electron = await load<{
  wasRefused(root: string, version: string, nowMs: number): boolean;
  rememberRefusal(root: string, version: string, nowMs: number): void;
  electronBinary(root: string, environment: Record<string, string>): string | undefined;
}>('electron.mjs');

const wanted: Packages = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/only-on-mac': { version: '1.0.0', integrity: 'sha512-m', optional: true },
};
const a = { version: '1.0.0', integrity: 'sha512-a' };

test('packages are current when each is here, but for another platform', () => {
  assert.ok(isCurrent(wanted, { 'node_modules/a': a }));
});

test('packages are not current when one is missing, other, or no longer named', () => {
  assert.ok(!isCurrent(wanted, {}));
  assert.ok(!isCurrent(wanted, { 'node_modules/a': { ...a, version: '0.9.0' } }));
  assert.ok(!isCurrent(wanted, { 'node_modules/a': { ...a, integrity: 'sha512-b' } }));
  assert.ok(!isCurrent(wanted, { 'node_modules/a': a, 'node_modules/gone': a }));
});

test('each script has its task and each task its script', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  assert.deepEqual(Object.keys(scripts).sort(), Object.keys(tasks).sort());
  for (const [name, script] of Object.entries(scripts)) {
    assert.equal(script, `node apps/host/setup/run.mjs ${name}`);
  }
});

test('closing lines of both runners are counted', () => {
  const node = 'ℹ tests 9\nℹ pass 7\nℹ fail 1\nℹ cancelled 1\nℹ skipped 2\n';
  assert.deepEqual(countsOf(node), { passed: 7, failed: 2, skipped: 2, flaky: 0 });
  const playwright =
    '\n  1 failed\n    smoke.spec.ts:3:1\n  1 flaky\n    a.spec.ts:1:1\n  2 skipped\n  13 passed (6.7s)\n';
  assert.deepEqual(countsOf(playwright), { passed: 13, failed: 1, skipped: 2, flaky: 1 });
  assert.equal(
    summary([countsOf(node), countsOf(playwright)]),
    '\n20 passed, 3 failed, 1 passed only on a second try, 4 skipped\n',
  );
  assert.equal(summary([]), '');
});

test('output without closing lines counts nothing', () => {
  assert.deepEqual(countsOf('crashed before the end, 12 passed'), {
    passed: 0,
    failed: 0,
    skipped: 0,
    flaky: 0,
  });
});

const failing = (...files: string[]): string =>
  `test at x.test.ts:1:1\nℹ fail 1\n\n\u001b[31m✖ failing tests:\u001b[39m\n${files
    .map((file) => `\ntest at ${file}:3:1\n✖ a name (3ms)\n`)
    .join('')}`;

test('a few failed files are tried once more, each once', () => {
  assert.deepEqual(filesToTryAgain(failing('b.test.ts', 'a.test.ts', 'b.test.ts')), [
    'a.test.ts',
    'b.test.ts',
  ]);
  assert.match(secondTrySentence(['a.test.ts']), /FAILED first.*a\.test\.ts/);
});

test('many failed files, none named, or a counterexample stay failed', () => {
  assert.deepEqual(filesToTryAgain(failing('a', 'b', 'c', 'd')), []);
  assert.deepEqual(filesToTryAgain('crashed'), []);
  const property = `${failing('a.test.ts')}Error: Property failed after 3 tests\n{ seed: 1 }`;
  assert.deepEqual(filesToTryAgain(property), []);
});

test('what passed on a second try is counted apart, not as passed at once', () => {
  const counts = { passed: 7, failed: 2, skipped: 1, flaky: 0 };
  assert.deepEqual(secondTryPassed(counts), { passed: 7, failed: 0, skipped: 1, flaky: 2 });
});

test('a refused download of Electron is remembered for that version and a week', () => {
  const folder = mkdtempSync(join(tmpdir(), 'memo-'));
  const dayMs = 24 * 3_600_000;
  assert.ok(!electron.wasRefused(folder, '45.0.0', 0));
  electron.rememberRefusal(folder, '45.0.0', 1000);
  assert.ok(electron.wasRefused(folder, '45.0.0', 6 * dayMs));
  assert.ok(!electron.wasRefused(folder, '45.0.0', 8 * dayMs));
  assert.ok(!electron.wasRefused(folder, '45.0.1', 2000));
  rmSync(folder, { recursive: true });
});

test('the binary of Electron is looked for, never loaded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'binary-'));
  const environment = { ELECTRON_OVERRIDE_DIST_PATH: folder };
  assert.equal(electron.electronBinary(root, environment), undefined);
  writeFileSync(join(folder, 'electron'), '');
  assert.equal(electron.electronBinary(root, environment), join(folder, 'electron'));
  rmSync(folder, { recursive: true });
});
