// Holds the slate between the asking and the scoring thread: an answer is laid down once, or sent, never both or neither.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { beginLooking, createPatience, createSlate, layDown, lookFor, looksWith } from './slate.ts';

const answer = { probability: 0.25, modelHash: 'ab'.repeat(32) };

test('an answer laid down before the asker gave up is found, and later ones must be sent', () => {
  const slate = createSlate();
  const other = createSlate(slate.memory);
  beginLooking(slate, 7);
  assert.equal(layDown(other, 6, answer), false, 'the answer to another question');
  assert.equal(layDown(other, 7, answer), true);
  assert.deepEqual(lookFor(slate, 7, 10), answer);
  beginLooking(slate, 8);
  assert.equal(lookFor(slate, 8, 10), null);
  assert.equal(layDown(other, 8, answer), false, 'nobody looks any more');
});

test('looking rests twice as long after each look in vain, at most 256 questions, and comes back at once', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (found) => {
      const patience = createPatience();
      let rest = 0;
      for (const each of found) {
        let rested = 0;
        while (!patience.isWorthIt()) rested += 1;
        assert.equal(rested, rest);
        patience.learn(each);
        rest = each ? 0 : Math.min(256, Math.max(4, 2 * rest));
      }
    }),
  );
});

test('with one core nobody looks: the other thread needs it', () => {
  assert.equal(looksWith(1), 0);
  assert.ok(looksWith(2) > 0);
});
