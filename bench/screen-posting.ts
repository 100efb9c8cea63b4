// Enter to durably posted, seen from the page: deposits through the real screens, one after the other.

import { passwords, setUpBranch } from '../e2e/pages/branch.ts';
import { createDesk } from '../e2e/pages/desk.ts';
import { header, openPage, spread, startBrowser, startMeasured } from './lib/workstation.ts';

const count = Number(process.argv[2] ?? 200);

declare global {
  var enteredAt: number;
  var postedMs: number[];
}

const measured = await startMeasured();
const browser = await startBrowser();
try {
  const { account, ben } = await setUpBranch(measured.robot);
  const page = await openPage(browser, ben);
  const desk = createDesk(page);
  await desk.gate.signIn('ben', passwords.ben);
  await desk.gate.inside();
  await page.evaluate(() => {
    globalThis.postedMs = [];
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') globalThis.enteredAt = event.timeStamp;
      },
      true,
    );
    const last = document.querySelector('#command-meaning') as Element;
    let seen = '';
    new MutationObserver(() => {
      const text = last.textContent ?? '';
      if (!text.startsWith('Posted') || text === seen) return;
      seen = text;
      globalThis.postedMs.push(performance.now() - globalThis.enteredAt);
    }).observe(last, { childList: true, subtree: true, characterData: true });
  });
  for (let index = 0; index < count; index += 1) {
    await desk.frame.command(`d ${account} 10`);
    await desk.counter.post();
  }
  const times = await page.evaluate(() => globalThis.postedMs);
  process.stdout.write(header(measured.folder));
  process.stdout.write(
    spread('Enter to posted, seen from the page (bar: p95 under 150 ms)', times),
  );
} finally {
  await browser.close();
  await measured.close();
}
