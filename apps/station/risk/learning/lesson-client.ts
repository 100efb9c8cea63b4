// Starts a lesson in a thread and hears what came of it.
import { Worker } from 'node:worker_threads';
import { Refusal } from '#station/bank/refusal.ts';
import type { Learned, Lesson, NotLearned } from './run.ts';

/** A lesson as it crosses to a thread: the champion as its file, names as a table. */
export interface LessonOrder
  extends Omit<Lesson, 'champion' | 'train' | 'monotonic' | 'nameOf' | 'onProgress'> {
  readonly champion: Uint8Array | null;
  readonly names: ReadonlyMap<number, string>;
}

export interface LearnedFile extends Omit<Learned, 'model'> {
  readonly hash: string;
  readonly kind: string;
}

export type LessonReport =
  | { readonly progress: number }
  | { readonly learned: LearnedFile }
  | { readonly nothing: NotLearned }
  | { readonly refused: { readonly reason: string; readonly message: string } };

/** Runs the lesson; rejects with `cancelled` when the signal fires and with an error when the thread dies. */
export function runLesson(
  order: LessonOrder,
  work: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<LearnedFile | NotLearned> {
  return new Promise((resolve, reject) => {
    const script = new URL('./lesson-worker.ts', import.meta.url);
    const worker = new Worker(script, { workerData: order });
    const stop = () => {
      reject(new Refusal('cancelled', 'The training was stopped before it was done.'));
      void worker.terminate();
    };
    work.signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (report: LessonReport) => {
      if ('progress' in report) return work.onProgress(report.progress);
      work.signal.removeEventListener('abort', stop);
      if ('learned' in report) resolve(report.learned);
      else if ('nothing' in report) resolve(report.nothing);
      else reject(new Refusal(report.refused.reason, report.refused.message));
      void worker.terminate();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the lesson's thread ended with ${code}`)));
  });
}
