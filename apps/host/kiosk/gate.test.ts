// Proves that neither a ticket nor a cookie that another user of the machine has seen lets them in.
import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { createGate } from './gate.ts';
import { createTickets } from './ticket.ts';

const host = '127.0.0.1:4711';
const cookieName = 'teller-0011223344556677';

function gateOf(isOwn: () => boolean) {
  const tickets = createTickets({
    chance: { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) },
    clock: { monotonic: () => 0 },
  } as never);
  return { tickets, gate: createGate({ host, cookieName, tickets, isOwn }) };
}

function request(more: Partial<IncomingMessage>): IncomingMessage {
  const { headers, ...rest } = more;
  const socket = { localPort: 4711, remotePort: 50_000 };
  return { method: 'GET', socket, ...rest, headers: { host, ...headers } } as never;
}

const origin = `http://${host}`;

test('a cookie another user of the machine has seen opens no pipe and no window', () => {
  let isOwn = true;
  const { tickets, gate } = gateOf(() => isOwn);
  const value = tickets.redeem(tickets.issue()) ?? '';
  const cookie = `${cookieName}=${value}`;
  const asked = [
    request({ method: 'POST', headers: { cookie, origin } }),
    request({ headers: { cookie, origin, upgrade: 'websocket' } }),
  ];
  for (const each of asked) assert.equal(gate.refuse(each), undefined);
  isOwn = false;
  for (const each of asked) assert.equal(gate.refuse(each)?.status, 403);
  // The screens themselves hold nothing of anybody.
  assert.equal(gate.refuse(request({ headers: { cookie } })), undefined);
});

test('a ticket another user opens is not spent by them', () => {
  let isOwn = false;
  const { tickets, gate } = gateOf(() => isOwn);
  const url = new URL(`http://${host}/?ticket=${tickets.issue()}`);
  assert.ok('status' in (gate.admit(request({}), url) ?? {}));
  isOwn = true;
  assert.ok('setCookie' in (gate.admit(request({}), url) ?? {}));
});

test('a ticket counts only where our page is read under our name, and is not spent elsewhere', () => {
  const { tickets, gate } = gateOf(() => true);
  const ticket = tickets.issue();
  const at = (path: string) => new URL(`http://${host}${path}?ticket=${ticket}`);
  assert.equal(gate.admit(request({ method: 'POST' }), at('/')), undefined);
  assert.equal(gate.admit(request({}), at('/window')), undefined);
  assert.equal(gate.admit(request({}), new URL(`http://${host}/`)), undefined);
  const strangers: readonly [IncomingMessage['headers'], number][] = [
    [{ host: 'evil.example' }, 421],
    [{ origin: 'http://evil.example' }, 403],
  ];
  for (const [headers, status] of strangers) {
    const answer = gate.admit(request({ headers: { host, ...headers } }), at('/'));
    assert.equal(answer && 'status' in answer && answer.status, status);
  }
  assert.ok('setCookie' in (gate.admit(request({}), at('/')) ?? {}));
});

test('who only reads needs no origin; every other method does', () => {
  const { tickets, gate } = gateOf(() => true);
  const cookie = `${cookieName}=${tickets.redeem(tickets.issue())}`;
  const refused = (method: string) => gate.refuse(request({ method, headers: { cookie } }))?.status;
  assert.deepEqual(['GET', 'HEAD', 'POST', 'DELETE'].map(refused), [
    ...[undefined, undefined, 403, 403],
  ]);
});
