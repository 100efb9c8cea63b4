// Measures how long a key takes to stand on the screen while the search answers it, with many customers registered.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { openCounterPage } from './lib/counter-page.ts';
import { openClosedBranch } from './lib/counter-station.ts';
import { inventedCustomer } from './lib/invented-customers.ts';
import { machine, quantile } from './lib/side-by-side.ts';
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

/** One key as the page lived through it, in ms. */
interface Echo {
  /** From the key's own time to the first handler: what the browser and the machine took before us. */
  readonly delayMs: number;
  /** From the first handler until handlers, state and render are through: what we take. */
  readonly workMs: number;
  /** From the key's own time to the end of the frame that shows it: what a person sees. */
  readonly echoMs: number;
}

/** Watches each key in the page. The message posted while the key is handled is read once all of it is through. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept: { delayMs: number; workMs: number; echoMs: number }[] = [];
    Object.assign(window, { echoes: kept });
    let [pressedMs, begunMs] = [0, 0];
    addEventListener(
      'keydown',
      (event) => {
        pressedMs = event.timeStamp;
        begunMs = performance.now();
      },
      { capture: true },
    );
    const soon = (then: () => void): void => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(null);
    };
    addEventListener(
      'input',
      () => {
        // A sign that no key of the keyboard makes is put in without a keydown: it has no time to start from.
        if (pressedMs === 0) return;
        const [fromMs, startMs] = [pressedMs, begunMs];
        pressedMs = 0;
        let workMs = Number.NaN;
        soon(() => {
          workMs = performance.now() - startMs;
        });
        requestAnimationFrame(() =>
          soon(() => {
            const echoMs = performance.now() - fromMs;
            kept.push({ delayMs: startMs - fromMs, workMs: workMs || echoMs, echoMs });
          }),
        );
      },
      { capture: true },
    );
  });
}

/** The keys since the last question. */
function echoes(page: Page): Promise<readonly Echo[]> {
  return page.evaluate(() => (window as unknown as { echoes: Echo[] }).echoes.splice(0));
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

/** A page just brought to the front draws its first frames late, whatever is in it: they are not counted. */
async function settle(page: Page): Promise<void> {
  await page.bringToFront();
  await page.keyboard.type('ab', { delay: betweenKeysMs });
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let frames = 0;
        const next = (): void => {
          frames += 1;
          if (frames === 30) resolve();
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
  );
  await echoes(page);
}

function tell(where: string, ours: readonly Echo[], bare: readonly Echo[]): void {
  say(`  ${where}`);
  const parts = [
    ['before us', 'delayMs'],
    ['our work', 'workMs'],
    ['echo', 'echoMs'],
  ] as const;
  for (const [name, part] of parts) {
    const [own, floor] = [ours, bare].map((all) => all.map((each) => each[part]));
    say(`    ${name.padEnd(10)} ours ${spread(own ?? [])}`);
    say(`    ${''.padEnd(10)} bare ${spread(floor ?? [])}`);
    const at = (rank: number) => quantile(own ?? [], rank) / quantile(floor ?? [], rank);
    say(`    ${''.padEnd(10)} ours / bare  p50 ${at(0.5).toFixed(2)}  p99 ${at(0.99).toFixed(2)}`);
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
    const times = new Map<Page, Echo[]>([page, floor].map((each) => [each, []]));
    // Turn by turn, so that what slows the machine slows both; the first round warms and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [each, kept] of times) {
        await settle(each);
        await typeAll(each);
        const echoed = await echoes(each);
        if (round > 0) kept.push(...echoed);
      }
    }
    tell(where, times.get(page) ?? [], times.get(floor) ?? []);
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
  say(
    '  bar: p99 32 ms, goal 16 ms; one frame is 16.7 ms. What is before us is the machine’s own.',
  );
} finally {
  await close();
}

function seconds(fromMs: number): string {
  return ((performance.now() - fromMs) / 1000).toFixed(1);
}
