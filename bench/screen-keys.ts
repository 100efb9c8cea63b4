// Key echo: from the key going down to the frame that shows it, with a search open over many customers.

import { passwords, setUpBranch } from '../e2e/pages/branch.ts';
import { createDesk } from '../e2e/pages/desk.ts';
import type { Robot } from '../e2e/robot.ts';
import { header, openPage, spread, startBrowser, startMeasured } from './lib/workstation.ts';

const customers = Number(process.argv[2] ?? 100_000);
const keys = Number(process.argv[3] ?? 600);

declare global {
  var echoMs: number[];
}

const families = ['Keller', 'Weber', 'Okafor', 'Silva', 'Nowak', 'Lindgren', 'Moreau', 'Haas'];

/** Registers so many people, sixteen at a time. */
async function register(robot: Robot): Promise<void> {
  let next = 0;
  const hand = async (): Promise<void> => {
    while (next < customers) {
      const index = next++;
      await robot.ask('customer.register', {
        details: {
          kind: 'person',
          givenName: `Given${(index * 7919) % 10_007}`,
          familyName: `${families[index % families.length]}${index % 997}`,
          birthDate: `19${50 + (index % 50)}-03-04`,
          nationality: 'DE',
          address: { townName: 'Hamburg', country: 'DE' },
          phones: [],
          documents: [{ kind: 'passport', number: `C${index}X`, country: 'DE' }],
        },
      });
    }
  };
  await Promise.all(Array.from({ length: 16 }, hand));
}

const measured = await startMeasured();
const browser = await startBrowser();
try {
  const { ben } = await setUpBranch(measured.robot);
  await register(ben);
  const page = await openPage(browser, ben);
  const desk = createDesk(page);
  await desk.gate.signIn('ben', passwords.ben);
  await desk.gate.inside();
  await page.evaluate(() => {
    globalThis.echoMs = [];
    addEventListener(
      'keydown',
      (event) => {
        const downAt = event.timeStamp;
        // The frame that shows the sign: drawn after the next animation callback, told by a task behind it.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => globalThis.echoMs.push(performance.now() - downAt);
          port2.postMessage(null);
        });
      },
      true,
    );
  });
  await desk.frame.command('c');
  const text = 'keller12 weber okafor3 silva nowak lindgren moreau haas ';
  for (let index = 0; index < keys; index += 1) {
    if (index % text.length === 0) await page.keyboard.press('Control+a');
    await page.keyboard.type(text[index % text.length] ?? 'a', { delay: 30 });
  }
  const times = await page.evaluate(() => globalThis.echoMs);
  process.stdout.write(header(measured.folder));
  process.stdout.write(
    `${customers} customers, the customers' screen searching while it is typed\n`,
  );
  process.stdout.write(spread('key echo (bar: p99 under 32 ms)', times));
} finally {
  await browser.close();
  await measured.close();
}
