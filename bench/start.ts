// Start to first usable screen: from the start of the host to the form under the cursor in a browser window.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKiosk } from '../e2e/kiosk.ts';
import { header, spread, startBrowser } from './lib/workstation.ts';

const rounds = Number(process.argv[2] ?? 10);

const folder = mkdtempSync(join(tmpdir(), 'teller-bench-'));
const browser = await startBrowser();
const hosts: number[] = [];
const screens: number[] = [];
try {
  for (let round = 0; round <= rounds; round += 1) {
    const from = performance.now();
    const kiosk = await startKiosk({ folder, demonstration: false });
    const address = performance.now();
    const page = await browser.newPage();
    await page.goto(kiosk.url);
    await page.locator('form input').first().waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
    const usable = performance.now();
    // The first start makes the key and the schema; what comes after is what happens every morning.
    if (round > 0) {
      hosts.push(address - from);
      screens.push(usable - from);
    }
    await page.close();
    await kiosk.stop();
  }
  process.stdout.write(header(folder));
  process.stdout.write(spread('host listening', hosts));
  process.stdout.write(spread('first usable screen (bar: under 5,000 ms)', screens));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
