// Speaks to the station over the real socket without a page: for setting up, for attacking, for measuring.
import { type IncomingHttpHeaders, request } from 'node:http';
import { WebSocket } from 'ws';
import { type Client, connect } from '#contract/client.ts';
import type { Input, OperationName, Output } from '#contract/index.ts';
import type { Pipe } from '#contract/wire.ts';
import { stirEveryMs } from './pages/awake.ts';

export interface Robot {
  /** Asks with a fresh idempotency key, or with the one given; rejects with a FaultError. */
  ask<N extends OperationName>(name: N, input: Input<N>, key?: string): Promise<Output<N>>;
  readonly client: Client;
  /** What the window's requests carry, for raw HTTP. */
  readonly cookie: string;
  readonly origin: string;
  readonly socket: WebSocket;
  /** A further window with a sign-in of its own. */
  another(): Promise<Robot>;
  close(): void;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * One request over a connection of its own. `fetch` would keep one alive, and the host closes it after some
 * seconds: whoever got no turn in between writes to a closed connection and is told nothing but that.
 */
export function knock(
  url: string,
  how: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answered> {
  const { method = 'GET', headers = {} } = how;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (got) => {
      let body = '';
      got.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      got.on('end', () => resolve({ status: got.statusCode ?? 0, headers: got.headers, body }));
      got.on('error', reject);
    });
    sent.on('error', reject).end();
  });
}

/** Trades a ticket's address for the window's cookie, as the browser does. */
export async function cookieFor(ticketUrl: string): Promise<string> {
  const answer = await knock(ticketUrl);
  const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0];
  if (answer.status !== 302 || !cookie) throw new Error(`the ticket gave ${answer.status}`);
  return cookie;
}

function pipeOf(socket: WebSocket): Pipe {
  return Object.freeze({
    send: (frame: unknown) => socket.send(JSON.stringify(frame)),
    receive(listener: (frame: unknown) => void) {
      const hear = (data: Buffer): void => listener(JSON.parse(data.toString('utf8')));
      socket.on('message', hear);
      return () => void socket.off('message', hear);
    },
    closed: (listener: () => void) => void socket.once('close', listener),
  });
}

/** Opens a raw socket on the pipe; resolves when it is open, rejects when it is refused. */
export function openSocket(
  origin: string,
  headers: Readonly<Record<string, string>>,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/pipe`, { headers });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Opens a window without a page on the address of a ticket. */
export async function openRobot(ticketUrl: string): Promise<Robot> {
  const { origin } = new URL(ticketUrl);
  const cookie = await cookieFor(ticketUrl);
  const socket = await openSocket(origin, { origin, cookie });
  const client = connect(pipeOf(socket));
  // Who has no keyboard would be locked out while a story on a slow machine is elsewhere.
  const stirring = setInterval(() => {
    client.ask('session.touch', {}).catch(() => undefined);
  }, stirEveryMs).unref();
  socket.once('close', () => clearInterval(stirring));
  return Object.freeze({
    ...{ client, cookie, origin, socket },
    ask: <N extends OperationName>(name: N, input: Input<N>, key: string = crypto.randomUUID()) =>
      client.ask(name, input, { key }),
    async another() {
      const headers = { origin, cookie };
      const { body } = await knock(`${origin}/window`, { method: 'POST', headers });
      return openRobot((JSON.parse(body) as { url: string }).url);
    },
    close: () => socket.close(),
  });
}
