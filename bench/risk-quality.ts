// Measures ranking, calibration and training time of our models beside scikit-learn's and
// xgboost's.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import {
  areaUnderRoc,
  averagePrecision,
  brier,
  calibrationError,
  pairedBootstrap,
} from '#station/risk/metrics.ts';
import { type ModelKind, modelKinds } from '#station/risk/model.ts';
import { createRandom } from '#station/risk/random.ts';
import { train } from '#station/risk/train.ts';
import { type Contestant, peersOf } from './lib/risk-peers.ts';
import { type Split, sharedTable, sources, splitOf } from './lib/risk-tables.ts';
import { machine } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    tables: { type: 'string', default: 'german,hmeq,heloc,gmsc_part,taiwan,vehicle,ethereum' },
    models: { type: 'string', default: 'logistic,random-forest,gradient-boosting,ensemble' },
    peers: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '21' },
  },
});
const seed = Number(options.seed);

async function ours(kind: ModelKind, split: Split): Promise<Contestant & { hash: string }> {
  const start = process.cpuUsage();
  const model = await train(kind, split.learned.table, split.learned.labels);
  const { user, system } = process.cpuUsage(start);
  const scores = model.scoreTable(split.exam.table);
  return { name: `our ${kind}`, scores, fitCpuSeconds: (user + system) / 1e6, hash: model.hash };
}

function line({ name, scores, fitCpuSeconds }: Contestant, outcome: Float64Array): string {
  const figures = [areaUnderRoc, averagePrecision, brier, calibrationError].map((measure) =>
    measure(scores, outcome).toFixed(4),
  );
  return `  ${name.padEnd(26)} ${figures.join('  ')}  ${fitCpuSeconds.toFixed(2).padStart(7)} s CPU`;
}

function duel(one: Contestant, others: readonly Contestant[], outcome: Float64Array): string {
  const parts = [areaUnderRoc, averagePrecision].map((measure) => {
    const best = others.toSorted(
      (left, right) => measure(right.scores, outcome) - measure(left.scores, outcome),
    )[0]!;
    const rounds = outcome.length > 50_000 ? 60 : 300;
    const { difference, low, high, atLeastAsGood } = pairedBootstrap({
      ...{ first: one.scores, second: best.scores, outcome, measure, rounds },
      random: createRandom(3),
    });
    const sign = difference >= 0 ? '+' : '';
    const span = `${low.toFixed(4)} to ${high.toFixed(4)}`;
    return `${sign}${difference.toFixed(4)} (${span}, as good in ${Math.round(100 * atLeastAsGood)} %) against ${best.name}`;
  });
  return `  ${one.name}: AUROC ${parts[0]}; AP ${parts[1]}`;
}

console.log(machine(tmpdir()));
console.log(`split by seed ${seed}; columns: AUROC, average precision, Brier, calibration error`);
for (const name of options.tables.split(',')) {
  if (!sources[name]) throw new Error(`no table ${name}; there are ${Object.keys(sources)}`);
  const bytes = sharedTable(name);
  if (!bytes) {
    console.log(`${name}: skipped, the shared tables are not here (QENEX_SHARED)`);
    continue;
  }
  const split = splitOf(name, bytes, seed);
  const { outcome } = split.exam.labels;
  console.log(`${name}: ${split.learned.table.rowCount} rows teach, ${outcome.length} judge`);
  const peers = peersOf(split, options.peers);
  if (!peers)
    console.log('  peers skipped: python3-sklearn, python3-xgboost, python3-pandas missing');
  for (const peer of peers ?? []) console.log(line(peer, outcome));
  const kinds = modelKinds.filter((kind) => options.models.split(',').includes(kind));
  for (const kind of kinds) {
    const own = await ours(kind, split);
    console.log(`${line(own, outcome)}  ${own.hash.slice(0, 16)}`);
    if (peers && peers.length > 0) console.log(duel(own, peers, outcome));
  }
}
