// Writes a vector as text and reads it back to the same bits.
import { featureCount } from '../features/catalogue.ts';

const floatBytes = 4;

/** The one way in which what is unknown is written: a processor knows many, and which one it takes varies. */
const unknownBits = 0x7f_c0_00_00;

/** The bytes of a vector as text. */
export function vectorText(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * floatBytes);
  vector.forEach((value, index) => {
    if (Number.isNaN(value)) bytes.writeUInt32LE(unknownBits, index * floatBytes);
    else bytes.writeFloatLE(value, index * floatBytes);
  });
  return bytes.toString('hex');
}

/** Figures of the first version whose vectors stand in logs: later ones only ever came after them. */
const firstCount = 59;

/**
 * The vector behind its text; what was not known of yet when it was written is unknown. Null where it is no
 * vector of this program or of one before it.
 */
export function vectorOf(text: string): Float32Array | null {
  const bytes = Buffer.from(text, 'hex');
  const count = bytes.length / floatBytes;
  if (!Number.isInteger(count) || count < firstCount || count > featureCount) return null;
  return Float32Array.from({ length: featureCount }, (_none, index) =>
    index < count ? bytes.readFloatLE(index * floatBytes) : Number.NaN,
  );
}
