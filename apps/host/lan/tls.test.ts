// Tries every wrong way to be a desk or a station over real TLS; each ends before a frame is read.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type ConnectionOptions, connect, createServer, type TlsOptions } from 'node:tls';
import { systemClock } from '#host/system.ts';
import {
  daysAfter,
  type KeyPair,
  makeCertificate,
  newKeyPair,
  pemOf,
} from '#station/desk/desks-certificate.ts';
import { stationHost } from '#station/desk/desks-proof.ts';
import type { DeskCredentials } from './desk-folder.ts';
import { openLan } from './lan.fixture.ts';
import { openLine } from './line.ts';
import { enrolProtocol, frameProtocol } from './wire.ts';

const lan = await openLan(systemClock);
const good = await lan.enrol('Desk 1');
after(() => lan.close());

const keyPem = (key: KeyPair): string =>
  String(key.privateKey.export({ type: 'pkcs8', format: 'pem' }));

interface Signed {
  readonly der: Buffer;
  readonly pem: string;
  readonly key: KeyPair;
}

const now = Date.now();

/** A certificate by any issuer, of any kind, for the days before and after now. */
function certificate(
  kind: 'authority' | 'station' | 'desk',
  given: {
    readonly by?: Signed;
    readonly host?: string;
    readonly days?: readonly [number, number];
  },
): Signed {
  const key = newKeyPair();
  const [from, until] = given.days ?? [0, 30];
  const der = makeCertificate({
    ...{ kind, name: kind, publicKey: key.publicKey, serial: Buffer.alloc(16, 7) },
    issuer: { name: given.by ? 'authority' : kind, key: given.by?.key ?? key },
    ...(given.host === undefined ? {} : { host: given.host }),
    ...{ from: daysAfter(now, from), until: daysAfter(now, until) },
  });
  return { der, pem: pemOf(der), key };
}

