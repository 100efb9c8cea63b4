// Brings node_modules to what the lockfile says, the Node 24 inside it included.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { say, took } from './say.mjs';

const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * Whether what is installed is what the lockfile names. Contents are compared, not times: a checkout
 * touches the lockfile without changing it. A package for another platform may be absent.
 * @param {Record<string, any>} wanted `packages` of package-lock.json
 * @param {Record<string, any>} installed `packages` of node_modules/.package-lock.json
 */
export function isCurrent(wanted, installed) {
  const names = Object.keys(wanted).filter((name) => name !== '');
  return (
    names.every((name) => {
      const here = installed[name];
      if (!here) return wanted[name].optional === true;
      return here.version === wanted[name].version && here.integrity === wanted[name].integrity;
    }) && Object.keys(installed).every((name) => name in wanted)
  );
}

function installedIn(root) {
  try {
    return read(join(root, 'node_modules/.package-lock.json'));
  } catch {
    return undefined;
  }
}

/** The Node that runs npm: ours may be the one in node_modules, which `npm ci` is about to replace. */
const machineNode = process.env.npm_node_execpath ?? process.execPath;

function npm(root, ...args) {
  const script = process.env.npm_execpath;
  const [program, ...first] = script?.endsWith('.js') ? [machineNode, script] : ['npm'];
  return (
    spawnSync(program, [...first, ...args], { cwd: root, stdio: ['ignore', 2, 2] }).status === 0
  );
}

/** The Node 24 of the package `node`; where install scripts are switched off, its step is done here. */
export function nodeOf(root) {
  const folder = join(root, 'node_modules/node');
  const program = join(folder, 'bin/node');
  if (existsSync(program) || !existsSync(folder)) return program;
  say('install scripts are switched off; fetching Node 24 itself');
  spawnSync(machineNode, ['installArchSpecificPackage'], { cwd: folder, stdio: ['ignore', 2, 2] });
  return program;
}

/** Installs when needed; returns the path of Node 24, or undefined having said why there is none. */
export function ensureModules(root) {
  const installed = installedIn(root);
  const wanted = read(join(root, 'package-lock.json'));
  if (!installed || !isCurrent(wanted, installed)) {
    const from = performance.now();
    const count = Object.keys(wanted).length - 1;
    say(
      `${installed ? 'updating' : 'installing'} ${count} packages named by the lockfile (npm ci)`,
    );
    if (!npm(root, 'ci', '--no-audit', '--no-fund', '--loglevel=error')) {
      say('npm ci failed; its words are above. Is the package registry reachable?');
      return undefined;
    }
    say(`packages are in place (${took(from)})`);
  }
  const program = nodeOf(root);
  if (existsSync(program)) return program;
  say(`Node 24 is missing at ${dirname(program)}; run: npm rebuild node --ignore-scripts=false`);
  return undefined;
}
