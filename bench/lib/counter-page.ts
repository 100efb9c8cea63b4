// A teller's page in Chromium on a kiosk with the demonstration branch: for benches of what a person sees.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type KioskProcess, startKiosk } from '../../e2e/kiosk.ts';
import { openCounter } from '../../e2e/opened.ts';
import { createPeople } from '../../e2e/pages/demonstration.ts';
import { createDesk, type Desk } from '../../e2e/pages/desk.ts';
import config from '../../e2e/playwright.config.ts';

export interface CounterPage {
  readonly page: Page;
  readonly desk: Desk;
  /** Who knows the codes that were used already, for signing in further people. */
  readonly people: ReturnType<typeof createPeople>;
  readonly folder: string;
  close(): Promise<void>;
}

export interface CounterPageOptions {
  /** Folder the branch is made under. */
  readonly parent: string;
  /** Does something to the demonstration branch while nobody has it open. */
  prepare?(folder: string): Promise<void>;
}

/** Debian's Chromium with the flags the end-to-end tests use. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ ...config.use?.launchOptions, headless: true });
}

/** Makes the branch, opens its day and Till 2 for ana, and signs her in at a window of 1366 x 768. */
export async function openCounterPage(options: CounterPageOptions): Promise<CounterPage> {
  const home = mkdtempSync(join(options.parent, 'teller-bench-'));
  const folder = join(home, 'branch');
  let kiosk = await startKiosk({ folder, demonstration: true });
  if (options.prepare) {
    await kiosk.stop();
    await options.prepare(folder);
    kiosk = await startKiosk({ folder, demonstration: true });
  }
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  const people = createPeople();
  const desk = await enter(kiosk, page, people);
  return Object.freeze({
    ...{ page, desk, people, folder },
    async close() {
      await browser.close();
      await kiosk.stop();
      rmSync(home, { recursive: true, force: true });
    },
  });
}

async function enter(
  kiosk: KioskProcess,
  page: Page,
  people: ReturnType<typeof createPeople>,
): Promise<Desk> {
  await page.goto(kiosk.url);
  const parts = { request: page, origin: kiosk.origin };
  const supervisor = await people.robot(parts, 'sam');
  const teller = await people.robot(parts, 'ana');
  await openCounter({ people, supervisor, teller, till: 'Till 2' });
  for (const robot of [supervisor, teller]) robot.close();
  const desk = createDesk(page);
  await people.signIn(desk, 'ana');
  await desk.frame.status('12,000.00');
  return desk;
}
