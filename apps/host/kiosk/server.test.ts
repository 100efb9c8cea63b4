// Proves the kiosk's door over real sockets: who has no ticket, cookie or right origin stays out.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { WebSocket } from 'ws';
import { frameBytesMax, type Pipe } from '#contract/wire.ts';
import type { Reached } from '#host/lan/desk.ts';
import { createPage } from '#host/page.ts';
import { systemChance, systemClock } from '#host/system.ts';
import { startKiosk } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'kiosk-'));
writeFileSync(join(folder, 'index.html'), '<!doctype html>');

/** An echo stands in for the station: the door is what is tried here. */
const frames: unknown[] = [];
let detached = 0;
const attach = (pipe: Pipe): (() => void) => {
  pipe.receive((frame) => {
    frames.push(frame);
    pipe.send({ echo: frame });
  });
  return () => {
    detached += 1;
  };
};
let monotonicMs = 0;
const kiosk = await startKiosk({
  page: createPage({ folder, connect: 'self' }),
  attach,
  metrics: () => 'teller_risk_on 1\n',
  clock: { ...systemClock, monotonic: () => monotonicMs },
  chance: systemChance,
  port: 0,
});
after(async () => {
  await kiosk.close();
  rmSync(folder, { recursive: true });
});
const { port, host } = new URL(kiosk.origin);

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, string | string[] | undefined>;
}

/** A request with headers as a hostile client would write them: fetch would not let us. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (got) => {
        let body = '';
        got.setEncoding('utf8').on('data', (text) => {
          body += text;
        });
        got.on('end', () => resolve({ status: got.statusCode ?? 0, body, headers: got.headers }));
      },
    );
    sent.on('error', reject).end();
  });
}

async function admit(): Promise<string> {
  const { pathname, search } = new URL(kiosk.ticketUrl());
  const answer = await ask(pathname + search);
  assert.equal(answer.status, 302);
  return String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? '';
}

/** Tries to open a pipe; resolves with the socket, or with the status it was refused with. */
function open(headers: Record<string, string>, path = '/pipe'): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

async function opened(cookie: string): Promise<WebSocket> {
  const socket = await open({ cookie, origin: kiosk.origin });
  assert.ok(socket instanceof WebSocket);
  return socket;
}

const closing = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.on('close', resolve));

test('without a cookie nothing is served', async () => {
  for (const path of ['/', '/index.html', '/window', '/pipe']) {
    assert.equal((await ask(path)).status, 403, path);
  }
});

test('a ticket lets in once, sets a cookie no script reads, and leaves a clean address', async () => {
  const { search } = new URL(kiosk.ticketUrl());
  const first = await ask(`/${search}`);
  assert.equal(first.status, 302);
  assert.equal(first.headers.location, '/');
  assert.match(
    String(first.headers['set-cookie']),
    /^teller-[0-9a-f]{16}=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
  );
  assert.equal((await ask(`/${search}`)).status, 403);
  const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
  assert.equal((await ask('/', { cookie })).status, 200);
});

test('a ticket older than a minute, a guessed one and a used cookie name without value stay out', async () => {
  const { search } = new URL(kiosk.ticketUrl());
  monotonicMs += 60_001;
  assert.equal((await ask(`/${search}`)).status, 403);
  assert.equal((await ask('/?ticket=')).status, 403);
  assert.equal((await ask(`/?ticket=${'A'.repeat(43)}`)).status, 403);
  const [name] = (await admit()).split('=');
  assert.equal((await ask('/', { cookie: `${name}=` })).status, 403);
  assert.equal((await ask('/', { cookie: `${name}=${'A'.repeat(43)}` })).status, 403);
});

test('another Host is answered 421, with a ticket too', async () => {
  const cookie = await admit();
  const { search } = new URL(kiosk.ticketUrl());
  for (const other of ['evil.example', `localhost:${port}`, '127.0.0.1', `evil.example:${port}`]) {
    assert.equal((await ask('/', { cookie, host: other })).status, 421, other);
    assert.equal((await ask(`/${search}`, { host: other })).status, 421, other);
  }
  assert.equal((await ask(`/${search}`)).status, 302, 'the ticket was not spent by them');
});

