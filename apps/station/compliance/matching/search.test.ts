// Holds the comparison of names to what people and transliterations do to them, and to what it must never do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ListEntry } from '../lists/entry.ts';
import { nameKeyOf, tokensOf } from '../text/tokens.ts';
import { indexOf } from './index.ts';
import { qualified } from './qualify.ts';
import { scratchFor, search } from './search.ts';

const entry = (id: string, kind: ListEntry['kind'], ...names: string[]): ListEntry => ({
  ...{ id, kind, names, births: [], countries: [], programme: '' },
});
// Words that stand in many names, so that they weigh as little as in a real list.
const crowd = Array.from({ length: 300 }, (_, index) =>
  entry(`C-${index}`, 'person', `Mohammed Q${index}x Z${index}w`),
);
const entries = [
  ...crowd,
  entry('P-1', 'person', 'Viktor Anatoliy Zolotarev', 'Виктор Анатольевич Золотарёв'),
  entry('P-2', 'person', 'Muhammad Yunis Rahmani', 'محمد يونس رحمانی'),
  entry('P-3', 'person', 'Abdul Rauf Zakir'),
  entry('E-1', 'entity', 'Harbour Falcon International Trading Company Limited'),
  entry('E-2', 'entity', 'Karoun Petrochemical Joint Stock Company'),
];
const index = indexOf(entries);
const place = { least: 800, scratch: scratchFor(index) };
const found = (name: string): readonly string[] =>
  search(index, name, place).map((each) => index.entries[each.entry]?.id ?? '');

test('slips, orders, titles, joins and splits are seen through', () => {
  for (const name of [
    ...['Viktor Anatoliy Zolotarev', 'ZOLOTAREV, Viktor Anatoliy', 'Zolotarev Viktor'],
    ...['Victor Anatoliy Zolotarev', 'Viktor Anatoly Zolatarev', 'Viktor Anatoliy Zolotraev'],
    ...['Mr. Viktor Anatoliy Zolotarev', 'Viktor A. Zolotarev', 'ViktorAnatoliy Zolotarev'],
    ...['Viktor Anatoliy Zolo Tarev', 'Виктор Золотарев', 'Wiktor Anatolij Solotarew'],
  ]) {
    assert.equal(found(name)[0], 'P-1', name);
  }
  assert.equal(found('محمد يونس رحماني')[0], 'P-2');
  assert.equal(found('Mohamed Younis Rahmany')[0], 'P-2');
  assert.equal(found('عبد الروف ذاکر')[0], 'P-3');
  assert.equal(found('Harbour Falcon Intl Trading Co. Ltd')[0], 'E-1');
  assert.equal(found('Karoun Petrochemical JSC')[0], 'E-2');
});

test('one name in common, or none, is nobody', () => {
  for (const name of [
    'Viktor Schmidt',
    'Mohammed',
    'Anna Zimmer',
    'Falcon Books',
    '',
    '?!',
    '李',
  ]) {
    assert.ok(!found(name).some((id) => /^[PE]-/.test(id)), name);
  }
});

test('an exact name has the full score, in every order, and says by which words', () => {
  const [first] = search(index, 'Rahmani Muhammad Yunis', place);
  assert.equal(first?.score, 1000);
  assert.deepEqual(first?.pairs.map(({ asked }) => asked).sort(), ['muhammad', 'rahmani', 'yunis']);
});

test('any text is answered, always the same, by scores from 0 to 1000 in order', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ maxLength: 60 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const once = search(index, text, { ...place, least: 0 });
      assert.deepEqual(search(index, text, { ...place, least: 0 }), once);
      for (const [at, { score }] of once.entries()) {
        assert.ok(Number.isInteger(score) && score >= 0 && score <= 1000);
        assert.ok(score <= (once[at - 1]?.score ?? 1000));
      }
      assert.equal(nameKeyOf(nameKeyOf(text)), nameKeyOf(text));
    }),
    { numRuns: 60 },
  );
});

test('words: legal forms, abbreviations, accents and apostrophes', () => {
  assert.deepEqual(tokensOf('Société Générale S.A. de C.V.'), [
    'ste',
    'generale',
    'sa',
    'de',
    'cv',
  ]);
  assert.deepEqual(tokensOf("O'Neil & Söhne GmbH"), ['oneil', 'and', 'sohne', 'gmbh']);
  assert.deepEqual(tokensOf('Limited Liability Company Öz'), ['llc', 'oz']);
  assert.deepEqual(tokensOf('김정은'), ['gimjeongeun']);
});

test('birth and country: another birth clears, the same weighs more than another country', () => {
  const listed = { ...entry('P', 'person', 'A B'), births: ['1961-04-09'], countries: ['RU'] };
  const about = (birth: string, country: string) =>
    qualified(850, listed, { name: 'A B', birth, countries: [country] }).score;
  assert.deepEqual(
    [about('1961-04-09', 'DE'), about('1962-01-01', 'RU'), about('1990-01-01', 'RU')],
    [900, 850, 700],
  );
  assert.equal(about('1962-01-01', 'DE'), 790);
  assert.equal(
    qualified(850, entry('V', 'vessel', 'A B'), { name: 'A B', kind: 'person' }).score,
    770,
  );
  assert.equal(qualified(850, listed, { name: 'A B' }).score, 850, 'nothing known, nothing taken');
});
