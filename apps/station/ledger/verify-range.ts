// Reads a stretch of the log and says where it stops being what was written.
import { hash, type KeyObject } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { readBody } from './canonical-bytes.ts';
import { checkpointNote, isSignedBy } from './checkpoint.ts';
import { bodyBytesMax } from './log.ts';

/** The first event that is not what was written, and why. */
export interface BadEvent {
  readonly seq: number;
  readonly why:
    | 'missing'
    | 'chain-broken'
    | 'not-canonical'
    | 'time-goes-back'
    | 'checkpoint-not-signed'
    | 'checkpoint-not-the-event';
}

export interface RangeRequest {
  /** First and last event to verify; the event before the first is taken as it stands. */
  readonly from: number;
  readonly to: number;
  readonly publicKey: KeyObject;
  /** Told now and then how many events more were read; returning false stops. */
  readonly onProgress?: (events: number) => boolean;
}

export interface RangeResult {
  readonly firstBad: BadEvent | null;
  readonly checkpoints: number;
}

const blockEvents = 512;
const hashBytes = 32;

/** Recomputes the chain, the form and the order of time of each event, and the checkpoints' signatures. */
export function verifyRange(database: Database, request: RangeRequest): RangeResult {
  const chain = createChainCheck(database, request.from);
  const checkpoints = createCheckpointCheck(database, request.publicKey);
  let signed = 0;
  for (let from = request.from; from <= request.to; from += blockEvents) {
    const to = Math.min(from + blockEvents - 1, request.to);
    const found = checkpoints(from, to);
    const broken = chain(from, to);
    const firstBad = earlier(broken, found.firstBad);
    if (firstBad) return { firstBad, checkpoints: signed };
    signed += found.checkpoints;
    if (request.onProgress?.(to - from + 1) === false) break;
  }
  return { firstBad: null, checkpoints: signed };
}

export function earlier(one: BadEvent | null, other: BadEvent | null): BadEvent | null {
  if (one === null || other === null) return one ?? other;
  return other.seq < one.seq ? other : one;
}

function createChainCheck(database: Database, from: number) {
  const read = database
    .prepare<[number, number], [Buffer, Buffer]>(
      'SELECT hash, body FROM event WHERE seq BETWEEN ? AND ? ORDER BY seq',
    )
    .raw();
  const before = database
    .prepare<[number], [Buffer, Buffer]>('SELECT hash, body FROM event WHERE seq = ?')
    .raw()
    .get(from - 1) as [Buffer, Buffer] | undefined;
  let previous = before?.[0].toString('latin1') ?? '\0'.repeat(hashBytes);
  let at = before ? readBody(before[1]).at : 0;
  const bytes = Buffer.allocUnsafe(hashBytes + bodyBytesMax);

  const check = (stored: Buffer, body: Buffer): BadEvent['why'] | null => {
    bytes.write(previous, 0, 'latin1');
    if (body.length > bodyBytesMax) return 'not-canonical';
    bytes.set(body, hashBytes);
    const digest = hash('sha256', bytes.subarray(0, hashBytes + body.length), 'binary');
    if (digest !== stored.toString('latin1')) return 'chain-broken';
    const facts = readBody(body);
    if (facts.badAt >= 0) return 'not-canonical';
    if (facts.at < at) return 'time-goes-back';
    previous = digest;
    at = facts.at;
    return null;
  };
  return (first: number, last: number): BadEvent | null => {
    const rows = read.all(first, last) as unknown as [Buffer, Buffer][];
    if (rows.length !== last - first + 1)
      return { seq: firstMissing(database, first), why: 'missing' };
    for (let index = 0; index < rows.length; index++) {
      const [stored, body] = rows[index] as [Buffer, Buffer];
      const why = check(stored, body);
      if (why) return { seq: first + index, why };
    }
    return null;
  };
}

function firstMissing(database: Database, from: number): number {
  const has = database.prepare<[number]>('SELECT 1 FROM event WHERE seq = ?');
  let seq = from;
  while (has.get(seq)) seq += 1;
  return seq;
}

function createCheckpointCheck(database: Database, publicKey: KeyObject) {
  const read = database.prepare<
    [number, number],
    { seq: bigint; at: bigint; hash: Buffer; signature: Buffer; event: Buffer | null }
  >(
    `SELECT checkpoint.seq, at, checkpoint.hash, signature, event.hash AS event
     FROM checkpoint LEFT JOIN event ON event.seq = checkpoint.seq
     WHERE checkpoint.seq BETWEEN ? AND ? ORDER BY checkpoint.seq`,
  );
  return (from: number, to: number): RangeResult => {
    const rows = read.all(from, to);
    for (const row of rows) {
      const seq = Number(row.seq);
      const bad = (why: BadEvent['why']) => ({ firstBad: { seq, why }, checkpoints: 0 });
      if (!row.event?.equals(row.hash)) return bad('checkpoint-not-the-event');
      const note = checkpointNote({ seq, hash: row.hash }, Number(row.at));
      if (!isSignedBy(publicKey, note, row.signature)) return bad('checkpoint-not-signed');
    }
    return { firstBad: null, checkpoints: rows.length };
  };
}
