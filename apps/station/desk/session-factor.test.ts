// Proves the second factor by the RFC's own vectors, by another implementation, and that a code counts once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Secret, TOTP } from 'otpauth';
import {
  base32,
  enrolmentUri,
  fromBase32,
  matchingStep,
  oneTimeCode,
  stepAt,
  stepMs,
} from './session-factor.ts';

const seed = Buffer.from('12345678901234567890');

test('RFC 6238 appendix B: all 18 vectors', () => {
  const seeds = {
    sha1: seed,
    sha256: Buffer.from('12345678901234567890123456789012'),
    sha512: Buffer.from('1234567890123456789012345678901234567890123456789012345678901234'),
  };
  const vectors = [
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ] as const;
  for (const [seconds, one, two, three] of vectors) {
    const step = stepAt(seconds * 1000);
    assert.equal(oneTimeCode(seeds.sha1, step, { digits: 8, hash: 'sha1' }), one);
    assert.equal(oneTimeCode(seeds.sha256, step, { digits: 8, hash: 'sha256' }), two);
    assert.equal(oneTimeCode(seeds.sha512, step, { digits: 8, hash: 'sha512' }), three);
  }
});

test('RFC 4226 appendix D: all ten vectors', () => {
  const codes = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
  for (const [counter, code] of codes.entries()) assert.equal(oneTimeCode(seed, counter), code);
});

test('codes and addresses agree with another implementation', () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 32 });
  fc.assert(
    fc.property(bytes, fc.integer({ min: 0, max: 4e12 }), (given, at) => {
      const secret = new Secret({ buffer: Uint8Array.from(given).buffer });
      const other = new TOTP({ secret, issuer: 'A Bank', label: 'sam' });
      assert.equal(oneTimeCode(given, stepAt(at)), other.generate({ timestamp: at }));
      assert.equal(base32(given), secret.base32);
      assert.deepEqual(fromBase32(base32(given)), given);
    }),
  );
  assert.equal(fromBase32('ABC1'), null);
  const uri = enrolmentUri({ issuer: 'A & B Bank', user: 'sam', seed });
  assert.match(
    uri,
    /^otpauth:\/\/totp\/A%20%26%20B%20Bank:sam\?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&/,
  );
});

test('a code counts in its step and the next, once, and never before its time', () => {
  const at = 1_800_000_000_000;
  const step = stepAt(at);
  const code = oneTimeCode(seed, step);
  const check = (time: number, lastStep: number, given = code) =>
    matchingStep({ seed, code: given, at: time, lastStep });
  assert.equal(check(at, 0), step);
  assert.equal(check(at + stepMs, 0), step);
  assert.equal(check(at + 2 * stepMs, 0), null);
  assert.equal(check(at - stepMs, 0), null);
  assert.equal(check(at, step), null, 'used already');
  assert.equal(check(at + stepMs, step + 1), null, 'a later one was used');
  for (const wrong of ['', '12345', '1234567', 'abcdef', `${code}0`]) {
    assert.equal(check(at, 0, wrong), null, wrong);
  }
});
