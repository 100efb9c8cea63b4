// Takes the time in the page from the key Enter to the sentence that it is posted, and to the frame that shows it.
import type { Page } from '@playwright/test';

export interface Waited {
  /** From the key's own time to the sentence in the page, in milliseconds. */
  readonly said: number;
  /** The same to the end of the frame that shows it. */
  readonly shown: number;
}

/** Watches in the page: the key Enter begins, a sentence with another number ends. */
export async function watchPosted(page: Page): Promise<() => Promise<readonly Waited[]>> {
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
