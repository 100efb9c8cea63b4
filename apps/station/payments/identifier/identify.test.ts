// Attacks BIC, LEI, creditor identifier, RF reference, UETR and the codes, by vectors and one by
// one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkBic, pairFindings } from './bic.ts';
import { checkCountry, checkCurrency } from './code.ts';
import { checkCreditorIdentifier } from './creditor-identifier.ts';
import type { Wrong } from './finding.ts';
import { checkIban } from './iban/check.ts';
import { checkIdentifier, identifierKinds, kindOf } from './identify.ts';
import { checkLei } from './lei.ts';
import { checkDigits97, remainder97 } from './mod97.ts';
import { checkReference, referenceOf } from './reference.ts';
import { vectorRows, vectorsMissing } from './shared.fixture.ts';
import { checkUetr } from './uetr.ts';

const date = '2026-11-21';

function refuses(answer: { readonly ok: true } | Wrong, code: string, position: number): void {
  assert.ok(!answer.ok);
  const [first] = answer.errors;
  assert.deepEqual([first?.code, first?.position], [code, position], first?.message);
}

test('every vector gets its verdict', { skip: vectorsMissing }, () => {
  const rows = vectorRows('other-identifiers.csv');
  assert.ok(rows.length >= 40);
  for (const { kind = '', value = '', valid } of rows) {
    const verdict = checkIdentifier(kind, value, date);
    assert.equal(verdict.ok, valid === '1', `${kind} ${value} ${JSON.stringify(verdict.errors)}`);
    assert.equal(verdict.errors.length === 0, verdict.ok);
  }
});

test('a BIC comes apart, and test and unconnected ones are told', () => {
  const answer = checkBic('DEUTDEFF500');
  assert.ok(answer.ok);
  const { party, full, country, branch, test: isTest } = answer;
  assert.deepEqual(
    [party, full, country, branch, isTest],
    ['DEUTDEFF', 'DEUTDEFF500', 'DE', '500', false],
  );
  const head = checkBic('DEUTDEFF');
  assert.ok(head.ok && head.full === 'DEUTDEFFXXX' && head.warnings.length === 0);
  const training = checkBic('QENXDEF0');
  assert.ok(training.ok && training.test && training.warnings[0]?.code === 'test-bic');
  const away = checkBic('QENXDEF1XAB');
  assert.ok(away.ok);
  assert.deepEqual(
    away.warnings.map(({ code }) => code),
    ['not-connected', 'branch-begins-with-x'],
  );
  refuses(checkBic(''), 'empty', 1);
  refuses(checkBic('deutdeff'), 'lower-case', 1);
  refuses(checkBic('DEUTDE'), 'too-short', 7);
  refuses(checkBic('DEUTDEFF5'), 'branch-length', 10);
  refuses(checkBic('DEUTDEFF5000'), 'too-long', 12);
  refuses(checkBic('DEUTUKFF'), 'unknown-country', 5);
  refuses(checkBic('D3UTDEFF'), 'wrong-character', 2);
  assert.ok(checkBic('NCBVXKPR').ok);
});

test('a BIC of another country or bank than the IBAN is told, a territory’s own is not', () => {
  const iban = (text: string) => {
    const answer = checkIban(text);
    assert.ok(answer.ok);
    return answer;
  };
  const bic = (text: string) => {
    const answer = checkBic(text);
    assert.ok(answer.ok);
    return answer;
  };
  const codes = (one: string, other: string) =>
    pairFindings(iban(one), bic(other)).map(({ code }) => code);
  assert.deepEqual(codes('NL91ABNA0417164300', 'ABNANL2A'), []);
  assert.deepEqual(codes('NL91ABNA0417164300', 'INGBNL2A'), ['banks-differ']);
  assert.deepEqual(codes('NL91ABNA0417164300', 'DEUTDEFF'), ['countries-differ']);
  assert.deepEqual(codes('GB29NWBK60161331926819', 'NWBKJESH'), []);
  assert.deepEqual(codes('DE89370400440532013000', 'COBADEFF'), []);
});

test('an LEI, a creditor identifier and a reference say what the check digits would be', () => {
  const lei = checkLei('213800KUD8LAJWSQ9D16');
  refuses(lei, 'check-digits', 19);
  assert.equal(!lei.ok && lei.errors[0]?.expected, '15');
  refuses(checkLei('5493001KJTIIGC8Y1R1'), 'too-short', 20);
  refuses(checkLei('213800KUD8LAJWSQ9D1X'), 'wrong-character', 20);
  const creditor = checkCreditorIdentifier('DE97ABC09999999999');
  refuses(creditor, 'check-digits', 3);
  const right = !creditor.ok && creditor.errors[0]?.expected;
  const mended = checkCreditorIdentifier(`DE${right}XYZ09999999999`);
  assert.ok(mended.ok && mended.businessCode === 'XYZ' && mended.warnings.length === 0);
  const odd = checkCreditorIdentifier(`DE${checkDigits97('0999DE')}ZZZ0999`);
  assert.ok(odd.ok && odd.warnings[0]?.code === 'unusual-length');
  refuses(checkCreditorIdentifier('QQ98ZZZ0999999999'), 'unknown-country', 1);
  refuses(checkCreditorIdentifier('DEX8ZZZ0999999999'), 'wrong-character', 3);
  refuses(checkCreditorIdentifier('DE98ZZZ'), 'too-short', 8);
  refuses(checkCreditorIdentifier(`DE98ZZZ${'0'.repeat(29)}`), 'too-long', 36);
  refuses(checkReference('RF1'), 'too-short', 4);
  refuses(checkReference('RF1X539007547034'), 'wrong-character', 4);
  refuses(checkReference('XX18539007547034'), 'prefix', 1);
  refuses(checkReference('RF18539007547035'), 'check-digits', 3);
  refuses(checkReference(`RF18${'0'.repeat(22)}`), 'too-long', 26);
});

