// Stands in for `node:test` where mutants are tried: keeps the tests of a file, to be run again and again.

type Body = (context: Context) => unknown;

/** What our tests use of a test's context. */
interface Context {
  readonly name: string;
  after(what: () => unknown): void;
  diagnostic(text: string): void;
  skip(why?: string): void;
}

export interface KeptTest {
  readonly name: string;
  /** Its source. */
  readonly text: string;
  /** Runs it once; null, or what it failed with. */
  run(): Promise<unknown>;
}

/** The tests in their order, and what is done before the first and after the last. */
export const kept = {
  tests: [] as KeptTest[],
  before: [] as (() => unknown)[],
  after: [] as (() => unknown)[],
  beforeEach: [] as (() => unknown)[],
};

interface Options {
  readonly skip?: boolean | string;
  readonly timeout?: number;
}

/** Keeps a test, unless it is skipped here. */
export function test(name: string, ...rest: readonly (Options | Body)[]): void {
  const body = rest.find((one) => typeof one === 'function');
  const options = rest.find((one) => typeof one === 'object') ?? {};
  if (!body || options.skip) return;
  kept.tests.push({ name, text: String(body), run: () => ran(name, body) });
}

async function ran(name: string, body: Body): Promise<unknown> {
  const afters: (() => unknown)[] = [];
  const context: Context = {
    name,
    after: (what) => afters.push(what),
    diagnostic: () => undefined,
    skip: () => undefined,
  };
  let failed: unknown = null;
  const tried = async (what: () => unknown) => {
    try {
      await what();
    } catch (error) {
      failed ??= error ?? new Error('thrown');
    }
  };
  for (const one of kept.beforeEach) await tried(one);
  await tried(() => body(context));
  for (const one of afters) await tried(one);
  return failed;
}

export const suite = (_name: string, body: () => void): void => body();
export const before = (what: () => unknown): unknown => kept.before.push(what);
export const after = (what: () => unknown): unknown => kept.after.push(what);
export const beforeEach = (what: () => unknown): unknown => kept.beforeEach.push(what);
export default test;
