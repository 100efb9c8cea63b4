// Names holds so that the log alone can say what became of each: by the event they stand for.
import { hash } from 'node:crypto';

/**
 * Id of a hold: number of its event (8 bytes), the beginning of that event's hash (4), and a turn (4)
 * that tells apart the holds one event went through. The whole hash travels as the hold's `meta`.
 */
export function holdId(seq: number, eventHash: string, turn: number): string {
  const number = seq.toString(16).padStart(16, '0');
  return number + eventHash.slice(0, 8) + (turn >>> 0).toString(16).padStart(8, '0');
}

/** Bytes in hex; what is a buffer already, as the log's heads are, is not wrapped once more. */
export function hexOf(bytes: Uint8Array): string {
  if (Buffer.isBuffer(bytes)) return bytes.toString('hex');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Number of the event a hold stands for; null for a hold that is not of our making. */
export function seqOfHold(id: string): number | null {
  const seq = Number.parseInt(id.slice(0, 16), 16);
  return Number.isSafeInteger(seq) && seq > 0 ? seq : null;
}

/**
 * Id of what settles a hold: a function of the hold, so that settling it again after a lost answer
 * is the same transfer, whoever does it. A hold of ours begins with a nought, for an event's number is
 * a safe integer: its settlement begins with another digit instead. Of a stranger's id nothing is known,
 * so it is hashed.
 */
export function settlementId(hold: string, how: 'post' | 'void'): string {
  if (hold.startsWith('0')) return (how === 'post' ? 'a' : 'b') + hold.slice(1);
  return hash('sha256', `${how} ${hold}`, 'hex').slice(0, 32);
}
