// Speaks to the models' threads: scores within a deadline, trains beside, survives a dead thread.
import { Worker } from 'node:worker_threads';
import { Refusal } from '#station/bank/refusal.ts';
import type { Explanation, Labels, ModelCard, ModelKind, TrainOptions } from './model.ts';
import { beginLooking, createPatience, createSlate, lookFor } from './slate.ts';
import type { Row, Table } from './table.ts';

export interface TrainJob {
  readonly kind: ModelKind;
  readonly table: Table;
  readonly labels: Labels;
  readonly options?: Omit<TrainOptions, 'onProgress'>;
}

export interface LongTrain {
  /** Ends the training; the promise then rejects with a `cancelled` Refusal. */
  readonly signal?: AbortSignal;
  /** Called with the share done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** What the thread answers to a score. */
export interface Scored {
  readonly probability: number;
  /** SHA-256 of the model that answered. */
  readonly modelHash: string;
}

export interface RiskWorker {
  /** Puts a model file into a place such as `fraud` or `credit`; gives its hash and card. */
  load(place: string, file: Uint8Array): Promise<{ hash: string; card: ModelCard }>;
  /**
   * Scores one row; refuses `risk-deadline` after that many milliseconds, `risk-worker-dead` when
   * the
   * thread ended meanwhile (the next call starts a new one with the same models), `no-model`.
   */
  score(place: string, row: Row, deadlineMs: number): Promise<Scored>;
  explain(place: string, row: Row, deadlineMs: number): Promise<Explanation>;
  /** Trains in a thread of its own, so that scoring never waits; gives the model file. */
  train(job: TrainJob, work?: LongTrain): Promise<Uint8Array>;
  /** Whether the scoring thread lives, for the metrics page. */
  readonly isAlive: () => boolean;
  /** Ends the scoring thread at once, as a crash would; for drills and tests. */
  kill(): void;
  close(): Promise<void>;
}

/** What is asked of the scoring thread. */
export type Ask = { readonly id: number; readonly place: string } & (
  | { readonly what: 'load'; readonly file: Uint8Array }
  | { readonly what: 'score' | 'explain'; readonly row: Row }
);

interface Refused {
  readonly reason: string;
  readonly message: string;
}

/** What the scoring thread answers. */
export interface Answer {
  readonly id: number;
  readonly result?: { hash: string; card: ModelCard } | Scored | Explanation;
  readonly refused?: Refused;
}

/** What the training thread says. */
export interface TrainReport {
  readonly done?: number;
  readonly file?: Uint8Array;
  readonly refused?: Refused;
}

/** What the client needs of the world; all have a plain default. */
export interface RiskWorkerPorts {
  /** Calls back once after the delay; gives what cancels. */
  readonly after?: (delayMs: number, callback: () => void) => () => void;
  /** How often the asking thread looks for a score before it sleeps, see `looksWith`; 0: never. */
  readonly looks?: number;
}

interface Waiting {
  resolve(result: NonNullable<Answer['result']>): void;
  reject(refusal: Refusal): void;
}

function afterDelay(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}

const dead = (): Refusal =>
  new Refusal('risk-worker-dead', 'The thread of the risk models ended; rules alone decide.');

function openScorer({ after, looks }: Required<RiskWorkerPorts>) {
  const files = new Map<string, Uint8Array>();
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  // One a thread: a thread that was ended must not write over the answer of the next.
  let slate = createSlate();
  const patience = createPatience();
  let [last, isClosed] = [0, false];

  const fall = (gone: Worker): void => {
    if (thread !== gone) return;
    thread = null;
    for (const { reject } of waiting.values()) reject(dead());
    waiting.clear();
  };
  const hear = ({ id, result, refused }: Answer): void => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (refused) asker?.reject(new Refusal(refused.reason, refused.message));
    else if (result) asker?.resolve(result);
  };
  /** Starts the thread anew with the models it had; what it says to those loads nobody awaits. */
  const start = (): Worker => {
    if (isClosed) throw dead();
    slate = createSlate();
    const fresh = new Worker(new URL('./score-thread.ts', import.meta.url), {
      workerData: slate.memory,
    });
    fresh.on('message', hear);
    fresh.on('error', () => fall(fresh));
    fresh.on('exit', () => fall(fresh));
    for (const [place, file] of files) {
      fresh.postMessage({ id: ++last, what: 'load', place, file } satisfies Ask);
    }
    return fresh;
  };
  const ask = async <T>(body: WithoutId, deadlineMs: number | null): Promise<T> => {
    thread ??= start();
    const id = ++last;
    const { promise, resolve, reject } = Promise.withResolvers<NonNullable<Answer['result']>>();
    waiting.set(id, { resolve, reject });
    const cancel =
      deadlineMs === null
        ? () => {}
        : after(deadlineMs, () => {
            waiting.delete(id);
            const sentence = `The risk models took over ${deadlineMs} ms; rules alone decide.`;
            reject(new Refusal('risk-deadline', sentence));
          });
    const isLookedFor = body.what === 'score' && looks > 0 && patience.isWorthIt();
    if (isLookedFor) beginLooking(slate, id);
    thread.postMessage({ id, ...body } as Ask);
    const laid = isLookedFor ? lookFor(slate, id, looks) : null;
    if (isLookedFor) patience.learn(laid !== null);
    if (laid) hear({ id, result: laid });
    try {
      return (await promise) as T;
    } finally {
      cancel();
    }
  };
  const close = async (): Promise<void> => {
    isClosed = true;
    await thread?.terminate();
  };
  const kill = (): void => {
    const gone = thread;
    void gone?.terminate();
    if (gone) fall(gone);
  };
  return { ask, files, close, kill, isAlive: () => thread !== null };
}

