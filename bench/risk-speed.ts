// Measures how long one decision takes: in place, in the thread, while training, and its reasons.
import { availableParallelism, tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import type { Movement } from '#station/risk/features/attempt.ts';
import { featureNames } from '#station/risk/features/catalogue.ts';
import { createFeatureEngine } from '#station/risk/features/engine.ts';
import type { Labels } from '#station/risk/model.ts';
import { createRandom } from '#station/risk/random.ts';
import { looksWith } from '#station/risk/slate.ts';
import { rowAt, type Table } from '#station/risk/table.ts';
import { train } from '#station/risk/train.ts';
import { createRiskWorker } from '#station/risk/worker-client.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    asks: { type: 'string', default: '4000' },
    rows: { type: 'string', default: '20000' },
  },
});
const asks = Number(options.asks);
const rowCount = Number(options.rows);

/** Invented cases of twenty numbers, one in fifty risky: enough to make trees of full size. */
function invented(): { table: Table; labels: Labels } {
  const random = createRandom(1);
  const columns = Array.from({ length: 20 }, (_none, at) => ({
    ...{ kind: 'numeric' as const, name: `feature ${at}` },
    values: Float64Array.from({ length: rowCount }, () => random.normal()),
  }));
  const outcome = Float64Array.from({ length: rowCount }, (_none, row) => {
    const [a, b, c] = columns.map(({ values }) => values[row]!);
    return a! + b! * c! + random.normal() > 3 ? 1 : 0;
  });
  return { table: { rowCount, columns }, labels: { outcome } };
}

const say = (name: string, timesUs: readonly number[]): void => {
  const [p50, p99, p999] = [0.5, 0.99, 0.999].map((part) => quantile(timesUs, part).toFixed(1));
  console.log(`${name.padEnd(44)} p50 ${p50} p99 ${p99} p99.9 ${p999} us, ${timesUs.length} times`);
};

async function timed(count: number, act: (at: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < count; at++) {
    const start = performance.now();
    await act(at);
    times.push((performance.now() - start) * 1000);
  }
  return times;
}

console.log(machine(tmpdir()));
const { table, labels } = invented();
const rows = Array.from({ length: asks }, (_none, at) => rowAt(table, at % rowCount));
const worker = createRiskWorker();
/** As the hosts make it: whoever asks looks for the answer a moment before it sleeps. */
const looking = createRiskWorker({ looks: looksWith(availableParallelism()) });
for (const kind of ['gradient-boosting', 'random-forest', 'ensemble'] as const) {
  const start = process.cpuUsage();
  const model = await train(kind, table, labels);
  const { user, system } = process.cpuUsage(start);
  console.log(`${kind}: trained in ${((user + system) / 1e6).toFixed(2)} s CPU, ${rowCount} rows`);
  const inPlace: number[] = [];
  for (let at = 0; at < 2 * asks; at++) {
    const begin = performance.now();
    model.score(rows[at % asks]!);
    if (at >= asks) inPlace.push((performance.now() - begin) * 1000);
  }
  say(`${kind}, in place`, inPlace);
  await worker.load('fraud', model.bytes());
  await timed(asks, (at) => worker.score('fraud', rows[at]!, 10_000));
  say(
    `${kind}, in the thread, one after the other`,
    await timed(asks, (at) => worker.score('fraud', rows[at]!, 10_000)),
  );
  if (kind === 'random-forest') continue;
  const explained: number[] = [];
  for (let at = 0; at < 600; at++) {
    const begin = performance.now();
    model.explain(rows[at % asks]!);
    if (at >= 100) explained.push((performance.now() - begin) * 1000);
  }
  say(`${kind}, TreeSHAP of one row`, explained);
}
/** A branch's past, and what its features say of each attempt: what the counter's decisions rest on. */
function past() {
  const random = createRandom(2);
  const engine = createFeatureEngine();
  const accounts = 500;
  for (let id = 1; id <= accounts; id++) {
    engine.openAccount({ id, scale: 100, currency: 'EUR', openedAt: 0, customer: id });
  }
  const movements = Array.from({ length: rowCount }, (_none, at): Movement => {
    const account = 1 + random.below(accounts);
    const isTransfer = random.below(3) === 0;
    return {
      ...{ at: 1.7e12 + at * 600_000, task: isTransfer ? 'transfer' : 'cash.withdrawal', account },
      other: isTransfer ? 1 + ((account + 1 + random.below(40)) % accounts) : 0,
      ...{ amountMinor: 100 + random.below(500_000), teller: 3 + random.below(4) },
      ...{ isOtherAtDesk: false, journal: at + 1 },
    };
  });
  const vectors = movements.map((movement) => {
    const vector = engine.vector(movement);
    engine.movement(movement);
    return vector;
  });
  return { engine, movements, vectors };
}

/** Features, then the thread, as a preview asks: from the attempt to the probability. */
async function wholeDecision(kind: 'gradient-boosting' | 'ensemble') {
  const { engine, movements, vectors } = past();
  const random = createRandom(3);
  const columns = featureNames.map((name, at) => ({
    ...{ kind: 'numeric' as const, name },
    values: Float64Array.from(vectors, (vector) => vector[at]!),
  }));
  const outcome = Float64Array.from(vectors, ([amountLog]) =>
    amountLog! + random.normal() > 9.5 ? 1 : 0,
  );
  const model = await train(kind, { rowCount, columns }, { outcome });
  await worker.load('whole', model.bytes());
  await looking.load('whole', model.bytes());
  const now = movements.at(-1)!.at + 1_000;
  const decide = (by: typeof worker) => (at: number) => {
    const attempt = { ...movements[at % rowCount]!, at: now };
    return by.score('whole', Float64Array.from(engine.vector(attempt)), 10_000);
  };
  const times: { sent: number[]; looked: number[] } = { sent: [], looked: [] };
  // Turn by turn, so that the load of the machine falls on both alike; the first turns warm up.
  for (let turn = 0; turn < 12; turn++) {
    const sent = await timed(Math.ceil(asks / 10), decide(worker));
    const looked = await timed(Math.ceil(asks / 10), decide(looking));
    if (turn < 2) continue;
    times.sent.push(...sent);
    times.looked.push(...looked);
  }
  say(`${kind}, ${columns.length} features, thread, looked for`, times.looked);
  say(`${kind}, ${columns.length} features, thread, sent`, times.sent);
}

await wholeDecision('gradient-boosting');
await wholeDecision('ensemble');
const stop = new AbortController();
const training = worker
  .train({ kind: 'random-forest', table, labels, options: { trees: 100_000 } }, stop)
  .catch(() => null);
say(
  'ensemble in the thread while another trains',
  await timed(asks, (at) => worker.score('fraud', rows[at]!, 10_000)),
);
stop.abort();
await training;
await worker.close();
await looking.close();
