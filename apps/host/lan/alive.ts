// Finds out that the other end of a line is gone although nothing said so: a cable pulled, a machine off.
import type { WebSocket } from 'ws';
import type { Clock } from '#station/ports.ts';

export interface AliveOptions {
  readonly clock: Clock;
  /** How often the other end is asked, and how long its silence may last, in ms. */
  readonly askMs: number;
  readonly silenceMs: number;
}

/** Asks until the socket closes; ends it when nothing at all came for too long. */
export function keepAlive(socket: WebSocket, { clock, askMs, silenceMs }: AliveOptions): void {
  let heardMs = clock.monotonic();
  const hear = (): void => {
    heardMs = clock.monotonic();
  };
  let cancel = (): void => undefined;
  const ask = (): void => {
    if (clock.monotonic() - heardMs > silenceMs) return socket.terminate();
    socket.ping();
    cancel = clock.after(askMs, ask);
  };
  for (const sign of ['message', 'ping', 'pong'] as const) socket.on(sign, hear);
  socket.once('close', () => cancel());
  cancel = clock.after(askMs, ask);
}
