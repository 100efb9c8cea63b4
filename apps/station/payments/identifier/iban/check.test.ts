// Attacks the IBAN check: the registry, 1,602 vectors of other libraries, and what a person types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkDigits97 } from '../mod97.ts';
import { vectorRows, vectorsMissing, vectorText } from '../shared.fixture.ts';
import { checkIban, formatIban, isRegistryIban, readIban } from './check.ts';
import { ibanStructures, registryRelease } from './registry.ts';

const german = 'DE89370400440532013000';

function errorsOf(text: string) {
  const answer = checkIban(text);
  assert.ok(!answer.ok, `${text} passed`);
  return answer.errors;
}

test('an IBAN comes apart at the places of the registry', () => {
  const answer = checkIban('FR1420041010050500013M02606');
  assert.ok(answer.ok);
  const { country, bankCode, branchCode, accountNumber, bicPrefix, national } = answer;
  assert.deepEqual(
    [country, bankCode, branchCode, accountNumber, bicPrefix, national],
    ['FR', '20041', '01005', '0500013M026', null, 'right'],
  );
  const maltese = checkIban('MT84MALT011000012345MTLCAST001S');
  assert.ok(maltese.ok);
  assert.deepEqual([maltese.bicPrefix, maltese.branchCode], ['MALTMT', '01100']);
  const seychelles = checkIban('SC18SSCB11010000000000001497USD');
  assert.ok(seychelles.ok);
  assert.deepEqual([seychelles.bankCode, seychelles.bicPrefix], ['SSCB11', 'SSCBSC']);
});

const refused: [string, string, number, RegExp][] = [
  ['', 'empty', 1, /missing/],
  ['DE89 370400440532013000', 'blank', 5, /without blanks/],
  ['de89370400440532013000', 'lower-case', 1, /write D/],
  ['DE89.370400440532013000', 'foreign-character', 5, /letters A to Z and digits/],
  ['1234567890', 'country-missing', 1, /two letters of its country/],
  ['D', 'country-missing', 2, /two letters/],
  ['US72937969947203', 'unknown-country', 1, /United States \(US\) has no IBAN/],
  ['ZZ72937969947203', 'unknown-country', 1, /ZZ is no country/],
  ['DE8937040044053201300', 'too-short', 22, /has 22 characters, this has 21: 1 character missing/],
  [`${german}00`, 'too-long', 23, /2 characters too many/],
  ['DE8937040044053201300O', 'wrong-character', 22, /is "O": .*a digit there, perhaps 0/],
  ['GB29NWBK6016133192681I', 'wrong-character', 22, /perhaps 1/],
  ['DEX9370400440532013000', 'wrong-character', 3, /every IBAN has a digit there/],
  ['DE88370400440532013000', 'check-digits', 3, /would be 89/],
  ['BA011815380879723390', 'check-digits-out-of-range', 3, /02 to 98/],
];

test('each refusal names the place and what would be right', () => {
  for (const [text, code, position, message] of refused) {
    const [first] = errorsOf(text);
    assert.deepEqual([first?.code, first?.position], [code, position], text);
    assert.match(first?.message ?? '', message);
  }
  assert.equal(errorsOf('DE88370400440532013000')[0]?.expected, '89');
  assert.equal(errorsOf('DE8937040044053201300O')[0]?.expected, '0');
});

test('what a person types is read, and places are those of the typed text', () => {
  for (const typed of [
    'DE89 3704 0044 0532 0130 00',
    ' iban: de89 3704 0044 0532 0130 00\t',
    'DE89-3704-0044-0532-0130-00',
    'DE89.3704.0044.0532.0130.00',
    'DE89\u00a03704\u00a00044 0532 0130 00',
  ]) {
    const answer = readIban(typed);
    assert.ok(answer.ok, typed);
    assert.equal(answer.iban, german);
  }
  const wrong = readIban('DE89 3704 0044 0532 0130 0O');
  assert.ok(!wrong.ok);
  assert.equal(wrong.errors[0]?.position, 27);
  const short = readIban('DE89 3704 0044');
  assert.ok(!short.ok);
  assert.equal(short.errors[0]?.position, 15);
  assert.equal(formatIban(german), 'DE89 3704 0044 0532 0130 00');
});

test('the table is the registry: every country, every character', { skip: vectorsMissing }, () => {
  const lines = [
    ...vectorText('iban-registry-v101-structures.dat.txt').matchAll(/^([A-Z]{2}) .*bban="(.*)"$/gm),
  ];
  assert.equal(lines.length, registryRelease.countries);
  assert.equal(ibanStructures.size, registryRelease.countries);
  for (const [, country = '', bban = ''] of lines) {
    const classes = bban.replace(/(\d+)!([nac])/g, (_, count, kind) => kind.repeat(Number(count)));
    assert.equal(ibanStructures.get(country)?.classes, `aann${classes}`, country);
  }
});

test('every vector gets the verdict of the registry', { skip: vectorsMissing }, () => {
  const rows = vectorRows('iban-vectors.csv');
  assert.ok(rows.length > 1500);
  for (const { iban: given = '', expected_iban_valid: expected, class: kind } of rows) {
    const iban = given.replace(/\\u([0-9a-f]{4})/g, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    assert.equal(checkIban(iban).valid, expected === '1', `${iban} (${kind})`);
  }
});

const anyIban = fc.constantFrom(...ibanStructures.values()).chain(({ country, classes }) => {
  const sets = { n: '0123456789', a: 'ABCDEFGHIJ', c: '0123456789ABCXYZ' };
  const parts = [...classes.slice(4)].map((kind) =>
    fc.constantFrom(...sets[kind as keyof typeof sets]),
  );
  return fc.tuple(...parts).map((bban) => {
    const body = bban.join('');
    return country + checkDigits97(body + country) + body;
  });
});

test('what is made by the rule passes, and one changed digit or swap does not', () => {
  fc.assert(
    fc.property(anyIban, fc.nat(), fc.integer({ min: 1, max: 9 }), (iban, place, more) => {
      assert.ok(isRegistryIban(iban));
      const at = 2 + (place % (iban.length - 2));
      const typed = iban.charAt(at);
      if (/\d/.test(typed)) {
        const other = String((Number(typed) + more) % 10);
        assert.ok(!isRegistryIban(iban.slice(0, at) + other + iban.slice(at + 1)));
      }
      const [one = '', two = ''] = iban.slice(at, at + 2);
      if (/\d\d/.test(one + two) && one !== two) {
        assert.ok(!isRegistryIban(iban.slice(0, at) + two + one + iban.slice(at + 2)));
      }
    }),
    { numRuns: 300 },
  );
});

test('no text at all makes the check throw or pass what is not an IBAN', () => {
  const shape = /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/;
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (text) => {
      const answer = checkIban(text);
      if (answer.ok) assert.match(text, shape);
      else assert.ok(answer.errors.length > 0 && answer.errors.every((one) => one.position >= 1));
      readIban(text);
    }),
    { numRuns: 500 },
  );
});
