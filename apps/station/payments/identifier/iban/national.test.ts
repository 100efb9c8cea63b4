// Holds the national rules against accounts found in the open and against a second implementation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isValidIBAN } from 'ibantools';
import { checkDigits97 } from '../mod97.ts';
import { vectorRows, vectorsMissing } from '../shared.fixture.ts';
import { checkIban } from './check.ts';
import { nationalRules, rightCharacters } from './national.ts';

/** Examples of the registry and of central banks, one a rule at least. */
const examples = [
  'AL47212110090000000235698741',
  'BA391290079401028494',
  'BE68539007547034',
  'BI4210000100010000332045181',
  'CZ6508000000192000145399',
  'DJ2100010000000154000100186',
  'EE382200221020145685',
  'ES9121000418450200051332',
  'FI2112345600000785',
  'FR1420041010050500013M02606',
  'HR1210010051863000160',
  'HU42117730161111101800000000',
  'IS140159260076545510730339',
  'IT60X0542811101000000123456',
  'MC5811222000010123456789030',
  'ME25505000012345678951',
  'MK07250120000058984',
  'MR1300020001010000123456753',
  'NL91ABNA0417164300',
  'NO9386011117947',
  'PL61109010140000071219812874',
  'PT50000201231234567890154',
  'RS35260005601001611379',
  'RU0304452522540817810538091310419',
  'SE4550000000058398257466',
  'SI56263300012039086',
  'SK3112000000198742637541',
  'SM86U0322509800000000270100',
  'ST23000100010051845310146',
  'TL380080012345678910157',
  'TN5910006035183598478831',
  'TR330006100519786457841326',
  'UA213223130000026007233566001',
  'XK051212012345678906',
];

/** The IBAN with another national number and check digits that fit it. */
function resealed(iban: string, bban: string): string {
  const country = iban.slice(0, 2);
  return country + checkDigits97(bban + country) + bban;
}

/** Another character of the same kind. */
const other = (character: string): string =>
  /\d/.test(character) ? String((Number(character) + 1) % 10) : character === 'A' ? 'B' : 'A';

test('every rule passes the registry’s example and finds its check character changed', () => {
  assert.deepEqual(
    [...new Set(examples.map((iban) => iban.slice(0, 2)))],
    [...nationalRules.keys()],
  );
  assert.ok(nationalRules.size >= 30);
  for (const iban of examples) {
    const rule = nationalRules.get(iban.slice(0, 2))!;
    const right = checkIban(iban);
    assert.ok(right.ok && right.national === 'right', iban);
    for (const place of rule.places) {
      const bban = iban.slice(4, place) + other(iban.charAt(place)) + iban.slice(place + 1);
      const changed = resealed(iban, bban);
      const answer = checkIban(changed);
      assert.equal(answer.valid, true, changed);
      const [found] = answer.ok ? answer.warnings : answer.errors;
      assert.equal(found?.code, 'national-check-digits', changed);
      assert.equal(answer.ok, rule.severity === 'warning', changed);
      assert.equal(found?.expected, rightCharacters(rule, changed));
      const written = rule.places.map((at) => iban.charAt(at)).join('');
      assert.equal(found?.expected, written, `${changed} would be ${iban}`);
      assert.match(found?.message ?? '', /would be/);
    }
  }
});

test('the Icelandic holder’s number weighs each place', () => {
  const answer = checkIban(resealed('IS', '0159260076541201743399'));
  assert.ok(answer.ok && answer.national === 'right');
});

test('accounts a rule does not speak of pass without a word', () => {
  for (const iban of ['DE89370400440532013000', resealed('NL', 'INGB0001234567')]) {
    const answer = checkIban(iban);
    assert.ok(answer.ok && answer.national === 'none' && answer.warnings.length === 0, iban);
  }
});

test('an eleven-test that no digit can pass says so without proposing one', () => {
  const answer = checkIban(resealed('NL', 'ABNA0417164301'));
  assert.ok(answer.ok && answer.national === 'wrong');
  assert.match(answer.warnings[0]?.message ?? '', /supervisor may pass/);
});

test('accounts found in the open obey, but for known slips', { skip: vectorsMissing }, () => {
  const slips = new Set(['ES2121000418450200051331', 'ES8931831500950001210562']);
  let judged = 0;
  for (const { iban = '', class: kind, expected_iban_valid: valid } of vectorRows(
    'iban-vectors.csv',
  )) {
    const answer = checkIban(iban);
    if (kind !== 'as-found' || valid !== '1' || slips.has(iban)) continue;
    judged += answer.ok && answer.national !== 'none' ? 1 : 0;
    assert.ok(answer.ok, `${iban}: ${JSON.stringify(answer)}`);
  }
  assert.ok(judged > 400, String(judged));
});

test('where other libraries judge national digits, they judge alike', {
  skip: vectorsMissing,
}, () => {
  const judgedThere = new Set('BA BE CZ EE ES FR HR HU MC ME MK NO PL PT RS SI SK'.split(' '));
  for (const row of vectorRows('iban-vectors.csv')) {
    const { iban = '', expected_iban_valid: valid, national_check_php_iban: php } = row;
    const answer = checkIban(iban);
    if (valid !== '1') continue;
    const right = answer.ok && answer.national !== 'wrong';
    if (php !== 'not-checked') assert.equal(right, php === 'ok', `php-iban on ${iban}`);
    // With letters in the account the other library's sum is no number.
    if (judgedThere.has(iban.slice(0, 2)) && !/^MK.*[A-Z]/.test(iban)) {
      assert.equal(right, isValidIBAN(iban), `ibantools on ${iban}`);
    }
  }
});
