// Holds the keys by which alike words are found: what is left of a word, and a table that loses none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createKeyWriter, hashOf, thinned } from './keys.ts';

test('a word is found by itself and without each letter, once where letters are doubled', () => {
  assert.deepEqual(thinned('abc'), ['abc', 'bc', 'ac', 'ab']);
  assert.deepEqual(thinned('aab'), ['aab', 'ab', 'aa']);
  assert.deepEqual(thinned(''), ['']);
});

test('FNV-1a as published, and kinds of keys apart', () => {
  assert.deepEqual(
    ['', 'a', 'foobar'].map((text) => hashOf(text, 0)),
    [...[0x811c9dc5, 0xe40c292c, 0xbf9cf968]],
  );
  assert.notEqual(hashOf('a', 1), hashOf('a', 2));
});

test('every number kept under a hash is found under it, and no other', () => {
  const most = 2 ** 21 - 1;
  const keys = fc.array(
    fc.tuple(fc.constantFrom(0, 1, 2, 77, 78, 0xffffffff), fc.constantFrom(0, 1, 5, most)),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(keys, (all) => {
      const writer = createKeyWriter();
      for (const [hash, number] of all) writer.add(hash, number);
      const table = writer.table();
      assert.equal(table.size, all.length);
      for (const hash of [0, 1, 2, 3, 77, 78, 0xffffffff]) {
        const found: number[] = [];
        table.find(hash, (number) => found.push(number));
        const kept = all.filter(([one]) => one === hash).map(([, number]) => number);
        assert.deepEqual(
          found,
          kept.sort((one, other) => one - other),
        );
      }
    }),
    { numRuns: 100 },
  );
});

test('more keys than there is room for at first are all kept', () => {
  const writer = createKeyWriter();
  for (let number = 0; number <= 1 << 16; number += 1) writer.add(number % 3, number);
  const found: number[] = [];
  const table = writer.table();
  table.find(1, (number) => found.push(number));
  assert.deepEqual([found.length, found[0], found.at(-1)], [21846, 1, 65536]);
});
