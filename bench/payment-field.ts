// Measures how long after a key the sentence about a wrong IBAN stands at its field, in the real page.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { openCounterPage } from './lib/counter-page.ts';
import { machine } from './lib/side-by-side.ts';
import { spread } from './lib/spread.ts';

const { values: options } = parseArgs({
  options: {
    times: { type: 'string', default: '50' },
    /** Between two keys: a hundred milliseconds are a fast typist's ten keys a second. */
    pauseMs: { type: 'string', default: '100' },
    folder: { type: 'string', default: tmpdir() },
  },
});

/** Watches in the page: the input begins, the alert at the field ends. */
async function watch(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    const waited: number[] = [];
    Object.assign(window, { waited });
    let typedMs = 0;
    // On the way down: on the way up React has answered already, and the wait would begin a key too early.
    const begin = (event: Event): void => {
      typedMs = event.timeStamp;
    };
    addEventListener('input', begin, { capture: true });
    const look = (): void => {
      const alert = document.querySelector('main form [role="alert"]');
      if (!alert || typedMs === 0) return;
      const fromMs = typedMs;
      typedMs = 0;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => waited.push(performance.now() - fromMs);
        port2.postMessage(null);
      });
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { waited: readonly number[] }).waited);
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
say(machine(options.folder));
const { page, desk, close } = await openCounterPage({ parent: options.folder });
try {
  await desk.frame.command('p 1000 0295 FR14 2004 1010 0505 0001 3M02 606 600');
  const iban = desk.counter.field('IBAN of the payee');
  await iban.focus();
  const waited = await watch(page);
  const alert = page.locator('main form [role="alert"]');
  const pause = () => page.waitForTimeout(Number(options.pauseMs));
  const one = async (): Promise<void> => {
    await pause();
    // The last character is chosen first, so that one key makes the right number wrong.
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.type('6');
    await alert.waitFor({ state: 'detached' });
    await pause();
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.type('7');
    await alert.waitFor({ state: 'attached' });
  };
  await page.keyboard.press('End');
  for (let each = 0; each < Number(options.times) + 5; each += 1) await one();
  // The first few warm the page and the station, and are not counted.
  const counted = (await waited()).slice(5);
  say(
    `a key to the sentence at the field: ${counted.length} wrong IBANs, ${options.pauseMs} ms between keys, kiosk host, headless Chromium`,
  );
  say(`  shown by the frame ${spread(counted)}`);
  say('  bar: 50 ms');
} finally {
  await close();
}
