// What was in flight must be found again by who sent it, and by nobody else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeeper, screenOf } from './interrupted.ts';

function memory(start: Record<string, string> = {}) {
  const kept = new Map(Object.entries(start));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
    size: () => kept.size,
  };
}

const draft = {
  task: 'transfer',
  from: '10000150',
  to: '10000175',
  amountMinor: '10000',
  currency: 'USD',
  narrative: 'savings',
} as const;

test('an entry survives the keeper that wrote it, and is gone once its outcome is known', () => {
  const storage = memory();
  createKeeper(storage).put({ key: 'a', person: 3, draft });
  const keeper = createKeeper(storage);
  assert.deepEqual(keeper.of(3), [{ key: 'a', person: 3, draft }]);
  assert.deepEqual(keeper.of(4), []);
  keeper.drop('a');
  assert.deepEqual(keeper.of(3), []);
  assert.equal(storage.size(), 0, 'nothing of a customer stays behind');
});

test('the same key is kept once, and the number kept is bounded', () => {
  const storage = memory();
  const keeper = createKeeper(storage);
  keeper.put({ key: 'a', person: 3, draft });
  keeper.put({ key: 'a', person: 3, draft });
  assert.equal(keeper.of(3).length, 0, 'what this page has in flight is not left over');
  assert.equal(createKeeper(storage).of(3).length, 1);
  for (let number = 0; number < 20; number += 1) {
    keeper.put({ key: `k${number}`, person: 3, draft });
  }
  assert.equal(createKeeper(storage).of(3).length, 5);
});

test('storage that holds something else is as good as empty', () => {
  for (const text of ['', '{', '7', 'null']) {
    assert.deepEqual(createKeeper(memory({ interrupted: text })).of(3), []);
  }
});

test('the form is filled in again as it was', () => {
  assert.deepEqual(screenOf(draft), {
    name: 'counter',
    task: 'transfer',
    preset: {
      account: '10000150',
      to: '10000175',
      amount: '100.00',
      currency: 'USD',
      narrative: 'savings',
    },
  });
  assert.equal(screenOf({ task: 'basket', items: [draft, draft] }), undefined);
});
