// Speaks to the models' threads: scores within a deadline, trains beside, survives a dead thread.
import type { Explanation, Labels, ModelCard, ModelKind, TrainOptions } from './model.ts';
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
   * Scores one row; refuses `risk-deadline` after that many milliseconds, `risk-worker-dead` when the
   * thread ended meanwhile (the next call starts a new one with the same models), `no-model`.
   */
  score(place: string, row: Row, deadlineMs: number): Promise<Scored>;
  explain(place: string, row: Row, deadlineMs: number): Promise<Explanation>;
  /** Trains in a thread of its own, so that scoring never waits; gives the model file. */
  train(job: TrainJob, work?: LongTrain): Promise<Uint8Array>;
  /** Whether the scoring thread lives, for the metrics page. */
  readonly isAlive: () => boolean;
  close(): Promise<void>;
}
