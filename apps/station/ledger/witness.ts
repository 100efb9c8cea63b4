// Remembers the log's head outside the database, so that a shortened, swapped or rolled-back file is noticed.

import assert from 'node:assert/strict';
import { hash, hkdfSync, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Head, Witness } from '#station/ports.ts';
import { syncFolder } from './migrate.ts';

/** Slots stand in separate disk sectors: a torn write spoils the one written, never the other. */
const slotBytes = 512;
const magic = Buffer.from('QTELWIT2');
/** Of the program before this one: no quote, and the seal in its place. */
const magicBefore = Buffer.from('QTELWIT1');
const hashAt = 24;
const quoteAt = 56;
const quoteBytes = 48;
const sealAt = quoteAt + quoteBytes;
const sealBytes = 32;
const recordBytes = sealAt + sealBytes;
/** Block of SHA-256. */
const blockBytes = 64;

interface Slot {
  readonly turn: bigint;
  readonly head: Head;
}

/**
 * The witness as a small sealed file: HMAC-SHA-256 under a key derived from the database key (HKDF), so
 * that whoever can write the file but has no key can neither forge nor adapt it. Written after each
 * commit without a sync: after a power cut it may be older than the log, which is fine. Only its first
 * record and its closing wait for the disk, so that it is never missing beside a log. `read` gives null
 * for a missing or empty file and refuses `witness-damaged` when no slot is whole.
 */
export function createSidecarWitness(options: {
  readonly file: string;
  readonly key: Uint8Array;
}): Witness {
  const sealKey = Buffer.from(hkdfSync('sha256', options.key, '', 'qenex teller witness', 32));
  const seal = createSeal(sealKey);
  const writer = createSlotWriter(sealKey);
  sealKey.fill(0);
  let descriptor: number | null = null;
  let turn = 0;

  const slotsNow = (): readonly Slot[] => readSlots(options.file, seal);
  const open = (): number => {
    if (descriptor !== null) return descriptor;
    turn = Number(lastTurn(slotsNow));
    const isNew = !existsSync(options.file);
    descriptor = openSync(options.file, openFlags(), 0o600);
    if (isNew) syncFolder(dirname(options.file));
    return descriptor;
  };

  return Object.freeze({
    read(): Head | null {
      return slotsNow().reduce<Slot | null>(newer, null)?.head ?? null;
    },
    write(head: Head): void {
      const file = open();
      turn += 1;
      writeSync(file, writer.filled(turn, head), 0, slotBytes, (turn % 2) * slotBytes);
      if (turn === 1) fsyncSync(file);
    },
    close(): void {
      if (descriptor !== null) {
        fsyncSync(descriptor);
        closeSync(descriptor);
      }
      descriptor = null;
      seal.wipe();
      writer.wipe();
    },
  });
}

/** What the station knows of its log when it asks the witness. */
export interface WitnessCheck {
  readonly witness: Witness;
  /** Hash of the event with that number, or null when the log has none. */
  readonly hashAt: (seq: number) => Uint8Array | null;
  readonly headSeq: number;
  /** Hex hash of the head an administrator has looked at and accepts in spite of the witness. */
  readonly acceptHead?: string | undefined;
}

/**
 * Compares log and witness at the start. A log that is ahead of its witness and holds the witnessed
 * event passes. Refuses `witness-missing`, `witness-damaged`, `log-behind-witness` (shortened or rolled
 * back) and `log-not-witnessed` (another history: swapped or rewritten). An administrator's acceptance
 * names the exact head, so that it cannot be left standing for the next time.
 */
export function checkWitness(check: WitnessCheck): void {
  const headHash = check.headSeq === 0 ? null : check.hashAt(check.headSeq);
  const headHex = headHash === null ? '' : Buffer.from(headHash).toString('hex');
  if (headHex !== '' && check.acceptHead === headHex) return;
  const accept = `An administrator may accept the head ${check.headSeq} (${headHex}).`;
  const seen = readOrRefuse(check.witness, accept);
  if (seen === null) {
    refuseUnless(
      check.headSeq === 0,
      'witness-missing',
      `The log has ${check.headSeq} events but no witness beside it says how far it went, so a shortened file could not be told from a whole one. ${accept}`,
    );
    return;
  }
  const figures = { witnessSeq: seen.seq, fileSeq: check.headSeq, fileHead: headHex };
  if (seen.seq > check.headSeq) {
    throw new Refusal(
      'log-behind-witness',
      `The log ends at event ${check.headSeq}, but event ${seen.seq} was recorded: the file was shortened or an older one put in its place. Restore the newer file. ${accept}`,
      undefined,
      figures,
    );
  }
  const hash = seen.seq === 0 ? null : check.hashAt(seen.seq);
  if (seen.seq !== 0 && (hash === null || Buffer.compare(hash, seen.hash) !== 0)) {
    throw new Refusal(
      'log-not-witnessed',
      `Event ${seen.seq} of the log is not the one that was recorded: the file is another branch's or was rewritten. Restore the right file. ${accept}`,
      undefined,
      figures,
    );
  }
}

function readOrRefuse(witness: Witness, accept: string): Head | null {
  try {
    return witness.read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.reason, `${error.message} ${accept}`, error.field);
  }
}

