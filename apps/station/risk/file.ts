// Reads and signs the model file: what is damaged, foreign, newer or of another hand is refused.
import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { Refusal } from '#station/bank/refusal.ts';
import { checkModel } from './check.ts';
import { createModel } from './compiled.ts';
import type { RiskModel } from './model.ts';
import { type ArrayPlace, arrayTypes, hashBytes, magic, start, version } from './write.ts';

const signatureBytes = 64;
/** A larger file is not a model of ours. */
const bytesMax = 512 * 1024 * 1024;

/** Adds the Ed25519 signature of the file's hash; the hash stays what it was. */
export function signModel(bytes: Uint8Array, privateKey: KeyObject): Uint8Array {
  const { digest, unsigned } = splitFile(bytes);
  return Buffer.concat([unsigned, sign(null, digest, privateKey)]);
}

const damaged = (why: string): Refusal =>
  new Refusal('model-damaged', `The model file is damaged: ${why}. Fetch it again.`);

function splitFile(bytes: Uint8Array) {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < start + hashBytes || !file.subarray(0, 7).equals(magic)) {
    throw new Refusal('model-foreign', 'This is not a risk model file of QENEX Teller.');
  }
  if (file[7] !== version) {
    const sentence = `The model file has version ${file[7]}; this program reads ${version}.`;
    throw new Refusal('model-newer', sentence);
  }
  if (file.length > bytesMax) throw damaged(`over ${bytesMax} bytes`);
  for (const extra of [0, signatureBytes]) {
    const end = file.length - extra - hashBytes;
    if (end < start) continue;
    const digest = createHash('sha256').update(file.subarray(0, end)).digest();
    if (!digest.equals(file.subarray(end, end + hashBytes))) continue;
    const signature = extra === 0 ? null : file.subarray(end + hashBytes);
    return { file, end, digest, signature, unsigned: file.subarray(0, end + hashBytes) };
  }
  throw damaged('its hash does not fit its bytes');
}

function unflatten(value: unknown, body: Buffer): unknown {
  if (Array.isArray(value)) return value.map((each) => unflatten(each, body));
  if (typeof value !== 'object' || value === null) return value;
  const { array, at, length } = value as Partial<ArrayPlace>;
  if (array === undefined) {
    const entries = Object.entries(value).map(([key, each]) => [key, unflatten(each, body)]);
    return Object.fromEntries(entries);
  }
  const type = Object.hasOwn(arrayTypes, array) ? arrayTypes[array] : undefined;
  const isPlaced = Number.isSafeInteger(at) && Number.isSafeInteger(length);
  if (!type || !isPlaced || (at as number) < 0 || (length as number) < 0) {
    throw damaged('an array has no place');
  }
  const bytes = (length as number) * type.BYTES_PER_ELEMENT;
  if ((at as number) + bytes > body.length) throw damaged('an array is cut off');
  const copy = new Uint8Array(bytes);
  copy.set(body.subarray(at as number, (at as number) + bytes));
  return new type(copy.buffer);
}

/**
 * Reads a model file. With a public key the file must bear that key's signature. Refuses
 * `model-foreign`, `model-newer`, `model-damaged`, `model-unsigned`, `model-signature-wrong`.
 */
export function readModel(
  bytes: Uint8Array,
  check: { readonly publicKey?: KeyObject } = {},
): RiskModel {
  const { file, end, digest, signature, unsigned } = splitFile(bytes);
  if (check.publicKey && !signature) {
    throw new Refusal('model-unsigned', 'The model file bears no signature; only signed ones run.');
  }
  if (check.publicKey && signature && !verify(null, digest, check.publicKey, signature)) {
    const sentence = 'The signature of the model file is not of the key this branch trusts.';
    throw new Refusal('model-signature-wrong', sentence);
  }
  const headerLength = file.readUInt32LE(8);
  if (start + headerLength > end) throw damaged('its header is cut off');
  const body = file.subarray(start + Math.ceil(headerLength / 8) * 8, end);
  let data: unknown;
  try {
    data = unflatten(JSON.parse(file.toString('utf8', start, start + headerLength)), body);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw damaged('its header is not readable');
  }
  return createModel(checkModel(data), { unsigned, hash: digest.toString('hex') });
}
