// Looks at a branch while ten thousand events made offline catch up: what its screens say, and how quick the counter stays.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { openTestOffice, type TestOffice } from '../apps/host/office/office.fixture.ts';
import { type KioskProcess, startKiosk } from '../e2e/kiosk.ts';
import { openCounter } from '../e2e/opened.ts';
import { createPeople, type People } from '../e2e/pages/demonstration.ts';
import { createDesk, type Desk } from '../e2e/pages/desk.ts';
import type { Robot } from '../e2e/robot.ts';
import { launchChromium } from './lib/counter-page.ts';
import { jumps, type Said, watchLine } from './lib/line-watch.ts';
import { seedPostings } from './lib/offline-postings.ts';
import { type Waited, watchPosted } from './lib/posted-watch.ts';
import { machine } from './lib/side-by-side.ts';
import { durability, spread } from './lib/spread.ts';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '10000' },
    deposits: { type: 'string', default: '10' },
    pictures: { type: 'string', default: '' },
  },
});
const events = Number(options.events);
const branchCode = '001';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function transfer(teller: Robot, from: string, to: string): Promise<void> {
  const [owner] = (await teller.ask('account.get', { number: from })).owners;
  const conductor = { kind: 'customer' as const, customer: owner?.customer ?? 0 };
  const money = { amountMinor: '100', currency: 'EUR' };
  const draft = { task: 'transfer' as const, from, to, ...money, conductor };
  const { state } = await teller.ask('posting.post', { draft });
  if (state !== 'posted') throw new Error(`the transfer was ${state}`);
}

/** The demonstration branch with its day and Till 2 open, then so many postings more, all unheard of. */
async function makeBranch(folder: string, people: People, page: Page): Promise<void> {
  const kiosk = await startKiosk({ folder, demonstration: true });
  await page.goto(kiosk.url);
  const parts = { request: page, origin: kiosk.origin };
  const [supervisor, teller] = [await people.robot(parts, 'sam'), await people.robot(parts, 'ana')];
  await openCounter({ people, supervisor, teller, till: 'Till 2' });
  for (const [from, to] of [['10000295', '10000307'] as const, ['10000307', '10000295'] as const]) {
    await transfer(teller, from, to);
  }
  for (const robot of [supervisor, teller]) robot.close();
  await kiosk.stop();
  await seedPostings(folder, events);
}

/** One deposit by keyboard. */
async function deposit(desk: Desk): Promise<void> {
  await desk.frame.command('d 1000 0295 5');
  await desk.counter.notes({ 500: 1 });
  await desk.counter.post();
}

interface Windows {
  readonly kiosk: KioskProcess;
  readonly teller: Desk;
  readonly watcher: Desk;
}

/** A teller at the counter, and somebody who looks at head office's page. */
async function openWindows(folder: string, people: People, pages: [Page, Page]): Promise<Windows> {
  const kiosk = await startKiosk({ folder, demonstration: true });
  await pages[0].goto(kiosk.url);
  const headers = { origin: kiosk.origin };
  const answer = await pages[0].request.post(`${kiosk.origin}/window`, { headers });
  await pages[1].goto(((await answer.json()) as { url: string }).url);
  const [teller, watcher] = [createDesk(pages[0]), createDesk(pages[1])];
  await people.signIn(teller, 'ana');
  await people.signIn(watcher, 'ben');
  await watcher.frame.command('office');
  await teller.frame.status('without head office');
  return { kiosk, teller, watcher };
}

async function picture(page: Page, name: string): Promise<void> {
  if (options.pictures === '') return;
  await page.screenshot({ path: join(options.pictures, `catching-up-${name}.png`) });
}

/** Deposits until head office has everything; returns how long that took from the first word of it. */
async function catchUp(office: TestOffice, windows: Windows): Promise<number> {
  const { teller, watcher } = windows;
  office.cluster.start();
  await watcher.page.getByText(/\d+ of [\d,]+ delivered/).waitFor({ timeout: 120_000 });
  const from = performance.now();
  for (let shot = 0; ; shot += 1) {
    await picture(watcher.page, `office-${shot}`);
    await deposit(teller);
    if (shot === 0) await picture(teller.page, 'counter');
    const state = await watcher.page.getByText('Everything is delivered').isVisible();
    if (state) return performance.now() - from;
  }
}

function report(said: readonly Said[], name: string): void {
  const { count, back, last } = jumps(said);
  say(`  ${name}: ${count} different sentences, ${back.length} that went back, the last: ${last}`);
  for (const each of back.slice(0, 5)) say(`    went back: ${each}`);
}

async function play(office: TestOffice, folder: string, pages: [Page, Page]): Promise<void> {
  const people = createPeople();
  const bundle = await office.enrol({ branch: branchCode, name: 'Riverside' });
  await makeBranch(folder, people, pages[0]);
  office.cluster.stop('fast');
  writeFileSync(join(folder, 'office.json'), JSON.stringify(bundle), { mode: 0o600 });
  const windows = await openWindows(folder, people, pages);
  const { teller, watcher, kiosk } = windows;
  await picture(watcher.page, 'offline');
  const said = { line: await watchLine(teller.page), page: await watchLine(watcher.page) };
  const waited = await watchPosted(teller.page);
  const some = async (): Promise<readonly Waited[]> => {
    const before = (await waited()).length;
    for (let each = 0; each < Number(options.deposits); each += 1) await deposit(teller);
    return (await waited()).slice(before);
  };
  await some();
  const offline = await some();
  const before = (await waited()).length;
  const tookMs = await catchUp(office, windows);
  const during = (await waited()).slice(before);
  await picture(watcher.page, 'done');
  const after = await some();
  // Not the frame that shows it: one headless browser paints its second window when it pleases.
  const shown = (list: readonly Waited[]) => spread(list.map((each) => each.said));
  say(`all delivered ${(tookMs / 1000).toFixed(1)} s after the page first said how many`);
  say(`  Enter to posted, said in the page: offline     ${shown(offline)}`);
  say(`  Enter to posted, said in the page: catching up ${shown(during)}`);
  say(`  Enter to posted, said in the page: online      ${shown(after)}`);
  report(await said.line(), 'status line of the teller');
  report(await said.page(), "head office's page");
  await kiosk.stop();
}

say(machine(tmpdir()));
say(durability);
const home = mkdtempSync(join(tmpdir(), 'teller-catching-up-'));
const office = await openTestOffice({ isDurable: true, serves: true });
const browser = await launchChromium();
try {
  const viewport = { width: 1366, height: 768 };
  const context = await browser.newContext({ viewport });
  await play(office, join(home, 'branch'), [await context.newPage(), await context.newPage()]);
} finally {
  await browser.close();
  await office.remove();
  rmSync(home, { recursive: true, force: true });
}
