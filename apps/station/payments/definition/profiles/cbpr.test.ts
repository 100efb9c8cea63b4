// Holds our CBPR+ verdicts against those of another program, on every fixture whose verdict is
// recorded.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import { checkMessage } from '../../iso20022/check.ts';
import { dataFolder, skipReason } from '../../iso20022/official.fixture.ts';
import { cbprProfiles } from './cbpr.ts';
import { findProfile, marketProfiles } from './index.ts';

interface Recorded {
  readonly file: string;
  readonly broken: readonly string[];
}

/** What the other program found in 2025's rules; only the CBPR+ messages. */
function recorded(): readonly Recorded[] {
  const index = readFileSync(join(dataFolder, 'samples-iso20022/index.csv'), 'utf8');
  const rows: Recorded[] = [];
  for (const line of index.split('\n').slice(1)) {
    const verdict = /,"?(?:OK:|VIOL:)([\w.:|-]*)"?,/.exec(line);
    const file = line.split(',')[0];
    if (!verdict || !file) continue;
    rows.push({ file, broken: (verdict[1] ?? '').split('|').filter((code) => code !== '') });
  }
  return rows;
}

// Its IBAN check knows no national structure: GB98 5678 0123… has digits where a bank code has
// letters.
const stricter = new Set(['y2025_pain.001.min.xml', 'y2026_camt.052.min.xml']);

function findings(file: string, year: 2025 | 2026, variant: string): readonly string[] {
  const [profile] = cbprProfiles.filter(({ release }) => release === `SR${year}`);
  assert.ok(profile);
  const bytes = readFileSync(join(dataFolder, file));
  const date = year === 2025 ? '2025-12-01' : '2026-12-01';
  const { errors } = checkMessage(bytes, { profiles: [profile], date, variant });
  const rules = errors.filter(({ code }) => code.startsWith(variant.slice(0, 8)));
  return [...new Set(rules.map(({ code }) => code))].sort();
}

test('SR2025: the same rules are broken in every recorded sample', { skip: skipReason }, () => {
  let judged = 0;
  for (const { file, broken } of recorded()) {
    const bytes = readFileSync(join(dataFolder, file));
    const { type: id } = checkMessage(bytes);
    const type = id.slice(0, 8);
    const known = cbprProfiles[0]?.variants.find(({ messageId }) => messageId === id);
    if (!known || stricter.has(file.split('/').at(-1) ?? '')) continue;
    assert.deepEqual(findings(file, 2025, type), [...broken].sort(), file);
    judged += 1;
  }
  assert.ok(judged > 150, `only ${judged} judged`);
});

const fixtures = 'samples-iso20022/cbpr-usage-rules';

/** The example of each variant and year, and the rule each "violator" is named after. */
const named: readonly (readonly [string, 2025 | 2026, string, string | null])[] = [
  ['y2025_pacs.008_stp.min.xml', 2025, 'pacs.008_stp', null],
  ['y2025_pacs.009.min.xml', 2025, 'pacs.009', null],
  ['y2025_pacs.009_cov.min.xml', 2025, 'pacs.009_cov', null],
  ['y2025_pacs.009_adv.min.xml', 2025, 'pacs.009_adv', null],
  ['y2026_pacs.008_stp.min.xml', 2026, 'pacs.008_stp', null],
  ['y2026_pacs.009.min.xml', 2026, 'pacs.009', null],
  ['y2026_pacs.009_cov.max.xml', 2026, 'pacs.009_cov', null],
  ['y2026_pacs.009_adv.max.xml', 2026, 'pacs.009_adv', null],
  [
    '2026_camt054_credit_notification_sample__violates_camt.054-R10_existing.xml',
    2026,
    'camt.054',
    'R10',
  ],
  [
    '2026_pacs002_status_report_sample__violates_pacs.002-R7_msgdefidr_mismatch.xml',
    2026,
    'pacs.002',
    'R7',
  ],
  [
    '2026_camt052_account_report_sample__violates_camt.052-R5_msgdefidr_mismatch.xml',
    2026,
    'camt.052',
    'R5',
  ],
  [
    '2026_pacs004_payment_return_sample__violates_pacs.004-R65_commodity_currency_XAU.xml',
    2026,
    'pacs.004',
    'R65',
  ],
  [
    '2026_pacs008_credit_transfer_sample__violates_pacs.008-R31_commodity_currency_XAU.xml',
    2026,
    'pacs.008',
    'R31',
  ],
  [
    '2026_pacs009_fi_transfer_sample__violates_pacs.009-R16_commodity_currency_XAU.xml',
    2026,
    'pacs.009',
    'R16',
  ],
];

test('both years: examples of every variant are clean, violators break the rule they are named after', {
  skip: skipReason,
}, () => {
  for (const [file, year, variant, rule] of named) {
    const found = findings(`${fixtures}/${file}`, year, variant);
    if (rule === null) assert.deepEqual(found, [], file);
    else assert.ok(found.includes(`${variant}:${rule}`), `${file}: ${found.join(' ')}`);
  }
});

test('an address of lines alone passed in 2025 and is refused since November 2026', () => {
  const xml = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><CdtTrfTxInf>
    <Cdtr><Nm>Dupont</Nm><PstlAdr><AdrLine>1 rue de la Paix, Paris</AdrLine></PstlAdr></Cdtr>
    </CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`;
  const codesOn = (date: string): readonly string[] => {
    const profiles = [findProfile('cbpr-plus', date)];
    return checkMessage(xml, { profiles, date }).errors.map(({ code }) => code);
  };
  assert.ok(!codesOn('2026-11-13').includes('pacs.008:ADDRESS'));
  assert.ok(codesOn('2026-11-14').includes('pacs.008:ADDRESS'));
});

test('a profile nobody has, or of a date before it began, is refused by name', () => {
  assert.throws(
    () => findProfile('cbpr', '2026-12-01'),
    (error) => {
      return error instanceof Refusal && error.reason === 'unknown-profile';
    },
  );
  assert.throws(
    () => findProfile('cbpr-plus', '2020-01-01'),
    (error) => {
      return error instanceof Refusal && error.reason === 'profile-not-in-force';
    },
  );
});

test('every rule has an id, a source, a sentence and a fix', () => {
  for (const profile of marketProfiles) {
    for (const variant of profile.variants) {
      for (const { id, source, text, fix } of variant.rules()) {
        assert.match(id, /^[a-z0-9._]+:[A-Z0-9-]+$/);
        assert.ok(source && text.endsWith('.') && fix.endsWith('.'), `${id}: ${text} ${fix}`);
      }
    }
  }
});
