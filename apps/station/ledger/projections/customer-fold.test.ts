// Proves that what a teller types and how a name is written fold to the same tokens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compactOf,
  consonantMark,
  consonantsOf,
  digitsOf,
  fold,
  loosely,
  looseMark,
  nameTokens,
  wordsOf,
} from './customer-fold.ts';

/** True when something typed is one of the name's tokens, loosely or by its consonants. */
function finds(typed: string, name: string): boolean {
  const tokens = nameTokens(name);
  return wordsOf(typed).every(
    (word) =>
      tokens.includes(word) ||
      tokens.includes(looseMark + loosely(word)) ||
      tokens.includes(consonantMark + consonantsOf(word)),
  );
}

test('spellings of one name find each other', () => {
  const families = [
    ['Müller', 'muller', 'Mueller', 'MÜLLER', 'Mu\u0308ller', 'mülller'],
    ['Strauß', 'strauss', 'STRAUSS', 'Straus'],
    ['Ørsted', 'orsted', 'Oersted'],
    ['Łukasz', 'lukasz', 'LUKASZ'],
    ["O'Brien", 'OBrien', 'o’brien'],
    ['Дмитрий', 'Dmitrii', 'Dmitry', 'dmitri', 'Dmitriy'],
    ['Алексей', 'Alexei', 'Aleksey', 'aleksej'],
    ['Юлия', 'Yuliya', 'Iuliia', 'julia'],
    ['Чайковский', 'Tchaikovsky', 'chaikovskii'],
    ['Щербаков', 'Shcherbakov'],
    ['Παπαδόπουλος', 'Papadopoulos', 'ΠΑΠΑΔΟΠΟΥΛΟΣ'],
    ['Ευάγγελος', 'Evangelos'],
    ['Θεόδωρος', 'Theodoros'],
    ['محمد', 'Mohammed', 'Muhammad', 'mohamed', 'مُحَمَّد'],
    ['أحمد', 'Ahmed', 'ahmad'],
    ['يوسف', 'Yusuf', 'Youssef'],
    ['田中', '田中'],
    ['ﾀﾅｶ', 'タナカ', 'たなか'],
    ['José', 'jose', 'JOSÉ'],
    ['Nguyễn', 'nguyen'],
  ];
  for (const [name = '', ...typed] of families) {
    for (const each of typed) assert.ok(finds(each, name), `${each} finds ${name}`);
  }
});

test('different names stay apart', () => {
  const strangers = [
    ['Keller', 'Kellermann'],
    ['Maier', 'Müller'],
    ['Anna', 'Jonas'],
    ['Дмитрий', 'Юлия'],
    ['محمد', 'Ahmed'],
  ] as const;
  for (const [name, typed] of strangers)
    assert.equal(finds(typed, name), false, `${typed}/${name}`);
});

test('names without blanks are found by their later part', () => {
  assert.ok(nameTokens('三菱銀行').includes('銀行'));
  assert.ok(nameTokens('田中太郎').includes('太郎'));
});

test('numbers fold whatever groups them', () => {
  assert.equal(digitsOf('+49 (030) 123-45'), '4903012345');
  assert.equal(digitsOf('0049 30 12345'), '493012345');
  assert.equal(compactOf('C01X-00 t47'), 'c01x00t47');
});

test('folding is stable, marks and case never matter, and a name always finds itself', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 24 });
  fc.assert(
    fc.property(name, (text) => {
      const folded = fold(text);
      assert.equal(fold(folded), folded);
      assert.equal(fold(text.normalize('NFD')), folded);
      assert.ok(finds(text, text));
      assert.doesNotMatch(folded, /[\u0300-\u036f]|[A-Z]|^ | $| {2}/);
    }),
    { numRuns: 500 },
  );
});

test('each further letter of a plain word only narrows what its beginning found', () => {
  const word = fc.stringMatching(/^[a-z]{3,12}$/);
  fc.assert(
    fc.property(word, fc.nat(), (text, cut) => {
      const start = text.slice(0, 1 + (cut % text.length));
      assert.ok(nameTokens(text).some((token) => token.startsWith(start)));
    }),
  );
});
