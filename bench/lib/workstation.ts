// Starts a workstation to be measured: an empty folder, the host, and where asked a browser window.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type KioskProcess, startKiosk } from '../../e2e/kiosk.ts';
import { openRobot, type Robot } from '../../e2e/robot.ts';
import { machine, quantile } from './side-by-side.ts';

export interface Measured {
  readonly folder: string;
  readonly kiosk: KioskProcess;
  /** The first window, without a page. */
  readonly robot: Robot;
  close(): Promise<void>;
}

/** An empty branch in a folder of its own, gone afterwards. */
export async function startMeasured(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'teller-bench-'));
  const kiosk = await startKiosk({ folder, demonstration: false });
  const robot = await openRobot(kiosk.url);
  return Object.freeze({
    ...{ folder, kiosk, robot },
    async close() {
      robot.close();
      await kiosk.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

/** Debian's Chromium without a display. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env.TELLER_CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A page in a window of its own. */
export async function openPage(browser: Browser, robot: Robot): Promise<Page> {
  const { origin, cookie } = robot;
  const answer = await fetch(`${origin}/window`, { method: 'POST', headers: { origin, cookie } });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto(((await answer.json()) as { url: string }).url);
  return page;
}

/** Resident memory of a process, in KiB. */
export function residentKib(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1]);
}

/** Median, spread and the far end of a list of milliseconds, in one line. */
export function spread(name: string, valuesMs: readonly number[]): string {
  const at = (part: number): string => quantile(valuesMs, part).toFixed(1);
  return `${name}: n ${valuesMs.length}, median ${at(0.5)} ms, p5 ${at(0.05)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(1)}\n`;
}

/** What was measured on. The station's database: WAL, synchronous FULL, AEGIS-256 pages. */
export function header(folder: string): string {
  return `${machine(folder)}\nhost: kiosk from source; database: WAL, synchronous=FULL, AEGIS-256\n`;
}
