// Reads what the device answered, field by field, where the layout says.
import { resultName } from './error.ts';
import {
  type GuardAccount,
  type GuardInfo,
  type GuardStatistics,
  guardStates,
  type KeptTransfer,
  type Quote,
} from './guard.ts';
import { layout } from './layout.ts';

const hex = (bytes: Buffer, from: number, length: number): string =>
  bytes.toString('hex', from, from + length);

const stateName = (number: number) => guardStates[number] ?? 'frozen';

export function decodeInfo(bytes: Buffer): GuardInfo {
  const at = layout.qenex_info;
  return {
    abi: bytes.readUInt32LE(at.abi),
    state: stateName(bytes.readUInt32LE(at.state)),
    seals: bytes.readUInt32LE(at.seals),
    role: bytes.readUInt32LE(at.role),
    till: bytes.readBigUInt64LE(at.till),
    seq: bytes.readBigUInt64LE(at.seq),
    ackedSeq: bytes.readBigUInt64LE(at.acked_seq),
    accounts: bytes.readUInt32LE(at.accounts),
    accountsMax: bytes.readUInt32LE(at.accounts_max),
    transfers: bytes.readUInt32LE(at.transfers),
    transfersMax: bytes.readUInt32LE(at.transfers_max),
    holds: bytes.readUInt32LE(at.holds),
    holdsMax: bytes.readUInt32LE(at.holds_max),
    keyLevel: bytes.readUInt32LE(at.key_level),
    epoch: hex(bytes, at.epoch, 16),
    device: hex(bytes, at.device, 16),
    digest: hex(bytes, at.digest, 32),
  };
}

export function decodeAccount(bytes: Buffer): GuardAccount {
  const at = layout.qenex_account;
  const word = (from: number) => bytes.readBigUInt64LE(from);
  return {
    id: word(at.id),
    currency: bytes.readUInt32LE(at.currency),
    flags: bytes.readUInt32LE(at.flags),
    debitsPosted: word(at.debits_posted),
    creditsPosted: word(at.credits_posted),
    debitsPending: word(at.debits_pending),
    creditsPending: word(at.credits_pending),
    overdraft: word(at.overdraft),
    transferMax: word(at.transfer_max),
    offlineSoft: word(at.offline_soft),
    offlineHard: word(at.offline_hard),
    offlineUsed: word(at.offline_used),
    offlineCount: bytes.readUInt32LE(at.offline_count),
    offlineCountMax: bytes.readUInt32LE(at.offline_count_max),
    version: word(at.version),
  };
}

export function decodeKept(bytes: Buffer): KeptTransfer {
  const at = layout.qenex_transfer;
  const word = (from: number) => bytes.readBigUInt64LE(from);
  return {
    id: hex(bytes, at.id, 16),
    pendingId: hex(bytes, at.pending_id, 16),
    debit: word(at.debit),
    credit: word(at.credit),
    amountMinor: word(at.amount),
    currency: bytes.readUInt32LE(at.currency),
    code: bytes.readUInt32LE(at.code),
    kind: bytes.readUInt32LE(at.kind),
    flags: bytes.readUInt32LE(at.flags),
    expiresBootNs: word(at.expires_boot_ns),
    meta: hex(bytes, at.meta, 32),
    result: resultName(bytes.readUInt32LE(at.result)) as KeptTransfer['result'],
    state: bytes.readUInt32LE(at.state),
    seq: word(at.seq),
    digest: hex(bytes, at.digest, 32),
  };
}

export function decodeQuote(bytes: Buffer): Quote {
  const at = layout.qenex_quote;
  return {
    counter: bytes.readBigUInt64LE(at.counter),
    value: hex(bytes, at.value, 32),
    register: hex(bytes, at.reg, 32),
    epoch: hex(bytes, at.epoch, 16),
    seq: bytes.readBigUInt64LE(at.seq),
    chain: hex(bytes, at.chain, 32),
    keyIndex: bytes.readBigUInt64LE(at.key_index),
    seals: bytes.readUInt32LE(at.seals),
    state: stateName(bytes.readUInt32LE(at.state)),
    digest: hex(bytes, at.digest, 32),
    mac: hex(bytes, at.mac, 32),
  };
}

export function decodeStatistics(bytes: Buffer): GuardStatistics {
  const at = layout.qenex_statistics;
  const word = (from: number) => bytes.readBigUInt64LE(from);
  return {
    posted: word(at.posted),
    reservedHolds: word(at.reserved_holds),
    postedHolds: word(at.posted_holds),
    voided: word(at.voided),
    expired: word(at.expired),
    abandoned: word(at.abandoned),
    replayed: word(at.replayed),
    refused: word(at.refused),
    softLimits: word(at.soft_limits),
    anchored: word(at.anchored),
    quotes: word(at.quotes),
    overruns: word(at.overruns),
    latency: Array.from({ length: 32 }, (_, index) => word(at.latency + index * 8)),
  };
}
