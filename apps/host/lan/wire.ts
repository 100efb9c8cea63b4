// What desk and station must agree on before any frame of the contract crosses the LAN.

import type { TLSSocket } from 'node:tls';
import { bindingBytes, bindingLabel } from '#station/desk/desks-proof.ts';

/** TLS application protocols (RFC 7301): a line for frames, the exchange that enrols, the one that renews. */
export const frameProtocol = 'qenex-desk/1';
export const enrolProtocol = 'qenex-enrol/1';
/** A desk that shows its certificate asks for the next one. */
export const renewProtocol = 'qenex-renew/1';
/** Path of the WebSocket that carries frames. */
export const lanPipePath = '/pipe';
/** Longest line of an exchange that enrols or renews, in bytes. */
export const enrolBytesMax = 8_192;
/** A station may answer more than a screen may ask: day packs, pictures, lists. */
export const answerBytesMax = 64 * 1024 * 1024;

/** Bytes that only the two ends of this very connection can draw (RFC 8446 7.5). */
export function bindingOf(socket: TLSSocket): Buffer {
  return socket.exportKeyingMaterial(bindingBytes, bindingLabel, Buffer.alloc(0));
}

/**
 * Calls back once with the first line that arrives; ends the connection when it is longer than allowed.
 * What follows the line is not read.
 */
export function readLine(socket: TLSSocket, heard: (line: string) => void): void {
  let text = Buffer.alloc(0);
  const hear = (chunk: Buffer): void => {
    text = Buffer.concat([text, chunk]);
    const end = text.indexOf(10);
    if (end < 0 && text.length <= enrolBytesMax) return;
    socket.off('data', hear);
    if (end < 0 || end > enrolBytesMax) socket.destroy();
    else heard(text.subarray(0, end).toString('utf8'));
  };
  socket.on('data', hear);
}

/** Says one line of JSON and hears one; what is no JSON, and an end before it, is the refusal given. */
export function askLine(socket: TLSSocket, asked: object, failed: () => Error): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(failed());
    readLine(socket, (line) => {
      try {
        resolve(JSON.parse(line));
      } catch {
        fail();
      }
    });
    socket.once('close', fail).on('error', fail);
    socket.write(`${JSON.stringify(asked)}\n`);
  });
}
