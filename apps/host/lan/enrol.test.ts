// Attacks the one-time code over real TLS: used again, late, guessed at, relayed, and answered by somebody else.
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { deskCode } from '#contract/session.ts';
import {
  daysAfter,
  makeCertificate,
  makeRequest,
  newKeyPair,
  pemOf,
} from '#station/desk/desks-certificate.ts';
import { createHandClock } from '#station/desk/session-fixture.ts';
import type { LanAddress } from './address.ts';
import { enrolDesk } from './enrol.ts';
import { openLan, password } from './lan.fixture.ts';
import { bindingOf, enrolBytesMax, enrolProtocol, readLine } from './wire.ts';

const clock = createHandClock(Date.now());
const lan = await openLan(clock);
after(() => lan.close());

/** The code with another secret behind the same first group. */
const misread = (code: string): string => `${code.slice(0, 19)}${code.endsWith('7') ? '8' : '7'}`;
const stateOf = async (name: string) =>
  (await lan.ada.ask('desk.list', {})).desks.find((desk) => desk.name === name)?.state;

/** Time passes, and ada is at her desk again. */
async function minutes(count: number): Promise<void> {
  clock.pass(count * 60_000);
  await lan.ada.ask('session.close', {});
  await lan.ada.ask('session.open', { user: 'ada', password });
}

