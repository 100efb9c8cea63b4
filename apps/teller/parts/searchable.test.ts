// Holds the search to scripts in which one sign is a whole surname.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSearchable } from './searchable.ts';

test('two letters or digits begin a search, one letter does not', () => {
  for (const text of ['', ' ', 'k', ' 7 ', 'م']) assert.equal(isSearchable(text), false, text);
  for (const text of ['ke', '10', 'مح']) assert.equal(isSearchable(text), true, text);
});

test('one Chinese, Japanese or Korean sign is a name already', () => {
  for (const text of ['王', '김', 'あ', '欧阳']) assert.equal(isSearchable(text), true, text);
});
