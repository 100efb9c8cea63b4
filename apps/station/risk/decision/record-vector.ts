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

/** The vector behind its text; null where it is not of this program's length. */
export function vectorOf(text: string): Float32Array | null {
  const bytes = Buffer.from(text, 'hex');
  if (bytes.length !== featureCount * floatBytes) return null;
  return Float32Array.from({ length: featureCount }, (_none, index) =>
    bytes.readFloatLE(index * floatBytes),
  );
}