test('a code is shown once, counts once, and stands in no event', async () => {
  const key = crypto.randomUUID();
  const first = await lan.ada.ask('desk.invite', { name: 'Once' }, key);
  assert.match(first.code ?? '', /^(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  const again = await lan.ada.ask('desk.invite', { name: 'Once' }, key);
  assert.deepEqual([again.desk, again.code], [first.desk, null]);
  const code = deskCode.parse(` ${first.code?.toLowerCase().replaceAll('-', ' ')} `);
  const { events } = await lan.ada.ask('log.list', { type: 'desk', count: 50 });
  assert.ok(events.some(({ type }) => type === 'desk.invited'));
  assert.ok(!events.some(({ body }) => body.includes(code.slice(4)) || body.includes('-----')));
  await enrolDesk(lan.address, code);
  // Another code keeps the door ajar: what is refused is the code, not the knock.
  await lan.invite('Ajar');
  await assert.rejects(enrolDesk(lan.address, code), { reason: 'code-wrong', field: 'code' });
});

test('a code is good for fifteen minutes, and no setting of the clock makes it longer', async () => {
  await minutes(2);
  const code = await lan.invite('Late');
  await minutes(14);
  await lan.invite('Ajar later');
  clock.set(clock.now() - 30 * 60_000);
  await minutes(2);
  await assert.rejects(enrolDesk(lan.address, code), { reason: 'code-wrong' });
  clock.set(clock.now() + 30 * 60_000);
  await minutes(0);
  assert.equal(await stateOf('Late'), 'lapsed');
});

test('five wrong tries end a code, and the right one comes too late', async () => {
  await minutes(2);
  const code = await lan.invite('Guessed');
  await lan.invite('Ajar last');
  for (let tries = 0; tries < 5; tries += 1) {
    await assert.rejects(enrolDesk(lan.address, misread(code)), { reason: 'code-wrong' });
  }
  await assert.rejects(enrolDesk(lan.address, code), { reason: 'code-wrong' });
  assert.equal(await stateOf('Guessed'), 'lapsed');
  const { events } = await lan.ada.ask('log.list', { type: 'desk.code-refused', count: 50 });
  assert.equal(events.length, 5);
  // Names nobody has are guesses as well: ten of any kind in a minute are looked at, no more.
  for (let tries = 0; tries < 4; tries += 1) {
    await assert.rejects(enrolDesk(lan.address, 'Z'.repeat(20)), { reason: 'code-wrong' });
  }
  await assert.rejects(enrolDesk(lan.address, code), { reason: 'too-many-tries' });
  await minutes(1);
  await assert.rejects(enrolDesk(lan.address, code), { reason: 'code-wrong' });
});

/** Terminates TLS with a certificate of its own, and does with the two lines what it likes. */
async function between(
  act: (asked: string, desk: TLSSocket) => Promise<string>,
): Promise<{ address: LanAddress; close(): void }> {
  const key = newKeyPair();
  const certificate = makeCertificate({
    ...{ kind: 'station', name: 'station', publicKey: key.publicKey, serial: Buffer.alloc(16, 3) },
    ...{ issuer: { name: 'station', key }, host: 'anything' },
    ...{ from: Date.now(), until: daysAfter(Date.now(), 9) },
  });
  const server = createServer({
    ...{ cert: pemOf(certificate), ALPNProtocols: [enrolProtocol] },
    key: String(key.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  });
  server.on('secureConnection', (desk: TLSSocket) => {
    desk.on('error', () => desk.destroy());
    readLine(desk, (line) => void act(line, desk).then((answer) => desk.end(`${answer}\n`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: { host: '127.0.0.1', port }, close: () => void server.close() };
}

/** Says one line to the station as a desk would, and gives its answer. */
function say(line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { host, port } = lan.address;
    const own = { ALPNProtocols: [enrolProtocol], rejectUnauthorized: false };
    const socket = connect({ host, port, ...own });
    readLine(socket, resolve);
    socket.on('secureConnect', () => socket.write(`${line}\n`));
    socket.on('error', reject).on('close', () => resolve('closed'));
  });
}

test('somebody between who passes everything on gets nothing: the proof holds for one connection', async () => {
  await minutes(16);
  const code = await lan.invite('Relayed');
  const heard: string[] = [];
  const man = await between(async (asked) => {
    const answer = await say(asked);
    heard.push(answer);
    return answer;
  });
  await assert.rejects(enrolDesk(man.address, code), { reason: 'code-wrong' });
  assert.equal(heard.length, 1);
  assert.equal((JSON.parse(heard[0] ?? '') as { ok: boolean }).ok, false);
  man.close();
  assert.equal(
    await stateOf('Relayed'),
    'invited',
    'one wrong try of five; the desk goes the right way',
  );
  await enrolDesk(lan.address, code);
});

test('somebody who plays the station with an authority of their own is found out, and nothing is kept', async () => {
  const key = newKeyPair();
  const made = makeCertificate({
    ...{ kind: 'authority', name: 'false', publicKey: key.publicKey, serial: Buffer.alloc(16, 5) },
    ...{ issuer: { name: 'false', key }, from: Date.now(), until: daysAfter(Date.now(), 9) },
  }).toString('base64');
  const man = await between(async (_asked, desk) => {
    const guessed = bindingOf(desk).toString('hex');
    const answer = { ok: true, desk: 1, name: 'x', branch: 'x', certificate: made };
    return JSON.stringify({ ...answer, authority: made, proof: guessed });
  });
  await assert.rejects(enrolDesk(man.address, 'A'.repeat(20)), { reason: 'station-false' });
  man.close();
});

test('what cannot be read is refused or ended, and the station goes on', async () => {
  await minutes(2);
  const code = await lan.invite('Fuzzed');
  const request = makeRequest('desk', newKeyPair()).toString('base64');
  const proof = 'ab'.repeat(32);
  const lines = [
    '',
    'null',
    '{',
    JSON.stringify({ invitation: code.slice(0, 4), request, proof: proof.slice(1) }),
    JSON.stringify({ invitation: code.slice(0, 4), request, proof, more: 1 }),
    JSON.stringify({ invitation: "'; --", request, proof }),
    JSON.stringify({ invitation: code.slice(0, 4), request: 'A'.repeat(4_000), proof }),
  ];
  for (const line of lines) {
    const answer = JSON.parse(await say(line)) as { ok: boolean; reason: string };
    assert.deepEqual([answer.ok, answer.reason], [false, 'request-damaged'], line.slice(0, 40));
  }
  assert.equal(await say('x'.repeat(enrolBytesMax + 1)), 'closed');
  assert.equal(await stateOf('Fuzzed'), 'invited', 'none of it named the code rightly');
  await minutes(1);
  await enrolDesk(lan.address, code);
  assert.deepEqual(lan.reports, []);
});