/** Connects, speaks, and says what came back: nothing, or what. */
function knock(options: ConnectionOptions, said: string): Promise<string> {
  return new Promise((resolve) => {
    const { host, port } = lan.address;
    const socket = connect({ host, port, rejectUnauthorized: false, ...options });
    let heard = '';
    socket.on('secureConnect', () => socket.write(said));
    socket.on('data', (part) => {
      heard += part;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
  });
}

const upgrade =
  'GET /pipe HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
const asFrames = { ALPNProtocols: [frameProtocol] };
const pair = ({ pem, key }: Signed) => ({ cert: pem, key: keyPem(key) });

test('the desk that was enrolled is heard: what is refused below is refused for its fault alone', async () => {
  const own = { cert: good.certificate, key: good.key };
  const heard = new Promise<string>((resolve) => {
    const { host, port } = lan.address;
    const socket = connect({ host, port, ca: good.authority, ...own, ...asFrames, servername: '' });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
  });
  assert.equal(await heard, 'ERR_TLS_CERT_ALTNAME_INVALID', 'by address nobody is the station');
  const line = await lan.line(good);
  line.close();
});

test('old protocols, no certificate, a foreign, a self-signed and an expired one: not a byte comes back', async () => {
  const before = (await lan.ada.ask('desk.list', {})).refusals;
  const other = certificate('authority', {});
  const ways: readonly (readonly [string, ConnectionOptions])[] = [
    ['TLS 1.2', { maxVersion: 'TLSv1.2', cert: good.certificate, key: good.key, ...asFrames }],
    ['no certificate', asFrames],
    ['another authority', { ...pair(certificate('desk', { by: other })), ...asFrames }],
    ['self-signed', { ...pair(certificate('desk', {})), ...asFrames }],
    ['no application protocol', { cert: good.certificate, key: good.key }],
    ['the protocol of the web', { ...pair(other), ALPNProtocols: ['http/1.1'] }],
    ['enrolling while no code is out', { ALPNProtocols: [enrolProtocol] }],
  ];
  for (const [name, options] of ways) assert.equal(await knock(options, upgrade), '', name);
  // The station hears of the end of a connection in its own time: it counts each in the end.
  const counted = async () => (await lan.ada.ask('desk.list', {})).refusals - before;
  while ((await counted()) < ways.length) await new Promise(setImmediate);
});

test('a desk whose certificate has run out is ended by TLS, whatever the station’s clock says', async () => {
  const past = 800 * 86_400_000;
  const late = await openLan({ ...systemClock, now: () => Date.now() - past });
  try {
    const expired = await late.enrol('Desk 1');
    await assert.rejects(late.line(expired), { reason: 'station-unreachable' });
  } finally {
    await late.close();
  }
});

test('a desk of another branch is no desk here, and one that the log does not have is unknown', async () => {
  const there = await openLan(systemClock);
  const copy = mkdtempSync(join(tmpdir(), 'lan-copy-'));
  const stranger = await there.enrol('Desk 1');
  // It would even trust us: we do not trust it.
  const mixed = { ...stranger, authority: good.authority };
  await assert.rejects(lan.line(mixed), { reason: 'station-unreachable' });
  await there.close();
  const first = await openLan(systemClock, copy);
  await first.close();
  const before = mkdtempSync(join(tmpdir(), 'lan-before-'));
  cpSync(copy, before, { recursive: true });
  chmodSync(before, 0o700);
  const later = await openLan(systemClock, copy);
  const forgotten = await later.enrol('Desk 1');
  await later.close();
  const older = await openLan(systemClock, before);
  await assert.rejects(older.line(forgotten), { reason: 'desk-unknown' });
  await older.close();
  for (const folder of [copy, before]) rmSync(folder, { recursive: true });
});

/** Something that answers where the station should. */
async function impostor(options: TlsOptions): Promise<{ port: number; close(): void }> {
  const server = createServer({ requestCert: true, rejectUnauthorized: false, ...options });
  server.on('secureConnection', (socket) => socket.on('error', () => socket.destroy()));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

test('a desk speaks to its own station only', async () => {
  const authority = certificate('authority', {});
  const host = stationHost(authority.der);
  const own = certificate('desk', { by: authority });
  const credentials: DeskCredentials = {
    ...{ desk: 1, name: 'Desk 1', key: keyPem(own.key) },
    ...{ certificate: own.pem, authority: authority.pem },
  };
  const other = certificate('authority', {});
  const wrong: readonly (readonly [string, TlsOptions])[] = [
    ['another name', pair(certificate('station', { by: authority, host: 'other.desks.internal' }))],
    ['no name', pair(certificate('station', { by: authority }))],
    ['a desk that plays the station', pair(certificate('desk', { by: authority, host }))],
    ['another authority', pair(certificate('station', { by: other, host }))],
    ['self-signed', pair(certificate('station', { host }))],
    ['run out', pair(certificate('station', { by: authority, host, days: [-30, -2] }))],
    ['not yet good', pair(certificate('station', { by: authority, host, days: [10, 30] }))],
  ];
  for (const [name, options] of wrong) {
    const false_ = await impostor({ ...options, ALPNProtocols: [frameProtocol] });
    const address = { host: '127.0.0.1', port: false_.port };
    await assert.rejects(
      openLine(address, credentials, systemClock),
      { reason: 'station-false' },
      name,
    );
    false_.close();
  }
  const right = pair(certificate('station', { by: authority, host }));
  const old = await impostor({ ...right, maxVersion: 'TLSv1.2', ALPNProtocols: [frameProtocol] });
  const address = { host: '127.0.0.1', port: old.port };
  await assert.rejects(openLine(address, credentials, systemClock), {
    reason: /^station-(false|unreachable)$/,
  });
  old.close();
});

test('the certificates say what they may be used for, and how long', () => {
  const desk = new X509Certificate(good.certificate);
  const authority = new X509Certificate(good.authority);
  assert.equal(desk.ca, false);
  assert.equal(authority.ca, true);
  assert.ok(desk.checkIssued(authority));
  assert.deepEqual(desk.keyUsage, ['1.3.6.1.5.5.7.3.2']);
  const days = (Date.parse(desk.validTo) - Date.parse(desk.validFrom)) / 86_400_000;
  assert.ok(days > 366 && days < 368, `${days} days`);
});
