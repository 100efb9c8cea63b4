// Verifies stretches of the log in a thread of its own, one after the other, until none is left.
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { publicKeyOf } from './checkpoint.ts';
import { storeRefusal } from './open-failure.ts';
import { openReader } from './reader.ts';
import { type RangeResult, verifyRange } from './verify-range.ts';
import type { Report } from './worker.ts';

export interface VerifyOrder {
  readonly file: string;
  readonly key: Uint8Array;
  readonly publicKey: Uint8Array;
  /** Number of the newest event, and how many events a stretch has. */
  readonly last: number;
  readonly stretchEvents: number;
  /** How many stretches were handed out already: shared by all threads. */
  readonly handedOut: Int32Array;
}

const port = parentPort;
assert.ok(port, 'runs as a worker');
const { file, key, publicKey, last, stretchEvents, handedOut } = workerData as VerifyOrder;
const say = (report: Report<RangeResult>) => port.postMessage(report);

/** Reads with a connection of its own, which is closed before the answer: whoever has it may need the file alone. */
function answer(): Report<RangeResult> {
  let database: Database | null = null;
  try {
    database = openReader(file, key);
    return { result: verifyStretches(database) };
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

/** What is bad in a stretch ends the handing out: only earlier ones, which others have, matter then. */
function verifyStretches(reader: Database): RangeResult {
  let checkpoints = 0;
  for (;;) {
    const from = Atomics.add(handedOut, 0, 1) * stretchEvents + 1;
    if (from > last) return { firstBad: null, checkpoints };
    const found = verifyRange(reader, {
      ...{ from, to: Math.min(from + stretchEvents - 1, last), publicKey: publicKeyOf(publicKey) },
      onProgress(events) {
        say({ progress: events });
        return true;
      },
    });
    checkpoints += found.checkpoints;
    if (found.firstBad === null) continue;
    Atomics.store(handedOut, 0, Math.ceil(last / stretchEvents));
    return { firstBad: found.firstBad, checkpoints };
  }
}
