// Measures from `npm start` to the first screen somebody can work with, on a machine that is set up already.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { expect } from '@playwright/test';
import { root, startKiosk } from '../e2e/kiosk.ts';
import { launchChromium } from './lib/counter-page.ts';
import { machine } from './lib/side-by-side.ts';
import { durability, spread } from './lib/spread.ts';

const { values: options } = parseArgs({
  options: {
    starts: { type: 'string', default: '7' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);

interface Start {
  /** Until the host said its address, in milliseconds. */
  readonly openMs: number;
  /** Until the sign-in had the focus in a browser that was started after that. */
  readonly usableMs: number;
}

/** One start without a display: the host says its address, and a browser is started on it, as it would itself. */
async function start(folder: string): Promise<Start> {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...env } = process.env;
  const args = ['start', '--', '--demo', '--data', folder];
  const from = performance.now();
  // A group of its own: npm, its shell and the host end together.
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const child = spawn('npm', args, { cwd: root, env, stdio: [...stdio], detached: true });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      const hear = (text: string): void => {
        said += text;
        const [, found] = said.match(/QENEX Teller is open at (\S+)\n/) ?? [];
        if (found) resolve(found);
      };
      child.stdout?.setEncoding('utf8').on('data', hear);
      child.stderr?.setEncoding('utf8').on('data', hear);
      child.once('close', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
    });
    const openMs = performance.now() - from;
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(url);
    await page.waitForFunction(() => document.activeElement?.closest('form') !== null);
    const usableMs = performance.now() - from;
    await expect(page.getByLabel('User', { exact: true })).toBeFocused();
    await browser.close();
    return { openMs, usableMs };
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}

say(machine(options.folder));
say(durability);
const home = mkdtempSync(join(options.folder, 'teller-bench-'));
const folder = join(home, 'branch');
try {
  const first = await startKiosk({ folder, demonstration: true });
  await first.stop();
  const starts: Start[] = [];
  // The first one warms the disk's cache, builds the screens where their sources changed, and is not counted.
  for (let each = 0; each <= Number(options.starts); each += 1) {
    const one = await start(folder);
    if (each > 0) starts.push(one);
  }
  say('npm start on the demonstration branch (15,000 events), kiosk host, Chromium started cold');
  say(`  address said       ${spread(starts.map(({ openMs }) => openMs))}`);
  say(`  sign-in can be used ${spread(starts.map(({ usableMs }) => usableMs))}`);
  say('  bar: 5 s, goal 2 s');
} finally {
  rmSync(home, { recursive: true, force: true });
}
