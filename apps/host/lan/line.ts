// Opens a line from this desk to its station: TLS 1.3 both ways proven, one WebSocket a window.
import { X509Certificate } from 'node:crypto';
import type { ConnectionOptions } from 'node:tls';
import { WebSocket } from 'ws';
import type { Pipe } from '#contract/wire.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { stationHost } from '#station/desk/desks-proof.ts';
import type { Clock } from '#station/ports.ts';
import { addressText, type LanAddress } from './address.ts';
import { keepAlive } from './alive.ts';
import type { DeskCredentials } from './desk-folder.ts';
import { socketPipe } from './socket-pipe.ts';
import { answerBytesMax, frameProtocol, lanPipePath } from './wire.ts';

export interface Line {
  readonly pipe: Pipe;
  close(): void;
}

/** A teller waits for nobody longer than this, in ms; a silent station is given up sooner. */
const openMs = 5_000;
const alive = { askMs: 2_000, silenceMs: 6_000 };
const refusalBytesMax = 4_096;

/**
 * Refuses `station-unreachable` where nobody answers, `station-false` where somebody else does, and with
 * the station's own reasons (`desk-revoked`, `desk-unknown`, `desk-expired`, `windows-too-many`).
 */
export function openLine(
  address: LanAddress,
  credentials: DeskCredentials,
  clock: Clock,
): Promise<Line> {
  // Handed through to node:tls, of which the type of the WebSocket's options knows only a part.
  const proven: object = provenBothWays(credentials, frameProtocol);
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`wss://${addressText(address)}${lanPipePath}`, {
      ...proven,
      ...{ handshakeTimeout: openMs, followRedirects: false },
      ...{ perMessageDeflate: false, maxPayload: answerBytesMax },
    });
    socket.once('open', () => {
      keepAlive(socket, { clock, ...alive });
      resolve(Object.freeze({ pipe: socketPipe(socket), close: () => socket.close() }));
    });
    socket.once('unexpected-response', (_request, response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        if (text.length < refusalBytesMax) text += part;
      });
      response.once('close', () => {
        reject(refusalOf(text));
        socket.terminate();
      });
    });
    // Stays: a line may fail after it was open, and then simply closes.
    socket.on('error', (error: NodeJS.ErrnoException) => reject(failureOf(error, address)));
  });
}

/** How a desk connects: its own certificate shown, nobody but its own station accepted. */
export function provenBothWays(
  { key, certificate, authority }: DeskCredentials,
  protocol: string,
): ConnectionOptions {
  return {
    ...{ key, cert: certificate, ca: authority, ALPNProtocols: [protocol] },
    ...{ minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' },
    // The station is known by its authority, not by an address that a router may give to another.
    servername: stationHost(new X509Certificate(authority).raw),
  };
}

function refusalOf(text: string): Refusal {
  try {
    const { reason, message } = JSON.parse(text) as { reason: unknown; message: unknown };
    if (typeof reason === 'string' && typeof message === 'string')
      return new Refusal(reason, message);
  } catch {
    // Not our station's words.
  }
  return new Refusal('station-refused', 'The station refused the line without a word.');
}

/** Whatever TLS says about who is there begins so (node:tls); the rest is the network's. */
const foreign = /^(ERR_TLS_CERT|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_)/;

/** What the network or TLS said, as a refusal. */
export function failureOf(
  { code = '', message }: NodeJS.ErrnoException,
  address: LanAddress,
): Refusal {
  const at = addressText(address);
  return foreign.test(code)
    ? new Refusal(
        'station-false',
        `What answers at ${at} is not this desk's station (${code}). Tell an administrator.`,
      )
    : new Refusal(
        'station-unreachable',
        `The station at ${at} does not answer (${code || message}).`,
      );
}
