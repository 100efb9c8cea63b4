// Makes a WebSocket a Pipe: JSON text frames both ways, anything else closes it.
import type { WebSocket } from 'ws';
import { frameBytesMax, type Pipe } from '#contract/wire.ts';

/** A window that does not read is cut off before what waits for it fills our memory, in bytes. */
const unreadBytesMax = 64 * frameBytesMax;

/** Close codes of RFC 6455 section 7.4.1. */
const unsupportedData = 1003;
const invalidPayload = 1007;
const tryAgainLater = 1013;

/** Takes an open WebSocket whose `maxPayload` is `frameBytesMax`; the socket belongs to the pipe. */
export function socketPipe(socket: WebSocket): Pipe {
  return Object.freeze({
    send(frame: unknown) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > unreadBytesMax) {
        socket.close(tryAgainLater, 'the window does not read');
        return;
      }
      socket.send(JSON.stringify(frame));
    },
    receive(listener: (frame: unknown) => void) {
      const onMessage = (data: Buffer, isBinary: boolean): void => {
        if (isBinary) return socket.close(unsupportedData, 'frames are text');
        let frame: unknown;
        try {
          frame = JSON.parse(data.toString('utf8'));
        } catch {
          return socket.close(invalidPayload, 'frames are JSON');
        }
        listener(frame);
      };
      socket.on('message', onMessage);
      return () => void socket.off('message', onMessage);
    },
    closed(listener: () => void) {
      socket.once('close', listener);
    },
  });
}
