// Proves that a desk renews its certificate by itself, that the old one ends with it, and who may not renew.
import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { systemClock } from '#host/system.ts';
import { fingerprintOf, makeRequest, readPrivateKey } from '#station/desk/desks-certificate.ts';
import type { Clock } from '#station/ports.ts';
import { createDesk } from './desk.ts';
import { type DeskCredentials, endOf, readCredentials, writeCredentials } from './desk-folder.ts';
import { joinedPipe, openLan, type TestLan } from './lan.fixture.ts';
import { provenBothWays } from './line.ts';
import { renewCertificate } from './renew.ts';
import { askLine, renewProtocol } from './wire.ts';

const dayMs = 86_400_000;
/** Real time less so many days: certificates made by it are so much older, which TLS judges by the real time. */
const daysAgo = (days: number): Clock => ({
  ...systemClock,
  now: () => Date.now() - days * dayMs,
});
const folders: string[] = [];
const newFolder = (name: string): string => {
  const folder = mkdtempSync(join(tmpdir(), name));
  folders.push(folder);
  return folder;
};
const opened: TestLan[] = [];
after(async () => {
  for (const lan of opened) await lan.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A branch whose desks were enrolled so many days ago, open again today. */
async function openAged(days: number, names: readonly string[]) {
  const folder = newFolder('lan-renew-');
  const before = await openLan(daysAgo(days), folder);
  const desks: DeskCredentials[] = [];
  for (const name of names) desks.push(await before.enrol(name));
  await before.close();
  const lan = await openLan(systemClock, folder);
  opened.push(lan);
  return { folder, lan, desks };
}

/** The desk's host with one page on it, until the file of its credentials fits. */
async function hostOf(
  lan: TestLan,
  credentials: DeskCredentials | null,
  folder = newFolder('desk-'),
) {
  if (credentials) writeCredentials(folder, credentials);
  const reports: unknown[] = [];
  const report = (where: string, error: unknown) => void reports.push([where, error]);
  const desk = createDesk({ folder, address: lan.address, clock: systemClock, report });
  const reached = await desk.reach();
  const [inside] = joinedPipe();
  const leave = reached.carry(inside, () => undefined);
  return { folder, leave, reports };
}

async function until(fits: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await fits())) {
    await new Promise<void>((resolve) => void systemClock.after(5, resolve));
  }
}

const viewOf = async (lan: TestLan, desk: number) => {
  const view = (await lan.ada.ask('desk.list', {})).desks.find((each) => each.desk === desk);
  assert.ok(view);
  return view;
};

test('in its last 60 days a desk gets the next certificate by itself, and the old one ends when it is shown', async () => {
  const { lan, desks } = await openAged(310, ['Desk 1']);
  const [old] = desks as [DeskCredentials];
  assert.equal((await viewOf(lan, old.desk)).isRenewalDue, true);
  const host = await hostOf(lan, old);
  await until(() => readCredentials(host.folder)?.next !== undefined);
  const between = await viewOf(lan, old.desk);
  assert.equal(between.isRenewalDue, false);
  assert.ok(between.nextUntil && Date.parse(between.nextUntil) > Date.parse(between.until));
  (await lan.line(old)).close();
  host.leave();
  const again = await hostOf(lan, null, host.folder);
  const kept = readCredentials(host.folder) as DeskCredentials;
  assert.equal(kept.next, undefined);
  assert.notEqual(kept.key, old.key, 'a new key');
  assert.ok(endOf(kept) - Date.now() > 360 * dayMs);
  await until(async () => (await viewOf(lan, old.desk)).nextUntil === null);
  await assert.rejects(lan.line(old), { reason: 'desk-unknown' });
  const view = await viewOf(lan, old.desk);
  const { raw } = new X509Certificate(kept.certificate);
  assert.deepEqual([view.state, view.fingerprint], ['enrolled', fingerprintOf(raw)]);
  again.leave();
  assert.deepEqual([...host.reports, ...again.reports, ...lan.reports], []);
});

test('before its last 60 days nothing is renewed, whoever asks', async () => {
  const { lan, desks } = await openAged(300, ['Desk 1']);
  const [young] = desks as [DeskCredentials];
  await assert.rejects(renewCertificate(lan.address, young), { reason: 'renewal-early' });
  const host = await hostOf(lan, young);
  host.leave();
  const view = await viewOf(lan, young.desk);
  assert.deepEqual([view.nextUntil, view.isRenewalDue], [null, false]);
  assert.equal(readCredentials(host.folder)?.next, undefined);
  assert.deepEqual(host.reports, []);
});

