// Binds what a guard did into a chain of records, and the log's heads into a register, as the header says.
import { createHmac, hash } from 'node:crypto';
import { type AnchorPoint, type NewAccount, noHash, noId } from './guard.ts';

export const recordBytes = 176;
/** The part of a record its digest covers. */
const boundBytes = 144;

/** A record of the chain; ids and hashes in hex. */
export interface GuardRecord {
  readonly seq: bigint;
  readonly bootNs: bigint;
  readonly realNs: bigint;
  readonly id: string;
  readonly pendingId: string;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly amountMinor: bigint;
  readonly currency: number;
  readonly code: number;
  readonly kind: number;
  readonly uid: number;
  readonly till: bigint;
  readonly meta: string;
  readonly flags: number;
  readonly digest: string;
}

const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');

/** Where a record stands in the room for a link: behind the tag and the digest before it. */
const recordAt = 4 + 32;
const digestAt = recordAt + boundBytes;

/** Room in which one record after the other is bound to the one before it. */
export interface RecordLink {
  /** The record that was bound last, with its digest; written over by the next. */
  readonly record: Uint8Array;
  /** Binds a record to the digest before it; returns its own, in hex. */
  bind(before: string, record: Omit<GuardRecord, 'digest'>): string;
}

/** One a guard: a record is made with every posting, so nothing is allocated for it. */
export function createRecordLink(): RecordLink {
  const bytes = Buffer.alloc(recordAt + recordBytes);
  bytes.write('QBJ1', 0, 'latin1');
  const view = new DataView(bytes.buffer, bytes.byteOffset + recordAt, recordBytes);
  const bound = bytes.subarray(0, digestAt);
  const word = (at: number, value: bigint): void => view.setBigUint64(at, value, true);
  const half = (at: number, value: number): void => view.setUint32(at, value, true);
  const hex = (at: number, value: string, length: number): void => {
    if (value !== noId && value !== noHash) bytes.write(value, recordAt + at, length, 'hex');
    else for (let zero = at; zero < at + length; zero += 8) word(zero, 0n);
  };
  let last = '';
  return Object.freeze({
    record: bytes.subarray(recordAt),
    bind(before: string, record: Omit<GuardRecord, 'digest'>): string {
      if (before === last) bytes.copyWithin(4, digestAt, digestAt + 32);
      else bytes.write(before, 4, 32, 'hex');
      word(0, record.seq);
      word(8, record.bootNs);
      word(16, record.realNs);
      hex(24, record.id, 16);
      hex(40, record.pendingId, 16);
      word(56, record.debit);
      word(64, record.credit);
      word(72, record.amountMinor);
      half(80, record.currency);
      half(84, record.code);
      half(88, record.kind);
      half(92, record.uid);
      word(96, record.till);
      hex(104, record.meta, 32);
      half(136, record.flags);
      last = sha256(bound);
      hex(144, last, 32);
      return last;
    },
  });
}

/** Reads a record back from its 176 bytes. */
export function decodeRecord(given: Uint8Array): GuardRecord {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const hex = (from: number, length: number) => bytes.toString('hex', from, from + length);
  return {
    seq: bytes.readBigUInt64LE(0),
    bootNs: bytes.readBigUInt64LE(8),
    realNs: bytes.readBigUInt64LE(16),
    id: hex(24, 16),
    pendingId: hex(40, 16),
    debit: bytes.readBigUInt64LE(56),
    credit: bytes.readBigUInt64LE(64),
    amountMinor: bytes.readBigUInt64LE(72),
    currency: bytes.readUInt32LE(80),
    code: bytes.readUInt32LE(84),
    kind: bytes.readUInt32LE(88),
    uid: bytes.readUInt32LE(92),
    till: bytes.readBigUInt64LE(96),
    meta: hex(104, 32),
    flags: bytes.readUInt32LE(136),
    digest: hex(144, 32),
  };
}

/** digest_n = SHA-256("QBJ1" || digest_(n-1) || bytes 0..143 of record n). */
export function recordDigest(before: string, record: Uint8Array): string {
  const bytes = Buffer.alloc(digestAt);
  bytes.write('QBJ1', 0, 'latin1');
  bytes.write(before, 4, 32, 'hex');
  bytes.set(record.subarray(0, boundBytes), recordAt);
  return sha256(bytes);
}

/** digest_0 = SHA-256("QBG1" || epoch || device || previous seq || previous digest). */
export function firstDigest(start: {
  readonly epoch: string;
  readonly device: string;
  readonly previousSeq: bigint;
  readonly previousDigest: string;
}): string {
  const bytes = Buffer.alloc(4 + 16 + 16 + 8 + 32);
  bytes.write('QBG1', 0, 'latin1');
  bytes.write(start.epoch, 4, 16, 'hex');
  bytes.write(start.device, 20, 16, 'hex');
  bytes.writeBigUInt64LE(start.previousSeq, 36);
  bytes.write(start.previousDigest, 44, 32, 'hex');
  return sha256(bytes);
}

