// Watches the memory of a whole station while a desk works through its pipe: it must not grow with the work done.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { demonstrationPerson } from '#station/demonstration/people.ts';
import { openCounter } from '../e2e/opened.ts';
import { createPeople } from '../e2e/pages/demonstration.ts';
import { openCounterStation, type Seat } from './lib/counter-station.ts';
import { createDeskWork } from './lib/desk-work.ts';
import { machine } from './lib/side-by-side.ts';
import { durability } from './lib/spread.ts';

const { values: options } = parseArgs({
  options: {
    operations: { type: 'string', default: '20000' },
    /** Until then SQLite's cache of pages fills (64 MiB, ledger/open.ts), and resident memory grows with it. */
    warmup: { type: 'string', default: '45000' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const operations = Number(options.operations);
const warmup = Number(options.warmup);
const steps = 10;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const say = (line: string) => void process.stdout.write(`${line}\n`);
const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/** Lets one account be drawn from all day, which the delivered policy asks a supervisor about. */
async function allowWithdrawals(administrator: Seat): Promise<void> {
  const { password } = demonstrationPerson('admin');
  await administrator.ask('session.changePassword', {
    ...{ current: password, next: 'a sentence for one bench only' },
  });
  const { policy } = await administrator.ask('policy.get', {});
  const amended = { ...(policy as object), manyWithdrawals: { count: 100, days: 1 } };
  await administrator.ask('policy.set', { policy: amended, reason: 'A bench draws all day.' });
}

interface Sample {
  readonly done: number;
  readonly resident: number;
  readonly heap: number;
}

function sample(done: number): Sample {
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  say(
    `${String(done).padStart(7)} operations  resident ${megabytes(rss)}  heap ${megabytes(heapUsed)}  external ${megabytes(external)}`,
  );
  return { done, resident: rss, heap: heapUsed };
}

/** Least squares through the samples, in megabytes for 10,000 operations. */
function slope(samples: readonly Sample[], of: (one: Sample) => number): string {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(samples.map(({ done }) => done)), mean(samples.map(of))];
  const over = samples.reduce((sum, one) => sum + (one.done - x) * (of(one) - y), 0);
  const under = samples.reduce((sum, one) => sum + (one.done - x) ** 2, 0);
  return ((over / under) * (10_000 / 2 ** 20)).toFixed(2);
}

say(machine(options.folder));
say(durability);
const station = await openCounterStation(options.folder);
try {
  const supervisor = await station.seat('sam');
  const teller = await station.seat('ana');
  await allowWithdrawals(await station.seat('admin'));
  await openCounter({ people: createPeople(), supervisor, teller, till: 'Till 2' });
  const { rows } = await supervisor.ask('ledger.trialBalance', {});
  const numbers = rows
    .filter(({ currency, creditMinor }) => currency === 'EUR' && BigInt(creditMinor) > 100_000n)
    .map(({ number }) => number)
    .filter((number) => /^1000\d{4}$/.test(number));
  const work = await createDeskWork(teller, numbers, 150);
  for (let turn = 0; turn < warmup; turn += 1) await work.operate(turn);
  const samples = [sample(0)];
  const from = performance.now();
  for (let step = 1; step <= steps; step += 1) {
    const first = warmup + ((step - 1) * operations) / steps;
    for (let turn = 0; turn < operations / steps; turn += 1) await work.operate(first + turn);
    samples.push(sample((step * operations) / steps));
  }
  const seconds = (performance.now() - from) / 1000;
  const outcomes = [...work.outcomes].map(([what, count]) => `${what} ${count}`).join(', ');
  say(`${(operations / seconds).toFixed(0)} operations/s; postings: ${outcomes}`);
  say(`slope for 10,000 operations after ${warmup} of warm-up (bar: below 1 MB)`);
  say(`  resident ${slope(samples, (one) => one.resident)} MB`);
  say(`  heap     ${slope(samples, (one) => one.heap)} MB`);
} finally {
  await station.close();
  station.remove();
}
