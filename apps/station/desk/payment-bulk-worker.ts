// Reads a bulk file in a thread of its own: ten thousand transfers take longer than a key press may wait.
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import type { Report } from '#station/ledger/worker.ts';
import { type BulkContext, type BulkRead, readBulk } from '#station/payments/branch/bulk-read.ts';

const port = parentPort;
assert.ok(port, 'runs as a worker');
const { bytes, context } = workerData as {
  readonly bytes: Uint8Array;
  readonly context: BulkContext;
};
const say = (report: Report<BulkRead>) => port.postMessage(report);
say({ result: readBulk(bytes, context, (read) => say({ progress: read })) });