test('an answer that was lost costs nothing: the old one counts on, and the newest word alone is good', async () => {
  const { lan, desks } = await openAged(310, ['Desk 1']);
  const [old] = desks as [DeskCredentials];
  const lost = { ...old, ...(await renewCertificate(lan.address, old)) };
  (await lan.line(old)).close();
  const next = { ...old, ...(await renewCertificate(lan.address, old)) };
  await assert.rejects(lan.line(lost), { reason: 'desk-unknown' });
  (await lan.line(next)).close();
  await until(async () => (await viewOf(lan, old.desk)).nextUntil === null);
  for (const ended of [old, lost]) {
    await assert.rejects(lan.line(ended), { reason: 'desk-unknown' });
    await assert.rejects(renewCertificate(lan.address, ended), { reason: 'desk-unknown' });
  }
});

test('a revoked desk renews nothing, and a next certificate it was given before is void with it', async () => {
  const { lan, desks } = await openAged(310, ['Desk 1', 'Desk 2']);
  const [one, two] = desks as [DeskCredentials, DeskCredentials];
  const next = { ...one, ...(await renewCertificate(lan.address, one)) };
  for (const { desk } of [one, two]) await lan.ada.ask('desk.revoke', { desk, reason: 'stolen' });
  await assert.rejects(lan.line(next), { reason: 'desk-unknown' });
  for (const each of [one, two]) {
    await assert.rejects(renewCertificate(lan.address, each), { reason: 'desk-revoked' });
  }
  const { desks: views } = await lan.ada.ask('desk.list', {});
  assert.deepEqual(
    views.map(({ nextUntil }) => nextUntil),
    [null, null],
  );
});

/** What comes back over a connection of our own making. */
function ask(lan: TestLan, options: ConnectionOptions, asked: object): Promise<unknown> {
  return new Promise((resolve) => {
    const { host, port } = lan.address;
    const socket = connect({ host, port, ...options });
    const silent = (): Error => new Error('nothing');
    socket.on('error', () => resolve('nothing'));
    socket.on('secureConnect', () => {
      askLine(socket, asked, silent).then(resolve, () => resolve('nothing'));
    });
  });
}

test('without a certificate nobody is read, and a request must be whole, signed, and for a new key', async () => {
  const { lan, desks } = await openAged(310, ['Desk 1']);
  const [good] = desks as [DeskCredentials];
  const before = (await lan.ada.ask('desk.list', {})).refusals;
  const nobody = { rejectUnauthorized: false, ALPNProtocols: [renewProtocol] };
  const der = createPrivateKey(good.key).export({ type: 'pkcs8', format: 'der' });
  const same = makeRequest('desk', readPrivateKey(der)).toString('base64');
  assert.equal(await ask(lan, nobody, { request: same }), 'nothing');
  const proven = provenBothWays(good, renewProtocol);
  const reasonOf = async (asked: object) =>
    ((await ask(lan, proven, asked)) as { reason?: string }).reason;
  assert.equal(await reasonOf({ request: same }), 'key-unfit');
  assert.equal(await reasonOf({ request: 'AAAA' }), 'request-damaged');
  assert.equal(await reasonOf({}), 'request-damaged');
  assert.equal(await reasonOf({ request: same, more: 1 }), 'request-damaged');
  const view = await viewOf(lan, good.desk);
  assert.equal(view.nextUntil, null);
  assert.ok((await lan.ada.ask('desk.list', {})).refusals - before >= 5, 'each is counted');
});

test('a station put back to before the renewal is served with the old certificate as long as it lasts', async () => {
  const folder = newFolder('lan-older-');
  const first = await openLan(daysAgo(310), folder);
  const old = await first.enrol('Desk 1');
  await first.close();
  const copy = newFolder('lan-copy-');
  cpSync(folder, copy, { recursive: true });
  chmodSync(copy, 0o700);
  const later = await openLan(systemClock, folder);
  const next = await renewCertificate(later.address, old);
  await later.close();
  const older = await openLan(systemClock, copy);
  opened.push(older);
  const host = await hostOf(older, { ...old, next });
  // It fell back at once, and has asked for another by now or does so in a moment.
  await until(() => {
    const kept = readCredentials(host.folder);
    return kept?.next !== undefined && kept.next.certificate !== next.certificate;
  });
  assert.equal(readCredentials(host.folder)?.certificate, old.certificate);
  host.leave();
  assert.deepEqual(host.reports, []);
});
