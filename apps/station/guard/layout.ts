// Says where each field of the device's structs lies, in one table that a test holds against the C header.

/** Offsets and sizes in bytes; `bytes` is the whole struct. Names are the header's. */
export const layout = {
  qenex_info: {
    ...{ abi: 0, state: 4, features: 8, seals: 16, role: 20, till: 24, seq: 32, acked_seq: 40 },
    ...{ oldest_seq: 48, boot_ns: 56, accounts: 64, accounts_max: 68, transfers: 72 },
    ...{ transfers_max: 76, holds: 80, holds_max: 84, sessions: 88, sessions_max: 92 },
    ...{ key_level: 96, ring_max: 100, epoch: 104, device: 120, digest: 136, bytes: 168 },
  },
  qenex_attach: { role: 0, flags: 4, till: 8, bytes: 32 },
  qenex_account: {
    ...{ id: 0, currency: 8, flags: 12, debits_posted: 16, credits_posted: 24 },
    ...{ debits_pending: 32, credits_pending: 40, overdraft: 48, transfer_max: 56 },
    ...{ offline_soft: 64, offline_hard: 72, offline_used: 80, offline_count: 88 },
    ...{ offline_count_max: 92, version: 96, bytes: 128 },
  },
  qenex_list: { array: 0, first: 8, count: 16, total: 20, seq: 24, bytes: 32 },
  qenex_transfer: {
    ...{ id: 0, pending_id: 16, debit: 32, credit: 40, amount: 48, currency: 56, code: 60 },
    ...{ kind: 64, flags: 68, expires_boot_ns: 72, meta: 80, result: 112, state: 116 },
    ...{ seq: 120, boot_ns: 128, real_ns: 136, digest: 144, bytes: 192 },
  },
  qenex_batch: { array: 0, count: 8, flags: 12, leg: 16, result: 20, bytes: 32 },
  qenex_load_begin: { device: 0, previous_seq: 16, previous_digest: 24, bytes: 64 },
  qenex_load_commit: { accounts: 0, counter: 8, value: 16, bytes: 56 },
  qenex_limits: {
    ...{ id: 0, flags: 8, offline_count_max: 12, overdraft: 16, transfer_max: 24 },
    ...{ offline_soft: 32, offline_hard: 40, bytes: 64 },
  },
  qenex_offline_reset: { id: 0, token: 8, bytes: 48 },
  qenex_key: { key: 0, bytes: 40 },
  qenex_seal: { seals: 0, bytes: 8 },
  qenex_freeze: { reason: 0, bytes: 40 },
  qenex_anchor: { previous: 0, counter: 8, value: 16, reg: 48, bytes: 88 },
  qenex_quote: {
    ...{ nonce: 0, counter: 32, value: 40, reg: 72, epoch: 104, seq: 120, chain: 128 },
    ...{ boot_ns: 160, key_index: 168, seals: 176, state: 180, digest: 184, mac: 216, bytes: 256 },
  },
  qenex_checkpoint: { seq: 0, digest: 8, bytes: 48 },
  qenex_statistics: {
    ...{ posted: 0, reserved_holds: 8, posted_holds: 16, voided: 24, expired: 32, abandoned: 40 },
    ...{ replayed: 48, refused: 56, soft_limits: 64, anchored: 72, quotes: 80, overruns: 88 },
    ...{ latency: 128, bytes: 384 },
  },
} as const;
export type StructName = keyof typeof layout;

const magic = 0xbd;
const write = 1;
const readWrite = 3;

/** The request number of ioctl(2): direction, size, magic, number (asm-generic/ioctl.h). */
function request(direction: number, number: number, struct: StructName): number {
  return ((direction << 30) | (layout[struct].bytes << 16) | (magic << 8) | number) >>> 0;
}

export const requests = {
  QENEX_INFO: request(readWrite, 16, 'qenex_info'),
  QENEX_ATTACH: request(write, 17, 'qenex_attach'),
  QENEX_ACCOUNT_CREATE: request(write, 18, 'qenex_account'),
  QENEX_ACCOUNT_GET: request(readWrite, 19, 'qenex_account'),
  QENEX_ACCOUNT_LIST: request(readWrite, 20, 'qenex_list'),
  QENEX_POST_TRANSFER: request(readWrite, 21, 'qenex_transfer'),
  QENEX_BATCH: request(readWrite, 22, 'qenex_batch'),
  QENEX_LOOKUP: request(readWrite, 23, 'qenex_transfer'),
  QENEX_HOLDS: request(readWrite, 24, 'qenex_list'),
  QENEX_CHECKPOINT: request(write, 25, 'qenex_checkpoint'),
  QENEX_LOAD_BEGIN: request(write, 26, 'qenex_load_begin'),
  QENEX_LOAD_COMMIT: request(write, 27, 'qenex_load_commit'),
  QENEX_LIMITS: request(write, 28, 'qenex_limits'),
  QENEX_OFFLINE_RESET: request(write, 29, 'qenex_offline_reset'),
  QENEX_KEY_SET: request(write, 30, 'qenex_key'),
  QENEX_SEAL: request(write, 31, 'qenex_seal'),
  QENEX_FREEZE: request(write, 32, 'qenex_freeze'),
  QENEX_THAW: request(write, 33, 'qenex_freeze'),
  QENEX_RESET: ((magic << 8) | 34) >>> 0,
  QENEX_ANCHOR_EXTEND: request(readWrite, 35, 'qenex_anchor'),
  QENEX_ANCHOR_QUOTE: request(readWrite, 36, 'qenex_quote'),
  QENEX_STATISTICS: request(readWrite, 37, 'qenex_statistics'),
} as const;
export type RequestName = keyof typeof requests;
