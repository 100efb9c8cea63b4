// Appends events to the one log, each bound to all before it, and reads them back.
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { Clock, Head } from '#station/ports.ts';
import { canonicalText } from './canonical.ts';
import type { EventInput, LedgerParts, StoredEvent } from './events.ts';
import type { Projection } from './projection.ts';
import { outcomeSchema } from './schema/log.ts';

/**
 * Largest body of one event, in bytes of UTF-8: a frame of input, its reply and what was prepared
 * from it.
 */
export const bodyBytesMax = 1024 * 1024;

const hashBytes = 32;

/** Where the log stands inside a transaction; put back when the transaction is rolled back. */
export interface LogMark {
  readonly seq: number;
  /** SHA-256 of the newest event, as 32 Latin-1 characters. */
  readonly hash: string;
  readonly at: number;
  /** The open business date, or null. */
  readonly date: string | null;
}

export interface LogWriter {
  /**
   * Number, time and business date the next event will have; the time stands until the work ends.
   */
  moment(): { readonly seq: number; readonly at: number; readonly date: string | null };
  append(input: EventInput): StoredEvent;
  /** Where the log stands, for `restore`. */
  mark(): LogMark;
  /** Forgets what was appended since the mark, after SQLite has done the same. */
  restore(mark: LogMark): void;
  /** Work begins: events may be appended, and take a new reading of the clock. */
  start(): void;
  /** Work has ended: nothing may be appended until the next begins. */
  stop(): void;
  head(): Head;
}

export interface LogParts {
  readonly clock: Clock;
  /**
   * Public key of the device that signs this log, in hex: the first event carries it as
   * `data.device`.
   */
  readonly device: string;
  readonly project: (event: StoredEvent) => void;
}

/**
 * The writing end. `project` is called for each event once it is in the table. A clock that goes
 * back does not take the log with it: `at` never decreases.
 */
export function createLogWriter(database: Database, parts: LogParts): LogWriter {
  const { clock, device, project } = parts;
  const insertEvent = database
    .prepare('INSERT INTO event (seq, hash, body) VALUES (?, ?, ?)')
    .safeIntegers(false);
  const bytes = Buffer.allocUnsafe(hashBytes + bodyBytesMax);
  const hashSlot = Buffer.alloc(hashBytes);
  let mark = readMark(database);
  let headMark: LogMark | null = null;
  let headNow: Head = { seq: 0, hash: new Uint8Array(hashBytes) };
  let currentAt: number | null = null;
  let isWriting = false;

  const timeNow = (): number => {
    currentAt ??= Math.max(Math.trunc(clock.now()), mark.at);
    return currentAt;
  };

  /** Asked for by guard, witness and checkpoint alike: made once for each place the log stands at. */
  const head = (): Head => {
    if (headMark !== mark) headNow = { seq: mark.seq, hash: Buffer.from(mark.hash, 'latin1') };
    headMark = mark;
    return headNow;
  };

  function store(event: StoredEvent): void {
    const length = writeBody(bytes, event);
    bytes.write(mark.hash, 0, 'latin1');
    const digest = hash('sha256', bytes.subarray(0, hashBytes + length), 'binary');
    hashSlot.write(digest, 0, 'latin1');
    insertEvent.run(event.seq, hashSlot, bytes.subarray(hashBytes, hashBytes + length));
    const { dateClosed } = event.data as LedgerParts;
    const date = dateClosed === undefined && event.date !== '' ? event.date : null;
    mark = { seq: event.seq, hash: digest, at: event.at, date };
  }

  return Object.freeze({
    moment() {
      return { seq: mark.seq + 1, at: timeNow(), date: mark.date };
    },
    append(input: EventInput): StoredEvent {
      assert.ok(isWriting, 'events are appended inside a write');
      const event = {
        seq: mark.seq + 1,
        at: timeNow(),
        date: (input.data as LedgerParts).dateOpened ?? mark.date ?? '',
        type: input.type,
        actor: input.actor,
        key: input.key ?? '',
        digest: input.digest ?? '',
        data: (mark.seq === 0 ? { ...input.data, device } : input.data) as StoredEvent['data'],
      };
      assert.ok(event.key === '' || isKey(event.key), 'a key is a UUID without hyphens');
      store(event);
      project(event);
      return event;
    },
    mark: () => mark,
    restore(earlier: LogMark) {
      mark = earlier;
      currentAt = null;
    },
    start() {
      currentAt = null;
      isWriting = true;
    },
    stop() {
      isWriting = false;
    },
    head,
  });
}

