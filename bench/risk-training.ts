// Measures the CPU time of training our boosting beside HistGradientBoosting, turn by turn, on the same rows.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { createRandom } from '#station/risk/random.ts';
import { train } from '#station/risk/train.ts';
import { peersOf } from './lib/risk-peers.ts';
import { type Split, sharedTable, splitOf } from './lib/risk-tables.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    tables: { type: 'string', default: 'taiwan,made' },
    rows: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '5' },
    kind: { type: 'string', default: 'gradient-boosting' },
    peer: { type: 'string', default: 'hist-gradient-boosting' },
  },
});
const kind = options.kind as 'gradient-boosting' | 'random-forest';

/** Fifteen invented numbers, some with long tails, one row in twenty-five risky; the exam is a token. */
function made(rowCount: number): Split {
  const random = createRandom(1);
  const columns = Array.from({ length: 15 }, (_none, at) => ({
    ...{ kind: 'numeric' as const, name: `feature ${at}` },
    values: Float64Array.from({ length: rowCount }, () =>
      at % 3 === 0 ? Math.exp(2 * random.normal()) : random.normal(),
    ),
  }));
  const outcome = Float64Array.from({ length: rowCount }, (_none, row) => {
    const [a, b, c] = [1, 2, 4].map((at) => columns[at]!.values[row]!) as [number, number, number];
    return a + b * c + random.normal() > 3 ? 1 : 0;
  });
  const few = columns.map((column) => ({ ...column, values: column.values.slice(0, 100) }));
  return {
    learned: { table: { rowCount, columns }, labels: { outcome } },
    exam: { table: { rowCount: 100, columns: few }, labels: { outcome: outcome.slice(0, 100) } },
  };
}

function splitNamed(name: string): Split | null {
  if (name === 'made') return made(Number(options.rows));
  const bytes = sharedTable(name);
  return bytes && splitOf(name, bytes, 21);
}

console.log(machine(tmpdir()));
console.log(`${kind} beside ${options.peer}; CPU seconds, ours with binning and importance`);
for (const name of options.tables.split(',')) {
  const split = splitNamed(name);
  if (!split) {
    console.log(`${name}: skipped, the shared tables are not here (QENEX_SHARED)`);
    continue;
  }
  const ratios: number[] = [];
  const hashes = new Set<string>();
  const times: [number, number][] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const start = process.cpuUsage();
    hashes.add((await train(kind, split.learned.table, split.learned.labels)).hash);
    const { user, system } = process.cpuUsage(start);
    const [peer] = peersOf(split, options.peer) ?? [];
    if (!peer)
      throw new Error(`${options.peer} is not installed (python3-sklearn, python3-xgboost)`);
    const own = (user + system) / 1e6;
    times.push([own, peer.fitCpuSeconds]);
    ratios.push(own / peer.fitCpuSeconds);
  }
  const said = times.map(([own, peer]) => `${own.toFixed(2)} : ${peer.toFixed(2)}`).join(', ');
  // The first of ours is taught by code the machine has not made quick yet, as in a new training thread.
  const warm = ratios.slice(1);
  const spread = `${Math.min(...warm).toFixed(2)} to ${Math.max(...warm).toFixed(2)}`;
  console.log(
    `${name}, ${split.learned.table.rowCount} rows: ${said}; first ratio ${ratios[0]!.toFixed(2)}, ` +
      `later ${quantile(warm, 0.5).toFixed(2)} (${spread}); ` +
      `${hashes.size} hash, ${[...hashes][0]!.slice(0, 16)}`,
  );
}
