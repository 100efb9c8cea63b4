// Opens the road to the workstation: Electron's bridge where there is one, else a WebSocket to our own host.
import type { Pipe } from '#contract/wire.ts';

/** What the desktop preload puts on the window: a pipe that is asked for, and nothing else. */
export interface Bridge extends Required<Pipe> {
  /** Rejects when the station does not answer. */
  reach(): Promise<void>;
}

declare global {
  interface Window {
    readonly teller?: Bridge;
  }
}

/** A pipe over a WebSocket that is already open. */
function overSocket(socket: WebSocket): Pipe {
  return Object.freeze({
    send: (frame: unknown) => socket.send(JSON.stringify(frame)),
    receive(listener: (frame: unknown) => void) {
      const hear = (event: MessageEvent) => listener(JSON.parse(String(event.data)));
      socket.addEventListener('message', hear);
      return () => socket.removeEventListener('message', hear);
    },
    closed: (listener: () => void) => socket.addEventListener('close', listener, { once: true }),
  });
}

/** Address of the pipe on the host that served this page. */
export function pipeAddress(location: Pick<Location, 'protocol' | 'host'>): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/pipe`;
}

function openSocket(): Promise<Pipe> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(pipeAddress(window.location));
    socket.addEventListener('open', () => resolve(overSocket(socket)), { once: true });
    socket.addEventListener('error', () => reject(new Error('the workstation does not answer')), {
      once: true,
    });
  });
}

/** A pipe over the bridge until the line is lost: what listened on a lost one hears nothing of the next. */
async function overBridge(bridge: Bridge): Promise<Pipe> {
  await bridge.reach();
  const stops: (() => void)[] = [];
  return Object.freeze({
    send: (frame: unknown) => bridge.send(frame),
    receive(listener: (frame: unknown) => void) {
      const stop = bridge.receive(listener);
      stops.push(stop);
      return stop;
    },
    closed(listener: () => void) {
      bridge.closed(() => {
        for (const stop of stops) stop();
        listener();
      });
    },
  });
}

/** Opens a pipe to the station; rejects when the station cannot be reached. */
export function openPipe(): Promise<Pipe> {
  return window.teller ? overBridge(window.teller) : openSocket();
}