test('check digits 01 in place of 98 leave the right remainder and are refused all the same', () => {
  const bodies = Array.from({ length: 400 }, (_, at) => `5299000000000000${at + 10}A`.slice(0, 18));
  const body = bodies.find((one) => checkDigits97(one) === '98') ?? '';
  assert.ok(checkLei(`${body}98`).ok);
  assert.equal(remainder97(`${body}01`), 1);
  refuses(checkLei(`${body}01`), 'check-digits', 19);
});

test('valid is the standard, ok is the country’s binding rule as well', () => {
  const body = '20041010050500013M02607';
  const iban = `FR${checkDigits97(`${body}FR`)}${body}`;
  const { valid, ok, errors } = checkIdentifier('iban', iban, date);
  assert.deepEqual([valid, ok, errors[0]?.code], [true, false, 'national-check-digits']);
  const { parts } = checkIdentifier('IBAN', 'DE89370400440532013000', date);
  assert.deepEqual([parts.bankCode, parts.valid, parts.national], ['37040044', undefined, 'none']);
});

test('every reference made is right, and MOD 97-10 leaves one', () => {
  const body = fc.stringMatching(/^[A-Z0-9]{1,21}$/);
  fc.assert(
    fc.property(body, (text) => {
      assert.ok(checkReference(referenceOf(text)).ok);
      assert.equal(remainder97(text + checkDigits97(text)), 1);
      const plain = [...text].map((one) => Number.parseInt(one, 36)).join('');
      assert.equal(remainder97(text), Number(BigInt(plain) % 97n));
    }),
    { numRuns: 200 },
  );
  assert.throws(() => referenceOf('a'), RangeError);
});

test('a UETR is a UUID of version 4 in small letters', () => {
  assert.ok(checkUetr(crypto.randomUUID()).ok);
  refuses(checkUetr(''), 'empty', 1);
  refuses(checkUetr('eb6305c9-1f7f-49de-aed0-16487C27b42d'), 'upper-case', 30);
  refuses(checkUetr('eb6305c9-1f7f-19de-aed0-16487c27b42d'), 'wrong-character', 15);
  refuses(checkUetr('eb6305c9-1f7f-49de-ced0-16487c27b42d'), 'wrong-character', 20);
  refuses(checkUetr('eb6305c91f7f49deaed016487c27b42d'), 'wrong-character', 9);
  refuses(checkUetr('eb6305c9-1f7f-49de-aed0-16487c27b42'), 'too-short', 36);
  refuses(checkUetr('eb6305c9-1f7f-49de-aed0-16487c27b42dd'), 'too-long', 37);
});

test('money and countries stand on a date', () => {
  const euro = checkCurrency('EUR', date);
  assert.ok(euro.ok && euro.minorDigits === 2 && euro.numeric === '978');
  refuses(checkCurrency('BGN', date), 'currency-not-in-force', 1);
  assert.ok(checkCurrency('BGN', '2025-12-31').ok);
  refuses(checkCurrency('EUX', date), 'unknown-currency', 1);
  refuses(checkCurrency('eur', date), 'lower-case', 1);
  const german = checkCountry('DE', date);
  assert.ok(german.ok && german.alpha3 === 'DEU' && german.numeric === '276');
  assert.equal(german.ok && german.name, 'Germany');
  refuses(checkCountry('AN', date), 'country-not-in-force', 1);
  assert.ok(checkCountry('AN', '2010-12-14').ok);
  refuses(checkCountry('UK', date), 'unknown-country', 1);
  const kosovo = checkCountry('XK', date);
  assert.ok(kosovo.ok && kosovo.warnings[0]?.code === 'user-assigned');
});

test('no text makes any check throw; an unknown kind is refused', () => {
  assert.throws(() => checkIdentifier('isbn', '1', date), { reason: 'unknown-kind' });
  fc.assert(
    fc.property(
      fc.constantFrom(...identifierKinds),
      fc.string({ unit: 'binary' }),
      (kind, text) => {
        const { ok, valid, errors } = checkIdentifier(kind, text, date);
        assert.ok(!ok || valid);
        assert.equal(errors.length === 0, ok);
      },
    ),
    { numRuns: 500 },
  );
});

test('a kind named like a property of every object is unknown', () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    assert.throws(() => kindOf(name), { reason: 'unknown-kind' });
  }
});
