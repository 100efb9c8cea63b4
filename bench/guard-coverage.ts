// Counts which lines and branches of the kernel guard's rules the tests outside the kernel reach.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    /** Random histories of the rules alone, and steps of each. */
    histories: { type: 'string', default: '100' },
    steps: { type: 'string', default: '250' },
    /** Prints the lines that nothing reached. */
    lines: { type: 'boolean', default: false },
  },
});

interface Line {
  readonly line_number: number;
  readonly count: number;
  readonly branches: readonly { readonly count: number }[];
}
/** By line: reached or not, and the same of each of its branches. */
type Reached = Map<number, { isReached: boolean; readonly branches: boolean[] }>;

function run(program: string, args: readonly string[], environment: object = {}): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...{ cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr || stdout}`);
  return stdout;
}

/** A test of the rules alone: their random histories, or their rare cases. */
function runCore(folder: string, test: string): void {
  mkdirSync(folder);
  const sources = [`kernel/tests/${test}.c`, ...globSync('kernel/core/*.c', { cwd: root })];
  const flags = ['-std=gnu11', '-O0', '-g', '-w', '--coverage'];
  const program = join(folder, test);
  run('gcc', [...flags, '-o', program, ...sources, 'kernel/tests/sha256.c']);
  run(program, [options.histories, options.steps, '9']);
}

/** What every guard is asked, and the sequences that are played to the guard in memory too. */
function askGuard(folder: string, test: string): void {
  mkdirSync(folder);
  const file = `apps/station/guard/${test}.test.ts`;
  run(process.execPath, [file], { QENEX_CORE_COVERAGE: folder });
}

function addTo(all: Map<string, Reached>, folder: string): void {
  const notes = globSync('*.gcda', { cwd: folder }).map((name) => join(folder, name));
  for (const note of notes) {
    const text = run('gcov', ['--branch-probabilities', '--json-format', '--stdout', note]);
    for (const one of text.trim().split('\n')) {
      const { files } = JSON.parse(one) as { files: { file: string; lines: Line[] }[] };
      for (const { file, lines } of files) {
        if (!file.includes('kernel/core/')) continue;
        const reached = all.get(basename(file)) ?? new Map();
        all.set(basename(file), reached);
        for (const line of lines) addLine(reached, line);
      }
    }
  }
}

function addLine(reached: Reached, { line_number, count, branches }: Line): void {
  const known = reached.get(line_number) ?? { isReached: false, branches: [] };
  known.isReached ||= count > 0;
  branches.forEach((branch, index) => {
    known.branches[index] = (known.branches[index] ?? false) || branch.count > 0;
  });
  reached.set(line_number, known);
}

function tell(all: ReadonlyMap<string, Reached>): void {
  const percent = (part: number, whole: number) => ((100 * part) / whole).toFixed(1);
  const sums = { lines: 0, reached: 0, branches: 0, taken: 0 };
  for (const [file, reached] of [...all].sort()) {
    const lines = [...reached.values()];
    const branches = lines.flatMap((line) => line.branches);
    const missed = [...reached].filter(([, { isReached }]) => !isReached).map(([line]) => line);
    const [hit, taken] = [lines.length - missed.length, branches.filter(Boolean).length];
    console.log(
      `  ${file.padEnd(11)} lines ${percent(hit, lines.length)} % of ${lines.length}, ` +
        `branches ${percent(taken, branches.length)} % of ${branches.length}`,
    );
    if (options.lines && missed.length > 0) console.log(`    not reached: ${missed.join(', ')}`);
    sums.lines += lines.length;
    sums.reached += hit;
    sums.branches += branches.length;
    sums.taken += taken;
  }
  console.log(
    `the rules outside the kernel: lines ${percent(sums.reached, sums.lines)} % of ${sums.lines}, ` +
      `branches ${percent(sums.taken, sums.branches)} % of ${sums.branches}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'teller-coverage-'));
try {
  const cores = ['core', 'core-cases'];
  for (const test of cores) runCore(join(folder, test), test);
  const tests = ['conformance', 'differential'];
  for (const test of tests) askGuard(join(folder, test), test);
  const all = new Map<string, Reached>();
  for (const test of [...cores, ...tests]) addTo(all, join(folder, test));
  tell(all);
} finally {
  rmSync(folder, { recursive: true });
}
