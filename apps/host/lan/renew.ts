// Asks the station for this desk's next certificate before the present one ends: a new key, made and kept here.
import { X509Certificate } from 'node:crypto';
import { connect, type TLSSocket } from 'node:tls';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { daysAfter, makeRequest, newKeyPair, pemOf } from '#station/desk/desks-certificate.ts';
import { type Renewal, renewalDays } from '#station/desk/desks-renewal.ts';
import { addressText, type LanAddress } from './address.ts';
import { type Certified, type DeskCredentials, endOf } from './desk-folder.ts';
import { failureOf, provenBothWays } from './line.ts';
import { askLine, renewProtocol } from './wire.ts';

type Answer =
  | ({ readonly ok: true } & Renewal)
  | { readonly ok: false; readonly reason: string; readonly message: string };

const patienceMs = 15_000;

/** Whether the present certificate ends soon and the desk has no next one. */
export function isRenewalDue(credentials: DeskCredentials, now: number): boolean {
  return !credentials.next && now >= daysAfter(endOf(credentials), -renewalDays);
}

/**
 * A new key and the certificate the station gives for it. Refuses as `openLine` does, with what the station
 * refuses, and `station-false` where what came is no certificate of this branch for this key.
 */
export async function renewCertificate(
  address: LanAddress,
  credentials: DeskCredentials,
): Promise<Certified> {
  const key = newKeyPair();
  const request = makeRequest('desk', key);
  const socket = await open(address, credentials);
  try {
    const asked = { request: request.toString('base64') };
    const silence = (): Refusal =>
      new Refusal(
        'station-unreachable',
        `The station at ${addressText(address)} gave no certificate.`,
      );
    const answer = (await askLine(socket, asked, silence)) as Answer;
    if (!answer.ok) throw new Refusal(answer.reason, answer.message);
    const certificate = new X509Certificate(Buffer.from(answer.certificate, 'base64'));
    const authority = new X509Certificate(credentials.authority);
    refuseUnless(
      certificate.publicKey.equals(key.publicKey) &&
        certificate.verify(authority.publicKey) &&
        Date.parse(certificate.validTo) > endOf(credentials),
      'station-false',
      'What the station gave is no later certificate of this branch for this desk’s new key.',
    );
    return Object.freeze({
      key: String(key.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      certificate: pemOf(certificate.raw),
    });
  } finally {
    socket.destroy();
  }
}

function open(address: LanAddress, credentials: DeskCredentials): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const { host, port } = address;
    const socket = connect({ host, port, ...provenBothWays(credentials, renewProtocol) });
    socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer')));
    socket.once('secureConnect', () => resolve(socket));
    socket.on('error', (error) => reject(failureOf(error, address)));
  });
}
