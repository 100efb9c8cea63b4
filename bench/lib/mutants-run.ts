// Asks the tests of one file about mutants, in a process that is started again whenever it hangs or is spoiled.
import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Asked, Said } from './mutants-child.ts';

/** What became of a mutant: noticed by a test's failing, by its not ending, or not. */
export type Outcome = 'noticed' | 'hangs' | 'unseen';

export interface TestRun {
  /** Starts it and says which mutants each test runs through, or in words why it cannot. */
  cover(): Promise<Extract<Said, { what: 'covered' }> | string>;
  /** Whether one of these tests notices the mutant; `isLoaded` has it there from the start. */
  ask(mutant: number, tests: readonly number[], ms: number, isLoaded: boolean): Promise<Outcome>;
  end(): Promise<void>;
}

/** How long a process may take to be ready, or to run all tests twice. */
const startMsMax = 600_000;
/** What is added to ten times the time the tests took without a mutant. */
const patienceMs = Number(process.env.MUTANTS_PATIENCE_MS ?? 15_000);

interface Running {
  readonly child: ChildProcess;
  readonly folder: string;
}

/** Prepares to run this file of tests over the sources of `plan`; both are paths. */
export function createTestRun(plan: string, test: string): TestRun {
  let running: Running | null = null;

  async function start(mutant: number): Promise<Running> {
    const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
    // Head office's database runs as a user of its own.
    chmodSync(folder, 0o755);
    const child = fork(join(import.meta.dirname, 'mutants-child.ts'), [], {
      stdio: ['ignore', 'ignore', process.env.MUTANTS_SHOW ? 'inherit' : 'ignore', 'ipc'],
      env: {
        ...process.env,
        ...{ MUTANTS_PLAN: plan, MUTANTS_TEST: pathToFileURL(test).href },
        ...{ MUTANT: String(mutant), TMPDIR: folder },
      },
    });
    running = { child, folder };
    const said = await heard(child, startMsMax);
    if (said === 'gone' || said === 'silent') {
      stop();
      throw new Error(`${test} does not start`);
    }
    return running;
  }

  /** Ends the process at once, and what it left running. */
  function stop(): void {
    if (!running) return;
    const { child, folder } = running;
    running = null;
    child.kill('SIGKILL');
    for (const file of globSync('**/postmaster.pid', { cwd: folder })) {
      endServer(join(folder, file));
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async function put(asked: Asked, ms: number): Promise<Said | 'gone' | 'silent'> {
    const { child } = running ?? (await start(-1));
    const said = heard(child, ms);
    child.send(asked);
    return said;
  }

  async function ask(
    ...[mutant, tests, ms, isLoaded]: Parameters<TestRun['ask']>
  ): Promise<Outcome> {
    if (isLoaded) {
      stop();
      try {
        await start(mutant);
      } catch {
        return 'noticed';
      }
    }
    const msMax = patienceMs + 10 * ms;
    const asked = { what: 'try', mutant, tests, isLoaded } as const;
    let said = await put({ ...asked, isFresh: false }, msMax);
    if (typeof said === 'object' && said.what === 'spoiled') {
      stop();
      said = await put({ ...asked, isFresh: true }, 2 * msMax);
    }
    const outcome = typeof said === 'string' ? 'hangs' : said.what;
    if (outcome === 'hangs' || isLoaded) stop();
    return outcome === 'hangs' || outcome === 'noticed' ? outcome : 'unseen';
  }

  return Object.freeze<TestRun>({
    async cover() {
      try {
        const said = await put({ what: 'cover' }, startMsMax);
        if (typeof said === 'object' && said.what === 'covered') return said;
        stop();
        return `${test} does not end`;
      } catch (error) {
        return (error as Error).message;
      }
    },
    ask,
    async end() {
      if (!running) return;
      const { child } = running;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      const timer = setTimeout(stop, patienceMs);
      child.send({ what: 'end' });
      await gone;
      clearTimeout(timer);
      stop();
    },
  });
}

/** The next word of the process, or that it ended, or said nothing in time. */
function heard(child: ChildProcess, ms: number): Promise<Said | 'gone' | 'silent'> {
  return new Promise((resolve) => {
    const done = (said: Said | 'gone' | 'silent'): void => {
      clearTimeout(timer);
      child.off('message', onSaid).off('exit', onGone);
      resolve(said);
    };
    const onSaid = (said: unknown) => done(said as Said);
    const onGone = () => done('gone');
    const timer = setTimeout(() => done('silent'), ms);
    child.on('message', onSaid).on('exit', onGone);
  });
}

/** Ends a database that was left in a folder which goes away. */
function endServer(file: string): void {
  try {
    process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGQUIT');
  } catch {
    // It had ended.
  }
}
