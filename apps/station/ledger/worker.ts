// Runs long work of the ledger beside the desk: in worker threads, with progress, and stoppable.
import { Worker } from 'node:worker_threads';
import { Refusal } from '#station/bank/refusal.ts';

export interface LongWork {
  /** Stops the work; the promise then rejects with a `cancelled` Refusal. */
  readonly signal?: AbortSignal;
  /** Called with the events done and to do. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a worker says: progress, or its result, or the refusal it ended with. */
export type Report<T> =
  | { readonly progress: number }
  | { readonly result: T }
  | { readonly refused: { readonly reason: string; readonly message: string } };

/** Starts a worker on the given data and resolves with its result. */
export function runWorker<T>(
  script: URL,
  data: unknown,
  work: { readonly signal?: AbortSignal | undefined; onProgress(events: number): void },
): Promise<T> {
  const { signal } = work;
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const worker = new Worker(script, { workerData: data });
    const stop = () => {
      reject(cancelled());
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (report: Report<T>) => {
      if ('progress' in report) work.onProgress(report.progress);
      else if ('result' in report) resolve(report.result);
      else reject(new Refusal(report.refused.reason, report.refused.message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      reject(new Error(`the worker ended with ${code} before it answered`));
    });
  });
}

function cancelled(): Refusal {
  return new Refusal('cancelled', 'The work was stopped before it was done; nothing was changed.');
}
