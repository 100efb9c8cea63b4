// Proves the certificates and requests of the LAN against OpenSSL, and that damage in them is found.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '../bank/refusal.ts';
import { type DeskRow, invitationSecret } from '../ledger/projections/desk.ts';
import { desksHandlers } from './desks.ts';
import {
  daysAfter,
  type KeyPair,
  makeCertificate,
  makeRequest,
  newKeyPair,
  pemOf,
  readRequest,
} from './desks-certificate.ts';
import { time } from './desks-der.ts';
import { codeMs } from './desks-door.ts';
import {
  deskProof,
  newCode,
  proofKey,
  shownCode,
  splitCode,
  stationHost,
  stationProof,
} from './desks-proof.ts';
import { renewalDays } from './desks-renewal.ts';

const folder = mkdtempSync(join(tmpdir(), 'desks-'));
after(() => rmSync(folder, { recursive: true }));
const noOpenssl = spawnSync('openssl', ['version']).status === 0 ? false : 'no openssl here';
const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

const authorityKey = newKeyPair();
const from = Date.now();
const issuer = { name: 'desks of 001', key: authorityKey };

function made(kind: 'authority' | 'station' | 'desk', key: KeyPair): Buffer {
  return makeCertificate({
    ...{ kind, name: kind === 'authority' ? issuer.name : kind, publicKey: key.publicKey, issuer },
    ...(kind === 'station' ? { host: 'station-1.desks.internal' } : {}),
    ...{ serial: Buffer.alloc(16, 0xff), from, until: daysAfter(from, 30) },
  });
}

test('OpenSSL accepts each certificate for its purpose and for no other', {
  skip: noOpenssl,
}, () => {
  const files = {
    authority: made('authority', authorityKey),
    station: made('station', newKeyPair()),
    desk: made('desk', newKeyPair()),
  };
  for (const [name, der] of Object.entries(files)) writeFileSync(join(folder, name), pemOf(der));
  const verify = (purpose: string, name: string) =>
    spawnSync(
      'openssl',
      ['verify', '-x509_strict', '-CAfile', 'authority', '-purpose', purpose, name],
      { cwd: folder, encoding: 'utf8' },
    );
  for (const [purpose, name, isRight] of [
    ['sslserver', 'station', true],
    ['sslclient', 'station', false],
    ['sslclient', 'desk', true],
    ['sslserver', 'desk', false],
  ] as const) {
    const { status, stderr } = verify(purpose, name);
    assert.equal(status === 0, isRight, `${name} as ${purpose}: ${stderr}`);
  }
  const station = new X509Certificate(files.station);
  assert.equal(station.checkHost('station-1.desks.internal'), 'station-1.desks.internal');
  assert.equal(station.checkHost('station-2.desks.internal'), undefined);
});

test('a request made by OpenSSL is read, and what it asks for beyond its key is not given', {
  skip: noOpenssl,
}, () => {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const wish = ['-subj', '/CN=station', '-addext', 'basicConstraints=critical,CA:TRUE'];
  openssl('req', '-new', ...curve, ...wish, '-keyout', 'k', '-outform', 'DER', '-out', 'r');
  const publicKey = readRequest(readFileSync(join(folder, 'r')));
  const certificate = new X509Certificate(
    made('desk', { publicKey, privateKey: authorityKey.privateKey }),
  );
  assert.equal(certificate.ca, false);
  assert.equal(certificate.subject, 'CN=desk');
  const ours = makeRequest('desk', newKeyPair());
  writeFileSync(join(folder, 'ours'), ours);
  assert.match(
    spawnSync('openssl', ['req', '-inform', 'DER', '-in', 'ours', '-verify', '-noout'], {
      ...{ cwd: folder, encoding: 'utf8' },
    }).stderr,
    /OK/,
  );
  openssl(
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    ...wish.slice(0, 2),
    '-keyout',
    'k2',
    '-outform',
    'DER',
    '-out',
    'r2',
  );
  assert.throws(() => readRequest(readFileSync(join(folder, 'r2'))), { name: 'Refusal' });
});

test('a request with any byte changed, cut or added is refused in words, or has the same key', () => {
  const key = newKeyPair();
  const request = makeRequest('desk', key);
  const own = key.publicKey.export({ type: 'spki', format: 'der' });
  const refused = (bytes: Buffer): void => {
    try {
      const read = readRequest(bytes).export({ type: 'spki', format: 'der' });
      assert.deepEqual(read, own, 'only the key that signed');
    } catch (error) {
      assert.ok(error instanceof Refusal, String(error));
    }
  };
  for (let at = 0; at < request.length; at += 1) {
    const changed = Buffer.from(request);
    changed[at] = (changed[at] ?? 0) ^ 0x21;
    refused(changed);
    refused(request.subarray(0, at));
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => refused(Buffer.from(bytes))),
    { numRuns: 500 },
  );
  assert.throws(() => readRequest(Buffer.concat([request, Buffer.from([0])])), Refusal);
});