function openFlags(): number {
  return constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
}

function readSlots(file: string, seal: Seal): readonly Slot[] {
  const bytes = readUpTo(file, 2 * slotBytes);
  if (bytes.every((byte) => byte === 0)) return [];
  const slots = [0, 1]
    .map((index) => bytes.subarray(index * slotBytes, index * slotBytes + recordBytes))
    .map((record, index) => readSlot(record, index, seal))
    .filter((slot) => slot !== null);
  refuseUnless(
    slots.length > 0,
    'witness-damaged',
    `The witness ${file} is damaged, or sealed with another branch's key: neither of its slots carries its seal.`,
  );
  return slots;
}

function readUpTo(file: string, length: number): Buffer {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/**
 * Record: magic 8, turn 8, seq 8, hash 32, the guard's quote 48 (zeroes where there is none), seal 32.
 * The turn's parity says in which slot it belongs.
 */
function readSlot(record: Buffer, index: number, seal: Seal): Slot | null {
  const isBefore = record.subarray(0, 8).equals(magicBefore);
  if (!isBefore && !record.subarray(0, 8).equals(magic)) return null;
  const sealed = isBefore ? quoteAt : sealAt;
  if (record.length < sealed + sealBytes) return null;
  const due = Buffer.alloc(sealBytes);
  seal(record, sealed, due, 0);
  if (!timingSafeEqual(due, record.subarray(sealed, sealed + sealBytes))) return null;
  const turn = record.readBigUInt64BE(8);
  if (Number(turn % 2n) !== index) return null;
  const hash = Uint8Array.from(record.subarray(hashAt, quoteAt));
  const quote = Uint8Array.from(record.subarray(quoteAt, sealed));
  const head = { seq: Number(record.readBigUInt64BE(16)), hash };
  return { turn, head: quote.some((byte) => byte !== 0) ? { ...head, quote } : head };
}

/**
 * Makes the slot that is written: paid with every commit, so it stands behind the seal's inner block
 * from the start, and nothing is copied or made anew. Turns and numbers are safe integers.
 */
function createSlotWriter(key: Buffer) {
  const { inner, outer } = sealBlocks(key, slotBytes);
  const slot = inner.subarray(blockBytes);
  const sealed = inner.subarray(0, blockBytes + sealAt);
  magic.copy(slot);
  const write = (value: number, at: number): void => {
    slot.writeUInt32BE(Math.floor(value / 2 ** 32), at);
    slot.writeUInt32BE(value % 2 ** 32, at + 4);
  };
  return {
    filled(turn: number, head: Head): Buffer {
      assert.equal(head.hash.length, 32, 'a head carries a SHA-256');
      assert.ok((head.quote?.length ?? quoteBytes) === quoteBytes, 'a quote has 48 bytes');
      write(turn, 8);
      write(head.seq, 16);
      slot.set(head.hash, hashAt);
      if (head.quote) slot.set(head.quote, quoteAt);
      else slot.fill(0, quoteAt, sealAt);
      outer.write(hash('sha256', sealed, 'binary'), blockBytes, 'latin1');
      slot.write(hash('sha256', outer, 'binary'), sealAt, 'latin1');
      return slot;
    },
    wipe(): void {
      inner.fill(0);
      outer.fill(0);
    },
  };
}

/** Puts the seal of a record's first bytes into `to`. */
type Seal = (record: Buffer, length: number, to: Buffer, at: number) => void;

/**
 * HMAC-SHA-256 (RFC 2104) from two one-shot hashes over blocks prepared once: a fraction of the cost of the
 * library's HMAC object.
 */
function createSeal(key: Buffer): Seal & { wipe(): void } {
  const { inner, outer } = sealBlocks(key, sealAt);
  const seal = (record: Buffer, length: number, to: Buffer, at: number): void => {
    record.copy(inner, blockBytes, 0, length);
    const sealed = inner.subarray(0, blockBytes + length);
    outer.write(hash('sha256', sealed, 'binary'), blockBytes, 'latin1');
    to.write(hash('sha256', outer, 'binary'), at, 'latin1');
  };
  const wipe = (): void => {
    inner.fill(0);
    outer.fill(0);
  };
  return Object.assign(seal, { wipe });
}

/** The two blocks an HMAC is made of, each with room for what is hashed behind it. */
function sealBlocks(key: Buffer, roomBytes: number) {
  const inner = Buffer.alloc(blockBytes + roomBytes).fill(0x36, 0, blockBytes);
  const outer = Buffer.alloc(blockBytes + sealBytes).fill(0x5c, 0, blockBytes);
  key.forEach((byte, index) => {
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  });
  return { inner, outer };
}

/** A witness written in spite of its damage (an administrator accepted the head) starts its turns anew. */
function lastTurn(slotsNow: () => readonly Slot[]): bigint {
  try {
    return slotsNow().reduce<Slot | null>(newer, null)?.turn ?? 0n;
  } catch (error) {
    if (error instanceof Refusal) return 0n;
    throw error;
  }
}

function newer(best: Slot | null, slot: Slot): Slot {
  return best === null || slot.turn > best.turn ? slot : best;
}
