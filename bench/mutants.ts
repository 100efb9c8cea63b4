// Breaks the code of a room in one place after another and runs the tests that go through that place:
// how many of the breaks they notice.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { rooms } from './lib/mutants-rooms.ts';
import { createTestRun, type Outcome, type TestRun } from './lib/mutants-run.ts';
import { type Mutant, switched } from './lib/mutants-tree.ts';

const root = join(import.meta.dirname, '..');
const { values: options, positionals } = parseArgs({
  options: {
    room: { type: 'string', default: 'desk' },
    /** How many tests, the nearest first, a mutant is shown to. */
    nearest: { type: 'string', default: '8' },
    /** Every n-th mutant only. */
    every: { type: 'string', default: '1' },
    /** Those of these lines only, such as `till.ts:45,vault.ts:90`: what survived, asked again. */
    at: { type: 'string' },
    /** Files of tests whose path has this in it only. */
    tests: { type: 'string', default: '' },
    together: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
  },
  allowPositionals: true,
});

const room = rooms[options.room];
if (!room) throw new Error(`no room "${options.room}": ${Object.keys(rooms).join(', ')}`);
const say = (line: string) => process.stdout.write(`${line}\n`);
const note = (line: string) => void process.stderr.write(`${line}\n`);
const matching = (patterns: readonly string[]) => globSync([...patterns], { cwd: root }).sort();

interface Broken extends Mutant {
  readonly id: number;
  readonly file: string;
  outcome: Outcome | 'not tried' | 'no test';
}

/** A test, the mutants it runs through, and what a run takes. */
interface Judge {
  readonly file: string;
  readonly index: number;
  readonly ms: number;
  readonly mutants: ReadonlySet<number>;
  readonly words: readonly string[];
}

const sources = matching(room.sources)
  .filter((file) => !/(test|fixture)\.ts$/.test(file))
  .filter((file) => !(room.without ?? []).some((pattern) => file.includes(pattern)))
  .filter((file) => positionals.length === 0 || positionals.includes(basename(file)));
