// Measures how long one decision takes: in place, in the thread, while training, and its reasons.

import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import type { Labels } from '#station/risk/model.ts';
import { createRandom } from '#station/risk/random.ts';
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
    model.explain(rows[at]!);
    if (at >= 100) explained.push((performance.now() - begin) * 1000);
  }
  say(`${kind}, TreeSHAP of one row`, explained);
}
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
