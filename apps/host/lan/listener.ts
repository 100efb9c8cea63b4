// Listens on the LAN for the desks of the branch: TLS 1.3, a certificate each, the contract's frames and nothing else.
import { constants } from 'node:crypto';
import { createServer as createHttp, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTls, type TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import { frameBytesMax } from '#contract/wire.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Admitted } from '#station/desk/desks-door.ts';
import type { Clock } from '#station/ports.ts';
import type { Station } from '#station/station.ts';
import { addressText, type LanAddress } from './address.ts';
import { keepAlive } from './alive.ts';
import { socketPipe } from './socket-pipe.ts';
import {
  bindingOf,
  enrolProtocol,
  frameProtocol,
  lanPipePath,
  readLine,
  renewProtocol,
} from './wire.ts';

export interface ListenerOptions {
  readonly station: Pick<Station, 'attach' | 'door'>;
  readonly address: LanAddress;
  readonly clock: Clock;
  readonly report: (where: string, error: unknown) => void;
}

export interface Listener {
  /** `HOST:PORT` that is listened on. */
  readonly address: string;
  /** Cuts every line and stops listening. */
  close(): Promise<void>;
}

/** A connection that is neither a desk's line nor done enrolling by then is ended, in ms. */
const patienceMs = 10_000;
const connectionsMax = 256;
/** Windows of one desk, and desks enrolling at once. */
const windowsMax = 16;
const enrollingMax = 4;
/** A timer can wait 24 days at most; a certificate's end is looked at again by then, in ms. */
const timerMaxMs = 86_400_000;
const alive = { askMs: 5_000, silenceMs: 15_000 };

interface Room extends ListenerOptions {
  readonly sockets: WebSocketServer;
  /** Lines by desk. */
  readonly lines: Map<number, Set<WebSocket>>;
}

/** Refuses `port-taken` when the address cannot be had. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const { station, clock } = options;
  const { door } = station;
  const { key, certificate, authority } = await door.identity();
  const lines: Room['lines'] = new Map();
  const sockets = new WebSocketServer({
    ...{ noServer: true, maxPayload: frameBytesMax, perMessageDeflate: false },
  });
  const room: Room = { ...options, sockets, lines };
  const http = lineServer(room);
  const tls = createTls({
    ...{ key, cert: certificate, ca: authority, requestCert: true, rejectUnauthorized: false },
    ...{ minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', handshakeTimeout: patienceMs },
    ALPNProtocols: [frameProtocol, enrolProtocol, renewProtocol],
    // Every connection shows its certificate anew: nothing is resumed.
    secureOptions: constants.SSL_OP_NO_TICKET,
  });
  tls.maxConnections = connectionsMax;
  let enrolling = 0;
  const connections = new Set<Socket>();
  tls.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  tls.on('tlsClientError', () => door.turnedAway());
  tls.on('secureConnection', (socket: TLSSocket) => {
    socket.on('error', () => socket.destroy());
    const way = wayOf(socket, { hasRoom: enrolling < enrollingMax, isInviting: door.isInviting() });
    if (way === null) {
      door.turnedAway();
      return void socket.destroy();
    }
    const cancel = clock.after(patienceMs, () => socket.destroy());
    socket.once('close', cancel);
    if (way === 'line') {
      socket.once('settled', cancel);
      return void http.emit('connection', socket);
    }
    enrolling += 1;
    socket.once('close', () => (enrolling -= 1));
    if (way === 'enrol') enrol(room, socket);
    else renew(room, socket);
  });
  const stop = door.onRevoked((desk) => cut(lines, desk));
  await listen(tls, options.address);
  const at = addressText({ ...options.address, port: (tls.address() as AddressInfo).port });
  door.listening(at);
  return Object.freeze({
    address: at,
    async close() {
      stop();
      door.listening(null);
      for (const desk of [...lines.keys()]) cut(lines, desk);
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => tls.close(resolve));
    },
  });
}

/**
 * Who may go on, and to what. Without a certificate of ours not a byte is read, but while a code is out: then
 * one exchange that enrols.
 */
function wayOf(
  socket: TLSSocket,
  { hasRoom, isInviting }: { readonly hasRoom: boolean; readonly isInviting: boolean },
): 'line' | 'enrol' | 'renew' | null {
  if (socket.isSessionReused()) return null;
  const { alpnProtocol, authorized } = socket;
  if (alpnProtocol === frameProtocol) return authorized ? 'line' : null;
  if (alpnProtocol === renewProtocol) return authorized && hasRoom ? 'renew' : null;
  const isNobody = Object.keys(socket.getPeerCertificate()).length === 0;
  return alpnProtocol === enrolProtocol && isNobody && isInviting && hasRoom ? 'enrol' : null;
}

function listen(server: ReturnType<typeof createTls>, address: LanAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = `${addressText(address)} cannot be listened on (${error.code}); choose another with --serve-lan.`;
      reject(new Refusal('port-taken', sentence, 'serve-lan'));
    });
    server.listen(address.port, address.host, resolve);
  });
}

