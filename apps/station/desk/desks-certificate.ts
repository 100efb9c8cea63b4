// Makes the branch's own certificates for the LAN: its authority, the station's and each desk's; nothing else can.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { Refusal, refuseUnless } from '../bank/refusal.ts';
import {
  bits,
  der,
  integer,
  octets,
  oid,
  readDer,
  sequence,
  tags,
  time,
  truth,
} from './desks-der.ts';

/** ECDSA with SHA-256 on P-256: what every TLS 1.3 stack must have (RFC 8446 9.1). */
const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
const ids = Object.freeze({
  commonName: '2.5.4.3',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectName: '2.5.29.17',
  basic: '2.5.29.19',
  authorityKey: '2.5.29.35',
  extendedUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
});
const dayMs = 86_400_000;
/** Clocks of a branch differ a little: a certificate counts from a day before it was made. */
const earlyMs = dayMs;
export const authorityDays = 3_650;
export const stationDays = 825;
/** A desk is enrolled anew each year. */
export const deskDays = 366;

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function newKeyPair(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

/** SHA-256 of bytes in hexadecimal. */
export const fingerprintOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

const spkiOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
/** RFC 5280 4.2.1.2 asks for any stable digest; ours is the first 20 bytes of SHA-256. */
const keyId = (key: KeyObject): Buffer =>
  createHash('sha256').update(spkiOf(key)).digest().subarray(0, 20);

function nameOf(commonName: string): Buffer {
  const part = sequence(oid(ids.commonName), der(tags.utf8, Buffer.from(commonName)));
  return sequence(der(tags.set, part));
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  return sequence(oid(id), ...(isCritical ? [truth] : []), octets(value));
}

export interface CertificateRequest {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly kind: 'authority' | 'station' | 'desk';
  /** DNS name that a station answers as. */
  readonly host?: string;
  readonly issuer: { readonly name: string; readonly key: KeyPair };
  /** 16 bytes of chance; the first bit is dropped. */
  readonly serial: Uint8Array;
  /** ms since 1970. */
  readonly from: number;
  readonly until: number;
}

function extensionsOf({ kind, publicKey, issuer, host }: CertificateRequest): Buffer[] {
  const signs = kind === 'authority';
  const limits = signs ? [truth, integer(Buffer.from([0]))] : [];
  // keyCertSign for an authority, digitalSignature for the others: their bit numbers are 5 and 0.
  const usage = signs ? bits(Buffer.from([0x04]), 2) : bits(Buffer.from([0x80]), 7);
  const purpose = kind === 'station' ? ids.serverAuth : ids.clientAuth;
  return [
    extension(ids.basic, sequence(...limits), true),
    extension(ids.keyUsage, usage, true),
    extension(ids.subjectKey, octets(keyId(publicKey))),
    extension(ids.authorityKey, sequence(der(0x80, keyId(issuer.key.publicKey)))),
    ...(signs ? [] : [extension(ids.extendedUsage, sequence(oid(purpose)), true)]),
    ...(host ? [extension(ids.subjectName, sequence(der(0x82, Buffer.from(host))))] : []),
  ];
}

/** Signs an X.509 version 3 certificate (RFC 5280); returns it in DER. */
export function makeCertificate(request: CertificateRequest): Buffer {
  const { name, publicKey, issuer, serial, from, until } = request;
  const positive = Uint8Array.from(serial);
  positive[0] = ((positive[0] ?? 0) & 0x7f) | 0x40;
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(positive),
    algorithm,
    nameOf(issuer.name),
    sequence(time(from - earlyMs), time(until)),
    nameOf(name),
    spkiOf(publicKey),
    der(0xa3, sequence(...extensionsOf(request))),
  );
  const signature = sign('sha256', toBeSigned, issuer.key.privateKey);
  return sequence(toBeSigned, algorithm, bits(signature));
}

export const daysAfter = (from: number, days: number): number => from + days * dayMs;

/** A request for a certificate (PKCS #10, RFC 2986) with the proof that its asker has the key. */
export function makeRequest(name: string, key: KeyPair): Buffer {
  const body = sequence(integer(Buffer.from([0])), nameOf(name), spkiOf(key.publicKey), der(0xa0));
  return sequence(body, algorithm, bits(sign('sha256', body, key.privateKey)));
}

/**
 * The public key of a request whose signature holds. Whatever else it asks for (names, extensions) is not
 * looked at: what a certificate says is the station's to decide. Refuses `request-damaged`, `key-unfit`.
 */
export function readRequest(request: Buffer): KeyObject {
  const outer = readDer(request, tags.sequence);
  const body = readDer(outer.body, tags.sequence);
  const method = readDer(body.rest, tags.sequence);
  const signature = readDer(method.rest, tags.bitString);
  const version = readDer(body.body, tags.integer);
  const name = readDer(version.rest, tags.sequence);
  const spki = readDer(name.rest, tags.sequence);
  const isWhole = outer.rest.length === 0 && signature.rest.length === 0;
  refuseUnless(
    isWhole && method.whole.equals(algorithm) && signature.body[0] === 0,
    'request-damaged',
    'The request for a certificate is not one that can be read.',
  );
  const key = publicKeyOf(spki.whole);
  refuseUnless(
    verify('sha256', body.whole, key, signature.body.subarray(1)),
    'request-damaged',
    'The request for a certificate is not signed by the key it names.',
  );
  return key;
}

function publicKeyOf(spki: Buffer): KeyObject {
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // Not a key at all: refused in the same words.
  }
  throw new Refusal('key-unfit', 'A desk has a key on the curve P-256; this is another one.');
}

export function readPrivateKey(pkcs8: Uint8Array): KeyPair {
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** PEM of a certificate in DER. */
export function pemOf(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