test('another Origin is refused, and acting needs ours', async () => {
  const cookie = await admit();
  for (const origin of ['http://evil.example', `http://127.0.0.1:1`, `https://${host}`, 'null']) {
    assert.equal((await ask('/', { cookie, origin })).status, 403, origin);
    assert.equal((await ask('/window', { cookie, origin }, 'POST')).status, 403, origin);
  }
  assert.equal((await ask('/window', { cookie }, 'POST')).status, 403);
});

test('an admitted window gets an address for a further one', async () => {
  const cookie = await admit();
  const answer = await ask('/window', { cookie, origin: kiosk.origin }, 'POST');
  assert.equal(answer.status, 200);
  const { url } = JSON.parse(answer.body) as { url: string };
  assert.ok(url.startsWith(`${kiosk.origin}/?ticket=`));
  assert.equal((await ask(new URL(url).search.replace('?', '/?'))).status, 302);
});

test('the pipe opens only with cookie and origin, and only at its path', {
  timeout: 1_800_000,
}, async () => {
  const cookie = await admit();
  assert.equal(await open({ origin: kiosk.origin }), 403);
  assert.equal(await open({ cookie }), 403);
  assert.equal(await open({ cookie, origin: 'http://evil.example' }), 403);
  assert.equal(await open({ cookie, origin: kiosk.origin, host: `evil.example:${port}` }), 421);
  assert.equal(await open({ cookie, origin: kiosk.origin }, '/'), 403);
  const socket = await opened(cookie);
  const reply = new Promise((resolve) => socket.on('message', (data) => resolve(String(data))));
  socket.send('{"id":1}');
  assert.equal(await reply, '{"echo":{"id":1}}');
  assert.equal(socket.extensions, '', 'compression is off');
  const before = detached;
  const closed = closing(socket);
  socket.close();
  await closed;
  while (detached === before) await new Promise(setImmediate);
});

test('binary, not JSON and oversized frames close the pipe and reach nobody', {
  timeout: 1_800_000,
}, async () => {
  const cookie = await admit();
  const before = frames.length;
  const tries: [string | Buffer, number][] = [
    [Buffer.from([1, 2, 3]), 1003],
    ['{"id":', 1007],
    [`"${'a'.repeat(frameBytesMax)}"`, 1009],
  ];
  for (const [message, code] of tries) {
    const socket = await opened(cookie);
    const closed = closing(socket);
    socket.send(message);
    assert.equal(await closed, code);
  }
  assert.equal(frames.length, before);
});

test('a taken port is refused in words', async () => {
  const page = createPage({ folder, connect: 'self' });
  const options = { page, attach, clock: systemClock, chance: systemChance, port: Number(port) };
  await assert.rejects(startKiosk(options), { reason: 'port-taken', field: 'port' });
  const another = await startKiosk({ ...options, isPortFixed: false });
  assert.notEqual(another.origin, kiosk.origin);
  await another.close();
});

test('the figures for monitoring stand behind the same door as the page', async () => {
  const outside = await ask('/metrics', { host });
  assert.equal(outside.status, 403);
  const cookie = await admit();
  const inside = await ask('/metrics', { host, cookie });
  assert.equal(inside.status, 200);
  assert.match(String(inside.headers['content-type']), /^text\/plain; version=0\.0\.4/);
  assert.equal(inside.body, 'teller_risk_on 1\n');
});

test('windows and figures are had by their own method only; anything else is the page’s to answer', async () => {
  const cookie = await admit();
  const headers = { cookie, origin: kiosk.origin };
  const page = await ask('/', headers);
  assert.match(String(page.headers['content-type']), /^text\/html/);
  for (const [path, method] of [
    ['/window', 'GET'],
    ['/metrics', 'POST'],
    ['/other', 'POST'],
  ] as const) {
    const answer = await ask(path, headers, method);
    assert.ok(!answer.body.includes('ticket='), `${method} ${path}`);
    assert.ok(!answer.body.includes('teller_risk_on'), `${method} ${path}`);
    assert.notEqual(answer.status, 302, `${method} ${path}`);
  }
  const { search } = new URL(kiosk.ticketUrl());
  assert.equal((await ask(`//elsewhere.example/${search}`, headers)).status, 404);
  assert.equal((await ask(`/${search}`)).status, 302, 'the ticket was not spent by that');
});

test('who asks for Vite’s pipe is answered by the station’s door where there is no Vite', async () => {
  const cookie = await admit();
  const protocol = { 'sec-websocket-protocol': 'vite-hmr' };
  assert.equal(await open({ cookie, origin: kiosk.origin, ...protocol }, '/'), 403);
});

