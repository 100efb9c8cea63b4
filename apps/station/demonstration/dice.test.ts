// Proves that the dice repeat, are fair enough to draw a branch with, and refuse nonsense.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createDice } from './dice.ts';

test('seed 42 throws these, on every machine', () => {
  const dice = createDice(42);
  assert.deepEqual(
    Array.from({ length: 6 }, () => dice.below(1_000_000)),
    [444_221, 823_732, 672_526, 233_633, 337_756, 72_677],
  );
});

test('a number stays below its bound', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, count) => {
      const drawn = createDice(seed).below(count);
      assert.ok(Number.isInteger(drawn) && drawn >= 0 && drawn < count);
    }),
  );
});

test('six sides come up about equally often', () => {
  const dice = createDice(7);
  const seen = [0, 0, 0, 0, 0, 0];
  for (let turn = 0; turn < 60_000; turn++) seen[dice.below(6)]! += 1;
  for (const count of seen) assert.ok(Math.abs(count - 10_000) < 500, String(seen));
});

test('weights are kept', () => {
  const dice = createDice(9);
  let rare = 0;
  for (let turn = 0; turn < 10_000; turn++)
    rare += dice.weighted({ often: 9, rare: 1 }) === 'rare' ? 1 : 0;
  assert.ok(Math.abs(rare - 1_000) < 150, String(rare));
});

test('a shuffle keeps everything', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.integer()), (seed, list) => {
      const sorted = (items: number[]) => [...items].sort((one, other) => one - other);
      assert.deepEqual(sorted(createDice(seed).shuffled(list)), sorted(list));
    }),
  );
});

test('forks do not disturb each other or the dice they come from', () => {
  const one = createDice(42);
  const other = createDice(42);
  one.fork('names').bytes(100);
  assert.deepEqual(one.bytes(8), other.bytes(8));
  assert.notDeepEqual(one.fork('names').bytes(8), one.fork('amounts').bytes(8));
});

test('dice without sides are our own mistake', () => {
  assert.throws(() => createDice(1).below(0), RangeError);
  assert.throws(() => createDice(1).below(1.5), RangeError);
});
