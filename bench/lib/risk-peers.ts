// Trains scikit-learn's and xgboost's models on the same rows, for the benches that hold ours beside them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asCsv, type Split } from './risk-tables.ts';

const python = process.env.QENEX_PYTHON ?? '/usr/bin/python3';

export interface Contestant {
  readonly name: string;
  readonly scores: Float64Array;
  readonly fitCpuSeconds: number;
}

/** Debian's packages, one thread; `wanted` is `all` or names with commas; null where not installed. */
export function peersOf(split: Split, wanted: string): readonly Contestant[] | null {
  const probe = spawnSync(python, ['-c', 'import sklearn, xgboost, pandas']);
  if (probe.status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'risk-'));
  const [learned, exam, out] = ['learned.csv', 'exam.csv', 'out.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  try {
    writeFileSync(learned, asCsv(split.learned));
    writeFileSync(exam, asCsv(split.exam));
    const script = join(import.meta.dirname, 'risk_peers.py');
    const run = spawnSync(python, [script, learned, exam, 'label', '', out, wanted], {
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
