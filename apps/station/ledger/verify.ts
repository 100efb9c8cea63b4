// Proves the whole log: every event, its place in the chain, its form, and every signed checkpoint.
import { availableParallelism } from 'node:os';
import type { Database } from 'better-sqlite3';
import { parseEvent } from './log.ts';
import { openReader } from './reader.ts';
import { type BadEvent, earlier, type RangeResult } from './verify-range.ts';
import type { VerifyOrder } from './verify-worker.ts';
import { type LongWork, runWorker } from './worker.ts';

export interface Verification {
  readonly ok: boolean;
  /**
   * Events in the log when it was read; the newest one's number where a damaged page forbids
   * counting.
   */
  readonly events: number;
  /** Number and hash (hex) of the newest event; the hash is "" when there is none. */
  readonly head: { readonly seq: number; readonly hash: string };
  /** Checkpoints whose signature holds; counted up to the first bad event of each stretch. */
  readonly checkpoints: number;
  readonly firstBad: BadEvent | null;
}

export interface VerifyRequest extends LongWork {
  readonly file: string;
  readonly key: Uint8Array;
  /**
   * Threads to share the work; absent: as many as the machine has processors, 8 at most, and fewer
   * where the log is too short to be worth them.
   */
  readonly threads?: number;
  /** Events a thread takes at a time; 16,384 when absent. */
  readonly stretchEvents?: number;
}

const script = new URL('./verify-worker.ts', import.meta.url);
/** A log shorter than this for each thread is not worth the thread. */
const threadEventsMin = 20_000;
/** Short enough that a thread which was held up leaves little behind for the others to wait for. */
const stretchEventsMax = 16_384;

/**
 * Reads the log beside the running station. Each thread takes one stretch after the other, and starts
 * from the hash before it, which the stretch before ends with: together they prove what one would. The
 * key that signs is the one the log's first event names.
 */
export async function verifyLog(request: VerifyRequest): Promise<Verification> {
  const { file, key } = request;
  const facts = readFacts(file, key);
  if (facts === null) {
    const head = { seq: 0, hash: '' };
    return { ok: true, events: 0, head, checkpoints: 0, firstBad: null };
  }
  const { events, head, publicKey, signedSeq } = facts;
  let done = 0;
  const onProgress = (more: number) => {
    done += more;
    request.onProgress?.(done, events);
  };
  const threads = request.threads ?? threadsFor(head.seq);
  const stretchEvents =
    request.stretchEvents ?? Math.min(stretchEventsMax, Math.ceil(head.seq / threads));
  const handedOut = new Int32Array(new SharedArrayBuffer(4));
  const results = await Promise.all(
    Array.from({ length: threads }, () => {
      const ordered = { last: head.seq, stretchEvents, handedOut };
      const order: VerifyOrder = { file, key: Uint8Array.from(key), publicKey, ...ordered };
      return runWorker<RangeResult>(script, order, { signal: request.signal, onProgress });
    }),
  );
  const cut = signedSeq > head.seq ? ({ seq: head.seq + 1, why: 'missing' } as const) : null;
  const firstBad = results.map((result) => result.firstBad).reduce(earlier, cut);
  const checkpoints = results.reduce((sum, result) => sum + result.checkpoints, 0);
  return { ok: firstBad === null, events, head, checkpoints, firstBad };
}

function readFacts(file: string, key: Uint8Array) {
  const database = openReader(file, key);
  try {
    return logFacts(database);
  } finally {
    database.close();
  }
}

function logFacts(database: Database) {
  const newest = database
    .prepare<[], { seq: bigint; hash: Buffer }>(
      'SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1',
    )
    .get();
  if (!newest) return null;
  const head = { seq: Number(newest.seq), hash: newest.hash.toString('hex') };
  const signed = database.prepare('SELECT coalesce(max(seq), 0) FROM checkpoint').pluck().get();
  return { events: head.seq, head, publicKey: enrolledKey(database), signedSeq: Number(signed) };
}

/**
 * The device's public key as its log names it; 32 zero bytes, which signed nothing, when it names none. A
 * branch made again has no checkpoint of its lost device: its first one stands on the event that names the
 * new key.
 */
function enrolledKey(database: Database): Uint8Array {
  const body = database.prepare<[bigint], Buffer>('SELECT body FROM event WHERE seq = ?').pluck();
  const signed = database.prepare<[], bigint>('SELECT min(seq) FROM checkpoint').pluck().get();
  try {
    for (const seq of [signed as bigint | null, 1n]) {
      const text = seq === null ? undefined : (body.get(seq) as Buffer | undefined);
      const event = text && parseEvent(Number(seq), text);
      if (!event || (seq !== 1n && event.type !== 'branch.restored')) continue;
      const { device } = event.data;
      if (typeof device === 'string' && /^[0-9a-f]{64}$/.test(device))
        return Buffer.from(device, 'hex');
    }
  } catch {
    // An event that cannot be read is found, and named, by the thread that reads it.
  }
  return new Uint8Array(32);
}

function threadsFor(events: number): number {
  return Math.max(1, Math.min(8, availableParallelism(), Math.ceil(events / threadEventsMin)));
}
