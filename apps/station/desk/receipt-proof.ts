// Makes the code that proves an entry, from its number and its hash in the log, and checks one.
import { decodeReceiptCode, encodeReceiptCode, isReceiptOf } from '#station/bank/receipt-code.ts';

interface Hashes {
  hashOf(seq: number): string | null;
}

/** The receipt code of an entry of the log; null when there is no such entry. */
export function receiptCodeOf(log: Hashes, seq: number): string | null {
  const hash = log.hashOf(seq);
  return hash === null ? null : encodeReceiptCode(seq, Buffer.from(hash, 'hex'));
}

export interface Verdict {
  readonly ok: boolean;
  readonly message: string;
  /** The entry the code names, where the log has it with this hash. */
  readonly journal: number | null;
}

/**
 * Whether the log holds the entry a receipt's code was made from. The code carries the entry's number and 40
 * bits of its SHA-256, which binds everything before it.
 */
export function verifyReceipt(log: Hashes, typed: string): Verdict {
  const decoded = decodeReceiptCode(typed);
  if (!decoded.ok) return { ok: false, message: decoded.message, journal: null };
  const { seq } = decoded.code;
  const hash = log.hashOf(seq);
  if (hash === null) {
    return { ok: false, message: `The log of this branch has no entry ${seq}.`, journal: null };
  }
  if (!isReceiptOf(decoded.code, Buffer.from(hash, 'hex'))) {
    const message = `Entry ${seq} of this branch's log is not the one this receipt was made from.`;
    return { ok: false, message, journal: null };
  }
  const message = `Entry ${seq} stands in this branch's log exactly as when the receipt was made.`;
  return { ok: true, message, journal: seq };
}
