// Holds the quick look at an IBAN to published numbers and to every single slip in one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIbanLike } from './iban.ts';

const right = ['DE89370400440532013000', 'FR1420041010050500013M02606', 'NO9386011117947'];

test('published numbers are right, however they are typed', () => {
  for (const iban of right) {
    for (const typed of [
      iban,
      iban.toLowerCase(),
      iban.replaceAll(/(.{4})/g, '$1 '),
      `IBAN ${iban}`,
    ]) {
      assert.ok(isIbanLike(typed), typed);
    }
  }
});

test('every wrong character and every swap of neighbours is seen', () => {
  for (const iban of right) {
    for (let at = 0; at < iban.length; at++) {
      const digit = iban.charAt(at) === '7' ? '8' : '7';
      assert.ok(!isIbanLike(iban.slice(0, at) + digit + iban.slice(at + 1)), `${iban} at ${at}`);
      const [one = '', other = ''] = iban.slice(at, at + 2);
      if (one === other || other === '') continue;
      assert.ok(!isIbanLike(iban.slice(0, at) + other + one + iban.slice(at + 2)));
    }
  }
  for (const text of ['', 'DE', 'Ä'.repeat(20), '0'.repeat(22)]) assert.ok(!isIbanLike(text), text);
});
