// What desk and station must agree on before any frame of the contract crosses the LAN.

import type { TLSSocket } from 'node:tls';
import { bindingBytes, bindingLabel } from '#station/desk/desks-proof.ts';

/** TLS application protocols (RFC 7301): a line for frames, and the one exchange that enrols. */
export const frameProtocol = 'qenex-desk/1';
export const enrolProtocol = 'qenex-enrol/1';
/** Path of the WebSocket that carries frames. */
export const lanPipePath = '/pipe';
/** Longest line of the exchange that enrols, in bytes. */
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
