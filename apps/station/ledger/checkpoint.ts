// Signs the log's head from time to time, so that a rewritten past cannot be passed off as ours.
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Chance, Clock, Head } from '#station/ports.ts';

/** A checkpoint is due after so many events, or so long after the first unsigned one. */
export const checkpointEvents = 256;
export const checkpointMs = 60_000;

const origin = 'qenex-teller/log';
const deviceKeyName = 'device-key';
/** PKCS #8 and SPKI wrappers of a raw Ed25519 key (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * What is signed: a note in the manner of C2SP tlog-checkpoint (origin, size, hash), and the time.
 * The hash is that of the newest event, which binds all before it.
 */
export function checkpointNote(head: Head, at: number): Buffer {
  const hash = Buffer.from(head.hash).toString('base64');
  return Buffer.from(`${origin}\n${head.seq}\n${hash}\n${at}\n`);
}

/** The device's signing key: read from the database's secrets, made there on the first call. */
export function deviceKey(database: Database, chance: Chance): KeyObject {
  const stored = database
    .prepare<[string], Buffer>('SELECT value FROM secret WHERE name = ?')
    .pluck()
    .get(deviceKeyName) as Buffer | undefined;
  const seed = stored ?? Buffer.from(chance.bytes(32));
  if (!stored) {
    database.prepare('INSERT INTO secret (name, value) VALUES (?, ?)').run(deviceKeyName, seed);
  }
  const der = Buffer.concat([privatePrefix, seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** The 32 bytes of the public half, as they stand in the log and on a day pack. */
export function publicKeyBytes(key: KeyObject): Buffer {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return der.subarray(publicPrefix.length);
}

export function publicKeyOf(bytes: Uint8Array): KeyObject {
  const der = Buffer.concat([publicPrefix, bytes]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

export function isSignedBy(publicKey: KeyObject, note: Buffer, signature: Uint8Array): boolean {
  return verify(null, note, publicKey, signature);
}

export interface Checkpoints {
  /** Inside a transaction: signs the head when enough events or time have gone by since the last. */
  signWhenDue(seq: number, head: () => Head): void;
  /** Inside a transaction: signs the head unless it is signed already. */
  signNow(head: Head): void;
  /** Number of the newest signed event, 0 when there is none. */
  signedSeq(): number;
  /** Reads anew what is signed, after a rollback. */
  undo(): void;
}

export function createCheckpoints(database: Database, clock: Clock, key: KeyObject): Checkpoints {
  const newest = database.prepare<[], { seq: bigint; at: bigint }>(
    'SELECT seq, at FROM checkpoint WHERE seq = (SELECT max(seq) FROM checkpoint)',
  );
  const insert = database.prepare(
    'INSERT INTO checkpoint (seq, at, hash, signature) VALUES (?, ?, ?, ?)',
  );
  const read = () => {
    const row = newest.get();
    return { seq: Number(row?.seq ?? 0n), at: Number(row?.at ?? 0n) };
  };
  let last = read();

  function signNow(head: Head): void {
    if (head.seq <= last.seq) return;
    const at = Math.trunc(clock.now());
    const signature = sign(null, checkpointNote(head, at), key);
    insert.run(BigInt(head.seq), BigInt(at), head.hash, signature);
    last = { seq: head.seq, at };
  }
  return {
    signWhenDue(seq, head) {
      const isDue = seq - last.seq >= checkpointEvents || clock.now() - last.at >= checkpointMs;
      if (isDue) signNow(head());
    },
    signNow,
    signedSeq: () => last.seq,
    undo() {
      last = read();
    },
  };
}

export interface CheckpointTimer {
  /** Starts waiting when the head is not signed. */
  committed(head: Head): void;
  cancel(): void;
}

export interface CheckpointTimerParts {
  readonly clock: Clock;
  readonly checkpoints: Checkpoints;
  readonly signNow: () => void;
  readonly report: (where: string, error: unknown) => void;
}

/** Signs what nobody wrote behind: an event stays without a checkpoint for 60 s at most. */
export function createCheckpointTimer(parts: CheckpointTimerParts): CheckpointTimer {
  const { clock, checkpoints, signNow, report } = parts;
  let cancel: (() => void) | null = null;
  const sign = () => {
    cancel = null;
    try {
      signNow();
    } catch (error) {
      // The next command signs too, and is refused if the disk still is full.
      report('checkpoint', error);
    }
  };
  return {
    committed(head) {
      if (cancel === null && head.seq > checkpoints.signedSeq()) {
        cancel = clock.after(checkpointMs, sign);
      }
    },
    cancel() {
      cancel?.();
      cancel = null;
    },
  };
}