function cut(lines: Room['lines'], desk: number): void {
  for (const socket of lines.get(desk) ?? []) socket.terminate();
}

/** HTTP is only the way into a WebSocket here. */
function lineServer(room: Room): Server {
  const server = createHttp({ maxHeaderSize: 8_192 }, (_request, response) => {
    response.writeHead(426, { Connection: 'close' }).end();
  });
  server.on('upgrade', (request: IncomingMessage, socket: TLSSocket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    try {
      const admitted = admit(room, request, socket);
      socket.emit('settled');
      room.sockets.handleUpgrade(request, socket, head, (line) => carry(room, line, admitted));
      const { raw } = socket.getPeerCertificate();
      room.station.door
        .arrived(raw, admitted.address)
        .catch((error: unknown) => room.report('lan', error));
    } catch (error) {
      if (!(error instanceof Refusal)) room.report('lan', error);
      refuse(socket, error);
      room.station.door.turnedAway();
    }
  });
  return server;
}

interface Place extends Admitted {
  readonly address: string;
}

function admit(room: Room, request: IncomingMessage, socket: TLSSocket): Place {
  const { raw } = socket.getPeerCertificate();
  const admitted = room.station.door.admit(raw);
  if (request.url !== lanPipePath || request.method !== 'GET' || request.headers.origin) {
    throw new Refusal('no-such-pipe', 'There is no such pipe at this station.');
  }
  const count = room.lines.get(admitted.desk)?.size ?? 0;
  if (count >= windowsMax) {
    throw new Refusal(
      'windows-too-many',
      `The desk ${admitted.name} has ${count} windows open; close one of them first.`,
    );
  }
  return { ...admitted, address: socket.remoteAddress ?? '' };
}

function refuse(socket: TLSSocket, error: unknown): void {
  const { reason, message } =
    error instanceof Refusal ? error : { reason: 'internal', message: 'The station erred.' };
  const body = JSON.stringify({ reason, message });
  socket.end(
    `HTTP/1.1 403 Refused\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** From here on the line is a window like any other, but that it ends with its desk's certificate. */
function carry(room: Room, line: WebSocket, place: Place): void {
  const { station, clock, lines } = room;
  line.on('error', () => line.terminate());
  const own = lines.get(place.desk) ?? new Set();
  lines.set(place.desk, own.add(line));
  let cancel = (): void => undefined;
  const watch = (): void => {
    const leftMs = place.until - clock.now();
    if (leftMs <= 0) line.terminate();
    else cancel = clock.after(Math.min(leftMs, timerMaxMs), watch);
  };
  const detach = station.attach(socketPipe(line), place);
  line.once('close', () => {
    cancel();
    own.delete(line);
    if (own.size === 0) lines.delete(place.desk);
    detach();
  });
  keepAlive(line, { clock, ...alive });
  watch();
}

function enrol(room: Room, socket: TLSSocket): void {
  const address = socket.remoteAddress ?? '';
  exchange(room, socket, 'lan/enrol', (asked) =>
    room.station.door.enrol(asked, { binding: bindingOf(socket), address }),
  );
}

function renew(room: Room, socket: TLSSocket): void {
  const address = socket.remoteAddress ?? '';
  const { raw: certificate } = socket.getPeerCertificate();
  exchange(room, socket, 'lan/renew', (asked) =>
    room.station.door.renew({ certificate, address, asked }),
  );
}

/** One line asked, one line answered, and the connection is over. */
function exchange(
  { report, station }: Room,
  socket: TLSSocket,
  where: string,
  answerTo: (asked: unknown) => Promise<object>,
): void {
  const answer = (said: object): void => void socket.end(`${JSON.stringify(said)}\n`);
  readLine(socket, (line) => {
    Promise.resolve()
      .then(() => answerTo(parsed(line)))
      .then((given) => answer({ ok: true, ...given }))
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) report(where, error);
        else if (where === 'lan/renew') station.door.turnedAway();
        const { reason, message } =
          error instanceof Refusal ? error : { reason: 'internal', message: 'The station erred.' };
        answer({ ok: false, reason, message });
      });
  });
}

/** What cannot be parsed is nothing, which the door refuses like any other. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
