// Measures ranking, calibration and training time of our models beside scikit-learn's and
// xgboost's.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { asCsv, type Split, sharedTable, sources, splitOf } from './lib/risk-tables.ts';
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
const python = process.env.QENEX_PYTHON ?? '/usr/bin/python3';

interface Contestant {
  readonly name: string;
  readonly scores: Float64Array;
  readonly fitCpuSeconds: number;
}

/** Debian's packages on the same rows, one thread; null where they are not installed. */
function peersOf(split: Split): readonly Contestant[] | null {
  const probe = spawnSync(python, ['-c', 'import sklearn, xgboost, pandas']);
  if (probe.status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'risk-'));
  const [learned, exam, out] = ['learned.csv', 'exam.csv', 'out.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  try {
    writeFileSync(learned, asCsv(split.learned));
    writeFileSync(exam, asCsv(split.exam));
    const script = join(import.meta.dirname, 'lib/risk_peers.py');
    const run = spawnSync(python, [script, learned, exam, 'label', '', out, options.peers], {
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(run.stderr);
    const { models } = JSON.parse(readFileSync(out, 'utf8')) as {
      models: Record<string, { fitCpuSeconds: number; scores: number[] }>;
    };
    return Object.entries(models).map(([name, { fitCpuSeconds, scores }]) => ({
      ...{ name, fitCpuSeconds, scores: Float64Array.from(scores) },
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

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
  const peers = peersOf(split);
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
