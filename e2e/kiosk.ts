// Starts the kiosk host from source as a child process and lets browser windows in.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
const node = join(root, 'node_modules/.bin/node');
const main = join(root, 'apps/host/kiosk/main.ts');

export interface KioskOptions {
  readonly folder: string;
  readonly demonstration: boolean;
  /** Further options of the command line, such as `--serve-lan`. */
  readonly more?: readonly string[];
}

export interface KioskProcess {
  /** Address with the ticket of the first window. */
  readonly url: string;
  readonly origin: string;
  /** Process number, for who measures it. */
  readonly pid: number;
  /** What the host printed so far, to show when a test fails. */
  output(): string;
  /** Ends it in order (SIGTERM), or pulls the plug (SIGKILL); resolves with its exit code. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** A demonstration is made first where there is none: on a machine with much else to do that takes its time. */
const startMs = 600_000;

function addressOf(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`the kiosk ${why}:\n${output()}`));
    const timer = setTimeout(() => fail(`did not open in ${startMs / 1000} s`), startMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
    child.stdout?.on('data', () => {
      const [, url] = output().match(/^QENEX Teller is open at (\S+)\n/m) ?? [];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}

/** Starts the host on a folder; rejects with what it said when it does not open. */
export async function startKiosk({
  folder,
  demonstration,
  more = [],
}: KioskOptions): Promise<KioskProcess> {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...env } = process.env;
  const args = [main, '--data', folder, ...(demonstration ? ['--demo'] : []), ...more];
  const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await addressOf(child, () => said);
  return Object.freeze({
    url,
    origin: new URL(url).origin,
    pid: child.pid ?? 0,
    output: () => said,
    stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  });
}
