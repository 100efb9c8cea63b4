// Measures how long a teller waits from Enter to the sentence that the deposit is posted, in the real page.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { openCounterPage } from './lib/counter-page.ts';
import { watchPosted } from './lib/posted-watch.ts';
import { machine } from './lib/side-by-side.ts';
import { durability, spread } from './lib/spread.ts';

const { values: options } = parseArgs({
  options: {
    deposits: { type: 'string', default: '200' },
    folder: { type: 'string', default: tmpdir() },
  },
});

const say = (line: string) => void process.stdout.write(`${line}\n`);
const deposits = Number(options.deposits);
say(machine(options.folder));
say(durability);
const { page, desk, close } = await openCounterPage({ parent: options.folder });
try {
  const waited = await watchPosted(page);
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
