// Proves that an account number with one digit wrong or two neighbours swapped is never another
// account.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountNumberOf, formatAccountNumber, isAccountNumber } from './account-number.ts';

const serial = fc.integer({ min: 1_000_000, max: 9_999_999 });

test('a made number is accepted, with or without blanks', () => {
  assert.equal(accountNumberOf(1_000_000).length, 8);
  fc.assert(
    fc.property(serial, (value) => {
      const number = accountNumberOf(value);
      assert.ok(isAccountNumber(number));
      assert.ok(isAccountNumber(formatAccountNumber(number)));
    }),
  );
  assert.equal(formatAccountNumber('12345678'), '1234 5678');
  assert.equal(formatAccountNumber('DE89'), 'DE89');
});

test('property: every single wrong digit is found', () => {
  fc.assert(
    fc.property(serial, fc.nat(7), fc.integer({ min: 1, max: 9 }), (value, at, shift) => {
      const number = accountNumberOf(value);
      const wrong = (Number(number[at]) + shift) % 10;
      assert.ok(!isAccountNumber(`${number.slice(0, at)}${wrong}${number.slice(at + 1)}`));
    }),
  );
});

test('property: every swap of neighbours is found', () => {
  fc.assert(
    fc.property(serial, fc.nat(6), (value, at) => {
      const number = accountNumberOf(value);
      fc.pre(number[at] !== number[at + 1]);
      const swapped = `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`;
      assert.ok(!isAccountNumber(swapped));
    }),
  );
});

test('what is no account number is not one', () => {
  for (const text of ['', '1234567', '123456789', '0000000O', 'DE893704', '00000000']) {
    assert.ok(!isAccountNumber(text), text);
  }
  assert.throws(() => accountNumberOf(999_999), RangeError);
  assert.throws(() => accountNumberOf(1.5), RangeError);
});
