// Audits the ledger in a thread of its own, beside the running station.
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import { type Audit, audit } from './audit.ts';
import { openReader } from './reader.ts';
import type { Report } from './worker.ts';

const port = parentPort;
assert.ok(port, 'runs as a worker');
const { file, key } = workerData as { readonly file: string; readonly key: Uint8Array };
const say = (report: Report<Audit>) => port.postMessage(report);
const database = openReader(file, key);
try {
  say({ result: audit(database, () => say({ progress: 1 })) });
} finally {
  database.close();
}
