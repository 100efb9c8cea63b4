// Verifies one stretch of the log in a thread of its own.
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import { publicKeyOf } from './checkpoint.ts';
import { storeRefusal } from './open-failure.ts';
import { openReader } from './reader.ts';
import { type RangeResult, verifyRange } from './verify-range.ts';
import type { Report } from './worker.ts';

export interface VerifyOrder {
  readonly file: string;
  readonly key: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly from: number;
  readonly to: number;
}

const port = parentPort;
assert.ok(port, 'runs as a worker');
const { file, key, publicKey, from, to } = workerData as VerifyOrder;
const say = (report: Report<RangeResult>) => port.postMessage(report);
let database: ReturnType<typeof openReader> | null = null;
try {
  database = openReader(file, key);
  const result = verifyRange(database, {
    ...{ from, to, publicKey: publicKeyOf(publicKey) },
    onProgress(events) {
      say({ progress: events });
      return true;
    },
  });
  say({ result });
} catch (error) {
  // A page without its seal is damage, which a person can act on, and no mistake of ours.
  const refusal = storeRefusal(error, file);
  if (!refusal) throw error;
  say({ refused: { reason: refusal.reason, message: refusal.message } });
} finally {
  database?.close();
}
