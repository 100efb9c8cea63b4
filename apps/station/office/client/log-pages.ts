// Gives a branch's whole log as head office has it, page by page, each proven before it is handed over.
import { Worker } from 'node:worker_threads';
import { Refusal } from '#station/bank/refusal.ts';
import type { Position } from '../protocol/values.ts';
import type { OfficeBundle } from './bundle.ts';

/** A run of events: number of the first, then lengths of the bodies, the bodies and the hashes in one run each. */
export interface LogPage {
  readonly first: number;
  readonly lengths: Uint32Array;
  readonly bytes: Uint8Array;
  readonly hashes: Uint8Array;
}

export type LogMessage =
  | { readonly kind: 'page'; readonly page: LogPage }
  | { readonly kind: 'end'; readonly head: Position }
  | { readonly kind: 'failed'; readonly reason: string; readonly message: string };

const script = new URL('./log-worker.ts', import.meta.url);
const pageEvents = 4_000;

/**
 * Fetches in a thread of its own; `take` is called for each page, in order. Returns where the log ends.
 * Refuses `office-copy-broken` at the first event that does not carry its hash, and what connecting
 * refuses.
 */
export function readLog(bundle: OfficeBundle, take: (page: LogPage) => void): Promise<Position> {
  const worker = new Worker(script, { workerData: { bundle, pageEvents } });
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      void worker.terminate();
      settle();
    };
    worker.on('error', (error) => end(() => reject(error)));
    worker.on('exit', (code) => reject(new Error(`the log's reader ended with ${code}`)));
    worker.on('message', (message: LogMessage) => {
      if (message.kind === 'end') return end(() => resolve(message.head));
      if (message.kind === 'failed') {
        return end(() => reject(new Refusal(message.reason, message.message)));
      }
      try {
        take(message.page);
        worker.postMessage('taken');
      } catch (error) {
        end(() => reject(error));
      }
    });
  });
}
