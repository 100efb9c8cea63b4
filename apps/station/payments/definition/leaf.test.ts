// Judges values on the edge of every facet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLeaf } from './leaf.ts';
import type { Facets } from './model.ts';

function judge(facets: Facets, value: string): string | null {
  return createLeaf('T', facets).check(value);
}

const amount: Facets = { base: 'decimal', totalDigits: 18, fractionDigits: 5, minimum: 0 };

const cases: readonly (readonly [Facets, string, string | null])[] = [
  [{ base: 'text', minLength: 1, maxLength: 4 }, '', 'empty'],
  [{ base: 'text', minLength: 1, maxLength: 4 }, '\u{1F600}\u{1F600}\u{1F600}\u{1F600}', null],
  [{ base: 'text', minLength: 1, maxLength: 4 }, 'abcde', 'too-long'],
  [{ base: 'text', minLength: 2, maxLength: 4 }, '\u{1F600}', 'too-short'],
  [{ base: 'text', pattern: '[A-Z]{3,3}' }, 'EUR\n', 'pattern'],
  [{ base: 'code', codes: ['SLEV'] }, 'SLEV ', 'unknown-code'],
  [amount, '0', null],
  [amount, '-0.00', null],
  [amount, '-0.01', 'below-minimum'],
  [amount, '1.123450000', null],
  [amount, '1.123456', 'too-many-decimals'],
  [amount, '1234567890123.12345', null],
  [amount, '12345678901234.12345', 'too-many-digits'],
  [amount, '000000000000000000001', null],
  [amount, '1e3', 'not-a-number'],
  [amount, '.', 'not-a-number'],
  [amount, '1,50', 'not-a-number'],
  [{ base: 'date' }, '2024-02-29', null],
  [{ base: 'date' }, '2026-02-29', 'not-a-date'],
  [{ base: 'date' }, '1900-02-29', 'not-a-date'],
  [{ base: 'date' }, '2026-11-21+14:00', null],
  [{ base: 'date' }, '2026-11-21+14:01', 'not-a-date'],
  [{ base: 'dateTime' }, '2026-11-21T24:00:00', null],
  [{ base: 'dateTime' }, '2026-11-21T24:00:01', 'not-a-date'],
  [{ base: 'dateTime' }, '2026-11-21', 'not-a-date'],
  [{ base: 'time' }, '23:59:59.999Z', null],
  [{ base: 'boolean' }, '1', null],
  [{ base: 'boolean' }, 'yes', 'not-a-boolean'],
  [{ base: 'binary', minLength: 1, maxLength: 3 }, 'QUJD', null],
  [{ base: 'binary', minLength: 1, maxLength: 3 }, 'QUJDRA==', 'too-long'],
  [{ base: 'binary', minLength: 1, maxLength: 3 }, 'QUJ', 'not-base64'],
];

for (const [facets, value, expected] of cases) {
  test(`${facets.base} ${JSON.stringify(value)} is ${expected ?? 'right'}`, () => {
    assert.equal(judge(facets, value), expected);
  });
}
