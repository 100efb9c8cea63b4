// Runs one file of tests in a process of its own, over sources with switches in them: first which
// places each test runs through, then each test with one mutant after the other.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { KeptTest } from './mutants-test.ts';

/** What the parent asks: which places each test runs through, or these mutants of these tests. */
export type Asked =
  | { readonly what: 'cover' }
  | { readonly what: 'end' }
  | {
      readonly what: 'try';
      readonly mutant: number;
      readonly tests: readonly number[];
      /** Whether the process is fresh, so that a test must first pass without a mutant. */
      readonly isFresh: boolean;
      /** Whether the mutant was there while the sources were loaded, and so stays. */
      readonly isLoaded: boolean;
    };

export interface Covered {
  readonly name: string;
  readonly mutants: readonly number[];
  readonly ms: number;
  /** Words in quotes that may be reasons. */
  readonly words: readonly string[];
  /** What it fails with as things are: then its word does not count. */
  readonly failed: string | null;
}

export type Said =
  | { readonly what: 'ready' }
  | { readonly what: 'covered'; readonly loaded: readonly number[]; readonly tests: Covered[] }
  | { readonly what: 'noticed'; readonly by: number }
  | { readonly what: 'unseen' }
  /** A test fails without the mutant too, after it had failed with it. */
  | { readonly what: 'spoiled'; readonly by: number };

interface Plan {
  /** The file with the switched text of each address. */
  readonly sources: Readonly<Record<string, string>>;
  readonly count: number;
}

const plan = JSON.parse(readFileSync(process.env.MUTANTS_PLAN ?? '', 'utf8')) as Plan;
const testUrl = new URL('./mutants-test.ts', import.meta.url).href;
const seen = new Uint8Array(plan.count);
let active = Number(process.env.MUTANT ?? -1);

Object.assign(globalThis, {
  __mutant(id: number): boolean {
    seen[id] = 1;
    return id === active;
  },
});

registerHooks({
  resolve(asked, context, nextResolve) {
    if (asked !== 'node:test') return nextResolve(asked, context);
    return { url: testUrl, format: 'module-typescript', shortCircuit: true };
  },
  load(asked, context, nextLoad) {
    const file = plan.sources[asked];
    if (file === undefined) return nextLoad(asked, context);
    const source = readFileSync(file, 'utf8');
    return { source, format: 'module-typescript', shortCircuit: true };
  },
});

const say = (said: Said): void => void process.send?.(said);
const failedLater: { tell: ((error: unknown) => void) | null } = { tell: null };

/** Runs a test once; what it failed with, or null. A test that hangs is the parent's to end. */
async function run(test: KeptTest, mutant: number): Promise<unknown> {
  active = mutant;
  const later = new Promise<unknown>((resolve) => {
    failedLater.tell = resolve;
  });
  try {
    return await Promise.race([test.run(), later]);
  } finally {
    process.exitCode = 0;
    active = -1;
  }
}

const marked = (): number[] => {
  const ids = [...seen.keys()].filter((id) => seen[id] === 1);
  seen.fill(0);
  return ids;
};

const textOf = (error: unknown): string | null =>
  error === null ? null : String((error as Error)?.message ?? error).slice(0, 300);

async function cover(tests: readonly KeptTest[], loaded: readonly number[]): Promise<Said> {
  const covered: Covered[] = [];
  for (const test of tests) {
    marked();
    const from = performance.now();
    const failed = textOf(await run(test, -1));
    const ms = performance.now() - from;
    const words = [...test.text.matchAll(/'([a-z]+(?:-[a-z0-9]+)+)'/g)].map(
      ([, word = '']) => word,
    );
    covered.push({ name: test.name, mutants: marked(), ms, words, failed });
  }
  return { what: 'covered', loaded, tests: covered };
}

async function ask(
  tests: readonly KeptTest[],
  { mutant, tests: which, isFresh, isLoaded }: Asked & { readonly what: 'try' },
): Promise<Said> {
  for (const by of which) {
    const test = tests[by];
    if (!test) continue;
    if (isFresh && (await run(test, -1)) !== null) continue;
    if ((await run(test, mutant)) === null) continue;
    const counts = isFresh || isLoaded || (await run(test, -1)) === null;
    if (counts) return { what: 'noticed', by };
    return { what: 'spoiled', by };
  }
  return { what: 'unseen' };
}

const late = (error: unknown) => failedLater.tell?.(error ?? new Error('thrown'));
process.on('uncaughtException', late).on('unhandledRejection', late);
const { kept } = await import(testUrl);
await import(process.env.MUTANTS_TEST ?? '');
const loaded = marked();
for (const one of kept.before) await one();
process.on('message', async (asked: Asked) => {
  if (asked.what === 'cover') say(await cover(kept.tests, loaded));
  else if (asked.what === 'try') say(await ask(kept.tests, asked));
  else {
    for (const one of kept.after) await one();
    process.exit(0);
  }
});
say({ what: 'ready' });
