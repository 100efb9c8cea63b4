// Proves that a receipt code names one entry and its hash, forgives handwriting and finds typing
// errors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeReceiptCode, encodeReceiptCode, isReceiptOf } from './receipt-code.ts';

const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

test('a code of a known entry is what it always was', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => index * 7 + 3);
  assert.equal(encodeReceiptCode(48_211, bytes), '48211-0C51-260Z-QQ');
});

test('property: what is encoded is decoded, written in any way', () => {
  fc.assert(
    fc.property(seq, hash, (number, bytes) => {
      const code = encodeReceiptCode(number, bytes);
      const sloppy = code
        .toLowerCase()
        .replaceAll('-', ' ')
        .replaceAll('0', 'o')
        .replaceAll('1', 'l');
      for (const typed of [code, sloppy, code.replaceAll('-', ''), ` ${code}\n`]) {
        const decoded = decodeReceiptCode(typed);
        assert.ok(decoded.ok, typed);
        assert.equal(decoded.code.seq, number);
        assert.ok(isReceiptOf(decoded.code, bytes));
      }
    }),
  );
});

test('property: a code does not fit another entry', () => {
  fc.assert(
    fc.property(
      seq,
      hash,
      fc.nat(4),
      fc.integer({ min: 1, max: 255 }),
      (number, bytes, at, flip) => {
        const decoded = decodeReceiptCode(encodeReceiptCode(number, bytes));
        assert.ok(decoded.ok);
        const other = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ flip : byte));
        assert.ok(!isReceiptOf(decoded.code, other));
      },
    ),
  );
});

test('property: every single wrong character is found', () => {
  const number = fc.integer({ min: 1, max: 10 ** 12 });
  fc.assert(
    fc.property(number, hash, fc.nat(40), fc.nat(31), (value, bytes, place, letter) => {
      const code = encodeReceiptCode(value, bytes).replaceAll('-', '');
      const at = place % code.length;
      const wrong = code.slice(0, at) + letters[letter] + code.slice(at + 1);
      fc.pre(wrong !== code);
      assert.ok(!decodeReceiptCode(wrong).ok, `${code} as ${wrong}`);
    }),
  );
});

test('property: every swap of neighbours in number or hash is found', () => {
  const number = fc.integer({ min: 10, max: 10 ** 12 });
  fc.assert(
    fc.property(number, hash, fc.nat(40), (value, bytes, place) => {
      const code = encodeReceiptCode(value, bytes).replaceAll('-', '');
      const border = code.length - 10;
      const at = place % (code.length - 3);
      fc.pre(code[at] !== code[at + 1] && at !== border - 1);
      const wrong = `${code.slice(0, at)}${code[at + 1]}${code[at]}${code.slice(at + 2)}`;
      assert.ok(!decodeReceiptCode(wrong).ok, `${code} as ${wrong}`);
    }),
  );
});

test('what is no code is refused in words', () => {
  for (const text of ['', '48211', '48211-7K3F-9QXM-2U', '0-7K3F-9QXM-2C', 'x'.repeat(60)]) {
    const decoded = decodeReceiptCode(text);
    assert.ok(!decoded.ok && decoded.message.length > 20, text);
  }
  assert.throws(() => encodeReceiptCode(0, new Uint8Array(32)), RangeError);
});
