// Writes the model file: data only, versioned, hashed; no code is ever in it.
import { createHash } from 'node:crypto';
import type { ModelData } from './member.ts';

export const magic = Buffer.from('QENEXRM', 'latin1');
/** Raised when what a file holds changes; an older program refuses a newer file. */
export const version = 1;
export const start = 16;
export const hashBytes = 32;

export const arrayTypes = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint16Array,
} as const;
type ArrayName = keyof typeof arrayTypes;
type AnyArray = InstanceType<(typeof arrayTypes)[ArrayName]>;

export interface ArrayPlace {
  readonly array: ArrayName;
  readonly at: number;
  readonly length: number;
}

const nameOf = (value: unknown): ArrayName | undefined =>
  (Object.keys(arrayTypes) as ArrayName[]).find((name) => value instanceof arrayTypes[name]);

/** The data as JSON with sorted keys, its arrays moved out to `arrays`. */
function flatten(value: unknown, arrays: AnyArray[], place: { at: number }): unknown {
  const name = nameOf(value);
  if (name) {
    const array = value as AnyArray;
    const at = place.at;
    arrays.push(array);
    place.at += Math.ceil(array.byteLength / 8) * 8;
    return { array: name, at, length: array.length } satisfies ArrayPlace;
  }
  if (Array.isArray(value)) return value.map((each) => flatten(each, arrays, place));
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(
    keys.map((key) => [key, flatten((value as Record<string, unknown>)[key], arrays, place)]),
  );
}

/** The bytes of a model file without signature: the last 32 are the SHA-256 of all before. */
export function writeModel(data: ModelData): Uint8Array {
  const arrays: AnyArray[] = [];
  const place = { at: 0 };
  const header = Buffer.from(JSON.stringify(flatten(data, arrays, place)), 'utf8');
  const body = start + Math.ceil(header.length / 8) * 8;
  const bytes = Buffer.alloc(body + place.at + hashBytes);
  magic.copy(bytes);
  bytes[7] = version;
  bytes.writeUInt32LE(header.length, 8);
  header.copy(bytes, start);
  let at = body;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += Math.ceil(byteLength / 8) * 8;
  }
  const digest = createHash('sha256').update(bytes.subarray(0, -hashBytes)).digest();
  digest.copy(bytes, bytes.length - hashBytes);
  return bytes;
}
