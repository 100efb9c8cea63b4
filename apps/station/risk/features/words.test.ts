// A list that people read must not fall back to the names of columns when a feature is added.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { featureNames } from './catalogue.ts';
import { featureWords } from './words.ts';

test('every feature has few words of its own, and a foreign column keeps its name', () => {
  const said = featureNames.map(featureWords);
  assert.equal(new Set(said).size, featureNames.length, 'no two alike');
  for (const [at, words] of said.entries()) {
    assert.notEqual(words, featureNames[at]);
    assert.ok(words.length <= 24, words);
  }
  assert.equal(featureWords('V17'), 'V17');
});
