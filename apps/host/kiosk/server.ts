// Listens on loopback, lets windows in by ticket, serves the screens and carries their frames.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { frameBytesMax, type Pipe } from '#contract/wire.ts';
import type { Reached } from '#host/lan/desk.ts';
import { socketPipe } from '#host/lan/socket-pipe.ts';
import { metricsPath, metricsType } from '#host/metrics.ts';
import { type PageHandler, securityHeaders } from '#host/page.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Chance, Clock } from '#station/ports.ts';
import { createGate, type Denial, type Gate } from './gate.ts';
import { createTickets } from './ticket.ts';

/** Close code of RFC 6455 section 7.4.1: the end that is spoken to goes away. */
const stationGone = 1001;

/** Path of the WebSocket that is the screens' pipe. */
export const pipePath = '/pipe';

/** Path to POST to for the address of a further window, with a sign-in of its own. */
export const windowPath = '/window';

/** Vite in development: takes a request over, or passes it on by calling `next`. */
export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

/** The WebSocket protocol by which Vite tells the page what to reload; Vite answers it itself. */
const reloading = 'vite-hmr';

export interface KioskOptions {
  readonly page: PageHandler;
  /** Called for each window's pipe; the function returned is called when the window is gone. */
  readonly attach: (pipe: Pipe) => () => void;
  /**
   * At a desk whose station is on another machine, in place of `attach`: asked before a window's pipe is
   * opened. Where it rejects the pipe is refused, and the window asks again.
   */
  readonly reach?: () => Promise<Reached>;
  /** How the workstation stands, in Prometheus' text format; absent: there is no such page. */
  readonly metrics?: () => string;
  readonly clock: Clock;
  readonly chance: Chance;
  /** 0 takes a free port. */
  readonly port: number;
  /** False where another port will do when this one is taken. */
  readonly isPortFixed?: boolean;
  /** In development only: serves the screens instead of `page`, behind the same gate. */
  readonly develop?: (server: Server) => Promise<Middleware>;
}

export interface Kiosk {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Address with a fresh ticket, good once and for a minute. */
  ticketUrl(): string;
  /** Ends all windows' pipes and the listener. */
  close(): Promise<void>;
}

/**
 * How long a connection nobody uses is kept, in ms. One that is closed just as the next request sets out
 * fails that request; here are few windows, so there is no need to be in a hurry.
 */
const keptMs = 600_000;

const plain = { ...securityHeaders('self'), 'Content-Type': 'text/plain; charset=utf-8' };

function deny(response: ServerResponse, { status, sentence }: Denial): void {
  response.writeHead(status, { ...plain, 'Cache-Control': 'no-store' }).end(`${sentence}\n`);
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Desk {
  readonly gate: Gate;
  readonly ticketUrl: () => string;
  readonly screens: (url: URL, call: Call) => void;
  readonly metrics: (() => string) | undefined;
}

async function answer(page: PageHandler, url: URL, call: Call): Promise<void> {
  const { request, response } = call;
  const asked = new Request(url, { method: request.method ?? 'GET' });
  const given = await page(asked);
  response.writeHead(given.status, Object.fromEntries(given.headers));
  response.end(Buffer.from(await given.arrayBuffer()));
}

/** Answers one request: ticket first, then the gate, then a new window or the screens. */
function handle({ gate, ticketUrl, screens, metrics }: Desk, call: Call): void {
  const { request, response } = call;
  request.resume();
  const url = new URL(`http://127.0.0.1${request.url?.startsWith('/') ? request.url : '/'}`);
  const admitted = gate.admit(request, url);
  if (admitted && 'setCookie' in admitted) {
    response.writeHead(302, { ...plain, Location: '/', 'Set-Cookie': admitted.setCookie }).end();
    return;
  }
  const denied = admitted ?? gate.refuse(request);
  if (denied) return deny(response, denied);
  if (request.method === 'POST' && url.pathname === windowPath) {
    const headers = { ...plain, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
    response.writeHead(200, headers).end(JSON.stringify({ url: ticketUrl() }));
    return;
  }
  if (request.method === 'GET' && url.pathname === metricsPath && metrics) {
    const headers = { ...plain, 'Content-Type': metricsType, 'Cache-Control': 'no-store' };
    response.writeHead(200, headers).end(metrics());
    return;
  }
  screens(url, call);
}

function refuseUpgrade(
  socket: Duplex,
  { status, sentence }: { readonly status: number; readonly sentence: string },
): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n${sentence}\n`);
}

/** Joins the window to what was reached, or lets go of that when the window has not waited. */
function joinReached(
  reached: Reached,
  open: (join: (webSocket: WebSocket) => () => void) => void,
): void {
  let isJoined = false;
  open((webSocket) => {
    isJoined = true;
    return reached.carry(socketPipe(webSocket), () => webSocket.close(stationGone));
  });
  if (!isJoined) reached.abandon();
}

/** Passes a WebSocket that the gate let through to the station, as a pipe. */
function carryPipes(server: Server, gate: Gate, options: KioskOptions): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: frameBytesMax,
    perMessageDeflate: false,
    clientTracking: true,
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const denied = gate.refuse(request);
    if (denied) return refuseUpgrade(socket, denied);
    if (options.develop && request.headers['sec-websocket-protocol'] === reloading) return;
    if (request.url !== pipePath) {
      return refuseUpgrade(socket, { status: 403, sentence: 'There is no such pipe.' });
    }
    const open = (join: (webSocket: WebSocket) => () => void): void =>
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', () => webSocket.terminate());
        webSocket.once('close', join(webSocket));
      });
    if (!options.reach) return open((webSocket) => options.attach(socketPipe(webSocket)));
    options.reach().then(
      (reached) => joinReached(reached, open),
      () => refuseUpgrade(socket, { status: 503, sentence: 'The station does not answer.' }),
    );
  });
  return sockets;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = `Port ${port} cannot be had (${error.code}); choose another with --port.`;
      reject(new Refusal('port-taken', sentence, 'port'));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** Starts listening on 127.0.0.1; refuses `port-taken` when another program has the port. */
export async function startKiosk(options: KioskOptions): Promise<Kiosk> {
  const server = createServer({
    ...{ requestTimeout: 30_000, maxHeaderSize: 16_384, keepAliveTimeout: keptMs },
  });
  server.maxConnections = 128;
  await listen(server, options.port).catch((taken: unknown) => {
    if (options.isPortFixed ?? true) throw taken;
    return listen(server, 0);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tickets = createTickets(options);
  const cookieName = `teller-${Buffer.from(options.chance.bytes(8)).toString('hex')}`;
  const gate = createGate({ host, cookieName, tickets });
  const ticketUrl = (): string => `http://${host}/?ticket=${tickets.issue()}`;
  const sockets = carryPipes(server, gate, options);
  const middleware = await options.develop?.(server);
  const screens = (url: URL, call: Call): void => {
    const serve = (): void =>
      void answer(options.page, url, call).catch(() => call.response.destroy());
    if (middleware) middleware(call.request, call.response, serve);
    else serve();
  };
  server.on('request', (request, response) =>
    handle({ gate, ticketUrl, screens, metrics: options.metrics }, { request, response }),
  );

  return Object.freeze({
    origin: `http://${host}`,
    ticketUrl,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
