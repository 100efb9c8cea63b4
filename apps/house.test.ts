// Holds the size and shape rules of the house that no linter says in our words.
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync('{apps,e2e,bench,native}/**/*.{ts,tsx,mjs}', { cwd: root }).filter(
  (file) => !file.includes('node_modules'),
);
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const breaking = (broken: (text: string, file: string) => boolean): string[] =>
  files.filter((file) => broken(read(file), file));

test('no file is longer than 400 lines', () => {
  assert.deepEqual(
    breaking((text) => text.trimEnd().split('\n').length > 400),
    [],
  );
});

test('each file opens by saying why it exists', () => {
  const opening = /^(#!.*\n)?\/\/ \S.{10,}/;
  assert.deepEqual(
    breaking((text, file) => !file.endsWith('.d.ts') && !opening.test(text)),
    [],
  );
});

test('each room has a short README', () => {
  const rooms = ['apps/contract', 'apps/station', 'apps/teller', 'apps/host', 'e2e', 'bench'];
  assert.deepEqual(
    rooms.filter((room) => !existsSync(join(root, room, 'README.md'))),
    [],
  );
});

test('the lockfile names no registry host', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { resolved?: string }>;
  };
  const named = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
  assert.deepEqual(named, []);
  assert.doesNotMatch(read('package-lock.json'), /registry\.npmjs|https?:\/\/[^"]*\.tgz/);
});

test('the package says nothing that stops an older npm from installing', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, unknown>;
  assert.equal(manifest.devEngines, undefined);
  assert.doesNotMatch(read('.npmrc'), /engine-strict/);
});

test('the lockfile names every optional package, or npm ci refuses on a bare machine', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const names = Object.keys(packages);
  const missing = Object.values(packages)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !names.some((key) => key.endsWith(`node_modules/${name}`)));
  assert.deepEqual(missing, []);
});
