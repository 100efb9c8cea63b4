// Holds the import rules of the house by reading the imports themselves, whatever the linter says.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Place, places, secluded } from './house.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

const statement =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

/** Resolves what a file names to a repository path or a package name. */
function resolve(file: string, named: string): string {
  if (named.startsWith('.')) return normalize(join(dirname(file), named));
  if (named.startsWith('#native/')) return named.slice(1);
  if (named.startsWith('#')) return `apps/${named.slice(1)}`;
  return named;
}

export function importsOf(file: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(statement)].map((match) => ({
    target: resolve(file, match[2] ?? match[3] ?? ''),
    typeOnly: match[1] !== undefined,
  }));
}

function placeOf(file: string): Place | undefined {
  return places
    .filter((place) => file.startsWith(place.under))
    .sort((a, b) => b.under.length - a.under.length)[0];
}

function forbidden(file: string, { target }: Import): boolean {
  const place = placeOf(file);
  if (!place) return true;
  if (secluded.some((own) => target.startsWith(own) && !file.startsWith(own))) return true;
  const may = [place.under, ...place.may];
  return !may.some((prefix) =>
    /[/:]$|fontsource$/.test(prefix)
      ? target.startsWith(prefix)
      : target === prefix || target.startsWith(`${prefix}/`),
  );
}

const sources = globSync('apps/**/*.{ts,tsx,mjs}', { cwd: root }).filter(
  (file) => !/\.(test|fixture)\.tsx?$/.test(file) && !/^apps\/[^/]+$/.test(file),
);
const imports = new Map(
  sources.map((file) => [file, importsOf(file, readFileSync(join(root, file), 'utf8'))]),
);

test('every file stands in a place of the house', () => {
  assert.deepEqual(
    sources.filter((file) => !placeOf(file)),
    [],
    'name its folder in apps/house.ts, or move it',
  );
});

test('imports point only the way the house allows', () => {
  const wrong = [...imports].flatMap(([file, list]) =>
    list.filter((one) => forbidden(file, one)).map((one) => `${file} -> ${one.target}`),
  );
  assert.deepEqual(wrong, []);
});

test('nothing but a test or a bench leans on a test or what only tests use', () => {
  const wrong = [...imports].flatMap(([file, list]) =>
    list
      .filter(({ target }) => /\.(test|fixture)\.tsx?$/.test(target))
      .map(({ target }) => `${file} -> ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('no validator enters the page', () => {
  const seen = new Set<string>();
  const reaches = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const one of imports.get(file) ?? []) if (!one.typeOnly) reaches(one.target);
  };
  for (const file of sources) if (file.startsWith('apps/teller/')) reaches(file);
  assert.ok(!seen.has('zod'), 'a screen imports, by value, a contract file that imports zod');
});

test('the reader of imports sees each form and the table refuses what it must', () => {
  const text = [
    "import { a } from '#contract/values.ts';",
    "import type { B } from '../station/ports.ts';",
    "import './style.css';",
    "export { c } from 'zod';",
    "const d = await import('electron');",
    "import {\n  type E,\n  f,\n} from 'node:fs';",
    "// import x from 'comment';",
  ].join('\n');
  assert.deepEqual(importsOf('apps/teller/main.tsx', text), [
    { target: 'apps/contract/values.ts', typeOnly: false },
    { target: 'apps/station/ports.ts', typeOnly: true },
    { target: 'apps/teller/style.css', typeOnly: false },
    { target: 'zod', typeOnly: false },
    { target: 'electron', typeOnly: false },
    { target: 'node:fs', typeOnly: false },
  ]);
  const refused = (file: string, target: string) => forbidden(file, { target, typeOnly: false });
  assert.ok(refused('apps/contract/values.ts', 'node:fs'));
  assert.ok(refused('apps/station/bank/money.ts', 'apps/station/ledger/open.ts'));
  assert.ok(refused('apps/station/bank/money.ts', 'node:crypto'));
  assert.ok(refused('apps/station/ledger/open.ts', 'apps/station/guard/key.ts'));
  assert.ok(refused('apps/station/desk/till.ts', 'apps/host/page.ts'));
  assert.ok(refused('apps/station/desk/till.ts', 'apps/station/station.ts'));
  assert.ok(refused('apps/teller/main.tsx', 'apps/station/ports.ts'));
  assert.ok(refused('apps/host/kiosk/main.ts', 'apps/host/desktop/main.ts'));
  assert.ok(refused('apps/host/kiosk/main.ts', 'electron'));
  assert.ok(refused('apps/host/page.ts', 'apps/host/kiosk/server.ts'));
  assert.ok(refused('apps/cellar/box.ts', 'zod'));
  assert.ok(!refused('apps/teller/main.tsx', 'react-dom/client'));
  assert.ok(!refused('apps/station/desk/till.ts', 'apps/station/ledger/open.ts'));
});
