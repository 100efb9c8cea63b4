// The modules below were compared with an independent encoder and read by an independent decoder.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { qrModules } from './qr.ts';

const digestOf = (text: string): string =>
  createHash('sha256')
    .update(
      qrModules(text)
        .map((row) => row.map(Number).join(''))
        .join('\n'),
    )
    .digest('hex');

test('a code is module for module what an independent encoder draws', () => {
  assert.equal(digestOf('A'), 'bc9009ae87ca68f1d256b69eb26362086d73d9f0b95f1e9f3dccae752626c3b6');
  assert.equal(
    digestOf('hello world'),
    '851bd1031e2539fc5e015f26d9096341dd6514602a440a5806dd968b7c1c2355',
  );
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  assert.equal(
    digestOf(
      `otpauth://totp/QENEX:ben?secret=${secret}&issuer=QENEX%20Demo%20Bank&algorithm=SHA1&digits=6&period=30`,
    ),
    'bfd0d5c1eb49aa01c3ada7ea26b3c0d459b67be0e707b32d3adb0186d2b69228',
  );
});

test('the smallest version that holds the text is taken, and too much text is refused', () => {
  assert.equal(qrModules('x'.repeat(14)).length, 21);
  assert.equal(qrModules('x'.repeat(15)).length, 25);
  assert.equal(qrModules('x'.repeat(213)).length, 57);
  assert.throws(() => qrModules('x'.repeat(214)), /version 10/);
});
