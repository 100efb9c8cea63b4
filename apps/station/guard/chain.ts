// Binds what a guard did into a chain of records, and the log's heads into a register, as the header says.
import { createHmac, hash } from 'node:crypto';
import type { AnchorPoint, NewAccount } from './guard.ts';

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

/** The record's bytes, all but its digest. */
export function encodeRecord(record: Omit<GuardRecord, 'digest'>): Buffer {
  const bytes = Buffer.alloc(recordBytes);
  bytes.writeBigUInt64LE(record.seq, 0);
  bytes.writeBigUInt64LE(record.bootNs, 8);
  bytes.writeBigUInt64LE(record.realNs, 16);
  bytes.write(record.id, 24, 16, 'hex');
  bytes.write(record.pendingId, 40, 16, 'hex');
  bytes.writeBigUInt64LE(record.debit, 56);
  bytes.writeBigUInt64LE(record.credit, 64);
  bytes.writeBigUInt64LE(record.amountMinor, 72);
  bytes.writeUInt32LE(record.currency, 80);
  bytes.writeUInt32LE(record.code, 84);
  bytes.writeUInt32LE(record.kind, 88);
  bytes.writeUInt32LE(record.uid, 92);
  bytes.writeBigUInt64LE(record.till, 96);
  bytes.write(record.meta, 104, 32, 'hex');
  bytes.writeUInt32LE(record.flags, 136);
  return bytes;
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
  linked.write(before, 4, 32, 'hex');
  linked.set(record, 36);
  return sha256(linkedBound);
}

/** Room for one link, written over each time: this is done with every posting. */
const linked = Buffer.concat([Buffer.from('QBJ1'), Buffer.alloc(32 + recordBytes)]);
const linkedBound = linked.subarray(0, 4 + 32 + boundBytes);

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
