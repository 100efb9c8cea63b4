// The one-time code and what both sides prove with it: that nobody sits between the desk and its station.
import { createHash, createHmac, scrypt, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: no letter that looks like a digit, none that spells a word. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const numberLetters = 4;
export const codeLetters = 20;
/** Each letter takes one byte of chance. */
export const codeBytes = codeLetters;

export interface Code {
  /** First group: says which code is meant, and is no secret. */
  readonly invitation: string;
  /** The other four groups: 80 bits. */
  readonly secret: string;
}

/** A code from chance (one byte a letter), as twenty letters without dashes. */
export function newCode(chance: Uint8Array): string {
  return [...chance.subarray(0, codeLetters)].map((byte) => alphabet[byte & 31]).join('');
}

/** As it is shown and typed: five groups of four. */
export const shownCode = (code: string): string => code.match(/.{4}/g)?.join('-') ?? code;

export function splitCode(code: string): Code {
  return { invitation: code.slice(0, numberLetters), secret: code.slice(numberLetters) };
}

/** RFC 7914; 32 MiB each: who has stolen what the station keeps still cannot say the code. */
const cost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** What the station keeps in the code's place, and the key of both proofs: 32 bytes. */
export function proofKey({ invitation, secret }: Code): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, `qenex-teller desk ${invitation}`, 32, cost, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** The label of RFC 8446 7.5 under which both ends of one TLS connection draw the same bytes, and no others do. */
export const bindingLabel = 'EXPERIMENTAL-qenex-teller-desk';
export const bindingBytes = 32;

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** The desk knows the code, speaks over this very connection, and asks with this very request. */
export function deskProof(key: Uint8Array, binding: Uint8Array, request: Uint8Array): Buffer {
  return createHmac('sha256', key).update('desk').update(binding).update(digest(request)).digest();
}

export interface Given {
  readonly request: Uint8Array;
  /** The desk's new certificate and the authority's, in DER. */
  readonly certificate: Uint8Array;
  readonly authority: Uint8Array;
}

/** The station knows the code too, and it is this certificate under this authority that it gives. */
export function stationProof(key: Uint8Array, binding: Uint8Array, given: Given): Buffer {
  return createHmac('sha256', key)
    .update('station')
    .update(binding)
    .update(digest(given.request))
    .update(digest(given.certificate))
    .update(digest(given.authority))
    .digest();
}

/** Compares in a time that says nothing about where they differ. */
export function isProof(given: Uint8Array, right: Uint8Array): boolean {
  return given.length === right.length && timingSafeEqual(given, right);
}

/** Name a station answers as, whatever its address: made of its authority, so that another's is never it. */
export function stationHost(authority: Uint8Array): string {
  return `station-${digest(authority).toString('hex').slice(0, 32)}.desks.internal`;
}
