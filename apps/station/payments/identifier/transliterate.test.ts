// Holds the writing of names in a network's characters: what EPC and Swift say, and nothing
// outside the set.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Charset, isWrittenIn, transliterate } from './transliterate.ts';

const written = (text: string, charset: Charset = 'sepa') => transliterate(text, charset).text;

test('letters, signs and scripts are written as the EPC table has it', () => {
  const pairs: [string, string][] = [
    ['Fußgängerübergänge', 'Fusgangerubergange'],
    ['Bärbel Garçon', 'Barbel Garcon'],
    ['Ħĕŀŀœ', 'Hello'],
    ['Łódź, Ærø, Œuvre', 'Lodz, Aro, Ouvre'],
    ['İstanbul ığdır', 'Istanbul igdir'],
    ['Șțefăniță', 'Stefanita'],
    ['Θεσσαλονίκη Ψαρά', 'THessaloniki PSara'],
    ['лучшим', 'luchshim'],
    ['Щастие Юлия', 'SHTastie YUliya'],
    ['100 € & more; yes_no @home!', '100 E + more, yes-no .home.'],
    ['a–b „c” d’e…', "a-b 'c' d'e..."],
    ['漢字', '..'],
    ['😀', '.'],
    ['no\u00a0break\ttab', 'no break tab'],
    ["plain /-?:().,'+ 09", "plain /-?:().,'+ 09"],
  ];
  for (const [text, expected] of pairs) assert.equal(written(text), expected, text);
});

test('every replacement is listed with its place, a combining accent too', () => {
  assert.deepEqual(transliterate('Zoë😀é', 'sepa'), {
    text: 'Zoe.e',
    replaced: [
      { position: 3, from: 'ë', to: 'e' },
      { position: 4, from: '😀', to: '.' },
      { position: 5, from: 'é', to: 'e' },
    ],
  });
  const decomposed = transliterate('e\u0301', 'sepa');
  assert.equal(decomposed.text, 'e');
  assert.deepEqual(decomposed.replaced, [{ position: 2, from: '\u0301', to: '' }]);
});

test('Swift keeps line ends, and no line begins with a hyphen or a colon', () => {
  assert.equal(written('a\r\nb', 'swift-x'), 'a\r\nb');
  assert.equal(written('a\r\nb', 'sepa'), 'a  b');
  assert.equal(written('-a\n:b\n–c', 'swift-x'), '.a\n.b\n.c');
  assert.equal(written('-a', 'sepa'), '-a');
  assert.equal(written('a&b_c{d}', 'swift-z'), 'a&b_c{d)');
  assert.equal(written('Müller & Söhne', 'full-stop'), 'M.ller . S.hne');
});

test('whatever goes in, only the set comes out, once and for all, and right text stays', () => {
  const sets: Record<Charset, RegExp> = {
    sepa: /^[A-Za-z0-9/\-?:().,'+ ]*$/,
    'swift-x': /^[A-Za-z0-9/\-?:().,'+ \r\n]*$/,
    'swift-z': /^[A-Za-z0-9/\-?:().,'+ =!"%&*<>;{@#_\r\n]*$/,
    'full-stop': /^[A-Za-z0-9/\-?:().,'+ \r\n]*$/,
  };
  const charset = fc.constantFrom(...(Object.keys(sets) as Charset[]));
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(charset, text, (set, given) => {
      const once = transliterate(given, set);
      assert.match(once.text, sets[set]);
      assert.ok(isWrittenIn(once.text, set));
      assert.equal(once.replaced.length === 0, once.text === given);
    }),
    { numRuns: 500 },
  );
});
