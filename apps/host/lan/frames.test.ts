// Sends what no screen sends through a desk's own line, and lets lines fail silently: the station goes on.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { type AddressInfo, createServer, connect as netConnect, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { WebSocket } from 'ws';
import { frameBytesMax } from '#contract/wire.ts';
import { stationHost } from '#station/desk/desks-proof.ts';
import { createHandClock } from '#station/desk/session-fixture.ts';
import type { LanAddress } from './address.ts';
import { openLan, password, windowOver } from './lan.fixture.ts';
import { openLine } from './line.ts';
import { frameProtocol } from './wire.ts';

const clock = createHandClock(Date.now());
const lan = await openLan(clock);
const desk = await lan.enrol('Desk 1');
after(() => lan.close());

/** A raw socket with the desk's own certificate: a desk whose program was changed. */
function raw(path = '/pipe', headers = {}): Promise<WebSocket | number> {
  const { host, port } = lan.address;
  const proven: object = {
    ...{ key: desk.key, cert: desk.certificate, ca: desk.authority, headers },
    ...{ ALPNProtocols: [frameProtocol] },
    servername: stationHost(new X509Certificate(desk.authority).raw),
  };
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`wss://${host}:${port}${path}`, { ...proven });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0));
    socket.on('error', reject);
  });
}

async function opened(): Promise<WebSocket> {
  const socket = await raw();
  assert.ok(socket instanceof WebSocket);
  return socket;
}

const closing = (socket: WebSocket) =>
  new Promise<number>((resolve) => socket.on('close', resolve));

test('another path, a page’s Origin and a seventeenth window are refused', async () => {
  assert.equal(await raw('/'), 403);
  assert.equal(await raw('/pipe', { origin: 'https://evil.example' }), 403);
  const sockets = await Promise.all(Array.from({ length: 16 }, opened));
  assert.equal(await raw(), 403);
  const closed = sockets.map(closing);
  for (const socket of sockets) socket.close();
  await Promise.all(closed);
});

test('binary, not JSON and oversized frames end the line; a frame too deep is refused; others go on', async () => {
  const tries: readonly (readonly [string | Buffer, number])[] = [
    [Buffer.from([1, 2, 3]), 1003],
    ['{"id":', 1007],
    [`"${'a'.repeat(frameBytesMax)}"`, 1009],
  ];
  const line = await openLine(lan.address, desk, clock);
  const other = windowOver(line.pipe, line.close);
  for (const [message, code] of tries) {
    const socket = await opened();
    const closed = closing(socket);
    socket.send(message);
    assert.equal(await closed, code);
  }
  const socket = await opened();
  const heard = new Promise<string>((resolve) =>
    socket.on('message', (data) => /"id":1/.test(`${data}`) && resolve(`${data}`)),
  );
  socket.send(`{"id":1,"name":"session.open","input":${'['.repeat(500)}${']'.repeat(500)}}`);
  assert.match(await heard, /too-deep/);
  socket.close();
  assert.equal((await other.ask('session.state', {})).stage, 'signed-out');
  other.close();
  assert.deepEqual(lan.reports, []);
});

test('every role is asked of a desk’s window as of any: nobody signed in may do nothing', async () => {
  const line = await openLine(lan.address, desk, clock);
  const window = windowOver(line.pipe, line.close);
  for (const name of ['desk.list', 'log.list', 'staff.list'] as const) {
    await assert.rejects(window.ask(name, {}), /Nobody is signed in/);
  }
  await assert.rejects(window.ask('session.attachDesk', { code: 'A'.repeat(20) }), /already/);
  await window.ask('session.open', { user: 'ada', password });
  const { events } = await window.ask('log.list', { type: 'session.opened', count: 1 });
  assert.equal(events[0]?.desk, desk.desk, 'the sign-in names its desk');
  window.close();
});

test('a desk at its end is refused by the station’s clock, and its open lines are cut', async () => {
  const late = createHandClock(Date.now());
  const there = await openLan(late);
  const own = await there.enrol('Desk 1');
  const line = await openLine(there.address, own, late);
  const closed = new Promise<void>((resolve) => line.pipe.closed?.(resolve));
  late.pass(367 * 86_400_000);
  await closed;
  await assert.rejects(openLine(there.address, own, late), { reason: 'desk-expired' });
  await there.close();
});

/** A cable that can be pulled: what is sent then goes nowhere, and nobody is told. */
async function cable(to: LanAddress) {
  const ends: Socket[] = [];
  let isPulled = false;
  const server = createServer((near) => {
    const far = netConnect(to.port, to.host);
    ends.push(near, far);
    const pass = (from: Socket, onto: Socket): void => {
      from.on('data', (part) => void (isPulled || onto.write(part)));
      from.on('error', () => undefined).on('close', () => void (isPulled || onto.destroy()));
    };
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: { host: '127.0.0.1', port },
    pull: () => {
      isPulled = true;
    },
    close() {
      for (const end of ends) end.destroy();
      server.close();
    },
  };
}

test('a line that fell silent is given up by the desk in six seconds, by the station in fifteen', async () => {
  const wire = await cable(lan.address);
  const line = await openLine(wire.address, desk, clock);
  const window = windowOver(line.pipe, line.close);
  await window.ask('session.state', {});
  const windows = async () => (await lan.ada.ask('desk.list', {})).desks[0]?.windows;
  while ((await windows()) !== 1) await new Promise(setImmediate);
  wire.pull();
  const lost = window.ask('session.state', {}).catch((error: Error) => error.message);
  for (let seconds = 0; seconds < 10; seconds += 2) clock.pass(2_000);
  assert.match(String(await lost), /connection to the workstation was lost/);
  for (let seconds = 0; seconds < 15; seconds += 5) clock.pass(5_000);
  while ((await windows()) !== 0) await new Promise(setImmediate);
  wire.close();
});