function isKey(key: string): boolean {
  return key.length === 32 && /^[0-9a-f]+$/.test(key);
}

/** Writes the canonical body behind the room for the previous hash; returns its length in bytes. */
function writeBody(bytes: Buffer, event: StoredEvent): number {
  const { actor, at, data, date, digest, key, type } = event;
  const text = canonicalText({ actor, at, data, date, digest, key, type });
  const isLarge = text.length * 3 > bodyBytesMax;
  refuseUnless(
    !isLarge || Buffer.byteLength(text) <= bodyBytesMax,
    'event-too-large',
    `This would be recorded in more than ${bodyBytesMax} bytes. Split it into smaller parts.`,
  );
  return bytes.write(text, hashBytes);
}

function readMark(database: Database): LogMark {
  const row = database
    .prepare<[], { seq: bigint; hash: Buffer; body: Buffer }>(
      'SELECT seq, hash, body FROM event WHERE seq = (SELECT max(seq) FROM event)',
    )
    .get();
  if (!row) return { seq: 0, hash: '\0'.repeat(hashBytes), at: 0, date: null };
  const event = parseEvent(Number(row.seq), row.body);
  const open = database
    .prepare<[], string>('SELECT date FROM business_date WHERE closed IS NULL')
    .pluck()
    .get();
  const date = (open as string | undefined) ?? null;
  return { seq: event.seq, hash: row.hash.toString('latin1'), at: event.at, date };
}

/** Remembers which event each idempotency key stands for. */
export const outcomeProjection: Projection = Object.freeze({
  name: 'outcome',
  tables: ['outcome'],
  schema: outcomeSchema,
  prepare(database: Database) {
    const insert = database
      .prepare('INSERT INTO outcome (key, seq) VALUES (?, ?)')
      .safeIntegers(false);
    const key = Buffer.alloc(16);
    return (event: StoredEvent) => {
      if (event.key === '') return;
      key.write(event.key, 'hex');
      insert.run(key, event.seq);
    };
  },
});

/** An event from its number and its bytes in the log. */
export function parseEvent(seq: number, body: Uint8Array): StoredEvent {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return { seq, ...(JSON.parse(text) as Omit<StoredEvent, 'seq'>) };
}

export interface LogReader {
  /** The event a key stands for, or null. */
  find(key: string): StoredEvent | null;
  event(seq: number): StoredEvent | null;
  /**
   * SHA-256 of the event's bytes as they stand now, bound to the hash before it, as 64 hex digits;
   * null when there is no such event. Made from the bytes, not read: whoever holds a receipt learns
   * of a changed entry.
   */
  hashOf(seq: number): string | null;
  /** Events from `from` to `to`, both included, oldest first. */
  events(from: number, to: number): readonly StoredEvent[];
}

export function createLogReader(database: Database): LogReader {
  const byKey = database.prepare<[Buffer], { seq: bigint; body: Buffer }>(
    'SELECT outcome.seq, body FROM outcome JOIN event ON event.seq = outcome.seq WHERE key = ?',
  );
  const bySeq = database.prepare<[bigint], { body: Buffer }>(
    'SELECT body FROM event WHERE seq = ?',
  );
  const boundBySeq = database.prepare<[bigint], { body: Buffer; before: Buffer | null }>(
    `SELECT event.body, earlier.hash AS before
     FROM event LEFT JOIN event AS earlier ON earlier.seq = event.seq - 1 WHERE event.seq = ?`,
  );
  const range = database.prepare<[bigint, bigint], { seq: bigint; body: Buffer }>(
    'SELECT seq, body FROM event WHERE seq BETWEEN ? AND ? ORDER BY seq',
  );
  return Object.freeze({
    find(key: string) {
      const row = byKey.get(Buffer.from(key, 'hex'));
      return row ? parseEvent(Number(row.seq), row.body) : null;
    },
    event(seq: number) {
      const row = bySeq.get(BigInt(seq));
      return row ? parseEvent(seq, row.body) : null;
    },
    hashOf(seq: number) {
      const row = boundBySeq.get(BigInt(seq));
      if (!row) return null;
      const before = row.before ?? Buffer.alloc(hashBytes);
      return hash('sha256', Buffer.concat([before, row.body]), 'hex');
    },
    events(from: number, to: number) {
      return range
        .all(BigInt(from), BigInt(to))
        .map((row) => parseEvent(Number(row.seq), row.body));
    },
  });
}