/** The bytes of an account as the guard keeps it, whose hash an ACCOUNT or LIMITS record carries. */
export function encodeAccount(
  account: NewAccount & {
    readonly debitsPending: bigint;
    readonly creditsPending: bigint;
    readonly version: bigint;
  },
): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeBigUInt64LE(account.id, 0);
  bytes.writeUInt32LE(account.currency, 8);
  bytes.writeUInt32LE(account.flags, 12);
  const words = [
    ...[account.debitsPosted, account.creditsPosted, account.debitsPending],
    ...[account.creditsPending, account.overdraft, account.transferMax],
    ...[account.offlineSoft, account.offlineHard, account.offlineUsed],
  ];
  words.forEach((word, index) => {
    bytes.writeBigUInt64LE(word, 16 + index * 8);
  });
  bytes.writeUInt32LE(account.offlineCount, 88);
  bytes.writeUInt32LE(account.offlineCountMax, 92);
  bytes.writeBigUInt64LE(account.version, 96);
  return bytes;
}

export function accountDigest(account: Parameters<typeof encodeAccount>[0]): string {
  return sha256(encodeAccount(account));
}

/** register_0 = SHA-256("QBA0" || epoch || device || counter || value). */
export function firstRegister(epoch: string, device: string, head: AnchorPoint): string {
  const bytes = Buffer.alloc(4 + 16 + 16 + 8 + 32);
  bytes.write('QBA0', 0, 'latin1');
  bytes.write(epoch, 4, 16, 'hex');
  bytes.write(device, 20, 16, 'hex');
  bytes.writeBigUInt64LE(head.counter, 36);
  bytes.write(head.value, 44, 32, 'hex');
  return sha256(bytes);
}

/** register' = SHA-256("QBA1" || register || counter || value). */
export function nextRegister(register: string, head: AnchorPoint): string {
  extended.write(register, 4, 32, 'hex');
  extended.writeBigUInt64LE(head.counter, 36);
  extended.write(head.value, 44, 32, 'hex');
  return sha256(extended);
}

/** Room for one extension, written over each time. */
const extended = Buffer.concat([Buffer.from('QBA1'), Buffer.alloc(32 + 8 + 32)]);

export interface QuoteBody extends AnchorPoint {
  readonly nonce: string;
  readonly register: string;
  readonly epoch: string;
  readonly seq: bigint;
  readonly chain: string;
  readonly bootNs: bigint;
  readonly keyIndex: bigint;
  readonly seals: number;
  readonly state: number;
}

/** digest = SHA-256("QBQ1" || the quote's first 184 bytes). */
export function quoteDigest(quote: QuoteBody): string {
  const bytes = Buffer.alloc(4 + 184);
  bytes.write('QBQ1', 0, 'latin1');
  bytes.write(quote.nonce, 4, 32, 'hex');
  bytes.writeBigUInt64LE(quote.counter, 36);
  bytes.write(quote.value, 44, 32, 'hex');
  bytes.write(quote.register, 76, 32, 'hex');
  bytes.write(quote.epoch, 108, 16, 'hex');
  bytes.writeBigUInt64LE(quote.seq, 124);
  bytes.write(quote.chain, 132, 32, 'hex');
  bytes.writeBigUInt64LE(quote.bootNs, 164);
  bytes.writeBigUInt64LE(quote.keyIndex, 172);
  bytes.writeUInt32LE(quote.seals, 180);
  bytes.writeUInt32LE(quote.state, 184);
  return sha256(bytes);
}

/** HMAC-SHA-256 of a quote's digest under the key of that quote. */
export function quoteMac(key: string, digest: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex'))
    .update(Buffer.from(digest, 'hex'))
    .digest('hex');
}

/** key_(k+1) = SHA-256("QBK1" || key_k): whoever has the new key cannot make the old quotes. */
export function nextKey(key: string): string {
  return sha256(Buffer.concat([Buffer.from('QBK1'), Buffer.from(key, 'hex')]));
}

/** Token that sets an account's offline use back: made by head office with the epoch's first key. */
export function resetToken(
  firstKey: string,
  over: { readonly epoch: string; readonly id: bigint; readonly version: bigint },
): string {
  const key = hash(
    'sha256',
    Buffer.concat([Buffer.from('QBO0'), Buffer.from(firstKey, 'hex')]),
    'buffer',
  );
  const bytes = Buffer.alloc(4 + 16 + 8 + 8);
  bytes.write('QBO1', 0, 'latin1');
  bytes.write(over.epoch, 4, 16, 'hex');
  bytes.writeBigUInt64LE(over.id, 20);
  bytes.writeBigUInt64LE(over.version, 28);
  return createHmac('sha256', key).update(bytes).digest('hex');
}
