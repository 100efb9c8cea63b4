// Proves the way of a desk over real TLS: enrolled by its code, served by its certificate, cut off when revoked.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, test } from 'node:test';
import { systemClock } from '#host/system.ts';
import { openLan, password, windowOver } from './lan.fixture.ts';

const lan = await openLan(systemClock);
after(() => lan.close());

test('a desk is enrolled by its code, and the station answers it as any window', async () => {
  const credentials = await lan.enrol('Desk 2');
  const certificate = new X509Certificate(credentials.certificate);
  const authority = new X509Certificate(credentials.authority);
  assert.ok(certificate.verify(authority.publicKey));
  const line = await lan.line(credentials);
  const window = windowOver(line.pipe, line.close);
  const state = await window.ask('session.state', {});
  assert.deepEqual([state.stage, state.desk], ['signed-out', 'Desk 2']);
  await window.ask('session.open', { user: 'ada', password });
  const { desks } = await window.ask('desk.list', {});
  assert.deepEqual(
    desks.map(({ name, state: stands, windows }) => [name, stands, windows]),
    [['Desk 2', 'enrolled', 1]],
  );
  const closed = new Promise<void>((resolve) => window.client.closed(resolve));
  await lan.ada.ask('desk.revoke', { desk: credentials.desk, reason: 'the laptop is gone' });
  await closed;
  await assert.rejects(lan.line(credentials), { reason: 'desk-revoked' });
  assert.deepEqual(lan.reports, []);
});
