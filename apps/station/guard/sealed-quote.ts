// What of the guard's last quote is kept sealed in the witness, outside the database, between two lives.

/** Bytes of it: epoch 16, register 32. */
export const sealedQuoteBytes = 48;

export interface SealedQuote {
  /** The guard's epoch, 32 hex digits. */
  readonly epoch: string;
  /** The anchor's register, 64 hex digits. */
  readonly register: string;
}

export function sealedQuote({ epoch, register }: SealedQuote): Uint8Array {
  return Buffer.from(epoch + register, 'hex');
}

/** Reads it back; null for bytes of another length. */
export function readSealedQuote(bytes: Uint8Array | undefined): SealedQuote | null {
  if (bytes?.length !== sealedQuoteBytes) return null;
  const hex = Buffer.from(bytes).toString('hex');
  return { epoch: hex.slice(0, 32), register: hex.slice(32) };
}
