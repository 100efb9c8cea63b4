// Runs long work beside the desk: proof of the log, audit and rebuild, with progress and a way to stop it.
import type { Checked, Output } from '#contract/index.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Announcer, Asker, Handlers } from './desk.ts';

type TaskView = Output<'task.start'>;
export type TaskKind = TaskView['kind'];

/** How a piece of long work ends. */
export interface TaskResult {
  /** True when what was to be proven holds. */
  readonly ok: boolean;
  readonly message: string;
  /** Machine-readable, such as { ok, events, head, firstBad }. */
  readonly result: unknown;
}

/** Long work: reports how far it is, ends early when the signal says so. */
export type TaskRunner = (
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
) => Promise<TaskResult>;

export interface TaskParts {
  readonly announcer: Pick<Announcer, 'toWindow'>;
  readonly runners: Readonly<Record<TaskKind, TaskRunner>>;
  readonly report: (where: string, error: unknown) => void;
  /** Milliseconds of a timer that never goes back. */
  readonly monotonic: () => number;
}

export interface Tasks {
  readonly handlers: Pick<Handlers, 'task.start' | 'task.cancel'>;
  /** Stops whatever runs, and resolves when it has stopped. */
  close(): Promise<void>;
}

interface Running {
  view: TaskView;
  readonly window: number;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** Progress is said at most this often, so that it costs nothing beside the work. */
const progressMs = 100;

export function createTasks({ announcer, runners, report, monotonic }: TaskParts): Tasks {
  const tasks = new Map<number, Running>();
  let next = 1;

  function say(task: Running, change: Partial<TaskView>): void {
    task.view = { ...task.view, ...change };
    announcer.toWindow(task.window, 'progress', task.view);
  }

  async function run(id: number, runner: TaskRunner, stop: AbortController): Promise<void> {
    const task = () => tasks.get(id) as Running;
    let saidAt = Number.NEGATIVE_INFINITY;
    const progress = (done: number, total: number): void => {
      if (monotonic() - saidAt < progressMs) return;
      saidAt = monotonic();
      say(task(), { done, total });
    };
    try {
      stop.signal.throwIfAborted();
      const { ok, message, result } = await runner(progress, stop.signal);
      const { total, done } = task().view;
      say(task(), { state: ok ? 'held' : 'failed', done: Math.max(done, total), message, result });
    } catch (error) {
      if (stop.signal.aborted) {
        say(task(), {
          state: 'cancelled',
          message: 'Stopped before its end; nothing was decided.',
        });
      } else if (error instanceof Refusal) {
        say(task(), { state: 'broken', message: error.message });
      } else {
        report('task', error);
        say(task(), {
          state: 'broken',
          message: 'It could not be finished; support has been told.',
        });
      }
    } finally {
      tasks.delete(id);
    }
  }

  function start({ kind }: Checked<'task.start'>, { window }: Asker): TaskView {
    const same = [...tasks.values()].find((task) => task.view.kind === kind);
    refuseUnless(
      !same,
      'task-running',
      'The same work is running already: wait for it or stop it first.',
      'kind',
    );
    const task = next++;
    const stop = new AbortController();
    const view: TaskView = {
      ...{ task, kind, state: 'running', done: 0, total: 0, message: '', result: null },
    };
    // Begins after the answer, so that the window knows the task before it hears of its progress.
    const ended = new Promise<void>((resolve) => setImmediate(resolve)).then(() =>
      run(task, runners[kind], stop),
    );
    tasks.set(task, { view, window, stop, ended });
    return view;
  }

  return Object.freeze({
    handlers: Object.freeze({
      'task.start': start,
      'task.cancel': ({ task: id }: Checked<'task.cancel'>) => {
        const task = tasks.get(id);
        refuseUnless(task, 'task-unknown', `Task ${id} is not running any more.`, 'task');
        task.stop.abort();
        return task.view;
      },
    }),
    async close() {
      for (const task of tasks.values()) task.stop.abort();
      await Promise.all([...tasks.values()].map((task) => task.ended));
    },
  });
}
