// Packs events for a narrow line in the one compressed form PostgreSQL can open by itself: an OpenPGP message.
import { createCipheriv, createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';

/**
 * PostgreSQL has no inflate to call, but its own pgcrypto opens OpenPGP messages (RFC 4880), whose content
 * may be zlib. The cipher around it is what the format demands, under a password that is no secret: who
 * may read the line is settled by TLS alone.
 */
const password = 'packed';

/** A packed push is never larger: what deflates to more travels as it is, and no push unpacks to gigabytes. */
export const packedBytesMost = 256 * 1024;

/** Below this the packets around it cost more than deflating saves. */
export const packFromBytes = 2048;

const deflated = promisify(deflate);
/** Fast enough for a branch that catches up; level 6 saves a tenth more for three times the work. */
const level = 1;

const key = createHash('sha1').update(password).digest().subarray(0, 16);
const nowhere = Buffer.alloc(16);
/** Random in a message that hides something; ours hides nothing, and the same text packs to the same bytes. */
const opening = Buffer.concat([Buffer.alloc(16), Buffer.alloc(2)]);

/** A packet of the new format with a length of five octets. */
function packet(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.alloc(6);
  head[0] = 0xc0 | tag;
  head[1] = 0xff;
  head.writeUInt32BE(length, 2);
  return Buffer.concat([head, ...parts]);
}

const symmetricKey = 3;
const compressed = 8;
const literal = 11;
const protectedData = 18;
const zlib = 2;

/** Version 4, AES-128, and the key is the SHA-1 of the password as it stands. */
const keyPacket = packet(symmetricKey, Uint8Array.of(4, 7, 0, 2));

/**
 * The text as pgcrypto's `pgp_sym_decrypt_bytea` opens it. Deflating runs beside the event loop. Null
 * where it is not worth it: too small, or too large even when packed.
 */
export async function pack(text: string): Promise<Buffer | null> {
  if (text.length < packFromBytes) return null;
  // Binary, no file name, no date: the bytes come out as they went in.
  const content = packet(literal, Uint8Array.of(0x62, 0, 0, 0, 0, 0), Buffer.from(text));
  const small = await deflated(content, { level });
  const inner = packet(compressed, Uint8Array.of(zlib), small);
  const seal = createHash('sha1').update(opening).update(inner).update(Uint8Array.of(0xd3, 0x14));
  const cipher = createCipheriv('aes-128-cfb', key, nowhere);
  const clear = [opening, inner, Uint8Array.of(0xd3, 0x14), seal.digest()];
  const hidden = [...clear.map((part) => cipher.update(part)), cipher.final()];
  const packed = Buffer.concat([keyPacket, packet(protectedData, Uint8Array.of(1), ...hidden)]);
  return packed.length > packedBytesMost ? null : packed;
}
