// Writes what is sent to the device, field by field, where the layout says.
import { GuardError } from './error.ts';
import type { NewAccount, NewLimits, Transfer } from './guard.ts';
import { layout } from './layout.ts';

const transferAt = layout.qenex_transfer;
const accountAt = layout.qenex_account;
const limitsAt = layout.qenex_limits;
const wordMax = 2n ** 64n;

/** 64 bits as they are; what does not fit is no number of the device's. */
export function word(bytes: Buffer, value: bigint, at: number): void {
  if (value < 0n || value >= wordMax) throw new GuardError('EINVAL', 'BAD_FIELD');
  bytes.writeBigUInt64LE(value, at);
}

/** Fills one transfer; what the kernel answers in is zero. */
export function encodeTransfer(transfer: Transfer, bytes: Buffer, start: number): void {
  bytes.fill(0, start + transferAt.result, start + transferAt.bytes);
  bytes.write(transfer.id, start, 16, 'hex');
  bytes.write(transfer.pendingId, start + transferAt.pending_id, 16, 'hex');
  word(bytes, transfer.debit, start + transferAt.debit);
  word(bytes, transfer.credit, start + transferAt.credit);
  word(bytes, transfer.amountMinor, start + transferAt.amount);
  bytes.writeUInt32LE(transfer.currency, start + transferAt.currency);
  bytes.writeUInt32LE(transfer.code, start + transferAt.code);
  bytes.writeUInt32LE(transfer.kind, start + transferAt.kind);
  bytes.writeUInt32LE(transfer.flags, start + transferAt.flags);
  word(bytes, transfer.expiresBootNs, start + transferAt.expires_boot_ns);
  bytes.write(transfer.meta, start + transferAt.meta, 32, 'hex');
}

export function encodeNewAccount(account: NewAccount, bytes: Buffer): void {
  word(bytes, account.id, accountAt.id);
  bytes.writeUInt32LE(account.currency, accountAt.currency);
  bytes.writeUInt32LE(account.flags, accountAt.flags);
  word(bytes, account.debitsPosted, accountAt.debits_posted);
  word(bytes, account.creditsPosted, accountAt.credits_posted);
  word(bytes, account.overdraft, accountAt.overdraft);
  word(bytes, account.transferMax, accountAt.transfer_max);
  word(bytes, account.offlineSoft, accountAt.offline_soft);
  word(bytes, account.offlineHard, accountAt.offline_hard);
  word(bytes, account.offlineUsed, accountAt.offline_used);
  bytes.writeUInt32LE(account.offlineCount, accountAt.offline_count);
  bytes.writeUInt32LE(account.offlineCountMax, accountAt.offline_count_max);
}

export function encodeLimits(limits: NewLimits, bytes: Buffer): void {
  word(bytes, limits.id, limitsAt.id);
  bytes.writeUInt32LE(limits.flags, limitsAt.flags);
  bytes.writeUInt32LE(limits.offlineCountMax, limitsAt.offline_count_max);
  word(bytes, limits.overdraft, limitsAt.overdraft);
  word(bytes, limits.transferMax, limitsAt.transfer_max);
  word(bytes, limits.offlineSoft, limitsAt.offline_soft);
  word(bytes, limits.offlineHard, limitsAt.offline_hard);
}
