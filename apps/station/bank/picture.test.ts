// Attacks what a picture may be: other files under its name, cut ones, bombs of pixels; and takes real ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jpegOf, pngOf } from './picture.fixture.ts';
import { pictureFacts } from './picture.ts';
import { Refusal } from './refusal.ts';

const reasonOf = (bytes: Uint8Array): string => {
  try {
    pictureFacts(bytes);
    return 'kept';
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return error.reason;
  }
};

test('a PNG and a JPEG are known by their bytes, with their size', () => {
  const small = { width: 3, height: 2 };
  assert.deepEqual(pictureFacts(pngOf(3, 2)), { media: 'image/png', ...small });
  assert.deepEqual(pictureFacts(jpegOf(3, 2)), { media: 'image/jpeg', ...small });
});

test('anything else is refused, whatever it is called', () => {
  const text = (words: string) => new TextEncoder().encode(words);
  for (const bytes of [
    new Uint8Array(),
    text('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    text('GIF89a, and more of it'),
    text('%PDF-1.7'),
    pngOf(3, 2).subarray(0, 40),
    pngOf(3, 2).subarray(0, -1),
    jpegOf(3, 2).subarray(0, -2),
    Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
    pngOf(0, 2),
  ]) {
    assert.equal(reasonOf(bytes), 'picture-unknown');
  }
});

test('a picture too heavy or with too many pixels is refused before anybody draws it', () => {
  assert.equal(reasonOf(new Uint8Array(65_537)), 'picture-too-large');
  assert.equal(reasonOf(pngOf(1025, 1)), 'picture-too-large');
  assert.equal(reasonOf(pngOf(70_000, 70_000)), 'picture-too-large');
  assert.equal(reasonOf(jpegOf(65_535, 65_535)), 'picture-too-large');
});

test('no bytes make it stumble', () => {
  const heads = fc.constantFrom(pngOf(3, 2), jpegOf(3, 2));
  fc.assert(
    fc.property(heads, fc.nat(60), fc.uint8Array({ maxLength: 40 }), (head, cut, tail) => {
      const bytes = Uint8Array.of(...head.subarray(0, cut), ...tail);
      assert.match(reasonOf(bytes), /^(kept|picture-(unknown|too-large))$/);
    }),
  );
});
