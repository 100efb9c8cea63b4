// Attacks the search with hostile text, then proves that people are found by any part of anything.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { CustomerDetails } from '#contract/customers.ts';
import { openDatabase } from '../open.ts';
import { createCustomerWriter, customerSchema } from './customer.ts';
import { createCustomerSearch } from './customer-search.ts';

const folder = mkdtempSync(join(tmpdir(), 'qenex-search-'));
const database = openDatabase({
  file: join(folder, 'branch.db'),
  key: new Uint8Array(32).fill(3),
  migrations: [{ number: 1, name: 'customer', sql: customerSchema }],
});
after(() => {
  database.close();
  rmSync(folder, { recursive: true });
});
const writer = createCustomerWriter(database);
const search = createCustomerSearch(database);

function person(givenName: string, familyName: string, more: object = {}): CustomerDetails {
  return {
    kind: 'person',
    givenName,
    familyName,
    birthDate: '1980-05-17',
    nationality: 'DE',
    address: { townName: 'Riverside', country: 'DE' },
    phones: [],
    documents: [{ kind: 'passport', number: `P-${familyName}`, country: 'DE' }],
    riskClass: 'normal',
    ...more,
  } as CustomerDetails;
}

const people: readonly CustomerDetails[] = [
  person('Marta', 'Keller', {
    phones: ['+49 (0)30 1234 567'],
    documents: [{ kind: 'passport', number: 'C01X 00T47', country: 'DE' }],
  }),
  person('Anna', 'Kellermann'),
  person('Jürgen', 'Müller'),
  person('Klaus', 'Mueller', {
    documents: [{ kind: 'passport', number: '00T47/C01X', country: 'DE' }],
  }),
  person('Дмитрий', 'Щербаков'),
  person('محمد', 'الحسيني'),
  person('太郎', '田中', { latinName: 'Taro Tanaka' }),
  person('Γεώργιος', 'Παπαδόπουλος'),
  person('Lo', 'Xu'),
];
people.forEach((details, index) => {
  writer.register({ customer: 1001 + index, details }, '2026-11-20');
});
writer.register(
  {
    customer: 2001,
    details: {
      ...person('', ''),
      kind: 'organisation',
      name: 'Müller & Söhne Bau GmbH',
      registrationNumber: 'HRB 12345 B',
      registrationCountry: 'DE',
    } as unknown as CustomerDetails,
  },
  '2026-11-20',
);
writer.own({
  account: 77,
  number: '12345678',
  owners: [
    { customer: 1001, role: 'holder' },
    { customer: 1002, role: 'joint' },
  ],
  mandates: [],
});

writer.own({
  account: 78,
  number: '56781234',
  owners: [{ customer: 1008, role: 'holder' }],
  mandates: [],
});

const find = (text: string, count = 12) => search.find(text, count).map((each) => each.customer);

test('hostile text finds nobody and breaks nothing', () => {
  for (const text of [
    '',
    ' ',
    '%',
    '_',
    '"',
    "'; DROP TABLE customer;--",
    'NEAR(',
    '* OR *',
    '=',
    '~',
  ]) {
    assert.deepEqual(find(text), [], text);
  }
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 140 }), (text) => {
      assert.ok(find(text, 5).length <= 5);
    }),
    { numRuns: 300 },
  );
});

test('every person is found by each beginning and each part of the name', () => {
  people.forEach((details, index) => {
    if (details.kind !== 'person') return;
    for (const name of [details.givenName, details.familyName]) {
      for (let end = 1; end <= name.length; end++) {
        assert.ok(find(name.slice(0, end)).includes(1001 + index), name.slice(0, end));
      }
    }
  });
  assert.deepEqual(find('ller').sort(), [1001, 1002, 1003, 1004, 2001]);
  assert.deepEqual(find('makell'), []);
});

test('whole words stand before beginnings, beginnings before parts', () => {
  assert.deepEqual(find('keller'), [1001, 1002]);
  assert.deepEqual(find('ann'), [1002]);
  assert.deepEqual(find('mann'), [1002]);
});

test('spellings and scripts find each other', () => {
  for (const text of ['Müller', 'muller', 'mueller', 'MÜLLER']) {
    assert.deepEqual(find(text).sort(), [1003, 1004, 2001], text);
  }
  assert.equal(find('müller')[0], 1003, 'the spelling typed stands first');
  assert.equal(find('mueller')[0], 1004, 'the spelling typed stands first');
  assert.deepEqual(find('dmitry'), [1005]);
  assert.deepEqual(find('shcherb'), [1005]);
  assert.deepEqual(find('Щерб'), [1005]);
  assert.deepEqual(find('mohammed'), [1006]);
  assert.deepEqual(find('papadop'), [1008]);
  for (const text of ['tanaka', '田中', '田', '太郎', 'taro tan'])
    assert.deepEqual(find(text), [1007]);
});

test('several words must all answer, in any order', () => {
  assert.deepEqual(find('keller marta'), [1001]);
  assert.deepEqual(find('m kell'), [1001]);
  assert.deepEqual(find('söhne mull'), [2001]);
  assert.deepEqual(find('keller klaus'), []);
  assert.deepEqual(find('l x'), [1009]);
});

test('numbers are found however they are grouped, and say what they are', () => {
  const first = (text: string) => search.find(text, 5)[0];
  assert.deepEqual(first('1234 5678'), { customer: 1001, matched: 'account' });
  assert.deepEqual(find('12345678'), [1001, 1002]);
  // Groups the other way round make another number: the one meant stands first.
  assert.deepEqual(find('1234 5678').slice(0, 2), [1001, 1002]);
  assert.equal(find('5678 1234')[0], 1008);
  assert.deepEqual(first('5678')?.matched, 'account');
  for (const phone of [
    '+49 30 1234567',
    '030 1234567',
    '030/1234-567',
    '1234567',
    '0049301234567',
  ]) {
    assert.equal(first(phone)?.customer, 1001, phone);
  }
  assert.deepEqual(first('030 1234567')?.matched, 'phone');
  assert.equal(first('00T47 C01X')?.customer, 1004);
  for (const text of ['c01x00t47', 'C01X 00T47', 'c01x0']) {
    assert.deepEqual(first(text), { customer: 1001, matched: 'document' }, text);
  }
  assert.deepEqual(first('1005'), { customer: 1005, matched: 'customer number' });
  assert.deepEqual(first('hrb 12345'), { customer: 2001, matched: 'registration number' });
  assert.equal(first('marta 1980-05-17'), undefined, 'a date is one number only when typed alone');
  assert.equal(find('1980-05-17').length, people.length);
});

test('a changed name is found anew and no longer by the old one', () => {
  writer.amend({ customer: 1002, details: person('Anna', 'Weber') });
  assert.deepEqual(find('kellermann'), []);
  assert.deepEqual(find('ellerm'), []);
  assert.deepEqual(find('web'), [1002]);
  assert.deepEqual(find('12345678'), [1001, 1002], 'the account is still found');
  writer.amend({ customer: 1002, details: person('Anna', 'Kellermann') });
  assert.equal(database.pragma('integrity_check', { simple: true }), 'ok');
  database.exec("INSERT INTO customer_part (customer_part, rank) VALUES ('integrity-check', 1)");
});
