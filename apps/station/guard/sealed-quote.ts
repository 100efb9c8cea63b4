// What of the guard's last quote is kept sealed in the witness, outside the database, between two lives.

/** Bytes of it: epoch 16, register 32. */
export const sealedQuoteBytes = 48;

export interface SealedQuote {
  /** Number of the event it was given at. */
  readonly seq: number;
  /** The guard's epoch, 32 hex digits. */
  readonly epoch: string;
  /** The anchor's register, 64 hex digits. */
  readonly register: string;
}

export function sealedQuote({ epoch, register }: Omit<SealedQuote, 'seq'>): Uint8Array {
  // With every commit: two writes cost less than putting the texts together first.
  const bytes = Buffer.allocUnsafe(sealedQuoteBytes);
  bytes.write(epoch, 0, 16, 'hex');
  bytes.write(register, 16, 32, 'hex');
  return bytes;
}

/** What the witness kept: the head, and the quote beside it. */
export interface Witnessed {
  readonly seq: number;
  readonly quote?: Uint8Array;
}

/** Reads it back; null where there is none, or bytes of another length. */
export function readSealedQuote(witnessed: Witnessed | null): SealedQuote | null {
  const bytes = witnessed?.quote;
  if (!witnessed || bytes?.length !== sealedQuoteBytes) return null;
  const hex = Buffer.from(bytes).toString('hex');
  return { seq: witnessed.seq, epoch: hex.slice(0, 32), register: hex.slice(32) };
}
