// Audits the ledger in a thread of its own, beside the running station.
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import { type Audit, audit } from './audit.ts';
import { storeRefusal } from './open-failure.ts';
import { openReader } from './reader.ts';
import type { Report } from './worker.ts';

const port = parentPort;
assert.ok(port, 'runs as a worker');
const { file, key } = workerData as { readonly file: string; readonly key: Uint8Array };
const say = (report: Report<Audit>) => port.postMessage(report);

/** Reads with a connection of its own, which is closed before the answer. */
function answer(): Report<Audit> {
  let database: ReturnType<typeof openReader> | null = null;
  try {
    database = openReader(file, key);
    return { result: audit(database, () => say({ progress: 1 })) };
  } catch (error) {
    // A page without its seal is damage, which a person can act on, and no mistake of ours.
    const refusal = storeRefusal(error, file);
    if (!refusal) throw error;
    return { refused: { reason: refusal.reason, message: refusal.message } };
  } finally {
    database?.close();
  }
}

say(answer());
