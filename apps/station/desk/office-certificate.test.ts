// Attacks the renewal of the branch's certificate: too soon, unanswered, refused, and answered with what is none of ours.
import assert from 'node:assert/strict';
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import type { OfficeLine } from '#station/office/client/calls.ts';
import type { Clock } from '#station/ports.ts';
import {
  daysAfter,
  type KeyPair,
  makeCertificate,
  newKeyPair,
  pemOf,
  readRequest,
} from './desks-certificate.ts';
import { createCertificateKeeping, renewalDays } from './office-certificate.ts';

const authority = newKeyPair();
const stranger = newKeyPair();
const from = Date.parse('2026-01-01T00:00:00Z');
const until = daysAfter(from, 398);

interface Wish {
  readonly name?: string;
  readonly signer?: KeyPair;
  readonly until?: number;
}

function certificate(publicKey: KeyObject, wish: Wish = {}): string {
  const name = wish.name ?? 'branch_001';
  return pemOf(
    makeCertificate({
      ...{ kind: name === 'authority' ? 'authority' : 'desk', name, publicKey, from },
      issuer: { name: 'authority', key: wish.signer ?? authority },
      ...{ serial: Buffer.alloc(16, 7), until: wish.until ?? until },
    }),
  );
}

/** A branch whose certificate ends in so many days, and a head office that answers as it is told. */
function branch(leftDays: number) {
  const pair = newKeyPair();
  const bundle = {
    ...{ branch: '001', addresses: [], database: '', user: 'branch_001', password: '' },
    authority: certificate(authority.publicKey, { name: 'authority' }),
    ...{ certificate: certificate(pair.publicKey), officeKey: '' },
    key: String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  } satisfies OfficeBundle;
  const kept: OfficeBundle[] = [];
  const reports: string[] = [];
  const asked: KeyObject[] = [];
  const told: string[] = [];
  const at = { now: daysAfter(until, -leftDays), ms: 0 };
  const clock = { now: () => at.now, monotonic: () => at.ms } as Clock;
  const answer: { is: (key: KeyObject) => object } = {
    is: (key) => ({ certificate: certificate(key, { until: until + 86_400_000 }), refused: null }),
  };
  const line = {
    async read(sql: string, values: readonly unknown[] = []) {
      if (values.length === 0) told.push(sql);
      if (values.length === 0) return [];
      const key = readRequest(values[0] as Buffer);
      asked.push(key);
      return [answer.is(key)];
    },
  } as unknown as Pick<OfficeLine, 'read'>;
  const report = (_where: string, error: unknown) => void reports.push((error as Error).message);
  const keep = (changed: OfficeBundle) => void kept.push(changed);
  const keeping = createCertificateKeeping({ clock, report, keep }, bundle);
  return {
    bundle,
    kept,
    reports,
    asked,
    told,
    at,
    answer,
    keeping,
    tend: () => keeping.tend(line),
  };
}

test('the next certificate is asked for in the last sixty days, and no day sooner', async () => {
  const early = branch(renewalDays);
  early.at.now -= 1;
  assert.equal(await early.tend(), false);
  assert.deepEqual([early.asked.length, early.told.length, early.kept.length], [0, 1, 0]);
  early.at.now += 1;
  assert.equal(await early.tend(), false, 'looked at once an hour');
  early.at.ms += 3_600_000;
  assert.equal(early.keeping.until(), until);
  assert.equal(await early.tend(), true);
  assert.equal(early.told.length, 1, 'it was told after the start already');
  const [first, last] = [early.kept[0], early.kept.at(-1)];
  assert.ok(first?.asked, 'the key is kept before anything is asked');
  assert.equal(first.certificate, early.bundle.certificate);
  assert.equal(last, early.keeping.bundle());
  assert.equal(last?.asked, undefined);
  assert.ok(last);
  assert.deepEqual(
    new X509Certificate(last.certificate).publicKey.export({ format: 'jwk' }),
    createPublicKey(last.key).export({ format: 'jwk' }),
  );
  assert.equal(early.keeping.until(), until + 86_400_000);
  assert.equal(await early.tend(), false);
  assert.equal(early.told.length, 2, 'head office sees the new one at once');
});

test('one that is not answered yet is asked for again, with the same key, every five seconds', async () => {
  const { at, answer, asked, tend, kept } = branch(1);
  const { is } = answer;
  answer.is = () => ({ certificate: null, refused: null });
  assert.equal(await tend(), false);
  at.ms += 4_999;
  assert.equal(await tend(), false);
  assert.equal(asked.length, 1);
  answer.is = is;
  at.ms += 1;
  assert.equal(await tend(), true);
  const [one, other] = asked.map((key) => key.export({ format: 'jwk' }));
  assert.deepEqual(one, other);
  assert.equal(kept.length, 2);
});

test('a refusal is told of, and the next request has another key', async () => {
  const { at, answer, asked, tend, kept, reports, keeping, bundle } = branch(1);
  answer.is = () => ({ certificate: null, refused: 'This device was stopped.' });
  assert.equal(await tend(), false);
  assert.deepEqual(reports, ['This device was stopped.']);
  assert.equal(kept.at(-1)?.asked, undefined);
  assert.equal(keeping.bundle().certificate, bundle.certificate);
  at.ms += 3_600_000;
  await tend();
  assert.equal(asked.length, 2);
  assert.notDeepEqual(asked[0]?.export({ format: 'jwk' }), asked[1]?.export({ format: 'jwk' }));
});

test('what is no later certificate of this branch, for its new key, by its head office, is refused', async () => {
  const later = until + 86_400_000;
  const wrong: readonly (readonly [string, (key: KeyObject) => string])[] = [
    ['another key', () => certificate(stranger.publicKey, { until: later })],
    ['another signer', (key) => certificate(key, { until: later, signer: stranger })],
    ['another branch', (key) => certificate(key, { until: later, name: 'branch_002' })],
    ['no later end', (key) => certificate(key)],
  ];
  for (const [what, made] of wrong) {
    const { answer, tend, keeping, bundle } = branch(1);
    answer.is = (key) => ({ certificate: made(key), refused: null });
    const isFalse = (error: unknown) =>
      error instanceof Refusal && error.reason === 'certificate-false';
    await assert.rejects(tend(), isFalse, what);
    assert.equal(keeping.bundle().certificate, bundle.certificate, what);
    assert.equal(keeping.bundle().key, bundle.key, what);
  }
});
