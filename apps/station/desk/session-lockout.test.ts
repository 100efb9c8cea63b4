// Proves that no clock and no order of tries gives an attacker more than five in half an hour.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { afterWrongTry, isLocked, lockMs, noTries, triesMax, wrongTry } from './session-lockout.ts';

test('the fifth wrong try locks, for thirty minutes and not a millisecond less', () => {
  let tries = noTries;
  for (let count = 1; count < triesMax; count++) {
    tries = afterWrongTry(tries, 1000);
    assert.equal(isLocked(tries, 1000), false);
    assert.match(wrongTry(tries, 'No.', 'password').message, new RegExp(`${triesMax - count} tr`));
  }
  tries = afterWrongTry(tries, 1000);
  assert.ok(isLocked(tries, 1000 + lockMs - 1));
  assert.equal(isLocked(tries, 1000 + lockMs), false);
  assert.equal(wrongTry(tries, 'No.', 'password').reason, 'locked-out');
});

test('after a lock the count starts afresh', () => {
  const locked = { wrong: triesMax, lockedUntil: 5000 };
  assert.deepEqual(afterWrongTry(locked, 5000), { wrong: 1, lockedUntil: 0 });
});

test('however the clock is turned back, five tries are all there are in half an hour of the log', () => {
  const moves = fc.array(fc.integer({ min: -7_200_000, max: 120_000 }), { maxLength: 80 });
  fc.assert(
    fc.property(moves, (steps) => {
      let clock = 1_800_000_000_000;
      let newest = clock;
      let tries = noTries;
      const tried: number[] = [];
      for (const step of steps) {
        clock += step;
        // As the log writes it: never before the event in front.
        const at = Math.max(clock, newest);
        if (isLocked(tries, at)) continue;
        tries = afterWrongTry(tries, at);
        tried.push(at);
        newest = at;
      }
      // Counted from any lock: the sixth try after it lies half an hour or more behind its fifth.
      for (let index = triesMax; index < tried.length; index += triesMax) {
        assert.ok((tried[index] ?? 0) - (tried[index - 1] ?? 0) >= lockMs);
      }
    }),
  );
});
