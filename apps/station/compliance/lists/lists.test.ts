// Holds the readers of published lists to what their files say, field by field, and to what they refuse.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latinOf } from '../text/scripts.ts';
import { countryCodeOf } from './countries.ts';
import { rowsOf } from './csv.ts';
import { birthsIn, readOfac, spoken } from './ofac.ts';
import { readUn } from './un.ts';

const refused = { reason: 'list-wrong', field: 'file' };

test('rows are cut as RFC 4180 says, with blanks beside fields left out', () => {
  const table: readonly [string, readonly (readonly string[])[]][] = [
    ['', []],
    [
      'a,b\r\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a,b', [['a', 'b']]],
    ['"a,1","b ""c"" d"  ,e\n', [['a,1', 'b "c" d', 'e']]],
    ['"two\nlines",x', [['two\nlines', 'x']]],
    [' a , b \n', [['a', 'b']]],
    ['a\rb', [['a'], ['b']]],
    ['""', [['']]],
    [',\n', [['', '']].map(([one = '']) => [one, ''])],
  ];
  for (const [text, rows] of table) assert.deepEqual(rowsOf(text), rows, JSON.stringify(text));
  assert.equal(rowsOf(`${'x,'.repeat(199)}x`)[0]?.length, 200);
  assert.throws(() => rowsOf(`a\n${'x,'.repeat(200)}x`), /more than 200 fields in row 2/);
  assert.throws(() => rowsOf('a,"b'), refused);
});

test('a name is turned round, a birth read as far as it is known', () => {
  assert.equal(spoken('ZOLOTAREV, Viktor A.'), 'Viktor A. ZOLOTAREV');
  assert.equal(spoken('KAROUN'), 'KAROUN');
  assert.equal(spoken(', Viktor'), 'Viktor');
  const remarks =
    'DOB 02 Jan 1971; alt. DOB 12 Mar 1971; DOB Dec 1970; DOB circa 1969; DOB 1 Nov 1968; DOB 1969; DOB 3 Xyz 1960';
  assert.deepEqual(birthsIn(remarks), [
    ...['1971-01-02', '1971-03-12', '1970-12', '1969', '1968-11-01', '1960'],
  ]);
  assert.deepEqual(birthsIn('nationality Russia'), []);
  const many = Array.from({ length: 30 }, (_, at) => `DOB ${1950 + at}`).join('; ');
  assert.equal(birthsIn(many).length, 20);
});

const sdn = (number: string, name: string, type: string, program = '-0-', remarks = '-0-') =>
  [number, `"${name}"`, type, program, ...Array(7).fill('-0-'), `"${remarks}"`].join(',');

test('OFAC: names, kinds, births and aliases of both files, in whatever order they come', () => {
  const names = [
    sdn('7', 'ZOLOTAREV, Viktor', 'individual', 'RUSSIA', 'DOB 12 Mar 1971'),
    sdn('8', 'FALCON, LTD', '-0-', '', 'DOB 1980'),
    sdn('9', 'SEA, STAR', 'vessel', 'x'.repeat(300)),
    sdn('10', 'AIR', 'aircraft'),
    sdn('7', 'TWICE, Of', 'individual'),
    'no number,a,b',
    '99,too short',
  ].join('\r\n');
  const alias = (number: string, name: string) => `${number},1,aka,"${name}",-0-`;
  const aliases = [
    ...[alias('7', 'ZOLOTAREW, Wiktor'), alias('7', '-0-'), alias('7', 'ZOLOTAREV, Viktor')],
    ...[alias('8', 'FALCON, CO'), alias('555', 'NOBODY'), alias('8', '')],
  ].join('\n');
  for (const files of [
    [names, aliases],
    [aliases, names],
  ]) {
    const nothing = { births: [], countries: [] };
    assert.deepEqual(readOfac(files), [
      {
        ...{ id: 'OFAC-7', kind: 'person', names: ['Viktor ZOLOTAREV', 'Wiktor ZOLOTAREW'] },
        ...{ births: ['1971-03-12'], countries: [], programme: 'RUSSIA' },
      },
      {
        id: 'OFAC-8',
        kind: 'entity',
        names: ['FALCON, LTD', 'FALCON, CO'],
        ...nothing,
        programme: '',
      },
      {
        id: 'OFAC-9',
        kind: 'vessel',
        names: ['SEA, STAR'],
        ...nothing,
        programme: 'x'.repeat(200),
      },
      { id: 'OFAC-10', kind: 'aircraft', names: ['AIR'], ...nothing, programme: '' },
    ]);
  }
  const extract = `ent_num,name,program\n11,"DOE, John",${'p'.repeat(300)}\n`;
  assert.deepEqual(readOfac([extract]), [
    {
      ...{ id: 'OFAC-11', kind: 'person', names: ['John DOE'], births: [], countries: [] },
      programme: 'p'.repeat(200),
    },
  ]);
  for (const wrong of ['1,2,3,4', 'a,b,c', '']) assert.throws(() => readOfac([wrong]), refused);
});

