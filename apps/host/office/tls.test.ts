// Tries every wrong way to be head office and every wrong way to be a branch: each is refused, on either side.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from 'pg';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import { connectOffice } from '#station/office/client/connect.ts';
import { type Issued, openAuthority } from './authority.ts';
import { endsSoon } from './cluster.ts';
import { noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';

const skip = noPostgres;
const strange = mkdtempSync(join(tmpdir(), 'teller-strange-'));
let office: TestOffice;
let bundle: OfficeBundle;
/** Another authority that calls itself by the same name as head office's. */
let impostor: ReturnType<typeof openAuthority>;

before(
  async () => {
    if (skip) return;
    office = await openTestOffice();
    bundle = await office.enrol({ branch: 'TLS', name: 'TLS' });
    mkdirSync(join(strange, 'authority'), { mode: 0o700 });
    impostor = openAuthority(join(strange, 'authority'));
  },
  { timeout: 1_800_000 },
);
after(
  async () => {
    rmSync(strange, { recursive: true, force: true });
    await office?.remove();
  },
  { timeout: 1_800_000 },
);

/** Speaks to head office once, as a branch would. */
async function speak(changed: Partial<OfficeBundle> = {}): Promise<void> {
  const [address] = bundle.addresses;
  assert.ok(address);
  const client = await connectOffice({
    bundle: { ...bundle, ...changed },
    address,
    deadlineMs: 5_000,
  });
  await client.query('SELECT 1');
  await client.end();
}

/** A certificate nobody but its own key has signed. */
function selfSigned(name: string, more: readonly string[] = []): Issued {
  const [key, certificate] = [join(strange, `${name}.key`), join(strange, `${name}.pem`)];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
  const files = ['-keyout', key, '-out', certificate];
  const made = ['req', '-x509', ...curve, '-subj', `/CN=${name}`, ...more, ...files];
  execFileSync('openssl', made, { stdio: 'ignore' });
  return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
}

const data = (name: string): string => join(office.folder, 'data', name);

/** Reloads the server and waits until a new connection finds it so; a reload is heard some time later. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  await office.query('SELECT pg_reload_conf()');
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 25));
}

const refused = (changed?: Partial<OfficeBundle>) =>
  speak(changed).then(
    () => null,
    (error: { readonly reason?: string; readonly message: string }) => error,
  );

/** Head office with another certificate; puts the right one back. */
async function asServer(issued: Issued, check: () => Promise<void>): Promise<void> {
  const own = { pem: readFileSync(data('server.pem')), key: readFileSync(data('server.key')) };
  writeFileSync(data('server.pem'), issued.certificate);
  writeFileSync(data('server.key'), issued.key);
  try {
    await until(async () => (await refused()) !== null);
    await check();
  } finally {
    writeFileSync(data('server.pem'), own.pem);
    writeFileSync(data('server.key'), own.key);
    await until(async () => (await refused()) === null);
  }
}

const weak = { reason: 'office-weak' };

test('a head office that offers no more than TLS 1.2 is not spoken to', {
  skip,
  timeout: 1_800_000,
}, async () => {
  await speak();
  const set = async (least: string, most: string): Promise<void> => {
    await office.query(`ALTER SYSTEM SET ssl_min_protocol_version = '${least}'`);
    await office.query(`ALTER SYSTEM SET ssl_max_protocol_version = '${most}'`);
  };
  await set('TLSv1.2', 'TLSv1.2');
  try {
    await until(async () => (await refused()) !== null);
    await assert.rejects(speak(), weak);
  } finally {
    await set('TLSv1.3', '');
    await until(async () => (await refused()) === null);
  }
});

test('a head office that is self-signed, of another authority, of another host or run out is not spoken to', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const hosts = ['127.0.0.1'];
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1'];
  await asServer(selfSigned('office', names), () => assert.rejects(speak(), weak));
  await asServer(impostor.issue('office', { hosts }), () => assert.rejects(speak(), weak));
  const { authority } = office.cluster;
  const elsewhere = authority.issue('office', { hosts: ['office.example', '127.0.0.2'] });
  await asServer(elsewhere, async () => {
    await assert.rejects(speak(), (error: Error) => /127\.0\.0\.1/.test(error.message));
    await assert.rejects(speak(), weak);
  });
  const old = authority.issue('office', { hosts, days: 0 });
  await asServer(old, () => assert.rejects(speak(), weak));
  assert.equal(endsSoon(Buffer.from(old.certificate)), true, 'and it gets another one');
  assert.equal(endsSoon(readFileSync(data('server.pem'))), false);
});

test('a branch with an old protocol, or with nobody’s, another’s, an old or a revoked certificate is shut out', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const [address] = bundle.addresses;
  const { user, password, authority: ca, certificate: cert, key } = bundle;
  const plain = { ...address, database: 'office', user, password };
  const attempt = async (ssl: object | false): Promise<void> => {
    const client = new Client({ ...plain, ssl, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    await client.end();
  };
  await attempt({ ca, cert, key });
  await assert.rejects(attempt({ ca, cert, key, maxVersion: 'TLSv1.2' }), 'old protocol');
  await assert.rejects(attempt(false), 'no TLS');
  await assert.rejects(attempt({ ca }), 'no certificate');
  await assert.rejects(speak({ password: 'wrong' }));
  await assert.rejects(speak(selfSigned(user)), 'self-signed');
  await assert.rejects(speak(impostor.issue(user)), 'another authority');
  const other = await office.enrol({ branch: 'OTHER', name: 'other' });
  await assert.rejects(speak({ certificate: other.certificate, key: other.key }), 'another branch');
  await assert.rejects(speak(office.cluster.authority.issue(user, { days: 0 })), 'run out');
  await assert.rejects(speak({ authority: impostor.certificate }), weak);
  await speak();
  office.cluster.authority.revoke(bundle.certificate);
  office.cluster.reload();
  await until(async () => (await refused()) !== null);
  await assert.rejects(speak(), 'revoked');
  const again = await office.enrol({ branch: 'TLS', name: 'TLS' });
  await speak(again);
});