type WithoutId = Ask extends infer One ? (One extends Ask ? Omit<One, 'id'> : never) : never;

function trainBeside(job: TrainJob, { signal, onProgress }: LongTrain): Promise<Uint8Array> {
  const cancelled = () =>
    new Refusal('cancelled', 'The training was stopped; the models are as they were.');
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const worker = new Worker(new URL('./train-thread.ts', import.meta.url), { workerData: job });
    const stop = (): void => {
      reject(cancelled());
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', ({ done, file, refused }: TrainReport) => {
      if (done !== undefined) onProgress?.(done);
      if (file) resolve(file);
      if (refused) reject(new Refusal(refused.reason, refused.message));
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop);
      reject(new Refusal('risk-worker-dead', 'The training thread ended before it was done.'));
    });
  });
}

/** Starts the models' thread with the first call; nothing runs before. */
export function createRiskWorker({
  after = afterDelay,
  looks = 0,
}: RiskWorkerPorts = {}): RiskWorker {
  const scorer = openScorer({ after, looks });
  const trainings = new Set<AbortController>();
  return Object.freeze({
    load: async (place: string, file: Uint8Array) => {
      const loaded = await scorer.ask<{ hash: string; card: ModelCard }>(
        { what: 'load', place, file },
        null,
      );
      // Kept only once it was read: a damaged file must not come back with a new thread.
      scorer.files.set(place, file);
      return loaded;
    },
    score: (place: string, row: Row, deadlineMs: number) =>
      scorer.ask<Scored>({ what: 'score', place, row }, deadlineMs),
    explain: (place: string, row: Row, deadlineMs: number) =>
      scorer.ask<Explanation>({ what: 'explain', place, row }, deadlineMs),
    train: async (job: TrainJob, work: LongTrain = {}) => {
      const own = new AbortController();
      trainings.add(own);
      const signal = work.signal ? AbortSignal.any([work.signal, own.signal]) : own.signal;
      try {
        return await trainBeside(job, { ...work, signal });
      } finally {
        trainings.delete(own);
      }
    },
    isAlive: scorer.isAlive,
    kill: scorer.kill,
    close: async () => {
      for (const training of trainings) training.abort();
      await scorer.close();
    },
  });
}
