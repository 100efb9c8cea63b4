// Measures how long a key takes to stand on the screen while the search answers it, with many customers registered.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { openCounterPage } from './lib/counter-page.ts';
import { openClosedBranch } from './lib/counter-station.ts';
import { inventedCustomer } from './lib/invented-customers.ts';
import { machine } from './lib/side-by-side.ts';
import { durability, spread } from './lib/spread.ts';

const { values: options } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '4' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const customers = Number(options.customers);
const rounds = Number(options.rounds);
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Between two keys, in ms: 120 words a minute, faster than anybody types a name at a counter. */
const betweenKeysMs = 100;
/** Numbers far above the demonstration's own. */
const firstCustomer = 1_000_000;
const batch = 1_000;

/** Registers the customers through the ledger, a thousand to a transaction. */
async function register(folder: string): Promise<void> {
  const branch = await openClosedBranch(folder);
  try {
    for (let done = 0; done < customers; done += batch) {
      branch.ledger.write(() => {
        for (let each = done; each < Math.min(customers, done + batch); each += 1) {
          const customer = firstCustomer + each;
          const data = { customer, details: inventedCustomer(customer) };
          branch.ledger.append({ type: 'customer.registered', actor: 'system', data });
        }
      });
    }
  } finally {
    branch.close();
  }
}

/** Watches in the page: from the key's own time to the end of the frame that shows what it typed. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.assign(window, { echoes: [] as number[] });
    let pressedMs = 0;
    addEventListener(
      'keydown',
      (event) => {
        pressedMs = event.timeStamp;
      },
      { capture: true },
    );
    addEventListener(
      'input',
      () => {
        const fromMs = pressedMs;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () =>
            (window as unknown as { echoes: number[] }).echoes.push(performance.now() - fromMs);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
}

/** The times since the last question. */
function echoes(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => (window as unknown as { echoes: number[] }).echoes.splice(0));
}

const texts = ['marta keller', 'jürgen schell', 'dmitrij', 'schellmann', 'anna br', '0301234567'];

/** The floor: a bare input on an empty page of the same browser, which nothing but the machine can slow. */
async function openFloor(beside: Page): Promise<Page> {
  const floor = await beside.context().browser()?.newPage();
  if (!floor) throw new Error('the browser is gone');
  await floor.setContent('<!doctype html><input id="floor">');
  await floor.locator('#floor').focus();
  return floor;
}

async function typeAll(page: Page): Promise<void> {
  for (const text of texts) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text, { delay: betweenKeysMs });
  }
}

say(machine(options.folder));
say(durability);
const from = performance.now();
const { page, desk, close } = await openCounterPage({
  parent: options.folder,
  prepare: register,
});
try {
  say(`${customers} customers registered and the branch open in ${seconds(from)} s`);
  const floor = await openFloor(page);
  const measure = async (where: string): Promise<void> => {
    const times = new Map<Page, number[]>([page, floor].map((each) => [each, []]));
    // Turn by turn, so that what slows the machine slows both; the first round warms and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [each, kept] of times) {
        await each.bringToFront();
        await typeAll(each);
        const echoed = await echoes(each);
        if (round > 0) kept.push(...echoed);
      }
    }
    say(`  ${where.padEnd(14)} ${spread(times.get(page) ?? [])}`);
    say(`    bare input   ${spread(times.get(floor) ?? [])}`);
  };
  for (const each of [page, floor]) await watch(each);
  await page.bringToFront();
  say(`key echo: ${betweenKeysMs} ms between keys, kiosk host, headless Chromium at 60 frames/s`);
  await expect(desk.frame.bar).toBeFocused();
  await measure('command bar');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F2');
  const field = page.getByRole('main').getByLabel('Find', { exact: true });
  await expect(field).toBeFocused();
  await page.keyboard.type('an');
  await expect(page.getByRole('grid', { name: 'Customers found' })).toBeVisible();
  await measure('search field');
  say('  bar: p99 32 ms, goal 16 ms; one frame is 16.7 ms');
} finally {
  await close();
}

function seconds(fromMs: number): string {
  return ((performance.now() - fromMs) / 1000).toFixed(1);
}