const un = (inner: string) =>
  `<?xml version="1.0"?><CONSOLIDATED_LIST><INDIVIDUALS>${inner}</INDIVIDUALS></CONSOLIDATED_LIST>`;

test('United Nations: names in every part and script, births and countries as far as they can be read', () => {
  const person = `<INDIVIDUAL>
    <FIRST_NAME>Viktor</FIRST_NAME><SECOND_NAME> Anatoliy </SECOND_NAME><FOURTH_NAME>Zolotarev</FOURTH_NAME>
    <UN_LIST_TYPE>${'T'.repeat(300)}</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.1</REFERENCE_NUMBER>
    <NATIONALITY><VALUE>Russian Federation</VALUE><VALUE>Nowhere</VALUE></NATIONALITY>
    <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Wiktor
      S.</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><ALIAS_NAME/></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ADDRESS><COUNTRY>Syrian Arab Republic</COUNTRY></INDIVIDUAL_ADDRESS>
    <INDIVIDUAL_DATE_OF_BIRTH><DATE>1971-03-12T00:00:00</DATE></INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_DATE_OF_BIRTH><YEAR>1970</YEAR><NOTE>x</NOTE></INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_DATE_OF_BIRTH><FROM_YEAR>1968</FROM_YEAR><TO_YEAR>1969</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_DATE_OF_BIRTH><YEAR>about 1960</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
    <NAME_ORIGINAL_SCRIPT>Виктор</NAME_ORIGINAL_SCRIPT></INDIVIDUAL>`;
  const entity =
    '<ENTITY><FIRST_NAME>Karoun</FIRST_NAME><REFERENCE_NUMBER>KPe.2</REFERENCE_NUMBER></ENTITY>';
  assert.deepEqual(readUn(un(`${person}${entity}<OTHER><FIRST_NAME>x</FIRST_NAME></OTHER>`)), [
    {
      ...{ id: 'UN-QDi.1', kind: 'person' },
      names: ['Viktor Anatoliy Zolotarev', 'Wiktor S.', 'Виктор'],
      births: ['1971-03-12', '1970', '1968', '1969'],
      ...{ countries: ['RU', 'SY'], programme: 'T'.repeat(200) },
    },
    { id: 'UN-KPe.2', kind: 'entity', names: ['Karoun'], births: [], countries: [], programme: '' },
  ]);
});

test('what is not well-formed, typed, too deep or empty is no list', () => {
  const deep = (levels: number) =>
    un(`<ENTITY>${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}</ENTITY>`);
  assert.equal(readUn(deep(9)).length, 1);
  const table: readonly [string, RegExp][] = [
    [deep(10), /deeper/],
    [un('<ENTITY><a></ENTITY>'), /not well-formed/],
    [un(''), /holds no entry/],
    [`<!DOCTYPE x>${un('<ENTITY/>').slice(21)}`, /document type/],
  ];
  for (const [text, why] of table) {
    assert.throws(() => readUn(text), { ...refused, message: why }, why.source);
  }
});

test('countries by the names lists give them, and nobody’s by any other', () => {
  const table: Readonly<Record<string, string | undefined>> = {
    ...{ Germany: 'DE', ' Russian Federation ': 'RU', Russia: 'RU', 'Korea, North': 'KP' },
    ...{
      'Republic of Korea': 'KR',
      'Islamic Republic of Iran': 'IR',
      Zimbabwe: 'ZW',
      AA: undefined,
    },
    ...{ 'CÔTE D’IVOIRE': 'CI', Andorra: 'AD', Atlantis: undefined, '': undefined },
  };
  for (const [name, code] of Object.entries(table)) assert.equal(countryCodeOf(name), code, name);
  // A withdrawn code such as FX or UK would set a listed Frenchman apart from every French customer.
  const today = 'BF BJ CD FR GB RS RU TL VN YE ZW'.split(' ');
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  assert.deepEqual(
    today.map((code) => countryCodeOf(names.of(code) ?? '')),
    today,
  );
});

test('letters of other scripts have one Latin spelling each, some none', () => {
  const table: Readonly<Record<string, string | undefined>> = {
    ...{ ß: 'ss', ə: 'a', ʻ: '', щ: 'shch', ъ: '', һ: 'h', ω: 'o', ع: 'a', ת: 't', ᚠ: undefined },
  };
  for (const [letter, latin] of Object.entries(table)) assert.equal(latinOf(letter), latin, letter);
});