test('in development Vite serves the screens and its own pipe, behind the same gate', async () => {
  const asked: (string | undefined)[] = [];
  const made = await startKiosk({
    page: createPage({ folder, connect: 'self' }),
    ...{ attach, clock: systemClock, chance: systemChance, port: 0 },
    async develop(server) {
      server.on('upgrade', ({ headers }, socket) => {
        if (headers['sec-websocket-protocol'] !== 'vite-hmr') return;
        asked.push('reload');
        socket.end('HTTP/1.1 418 Vite\r\nConnection: close\r\n\r\n');
      });
      return ({ url }, _response, next) => {
        asked.push(url);
        next();
      };
    },
  });
  assert.equal((await fetch(made.origin)).status, 403);
  assert.deepEqual(asked, [], 'nobody without a cookie gets as far as Vite');
  const answer = await fetch(made.ticketUrl(), { redirect: 'manual' });
  const headers = { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
  assert.equal((await fetch(made.origin, { headers })).status, 200);
  const socket = new WebSocket(`${made.origin.replace('http', 'ws')}/`, 'vite-hmr', {
    headers: { ...headers, origin: made.origin },
  });
  socket.on('error', () => undefined);
  const [, { statusCode }] = await once(socket, 'unexpected-response');
  assert.equal(statusCode, 418);
  assert.deepEqual(asked, ['/', 'reload']);
  await made.close();
});

test('what was reached for a window that has gone meanwhile is let go of', async () => {
  const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
  const { promise: there, resolve: reached } = Promise.withResolvers<Reached>();
  const { promise: done, resolve: letGo } = Promise.withResolvers<string>();
  const desk = await startKiosk({
    page: createPage({ folder, connect: 'self' }),
    attach: () => assert.fail('the station is elsewhere'),
    reach: () => {
      asked();
      return there;
    },
    ...{ clock: systemClock, chance: systemChance, port: 0 },
  });
  const answer = await fetch(desk.ticketUrl(), { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { port } = new URL(desk.origin);
  const lines = [
    'GET /pipe HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Origin: ${desk.origin}`,
    `Cookie: ${cookie}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    // No version that anybody speaks: the window is turned away once its station is there.
    'Sec-WebSocket-Version: 1',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ];
  const window = connect(Number(port), '127.0.0.1', () =>
    window.write(`${lines.join('\r\n')}\r\n\r\n`),
  ).resume();
  await isAsked;
  reached({
    abandon: () => letGo('abandoned'),
    carry: () => assert.fail('there is no window'),
  });
  assert.equal(await done, 'abandoned');
  window.destroy();
  await desk.close();
});

test('at a desk the pipe opens once its station is reached, and is refused while it is not', async () => {
  let isThere = false;
  const carried: string[] = [];
  const desk = await startKiosk({
    page: createPage({ folder, connect: 'self' }),
    attach: () => assert.fail('the station is elsewhere'),
    async reach() {
      if (!isThere) throw new Error('nobody answers');
      return {
        abandon: () => void carried.push('abandoned'),
        carry(pipe, hangUp) {
          carried.push('carried');
          pipe.receive(hangUp);
          return () => void carried.push('let go');
        },
      };
    },
    ...{ clock: systemClock, chance: systemChance, port: 0 },
  });
  const answer = await fetch(desk.ticketUrl(), { redirect: 'manual' });
  const headers = { cookie: answer.headers.get('set-cookie')?.split(';')[0], origin: desk.origin };
  const knock = (): Promise<WebSocket | number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${desk.origin.replace('http', 'ws')}/pipe`, { headers });
      socket.on('open', () => resolve(socket));
      socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode ?? 0));
      socket.on('error', () => undefined);
    });
  assert.equal(await knock(), 503);
  isThere = true;
  const socket = await knock();
  assert.ok(socket instanceof WebSocket);
  const closed = closing(socket);
  socket.send('{"id":1}');
  assert.equal(await closed, 1001, 'the station hung up');
  while (carried.length < 2) await new Promise(setImmediate);
  assert.deepEqual(carried, ['carried', 'let go']);
  await desk.close();
});

test('a connection nobody uses is kept for minutes: closed in a hurry it fails the next request', async () => {
  const answer = await fetch(kiosk.origin);
  assert.equal(answer.headers.get('keep-alive'), 'timeout=600');
});
