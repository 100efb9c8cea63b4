// Enrols this machine as a desk: proves the code over one connection, and trusts the answer only with its proof.
import { connect, type TLSSocket } from 'node:tls';
import { Refusal } from '#station/bank/refusal.ts';
import { fingerprintOf, makeRequest, newKeyPair, pemOf } from '#station/desk/desks-certificate.ts';
import type { Enrolment } from '#station/desk/desks-door.ts';
import {
  deskProof,
  isProof,
  proofKey,
  splitCode,
  stationProof,
} from '#station/desk/desks-proof.ts';
import type { LanAddress } from './address.ts';
import { addressText } from './address.ts';
import type { DeskCredentials } from './desk-folder.ts';
import { askLine, bindingOf, enrolProtocol } from './wire.ts';

type Answer =
  | ({ readonly ok: true } & Enrolment)
  | { readonly ok: false; readonly reason: string; readonly message: string };

/** How long the station may take to answer, in ms. */
const patienceMs = 15_000;

const unreachable = (address: LanAddress): Refusal =>
  new Refusal(
    'station-unreachable',
    `The station at ${addressText(address)} does not answer, or has no code open. See that it serves the LAN and that an administrator has made a code.`,
    'code',
  );

/**
 * Trades the code (twenty letters, as `deskCode` reads them) for credentials. Nobody is trusted before: the
 * certificate shown by the other end says nothing, its proof of the code over this very connection all.
 * Refuses `station-unreachable`, `station-false`, and with what the station refuses.
 */
export async function enrolDesk(address: LanAddress, code: string): Promise<DeskCredentials> {
  const parts = splitCode(code);
  const proving = await proofKey(parts);
  const key = newKeyPair();
  const request = makeRequest('desk', key);
  const socket = await open(address);
  try {
    const binding = bindingOf(socket);
    const asked = {
      invitation: parts.invitation,
      request: request.toString('base64'),
      proof: deskProof(proving, binding, request).toString('hex'),
    };
    const answer = (await askLine(socket, asked, () => unreachable(address))) as Answer;
    if (!answer.ok) throw new Refusal(answer.reason, answer.message, 'code');
    const certificate = Buffer.from(answer.certificate, 'base64');
    const authority = Buffer.from(answer.authority, 'base64');
    const right = stationProof(proving, binding, { request, certificate, authority });
    if (!isProof(Buffer.from(answer.proof, 'hex'), right)) {
      throw new Refusal(
        'station-false',
        `What answers at ${addressText(address)} does not know the code: it is not this branch's station, or somebody sits between (certificate ${fingerprintOf(socket.getPeerCertificate().raw).slice(0, 16)}). Tell an administrator; nothing was kept.`,
        'code',
      );
    }
    return Object.freeze({
      ...{ desk: answer.desk, name: answer.name },
      key: String(key.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      certificate: pemOf(certificate),
      authority: pemOf(authority),
    });
  } finally {
    socket.destroy();
  }
}

function open(address: LanAddress): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...{ host: address.host, port: address.port, ALPNProtocols: [enrolProtocol] },
      ...{ minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' },
      // Who is there is proven by the code, over this connection; no authority can say it yet.
      rejectUnauthorized: false,
      timeout: patienceMs,
    });
    socket.once('secureConnect', () => resolve(socket));
    socket.once('timeout', () => socket.destroy(new Error('no answer')));
    socket.once('error', () => reject(unreachable(address)));
  });
}
