// Runs the stages of `npm test` one after the other, each under a heading with the time it took.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Counts, countsOf, secondTryPassed, summary } from './counts.ts';
import { filesToTryAgain, secondTrySentence } from './second-try.ts';
import { openWorkplace } from './workplace.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A stage that says nothing for longer than this hangs, and is ended with all it started. */
const silentMinutesMax = 25;

/**
 * Where Node keeps what it compiled: some 250 processes run the same modules, and each would strip
 * their types and compile them anew.
 */
const compiled = join(root, 'node_modules/.cache/qenex-teller/compiled');

/** Where tests write, by the variable every program asks: whoever sets it is heard. */
const workplace = openWorkplace();
process.on('exit', () => workplace?.remove());
// The store's and the guard's crashes are tried on a disk all the same.
const place = workplace ? { TMPDIR: workplace.folder, TELLER_DISK: tmpdir() } : {};

interface Outcome {
  readonly ok: boolean;
  readonly output: string;
  /** Said once more in the closing lines. */
  readonly remark?: string;
}

/** Runs a program of node_modules/.bin; what it prints is shown and kept. */
function run(program: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(join(root, 'node_modules/.bin', program), args, {
      cwd: root,
      detached: true,
      env: { NODE_COMPILE_CACHE: compiled, ...place, ...process.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(end, silentMinutesMax * 60_000);
    const stop = (): void => {
      end();
      process.exit(130);
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        timer.refresh();
        chunks.push(text);
        process.stdout.write(text);
      });
    }
    child.on('error', (error) => process.stdout.write(`${error.message}\n`));
    child.on('close', (code) => {
      clearTimeout(timer);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve({ ok: code === 0, output: chunks.join('') });
    });
  });
}

const rooms = globSync(['apps/*/tsconfig.json', 'apps/tsconfig.json', '*/tsconfig.json'], {
  cwd: root,
})
  .filter((file) => !file.startsWith('node_modules'))
  .sort();

async function types(): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const room of rooms) outcomes.push(await run('tsc', ['-p', room]));
  return { ok: outcomes.every((one) => one.ok), output: '' };
}

/** Test files at a time: a file for each processor, and two where there is only one. */
const together = Math.min(4, Math.max(2, availableParallelism()));

const nodeTest = ['--test', '--test-timeout=1200000'];

/** All tests beside the code; the few files that failed are run once more alone, and that is said. */
async function unit(): Promise<Outcome> {
  const files = globSync('{apps,native}/**/*.test.{ts,tsx}', { cwd: root }).sort();
  const first = await run('node', [...nodeTest, `--test-concurrency=${together}`, ...files]);
  const failed = first.ok ? [] : filesToTryAgain(first.output);
  if (failed.length === 0) return first;
  process.stdout.write(`\n== unit   once more: ${failed.join(', ')}\n`);
  const second = await run('node', [...nodeTest, '--test-concurrency=1', ...failed]);
  return second.ok ? { ...first, ok: true, remark: secondTrySentence(failed) } : first;
}

/** The emulated machine now and then fails by itself; a second start that passes is said aloud. */
async function kernel(): Promise<Outcome> {
  const first = await run('node', ['apps/host/setup/kernel.ts']);
  if (first.ok) return first;
  process.stdout.write('\n== kernel once more\n');
  const second = await run('node', ['apps/host/setup/kernel.ts']);
  return second.ok ? { ...second, remark: secondTrySentence(['the whole stage']) } : first;
}

const playwright = ['test', '--config', 'e2e/playwright.config.ts'];

/** `rest` is what stood after `--` on the command line: it narrows or directs the last stage. */
const stages: Readonly<Record<string, (rest: readonly string[]) => Promise<Outcome>>> = {
  lint: () => run('biome', ['check', '--error-on-warnings']),
  types,
  unit,
  build: () => run('vite', ['build', '--app', '--logLevel', 'warn']),
  e2e: (rest) => run('playwright', [...playwright, ...rest]),
  // The guard's module on a kernel in QEMU; says in words why, where that cannot be had.
  kernel,
  pack: (rest) => run('electron-builder', ['--linux', ...(rest.length > 0 ? rest : ['dir'])]),
};

async function main(args: readonly string[]): Promise<void> {
  const dashes = args.indexOf('--');
  const names = dashes < 0 ? args : args.slice(0, dashes);
  const rest = dashes < 0 ? [] : args.slice(dashes + 1);
  const lines: string[] = [];
  const counted: Counts[] = [];
  let failed = false;
  for (const name of names) {
    const stage = stages[name];
    if (!stage) throw new Error(`there is no stage "${name}"`);
    process.stdout.write(`\n== ${name}\n`);
    const from = performance.now();
    const { ok, output, remark } = await stage(rest);
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    lines.push(`== ${name.padEnd(6)} ${ok ? 'passed' : 'FAILED'} in ${seconds} s`);
    process.stdout.write(`${lines.at(-1)}\n`);
    if (remark) lines.push(`== ${name.padEnd(6)} ${remark}`);
    if (name === 'unit' || name === 'e2e') {
      counted.push(remark ? secondTryPassed(countsOf(output)) : countsOf(output));
    }
    failed ||= !ok;
  }
  process.stdout.write(`\n${lines.join('\n')}\n${summary(counted)}`);
  process.exitCode = failed ? 1 : 0;
}

await main(process.argv.slice(2));
