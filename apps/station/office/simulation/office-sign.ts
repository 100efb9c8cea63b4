// Head office's key in the simulation: a secret in a hash, which is fast and which nobody else in that world has.
import { createHash } from 'node:crypto';

export function sign(note: Buffer): string {
  return createHash('sha256').update('the key of head office').update(note).digest('hex');
}

export const isSigned = (note: Buffer, signature: string): boolean => sign(note) === signature;
