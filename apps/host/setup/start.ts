// Starts the workstation: builds the screens when their sources changed, then chooses the host.
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bin = join(root, 'node_modules/.bin');
const { electronBinary, fetchElectron } = await import('./electron.mjs' as string);
const { handOver } = await import('./hand-over.mjs' as string);
const { say, took } = await import('./say.mjs' as string);

const modifiedMs = (file: string): number =>
  statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whether a source is newer than what was built from it. */
function isStale(built: string, sources: readonly string[]): boolean {
  const files = globSync([...sources], { cwd: root });
  return files.some((file) => modifiedMs(file) > modifiedMs(built));
}

function build(host: 'desktop' | 'kiosk'): boolean {
  const shared = ['vite.config.ts', 'package-lock.json', 'apps/contract/**/*'];
  const screens = isStale('dist/screens/index.html', [...shared, 'apps/teller/**/*']);
  const main = host === 'desktop' && isStale('dist/desktop/main.js', [...shared, 'apps/**/*.ts']);
  if (!screens && !main) return true;
  const from = performance.now();
  const run = spawnSync(join(bin, 'vite'), ['build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: main ? process.env : { ...process.env, TELLER_BUILD: 'screens' },
  });
  say(run.status === 0 ? `built the screens (${took(from)})` : 'the build failed; see above');
  return run.status === 0;
}

/** Why Electron cannot be taken, in a sentence, or the path of its binary. */
async function electron(insist: boolean): Promise<{ binary?: string; reason?: string }> {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { reason: 'there is no display for Electron' };
  }
  if (process.getuid?.() === 0) return { reason: 'Electron does not run as root' };
  const binary = electronBinary(root) ?? (await fetchElectron(root, { insist }));
  return binary ? { binary } : { reason: "Electron's binary is not here and cannot be fetched" };
}

async function main(args: readonly string[]): Promise<number | undefined> {
  const asked = args.find((one) => one.startsWith('--host='))?.slice('--host='.length);
  const rest = args.filter((one) => !one.startsWith('--host='));
  const { binary, reason } = asked === 'kiosk' ? {} : await electron(asked === 'desktop');
  if (asked === 'desktop' && !binary) {
    say(`${reason}; npm start opens the workstation in a browser instead`);
    return 1;
  }
  if (reason) say(`${reason}; taking the kiosk host`);
  if (!rest.includes('--dev') && !build(binary ? 'desktop' : 'kiosk')) return 1;
  if (binary) handOver(binary, [root, ...rest], bin);
  else handOver(process.execPath, [join(root, 'apps/host/kiosk/main.ts'), ...rest], bin);
  return undefined;
}

const code = await main(process.argv.slice(2));
if (code !== undefined) process.exitCode = code;