test('a request that names somebody else’s key, or whose signature is bent, is refused', () => {
  const [own, other] = [newKeyPair(), newKeyPair()];
  const named = makeRequest('desk', other);
  // The private key of one beside the public key of another: nobody proves what they do not have.
  const borrowed = makeRequest('desk', { privateKey: own.privateKey, publicKey: other.publicKey });
  const bent = Buffer.from(named);
  bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1;
  for (const request of [borrowed, bent]) {
    assert.throws(() => readRequest(request), { reason: 'request-damaged', message: /not signed/ });
  }
  const spki = { type: 'spki', format: 'der' } as const;
  assert.deepEqual(readRequest(named).export(spki), other.publicKey.export(spki));
});

test('times are written as RFC 5280 says, on both sides of 2050', () => {
  const text = (iso: string) => time(Date.parse(iso)).subarray(2).toString();
  assert.equal(text('2049-12-31T23:59:59.999Z'), '491231235959Z');
  assert.equal(text('2050-01-01T00:00:00.000Z'), '20500101000000Z');
});

test('a code has eighty secret bits, is written in five groups, and proves one connection only', async () => {
  const code = newCode(Uint8Array.from({ length: 20 }, (_, index) => index * 7));
  assert.match(shownCode(code), /^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
  const parts = splitCode(code);
  assert.deepEqual([parts.invitation.length, parts.secret.length * 5], [4, 80]);
  const key = await proofKey(parts);
  const other = await proofKey({ ...parts, invitation: 'ZZZZ' });
  const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const request = Buffer.from('request');
  const proofs = [
    deskProof(key, one, request),
    deskProof(key, two, request),
    deskProof(other, one, request),
    deskProof(key, one, Buffer.from('another')),
  ].map((proof) => proof.toString('hex'));
  assert.equal(new Set(proofs).size, 4);
  assert.notEqual(stationHost(one), stationHost(two));
});

test('either proof speaks of one connection, one request and what was given, and of nothing else', () => {
  const bytes = (fill: number) => new Uint8Array(32).fill(fill);
  const given = { request: bytes(1), certificate: bytes(2), authority: bytes(3) };
  const station = stationProof(bytes(9), bytes(8), given).toString('hex');
  const others = [
    stationProof(bytes(0), bytes(8), given),
    stationProof(bytes(9), bytes(0), given),
    stationProof(bytes(9), bytes(8), { ...given, request: bytes(0) }),
    stationProof(bytes(9), bytes(8), { ...given, certificate: bytes(0) }),
    stationProof(bytes(9), bytes(8), { ...given, authority: bytes(0) }),
    deskProof(bytes(9), bytes(8), given.request),
    deskProof(bytes(0), bytes(8), given.request),
    deskProof(bytes(9), bytes(0), given.request),
    deskProof(bytes(9), bytes(8), bytes(0)),
  ].map((proof) => proof.toString('hex'));
  assert.equal(new Set([station, ...others]).size, 1 + others.length);
});

test('codes are out a few at once, under names nobody has, and a desk is revoked once', async () => {
  const row = (id: number, more: Partial<DeskRow> = {}): DeskRow => ({
    ...{ id, name: `desk ${id}`, invitation: `I${id}`, codeUntil: 0, address: null, wrong: 0 },
    ...{ fingerprint: null, certificateUntil: null, seenAt: null, revokedAt: null },
    ...(more as DeskRow),
  });
  let rows: readonly DeskRow[] = [];
  let open: ReadonlySet<number> = new Set();
  let taken = false;
  const deleted: string[] = [];
  const told: string[] = [];
  const handlers = desksHandlers({
    reads: {
      list: () => rows,
      byId: (id: number) => rows.find((each) => each.id === id) ?? null,
      byInvitation: () => (taken ? row(1) : null),
      nextId: () => 99,
    },
    secrets: { set: () => told.push('kept'), delete: (name: string) => deleted.push(name) },
    door: {
      isOpen: ({ id }: DeskRow) => open.has(id),
      invited: (id: number) => told.push(`door ${id}`),
    },
    clock: { now: () => 1_000 },
    chance: { bytes: (count: number) => new Uint8Array(count) },
  } as never) as never as Record<
    string,
    {
      before(): Promise<{ code: string }>;
      complete: unknown;
      record: (...all: unknown[]) => unknown;
    }
  >;
  const { 'desk.invite': invite, 'desk.revoke': revoke } = handlers;
  const made = await invite?.before();
  const reasonOf = (what: () => unknown): string | null => {
    try {
      what();
      return null;
    } catch (error) {
      return (error as Refusal).reason;
    }
  };
  const invited = (name: string) => reasonOf(() => invite?.record({ name }, null, { at: 1 }, made));
  const revoked = (desk: number) => reasonOf(() => revoke?.record({ desk, reason: 'lost' }));

  rows = Array.from({ length: 8 }, (_, index) => row(index + 1));
  open = new Set([1, 2, 3, 4, 5, 6, 7]);
  const recorded = invite?.record({ name: 'new' }, null, { at: 1 }, made);
  const result = (recorded as { result?: object } | undefined)?.result ?? {};
  assert.deepEqual(result, { desk: 99, until: new Date(1 + codeMs).toISOString(), code: null });
  assert.deepEqual(told, ['kept', 'door 99'], 'its proof is kept, and the door knows of it');
  const complete = invite?.complete as (given: object) => { code: string | null };
  assert.equal(complete(result).code, shownCode(made?.code ?? ''));
  assert.equal(complete(result).code, null, 'a code is shown once');
  assert.deepEqual(deleted, ['I8'].map(invitationSecret), 'what lapsed is no secret any more');
  open = new Set([1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal(invited('new'), 'codes-open');

  open = new Set([1]);
  rows = [
    row(1),
    row(2, { certificateUntil: 1_001 }),
    row(3, { certificateUntil: 1_000 }),
    row(4, { certificateUntil: 9_000, revokedAt: 5 }),
    row(5),
  ];
  const names = rows.map(({ name }) => invited(name));
  assert.deepEqual(names, ['desk-named', 'desk-named', null, null, null]);
  taken = true;
  assert.equal(invited('new'), 'code-taken');

  deleted.length = 0;
  assert.deepEqual([revoked(2), revoked(4), revoked(6)], [null, 'desk-revoked', 'desk-unknown']);
  assert.deepEqual(deleted, ['I2'].map(invitationSecret));
});

test('a desk is listed as what it is, with when it renews and what it was last seen at', () => {
  const day = 86_400_000;
  const now = Date.UTC(2026, 10, 20);
  const base: DeskRow = {
    ...{ id: 1, name: 'desk', invitation: 'I', codeUntil: now + day, address: null, wrong: 0 },
    ...{ fingerprint: null, certificateUntil: null, seenAt: now - day, revokedAt: null },
  } as never;
  const shown = (
    more: Partial<DeskRow>,
    at: { open?: number; next?: number; code?: boolean } = {},
  ) => {
    const { 'desk.list': list } = desksHandlers({
      reads: { list: () => [{ ...base, ...more }] },
      windows: { countOf: () => at.open ?? 0 },
      renewals: { of: () => (at.next === undefined ? null : { until: at.next }) },
      door: { isOpen: () => at.code ?? false, standing: () => ({}) },
      clock: { now: () => now },
    } as never) as never as { 'desk.list': () => { desks: readonly Record<string, unknown>[] } };
    const [{ state, lastSeenAt, until, renewsFrom, isRenewalDue, nextUntil } = {}] = list().desks;
    return { state, lastSeenAt, until, renewsFrom, isRenewalDue, nextUntil };
  };
  const at = (ms: number) => new Date(ms).toISOString();
  const plain = {
    ...{ lastSeenAt: at(now - day), until: at(now + day) },
    ...{ renewsFrom: null, isRenewalDue: false, nextUntil: null },
  };
  assert.deepEqual(shown({}, { code: true }), { ...plain, state: 'invited' });
  assert.deepEqual(shown({ seenAt: null }), { ...plain, state: 'lapsed', lastSeenAt: null });
  assert.deepEqual(shown({ revokedAt: now }, { next: now + day }), { ...plain, state: 'revoked' });
  assert.deepEqual(shown({ certificateUntil: now }), {
    ...plain,
    state: 'expired',
    until: at(now),
  });
  const lasting = (until: number, more: object = {}) => ({
    ...{ ...plain, state: 'enrolled', until: at(until) },
    ...{ renewsFrom: at(until - renewalDays * day), ...more },
  });
  const due = now + renewalDays * day;
  assert.deepEqual(shown({ certificateUntil: due }), lasting(due, { isRenewalDue: true }));
  assert.deepEqual(shown({ certificateUntil: due + 1 }), lasting(due + 1));
  assert.deepEqual(
    shown({ certificateUntil: due }, { next: due + day, open: 2 }),
    lasting(due, { nextUntil: at(due + day), lastSeenAt: at(now) }),
  );
});
