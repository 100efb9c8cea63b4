// Watches a teller's page while a model trains: its thread must not stand still, nor the station keep it waiting.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { openCounterPage } from './lib/counter-page.ts';
import { machine } from './lib/side-by-side.ts';
import { spread } from './lib/spread.ts';

const { values: options } = parseArgs({
  options: {
    /** How long the page is watched at rest. */
    restSeconds: { type: 'string', default: '5' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Starts a loop in the page that notes how long its thread kept the next turn waiting. */
async function watch(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    const gaps: number[] = [];
    Object.assign(window, { gaps });
    const { port1, port2 } = new MessageChannel();
    let before = performance.now();
    port1.onmessage = () => {
      const now = performance.now();
      gaps.push(now - before);
      before = now;
      // A turn each millisecond or so: a loop without pause would itself be the load.
      setTimeout(() => {
        before = performance.now();
        port2.postMessage(null);
      }, 1);
    };
    port2.postMessage(null);
  });
  return () =>
    page.evaluate(() => (window as unknown as { gaps: number[] }).gaps.splice(0, Number.MAX_VALUE));
}

say(machine(options.folder));
const { page, people, close } = await openCounterPage({ parent: options.folder });
try {
  const { origin } = new URL(page.url());
  const rita = await people.robot({ request: page, origin }, 'rita');
  const taken = await watch(page);
  const answers: number[] = [];
  const ask = async (): Promise<void> => {
    const from = performance.now();
    await rita.ask('session.state', {});
    answers.push(performance.now() - from);
  };
  const report = async (name: string): Promise<void> => {
    say(`${name}: the page’s thread kept the next turn waiting  ${spread(await taken())}`);
    say(`${name}: an answer of the station                      ${spread(answers.splice(0))}`);
  };
  await taken();
  const rest = performance.now() + Number(options.restSeconds) * 1_000;
  while (performance.now() < rest) await ask();
  await report('at rest');
  const from = performance.now();
  await rita.ask('risk.train', {});
  const isTraining = async (): Promise<boolean> =>
    (await rita.ask('risk.overview', {})).worker.training !== null;
  while (await isTraining()) {
    for (let each = 0; each < 50; each += 1) await ask();
  }
  say(`a challenger trained in ${((performance.now() - from) / 1_000).toFixed(1)} s`);
  await report('training');
  say('  bar: never over 16 ms in the page');
} finally {
  await close();
}
