// Proves that what is typed becomes exactly the minor units meant, or a sentence.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { currencies, findCurrency, isCurrencyOn } from './currencies.ts';
import { formatAmount, formatMoney, parseAmount } from './money.ts';

const minorOf = (typed: string, currency: string): bigint | string => {
  const parsed = parseAmount(typed, currency);
  return parsed.ok ? parsed.minor : parsed.reason;
};

test('an amount is read in the ways tellers write it', () => {
  const cases: [string, string, bigint][] = [
    ['1250', 'EUR', 125000n],
    ['1250.5', 'EUR', 125050n],
    ['1,250.00', 'EUR', 125000n],
    ['1.250,00', 'EUR', 125000n],
    ['1 250,00', 'EUR', 125000n],
    ['1\u202f250,00', 'EUR', 125000n],
    ["1'250.00", 'CHF', 125000n],
    ['1,250', 'EUR', 125000n],
    ['1.250.000', 'EUR', 125000000n],
    ['250.', 'EUR', 25000n],
    ['250,', 'EUR', 25000n],
    ['.50', 'EUR', 50n],
    ['0,5', 'EUR', 50n],
    ['0', 'EUR', 0n],
    ['1,250', 'JPY', 1250n],
    ['1.250', 'KWD', 1250n],
    ['1,25', 'KWD', 1250n],
    ['0,250', 'KWD', 250n],
    ['1,250.125', 'KWD', 1250125n],
    ['1.2345', 'CLF', 12345n],
    ['90,071,992,547,409.92', 'EUR', 2n ** 53n],
  ];
  for (const [typed, currency, minor] of cases) {
    assert.equal(minorOf(typed, currency), minor, `${typed} ${currency}`);
  }
});

test('an amount that is none is refused with its reason', () => {
  const cases: [string, string, string][] = [
    ['', 'EUR', 'amount-missing'],
    ['   ', 'EUR', 'amount-missing'],
    ['-5', 'EUR', 'amount-negative'],
    ['\u22125', 'EUR', 'amount-negative'],
    ['+5', 'EUR', 'amount-not-a-number'],
    ['1e3', 'EUR', 'amount-not-a-number'],
    ['0x10', 'EUR', 'amount-not-a-number'],
    ['.', 'EUR', 'amount-not-a-number'],
    ['12,50.00', 'EUR', 'amount-not-a-number'],
    ['1,2,3', 'EUR', 'amount-not-a-number'],
    ['1.000,00.00', 'EUR', 'amount-not-a-number'],
    ['1 25', 'EUR', 'amount-not-a-number'],
    ['250.005', 'EUR', 'amount-decimals'],
    ['1.250', 'EUR', 'amount-decimals'],
    ['0.5', 'JPY', 'amount-decimals'],
    ['1.2345', 'KWD', 'amount-decimals'],
    ['1,250', 'KWD', 'amount-ambiguous'],
    ['90,071,992,547,409.93', 'EUR', 'amount-too-large'],
    ['9007199254740993', 'JPY', 'amount-too-large'],
  ];
  for (const [typed, currency, reason] of cases) {
    assert.equal(minorOf(typed, currency), reason, `${typed} ${currency}`);
  }
});

test('a refused amount says what would be right', () => {
  const decimals = parseAmount('250.005', 'EUR');
  assert.ok(!decimals.ok);
  assert.match(decimals.message, /250\.005 has more decimals than EUR has: write 2 digits/);
  const yen = parseAmount('0.5', 'JPY');
  assert.ok(!yen.ok);
  assert.match(yen.message, /JPY has none/);
});

test('amounts are written with grouping, a true minus and their currency', () => {
  assert.equal(formatAmount(-125000n, 'EUR'), '\u22121,250.00');
  assert.equal(formatAmount(5n, 'EUR'), '0.05');
  assert.equal(formatAmount('1234567', 'JPY'), '1,234,567');
  assert.equal(formatAmount(1n, 'KWD'), '0.001');
  assert.equal(formatMoney(2n ** 53n, 'USD'), '90,071,992,547,409.92 USD');
});

test('property: every amount that is written can be read again', () => {
  const some = fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF', 'USD');
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 53n), some, (minor, currency) => {
      const written = formatAmount(minor, currency);
      const typed = written.includes('.') || !written.includes(',') ? written : `${written}.`;
      assert.equal(minorOf(typed, currency), minor);
      assert.equal(minorOf(written.replaceAll(',', ''), currency), minor);
    }),
  );
});

test('property: reading never throws and never exceeds 2^53', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      (typed, code) => {
        const parsed = parseAmount(typed, code);
        assert.ok(
          parsed.ok ? parsed.minor >= 0n && parsed.minor <= 2n ** 53n : parsed.message !== '',
        );
      },
    ),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9., ']{0,24}$/), (typed) => {
      const parsed = parseAmount(typed, 'EUR');
      assert.ok(parsed.ok ? parsed.minor >= 0n : parsed.message !== '');
    }),
  );
});

test('the currency table is well-formed and dated', () => {
  assert.equal(new Set(currencies.map(({ code }) => code)).size, currencies.length);
  for (const { code, numeric, digits } of currencies) {
    assert.match(code, /^[A-Z]{3}$/);
    assert.match(numeric, /^\d{3}$/);
    assert.ok([0, 2, 3, 4].includes(digits));
  }
  const digits = (code: string) => findCurrency(code)?.digits;
  assert.deepEqual(['JPY', 'EUR', 'KWD', 'CLF', 'IQD', 'HUF'].map(digits), [0, 2, 3, 4, 3, 2]);
  const lev = findCurrency('BGN');
  assert.ok(lev && isCurrencyOn(lev, '2025-12-31') && !isCurrencyOn(lev, '2026-01-01'));
  const guilder = findCurrency('XCG');
  assert.ok(guilder && !isCurrencyOn(guilder, '2025-03-30') && isCurrencyOn(guilder, '2025-03-31'));
  assert.equal(findCurrency('XYZ'), undefined);
});
