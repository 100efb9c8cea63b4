// Compiles the addon with the system's compiler, where there is one; never makes a set-up fail.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'native/addon.cc');
const folder = join(root, 'dist/native');
const output = join(folder, 'qenex_banking.node');
const stamp = join(folder, 'qenex_banking.from');

const flags = [
  ...['-std=c++17', '-O2', '-fPIC', '-shared', '-fvisibility=hidden', '-fno-exceptions', '-s'],
  ...['-Wall', '-Wextra', '-Werror', '-pthread', '-fstack-protector-strong', '-Wl,-z,relro,-z,now'],
  '-DNAPI_VERSION=8',
  '-DNODE_ADDON_API_DISABLE_CPP_EXCEPTIONS',
  '-DNAPI_DISABLE_CPP_EXCEPTIONS',
  // Electron forbids memory of ours behind a JavaScript buffer.
  '-DNODE_API_NO_EXTERNAL_BUFFERS_ALLOWED',
  '-D_FORTIFY_SOURCE=2',
];
// As system headers, so that our warnings are about our lines.
const headers = ['node-addon-api', 'node-api-headers/include'].flatMap((name) => [
  '-isystem',
  join(root, 'node_modules', name),
]);

/** What the addon is made of: the same text, flags and machine need no compiling. */
function recipe() {
  const hash = createHash('sha256').update(readFileSync(source));
  return hash.update(JSON.stringify([flags, process.arch, process.platform])).digest('hex');
}

/**
 * Builds the addon; returns null, or one sentence why there is none.
 * @returns {string | null}
 */
export function buildAddon() {
  if (process.platform !== 'linux') return 'The guard’s addon is for Linux; going on without it.';
  if (!existsSync(join(root, 'node_modules/node-addon-api'))) {
    return 'The headers of the guard’s addon are not installed; going on without it.';
  }
  const made = recipe();
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === made) return null;
  mkdirSync(folder, { recursive: true });
  // Built aside and moved: a process that has the old one loaded keeps it.
  const aside = `${output}.${process.pid}`;
  const compiler = process.env.CXX ?? 'g++';
  const built = spawnSync(compiler, [...flags, ...headers, source, '-o', aside], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (built.error)
    return `No ${compiler} here: the guard’s addon is not built; going on without it.`;
  if (built.status !== 0) {
    return `The guard’s addon could not be compiled; going on without it.\n${built.stderr}`;
  }
  renameSync(aside, output);
  writeFileSync(stamp, made);
  return null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const why = buildAddon();
  process.stderr.write(why ? `${why}\n` : '');
}