const folder = mkdtempSync(join(tmpdir(), 'mutants-plan-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Writes every source with its switches, and what the processes need to know. */
function planned(): readonly Broken[] {
  const all: Broken[] = [];
  const texts: Record<string, string> = {};
  for (const [index, file] of sources.entries()) {
    const path = join(root, file);
    const { text, mutants } = switched(path, readFileSync(path, 'utf8'), all.length);
    for (const mutant of mutants) {
      all.push({ ...mutant, id: all.length, file, outcome: 'not tried' });
    }
    const to = join(folder, `${index}.ts`);
    writeFileSync(to, text);
    texts[pathToFileURL(path).href] = to;
  }
  const plan = { sources: texts, count: all.length };
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
  return all;
}

const places = options.at?.split(',');
const all = planned();
const asked = all
  .filter(({ file, line }) => !places || places.includes(`${basename(file)}:${line}`))
  .filter((_, index) => index % Number(options.every) === 0);
const testFiles = matching(room.tests).filter((file) => new RegExp(options.tests).test(file));
const runs = new Map(
  testFiles.map((file) => [file, createTestRun(join(folder, 'plan.json'), join(root, file))]),
);
const runOf = (file: string) => {
  const run = runs.get(file);
  if (!run) throw new Error(`no run of ${file}`);
  return run;
};

/** Processes that are kept for the next that needs them, the latest last. */
const idle: string[] = [];
const idleMax = 6;

/** Takes the run of a file, and gives it back to wait a while for the next who asks. */
async function withRun(file: string, what: (run: TestRun) => Promise<void>): Promise<void> {
  const at = idle.indexOf(file);
  if (at >= 0) idle.splice(at, 1);
  await what(runOf(file));
  idle.push(file);
  if (idle.length > idleMax) await runOf(idle.shift() ?? file).end();
}

/** Does this for all, a few at the same time. */
async function each<T>(items: Iterable<T>, what: (item: T) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  const one = async () => {
    for (let next = left.next(); !next.done; next = left.next()) await what(next.value);
  };
  await Promise.all(Array.from({ length: Number(options.together) }, one));
}

const judges: Judge[] = [];
const atLoad = new Map<number, string[]>();

/** Runs all tests without a mutant, to know which goes through which place. */
const cover = (file: string): Promise<void> =>
  withRun(file, async (run) => {
    const said = await run.cover();
    if (typeof said === 'string') {
      note(`left out: ${said}`);
      return;
    }
    for (const id of said.loaded) atLoad.set(id, [...(atLoad.get(id) ?? []), file]);
    for (const [index, { name, mutants, failed, ...rest }] of said.tests.entries()) {
      if (failed) note(`left out: ${file} "${name}": ${failed}`);
      else judges.push({ file, index, ...rest, mutants: new Set(mutants) });
    }
  });

/** The tests a mutant is shown to: first those that run through much of its file in little time. */
function judgesOf({ id, file, reasons }: Broken): readonly Judge[] {
  const inFile = idsOf.get(file) ?? [];
  const stem = basename(file, '.ts');
  const near = (judge: Judge) =>
    inFile.filter((one) => judge.mutants.has(one)).length *
    (basename(judge.file).startsWith(stem) ? 2 : 1) *
    (judge.words.some((word) => reasons.includes(word)) ? 20 : 1);
  const able = judges.filter(({ mutants }) => mutants.has(id));
  return able
    .map((judge) => ({ judge, near: near(judge) }))
    .sort((one, next) => next.near / patient(next.judge) - one.near / patient(one.judge))
    .slice(0, Number(options.nearest))
    .map(({ judge }) => judge);
}

/** What a test costs to ask; below a tenth of a second that does not matter. */
const patient = ({ ms }: Judge): number => Math.max(100, ms);

interface Task {
  readonly mutant: Broken;
  readonly judges: readonly Judge[];
}

/** Asks mutants file by file of tests, so that a process serves many of them. */
async function askAll(): Promise<void> {
  const waiting = new Map<string, Task[]>();
  const put = (task: Task): void => {
    const [first] = task.judges;
    if (!first) return;
    waiting.set(first.file, [...(waiting.get(first.file) ?? []), task]);
  };
  for (const mutant of asked) {
    const list = judgesOf(mutant);
    const loads = (atLoad.get(mutant.id) ?? []).length > 0;
    mutant.outcome = list.length > 0 || loads ? 'not tried' : 'no test';
    put({ mutant, judges: list });
  }
  const busy = new Set<string>();
  const worker = async () => {
    for (;;) {
      const [file, tasks] =
        [...waiting]
          .filter(([one]) => !busy.has(one))
          .sort((one, next) => next[1].length - one[1].length)[0] ?? [];
      if (!file || !tasks) return;
      waiting.delete(file);
      busy.add(file);
      await withRun(file, async () => {
        for (const task of tasks) await askOne(file, task, put);
      });
      busy.delete(file);
    }
  };
  await Promise.all(Array.from({ length: Number(options.together) }, worker));
}

let noticed = 0;
let done = 0;
const from = performance.now();

async function askOne(file: string, task: Task, put: (task: Task) => void): Promise<void> {
  const { mutant } = task;
  const now = task.judges.filter((judge) => judge.file === file);
  const later = task.judges.filter((judge) => judge.file !== file);
  const ms = now.reduce((sum, judge) => sum + judge.ms, 0);
  const tests = now.map(({ index }) => index);
  const outcome = await runOf(file).ask(mutant.id, tests, ms, false);
  if (outcome === 'unseen' && later.length > 0) return put({ mutant, judges: later });
  // What tests share was made without the mutant when their file was loaded: asked again below.
  if (outcome === 'unseen' && atLoad.has(mutant.id)) return;
  settle(mutant, outcome);
}

/** Mutants of what is made once, when a source is loaded: a process for each. */
async function askLoaded(mutant: Broken): Promise<void> {
  const [file] = (atLoad.get(mutant.id) ?? []).sort(
    (one, next) => nearness(next, mutant) - nearness(one, mutant),
  );
  if (!file) return;
  const mine = judges.filter((judge) => judge.file === file);
  const ms = mine.reduce((sum, judge) => sum + judge.ms, 0);
  const run = createTestRun(join(folder, 'plan.json'), join(root, file));
  settle(
    mutant,
    await run.ask(
      mutant.id,
      mine.map(({ index }) => index),
      ms,
      true,
    ),
  );
  await run.end();
}

const nearness = (test: string, { file }: Broken): number =>
  basename(test).startsWith(basename(file, '.ts')) ? 1 : 0;

function settle(mutant: Broken, outcome: Outcome): void {
  mutant.outcome = outcome;
  done += 1;
  if (outcome !== 'unseen') noticed += 1;
  else say(`unseen: ${mutant.file}:${mutant.line}  ${mutant.was}  ->  ${mutant.instead}`);
  if (done % 50 !== 0) return;
  const minutes = ((performance.now() - from) / 60_000).toFixed(1);
  note(`${done} of ${asked.length} tried, ${noticed} noticed, ${minutes} minutes`);
}

const counted = (list: readonly Broken[]) => {
  const seen = list.filter(({ outcome }) => outcome === 'noticed' || outcome === 'hangs').length;
  const without = list.filter(({ outcome }) => outcome === 'no test').length;
  const share = ((100 * seen) / Math.max(1, list.length)).toFixed(1);
  return `${seen} of ${list.length} noticed (${share} %), ${without} without a test`;
};

note(`${asked.length} mutants of ${sources.length} files, ${testFiles.length} files of tests`);
await each(testFiles, cover);
const idsOf = new Map(
  sources.map((file) => [file, all.filter((one) => one.file === file).map(({ id }) => id)]),
);
await askAll();
await each(
  asked.filter(({ outcome }) => outcome === 'not tried'),
  askLoaded,
);
await Promise.all([...runs.values()].map((run) => run.end()));
for (const mutant of asked.filter(({ outcome }) => outcome === 'no test')) {
  say(`no test: ${mutant.file}:${mutant.line}  ${mutant.was}  ->  ${mutant.instead}`);
}
for (const file of sources) {
  const list = asked.filter((one) => one.file === file);
  if (list.length > 0) say(`${file}: ${counted(list)}`);
}
say(`${options.room}: ${counted(asked)}`);
