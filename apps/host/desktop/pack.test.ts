// Packs the desktop with electron-builder over a stand-in for Electron's files, and looks into the package.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/qenex-teller');
mkdirSync(cache, { recursive: true });
const home = mkdtempSync(join(cache, 'pack-'));
after(() => rmSync(home, { recursive: true, force: true }));

/** The sentinel before the fuses in Electron's binary, as @electron/fuses looks for it. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Fuses as Electron ships them, in the order of their schema: what must be off is on, and so on. */
const shippedFuses = '10110011';

/** A folder like Electron's own, with a binary that has nothing but a fuse wire. */
function layElectron(): string {
  const dist = join(home, 'electron');
  mkdirSync(join(dist, 'resources'), { recursive: true });
  const wire = Buffer.concat([
    Buffer.from(sentinel),
    Buffer.from([1, shippedFuses.length]),
    Buffer.from(shippedFuses),
  ]);
  const binary = join(dist, 'electron');
  writeFileSync(binary, Buffer.concat([Buffer.alloc(4096), wire, Buffer.alloc(4096)]));
  chmodSync(binary, 0o755);
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'),
  ) as { version: string };
  writeFileSync(join(dist, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'resources.pak']) {
    writeFileSync(join(dist, name), name);
  }
  return dist;
}

/** Files as built, small: what main is made of is tried elsewhere. */
function layBuilt(): string {
  const built = join(home, 'dist');
  for (const folder of ['desktop', 'screens/assets']) {
    mkdirSync(join(built, folder), { recursive: true });
  }
  writeFileSync(join(built, 'desktop/main.js'), '// main');
  writeFileSync(join(built, 'desktop/preload.cjs'), '// preload');
  writeFileSync(join(built, 'screens/index.html'), '<!doctype html>');
  writeFileSync(join(built, 'screens/assets/main.js'), '// screens');
  return built;
}

/** Our own configuration, but for where Electron, the built files and the result lie. */
function layConfiguration(): string {
  const built = layBuilt();
  const own = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  const text = own
    .replace('  - dist/desktop/**\n', `  - { from: '${built}/desktop', to: dist/desktop }\n`)
    .replace('  - dist/screens/**\n', `  - { from: '${built}/screens', to: dist/screens }\n`)
    .replace('output: release', `output: '${home}/release'`);
  assert.equal(text.match(/from: /g)?.length, 2);
  const file = join(home, 'electron-builder.yml');
  writeFileSync(file, `${text}electronDist: '${layElectron()}'\n`);
  return file;
}

const configuration = layConfiguration();
const bin = join(root, 'node_modules/.bin');
execFileSync(join(bin, 'electron-builder'), ['--linux', 'dir', '--config', configuration], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'pipe'],
  timeout: 1_800_000,
  // A download would be refused or, worse, succeed unseen: no proxy of the machine reaches out.
  env: { ...process.env, ELECTRON_MIRROR: 'http://127.0.0.1:9/', CI: 'true' },
});
const packed = join(home, 'release/linux-unpacked');
const resources = join(packed, 'resources');
const listed = execFileSync(join(bin, 'asar'), ['list', join(resources, 'app.asar')], {
  encoding: 'utf8',
}).split('\n');

test('the package holds main, preload, screens and what is not bundled, and no source', () => {
  for (const file of [
    '/package.json',
    '/dist/desktop/main.js',
    '/dist/desktop/preload.cjs',
    '/dist/screens/index.html',
    '/node_modules/better-sqlite3/package.json',
    '/node_modules/@node-rs/argon2/package.json',
    '/node_modules/pdfkit/package.json',
    '/node_modules/@fontsource/inter/files/inter-latin-400-normal.woff',
  ]) {
    assert.ok(listed.includes(file), file);
  }
  const foreign = listed.filter((file) =>
    /^\/(apps|e2e|bench|docs|kernel|native)\/|\.ts$|\.map$|\/(deps|src)\/.*\.(c|cc|cpp|h)$|\/(react|vite|zod|electron|typescript)\//.test(
      file,
    ),
  );
  assert.deepEqual(foreign, []);
});

test('native addons lie beside the archive, for this platform only', () => {
  const unpacked = readdirSync(join(resources, 'app.asar.unpacked'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.node'));
  assert.ok(unpacked.some((file) => /better-sqlite3\/prebuilds\/linux-\w+\.node$/.test(file)));
  assert.ok(unpacked.some((file) => /argon2/.test(file)));
  assert.deepEqual(
    unpacked.filter((file) => /darwin|win32|musl/.test(file)),
    [],
  );
});

test('the fuses of the packed binary are burnt as the security page says', () => {
  const binary = readFileSync(join(packed, 'qenex-teller'));
  const at = binary.indexOf(sentinel) + sentinel.length + 2;
  const fuses = binary.subarray(at, at + shippedFuses.length).toString('latin1');
  // runAsNode, cookieEncryption, nodeOptions, nodeCliInspect, asarIntegrity, onlyAsar, snapshot, file
  assert.equal(fuses, '01001100');
});

test('the package starts our main and nothing else could be started in its place', () => {
  const manifest = execFileSync(
    join(bin, 'asar'),
    ['extract-file', join(resources, 'app.asar'), 'package.json'],
    { cwd: home },
  );
  assert.equal(manifest.toString(), '');
  const { main } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { main: string };
  assert.equal(main, 'dist/desktop/main.js');
  assert.ok(!existsSync(join(resources, 'app')));
  assert.ok(!existsSync(join(resources, 'default_app.asar')));
});
