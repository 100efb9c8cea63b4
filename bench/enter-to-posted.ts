// Measures how long a teller waits from Enter to the sentence that the deposit is posted, in the real page.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { openCounterPage } from './lib/counter-page.ts';
import { machine } from './lib/side-by-side.ts';
import { durability, spread } from './lib/spread.ts';

const { values: options } = parseArgs({
  options: {
    deposits: { type: 'string', default: '200' },
    folder: { type: 'string', default: tmpdir() },
  },
});

interface Waited {
  /** From the key's own time to the sentence in the page, in milliseconds. */
  readonly said: number;
  /** The same to the end of the frame that shows it. */
  readonly shown: number;
}

/** Watches in the page: the key Enter begins, a sentence with another number ends. */
async function watch(page: Page): Promise<() => Promise<readonly Waited[]>> {
  await page.evaluate(() => {
    const waited: Waited[] = [];
    Object.assign(window, { waited });
    let enteredMs = 0;
    let last = '';
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') enteredMs = event.timeStamp;
      },
      { capture: true },
    );
    const look = (): void => {
      const sentence = document.getElementById('command-meaning')?.textContent ?? '';
      const [, number] = sentence.match(/^Posted: .*no\. (\d+)$/) ?? [];
      if (number === undefined || number === last) return;
      last = number;
      const [fromMs, said] = [enteredMs, performance.now() - enteredMs];
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => waited.push({ said, shown: performance.now() - fromMs });
        port2.postMessage(null);
      });
    };
    const observed = { childList: true, characterData: true, subtree: true };
    new MutationObserver(look).observe(document.body, observed);
  });
  return () => page.evaluate(() => (window as unknown as { waited: readonly Waited[] }).waited);
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
const deposits = Number(options.deposits);
say(machine(options.folder));
say(durability);
const { page, desk, close } = await openCounterPage({ parent: options.folder });
try {
  const waited = await watch(page);
  const one = async (): Promise<void> => {
    await desk.frame.command('d 1000 0295 5');
    await desk.counter.notes({ 500: 1 });
    await desk.counter.post();
  };
  // The first few warm the page and the station, and are not counted.
  for (let warm = 0; warm < 5; warm += 1) await one();
  for (let each = 0; each < deposits; each += 1) await one();
  const counted = (await waited()).slice(5);
  say(`enter to posted: ${deposits} cash deposits, kiosk host, headless Chromium, one desk`);
  say(`  said in the page   ${spread(counted.map(({ said }) => said))}`);
  say(`  shown by the frame ${spread(counted.map(({ shown }) => shown))}`);
  say('  bar: p95 150 ms, goal 40 ms');
} finally {
  await close();
}
