// Breaks the ledger's code in one place after another and runs its tests: how many of the breaks
// they notice.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Mutation } from './lib/mutate.ts';

const room = join(import.meta.dirname, '../apps/station/ledger');
const { values: options, positionals } = parseArgs({
  options: {
    /** Every n-th mutant only. */
    every: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '12' },
    timeout: { type: 'string', default: '60000' },
    /** Those of these lines only, such as `leg.ts:45,hold.ts:90`: what survived, asked again. */
    at: { type: 'string' },
  },
  allowPositionals: true,
});
const files =
  positionals.length > 0
    ? positionals
    : 'balance canonical canonical-bytes cash checkpoint group-commit hold journal journals ledger-projection leg log projection reversal standing statement trial-balance verify verify-range'
        .split(' ')
        .map((name) => `${name}.ts`);
/** Cheapest first: a mutant that is noticed by one is not shown to the next. */
const tests = [
  'canonical',
  'ledger',
  'edges',
  'corners',
  'group-commit',
  'property',
  'rebuild',
  'verify',
];
/** Where a file has tests of its own, they come first. */
const ownTests: Readonly<Record<string, string>> = {
  'checkpoint.ts': 'verify',
  'verify.ts': 'verify',
  'verify-range.ts': 'verify',
  'group-commit.ts': 'group-commit',
};

interface Mutant extends Mutation {
  readonly file: string;
  readonly line: number;
  readonly was: string;
}

/**
 * What is put in the place of what; a pattern matches in code, never in comments, texts or imports.
 */
const swaps: readonly (readonly [RegExp, string])[] = [
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ <= /g, ' < '],
  [/ >= /g, ' > '],
  [/ < (?=[\w(])/g, ' <= '],
  [/ > (?=[\w(])/g, ' >= '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \+ (?=[\w(])/g, ' - '],
  [/ - (?=[\w(])/g, ' + '],
  [/\+= 1\b/g, '+= 2'],
  [/\b(return|=|\?|:) true\b/g, '$1 false'],
  [/\b(return|=|\?|:) false\b/g, '$1 true'],
  [/ \?\? null/g, ' ?? undefined'],
  [/\b0n\b/g, '1n'],
];

function mutantsOf(file: string): readonly Mutant[] {
  const text = readFileSync(join(room, file), 'utf8');
  const url = pathToFileURL(join(room, file)).href;
  const hidden = blanked(text);
  const mutants: Mutant[] = [];
  const add = (from: number, was: string, instead: string) => {
    const line = text.slice(0, from).split('\n').length;
    mutants.push({ file, url, from, to: from + was.length, instead, line, was: was.trim() });
  };
  for (const [pattern, instead] of swaps) {
    for (const found of hidden.matchAll(pattern)) {
      add(found.index, found[0], instead.replace('$1', found[1] ?? ''));
    }
  }
  // A call for its effect, left out.
  for (const found of hidden.matchAll(/^ +[a-zA-Z.]+\([^;\n]*\);$/gm)) {
    if (!/^ *(assert|const|return|throw)\b/.test(found[0])) add(found.index, found[0], '');
  }
  return mutants;
}

/** The text with comments, strings, types and imports blanked, every character in its place. */
function blanked(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, '#');
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, blank)
    .replace(/^(import|export type)[\s\S]*?;$/gm, blank)
    .replace(/^(export )?interface[\s\S]*?^}/gm, blank)
    .replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, blank)
    .replace(/=>|<[A-Z][^;()]*?>|\/\^.*?\/\w*/g, blank);
}

/** Whether some test fails with the mutant, or does not end. */
async function isKilled(mutant: Mutant | null): Promise<boolean> {
  const first = ownTests[mutant?.file ?? ''];
  const order = first ? [first, ...tests.filter((name) => name !== first)] : tests;
  for (const name of order) if (await isNoticed(mutant, name)) return true;
  return false;
}

/** Whether this test notices it. Run without the runner's own process: a test file judges itself. */
function isNoticed(mutant: Mutant | null, test: string): Promise<boolean> {
  return new Promise((resolve) => {
    const given = ['--import', join(import.meta.dirname, 'lib/mutate.ts')];
    const run = spawn(process.execPath, [...given, join(room, `${test}.test.ts`)], {
      stdio: 'ignore',
      env: {
        ...process.env,
        ...{ LEDGER_SEEDS: options.seeds, LEDGER_STEPS: '150' },
        ...(mutant ? { MUTANT: JSON.stringify(mutant) } : {}),
      },
    });
    const timer = setTimeout(() => run.kill('SIGKILL'), Number(options.timeout));
    run.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code !== 0);
    });
  });
}

const say = (line: string) => process.stdout.write(`${line}\n`);
if (await isKilled(null)) throw new Error('the tests fail without any mutant');
const places = options.at?.split(',');
const all = files
  .flatMap((file) => mutantsOf(file))
  .filter(({ file, line }) => !places || places.includes(`${file}:${line}`))
  .filter((_, index) => index % Number(options.every) === 0);
let killed = 0;
const start = performance.now();
for (const [index, mutant] of all.entries()) {
  if (await isKilled(mutant)) killed += 1;
  else {
    const { file, line, was, instead } = mutant;
    say(`survives: ${file}:${line}  ${was}  ->  ${instead.trim() || '(left out)'}`);
  }
  progress(index + 1);
}

/** How far, and how long still, on standard error. */
function progress(done: number): void {
  if (done % 20 !== 0) return;
  const minutes = ((performance.now() - start) / 60_000 / done) * (all.length - done);
  process.stderr.write(
    `${done} of ${all.length} tried, ${killed} noticed, about ${Math.ceil(minutes)} minutes left\n`,
  );
}
say(`${killed} of ${all.length} mutants noticed (${((100 * killed) / all.length).toFixed(1)} %)`);
