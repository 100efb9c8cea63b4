// Makes IBANs of the branch's accounts in every country offered: right by registry and national rule, and back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkIban, ibanStructures } from '../identifier/index.ts';
import { accountOfIban, ownCountries, ownIban, refuseUnfit } from './own-iban.ts';

/** Codes of a published example of each country that has letters or check digits in them. */
const codes: Readonly<Record<string, readonly [bank: string, branch: string]>> = {
  BA: ['129', '007'],
  FR: ['20041', '01005'],
  GB: ['NWBK', '601613'],
  HR: ['1001005', ''],
  HU: ['117', '7301'],
  IE: ['AIBK', '931152'],
  IT: ['05428', '11101'],
  LV: ['BANK', ''],
  MT: ['MALT', '01100'],
  PL: ['10901014', ''],
  RO: ['AAAA', ''],
  SM: ['03225', '09800'],
};

function settingsOf(ibanCountry: string) {
  const { bank, branch } = ibanStructures.get(ibanCountry) ?? { bank: { from: 0, to: 0 } };
  const zeros = (span: { from: number; to: number } | null | undefined) =>
    '0'.repeat(span ? span.to - span.from : 0);
  const [bankCode, branchCode] = codes[ibanCountry] ?? [zeros(bank), zeros(branch)];
  return { ibanCountry, bankCode: bankCode as string, branchCode: branchCode as string };
}

for (const country of ownCountries) {
  test(`accounts in ${country}: right by registry and nation, and found again`, () => {
    const settings = settingsOf(country);
    refuseUnfit(settings);
    fc.assert(
      fc.property(fc.integer({ min: 10_000_000, max: 99_999_999 }), (number) => {
        const iban = ownIban(settings, String(number));
        const checked = checkIban(iban);
        assert.ok(checked.ok && checked.warnings.length === 0, iban);
        assert.equal(accountOfIban(settings, iban), String(number));
      }),
      { numRuns: 150 },
    );
  });
}

test('published examples come out as they were published', () => {
  const examples: readonly (readonly [string, string])[] = [
    ['DE89370400440532013000', '532013000'],
    ['ES9121000418450200051332', '200051332'],
    ['IT60X0542811101000000123456', '123456'],
    ['PT50000201231234567890154', '12345678901'],
    ['FI2112345600000785', '4560000078'],
    ['AT611904300234573201', '234573201'],
    ['CH9300762011623852957', '11623852957'],
  ];
  for (const [iban, account] of examples) {
    const country = iban.slice(0, 2);
    const { bank, branch } = ibanStructures.get(country) ?? { bank: { from: 0, to: 0 } };
    const bankCode = iban.slice(bank.from, bank.to);
    const branchCode = branch ? iban.slice(branch.from, branch.to) : '';
    const settings = { ibanCountry: country, bankCode, branchCode };
    const found = accountOfIban(settings, iban);
    assert.equal(found, account.replace(/^0+/, ''), iban);
    assert.equal(ownIban(settings, account), iban);
  }
});

test('another bank’s account is none of ours; codes that fit no country are refused with what would', () => {
  const german = settingsOf('DE');
  assert.equal(accountOfIban(german, 'DE89370400440532013000'), null);
  assert.equal(accountOfIban(german, 'FR1420041010050500013M02606'), null);
  assert.equal(accountOfIban(german, ''), null);
  const wrong: readonly (readonly [object, string])[] = [
    [{ ibanCountry: 'CZ' }, 'settings.ibanCountry'],
    [{ bankCode: '1234' }, 'settings.bankCode'],
    [{ branchCode: '1' }, 'settings.branchCode'],
    [{ ibanCountry: 'PL', bankCode: '10901015' }, 'settings.bankCode'],
  ];
  for (const [change, field] of wrong) {
    assert.throws(() => refuseUnfit({ ...german, ...change }), { field });
  }
});
