// Writes and reads the few forms of DER (X.690) that certificates and requests for them are made of.
import { Refusal, refuseUnless } from '../bank/refusal.ts';

export const tags = Object.freeze({
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
});

function lengthOf(count: number): Buffer {
  if (count < 0x80) return Buffer.from([count]);
  const digits: number[] = [];
  for (let rest = count; rest > 0; rest >>= 8) digits.unshift(rest & 0xff);
  return Buffer.from([0x80 | digits.length, ...digits]);
}

/** One value: tag, length, and the parts one after the other. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(tags.sequence, ...parts);
export const octets = (bytes: Uint8Array): Buffer => der(tags.octetString, bytes);
export const bits = (bytes: Uint8Array, unused = 0): Buffer =>
  der(tags.bitString, Buffer.from([unused]), bytes);
export const truth: Buffer = der(tags.boolean, Buffer.from([0xff]));

/** A positive integer from its bytes, largest first. */
export function integer(bytes: Uint8Array): Buffer {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
  const body = Buffer.from(bytes.subarray(from));
  return der(tags.integer, (body[0] ?? 0) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0), body);
}

/** An object identifier such as `2.5.4.3`. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const digits = rest.flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return der(tags.oid, Buffer.from([first * 40 + second, ...digits]));
}

/** RFC 5280 4.1.2.5: two digits of the year up to 2049, four from 2050. `at` is ms since 1970. */
export function time(at: number): Buffer {
  const text = new Date(at).toISOString().replaceAll(/[-:T]|\.\d{3}/g, '');
  return Number(text.slice(0, 4)) < 2050
    ? der(tags.utcTime, Buffer.from(text.slice(2)))
    : der(tags.generalizedTime, Buffer.from(text));
}

/** One value read from the beginning of the bytes. */
export interface DerValue {
  readonly tag: number;
  readonly body: Buffer;
  /** Tag, length and body. */
  readonly whole: Buffer;
  readonly rest: Buffer;
}

const damaged = (): Refusal =>
  new Refusal('request-damaged', 'The request for a certificate is not one that can be read.');

/** Reads one value of definite, shortest length; refuses `request-damaged`. */
export function readDer(bytes: Buffer, tag: number): DerValue {
  const first = bytes[1];
  refuseUnless(bytes[0] === tag && first !== undefined, 'request-damaged', damaged().message);
  const digits = first < 0x80 ? 0 : first & 0x7f;
  const isPlain = first < 0x80 || (digits >= 1 && digits <= 3 && bytes.length > 2 + digits);
  if (!isPlain) throw damaged();
  const count = digits === 0 ? first : bytes.readUIntBE(2, digits);
  const from = 2 + digits;
  const isShortest = lengthOf(count).length === 1 + digits;
  if (!isShortest || bytes.length < from + count) throw damaged();
  return {
    tag,
    body: bytes.subarray(from, from + count),
    whole: bytes.subarray(0, from + count),
    rest: bytes.subarray(from + count),
  };
}
