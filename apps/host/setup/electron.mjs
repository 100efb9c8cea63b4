// Finds or fetches Electron's binary without ever waiting long for a download that is refused.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { say, took } from './say.mjs';

/** How long to knock before giving up, in ms; the installer itself would retry for most of a minute. */
const knockMs = 4_000;

/** How long a refusal is remembered, in ms: a week. */
const rememberedMs = 7 * 24 * 3_600_000;

const versionOf = (folder) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

/** Path of the binary where it is already, else undefined. Never loads the package: that downloads. */
export function electronBinary(root, environment = process.env) {
  const folder = join(root, 'node_modules/electron');
  const dist = environment.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const binary = join(dist, 'electron');
  return existsSync(binary) ? binary : undefined;
}

const memoFile = (root) => join(root, 'node_modules/.cache/qenex-teller/electron-refused.json');

/** Whether a download of this version was refused lately. */
export function wasRefused(root, version, nowMs) {
  try {
    const memo = JSON.parse(readFileSync(memoFile(root), 'utf8'));
    return memo.version === version && nowMs - memo.atMs < rememberedMs;
  } catch {
    return false;
  }
}

export function rememberRefusal(root, version, nowMs) {
  try {
    mkdirSync(dirname(memoFile(root)), { recursive: true });
    writeFileSync(memoFile(root), JSON.stringify({ version, atMs: nowMs }));
  } catch {
    // Installed where this user may not write: it will be asked again, which costs seconds, not more.
  }
}

/** Whether the place the binary comes from answers at all. */
async function answers(version, environment) {
  const mirror =
    environment.ELECTRON_MIRROR ??
    environment.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/';
  try {
    const url = `${mirror}v${version}/SHASUMS256.txt`;
    const signal = AbortSignal.timeout(knockMs);
    return (await fetch(url, { method: 'HEAD', signal })).ok;
  } catch {
    return false;
  }
}

/**
 * Brings the binary when its source answers; returns its path, or undefined. `insist` is for the person
 * who asked for the desktop by name: an old refusal is forgotten and tried again.
 */
export async function fetchElectron(root, { insist }) {
  const folder = join(root, 'node_modules/electron');
  const version = versionOf(folder);
  if (insist) rmSync(memoFile(root), { force: true });
  if (wasRefused(root, version, Date.now())) return undefined;
  if (await answers(version, process.env)) {
    const from = performance.now();
    say(`fetching Electron ${version}`);
    spawnSync(process.execPath, ['install.js'], { cwd: folder, stdio: ['ignore', 2, 2] });
    if (electronBinary(root)) say(`Electron ${version} is in place (${took(from)})`);
  }
  const binary = electronBinary(root);
  if (!binary) rememberRefusal(root, version, Date.now());
  return binary;
}
