// Trains one model in a thread of its own and hands over its file; started by worker-client.ts
// only.
import { parentPort, workerData } from 'node:worker_threads';
import type { Refusal } from '#station/bank/refusal.ts';
import { train } from './train.ts';
import type { TrainJob, TrainReport } from './worker-client.ts';

const { kind, table, labels, options } = workerData as TrainJob;
/** Progress is told at most a hundred times. */
let told = 0;

function onProgress(done: number): void {
  const share = Math.floor(done * 100);
  if (share <= told) return;
  told = share;
  parentPort?.postMessage({ done } satisfies TrainReport);
}

try {
  const model = await train(kind, table, labels, { ...options, onProgress });
  parentPort?.postMessage({ file: model.bytes() } satisfies TrainReport);
} catch (error) {
  const { reason = 'internal', message } = error as Refusal;
  parentPort?.postMessage({ refused: { reason, message } } satisfies TrainReport);
}
