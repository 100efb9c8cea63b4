// Holds the guard's sentences to what they say of each state.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GuardView } from '#contract/guard.ts';
import { barsOf, formatNs, placeSentence, sealSentence, startSentence } from './sentences.ts';

const view = (parts: Partial<GuardView>): GuardView => parts as GuardView;

test('the place is said with what it is worth, and why it is not the kernel', () => {
  assert.match(placeSentence(view({ kind: 'kernel', absence: null })), /in the kernel/);
  const absence = 'The kernel module qenex_banking is not loaded on this machine.';
  const sentence = placeSentence(view({ kind: 'memory', absence }));
  assert.match(sentence, /runs in this program, and is gone with it\. The kernel module/);
});

test('what an earlier life left is told in numbers', () => {
  const started = (posted: number, voided: number) =>
    startSentence(view({ started: { how: 'taken-over', posted, voided } }));
  assert.match(started(0, 0), /as it was left/);
  assert.match(started(1, 0), /1 hold of an earlier life: 1 posted .* 0 released/);
  assert.match(started(2, 3), /5 holds .* 2 posted .* 3 released/);
  const loaded = view({ started: { how: 'loaded', posted: 0, voided: 0 } });
  assert.match(startSentence(loaded), /^Loaded from the ledger/);
});

test('times stand in the unit in which they are short', () => {
  assert.deepEqual([512, 2048, 4_194_304, 2e9].map(formatNs), [
    ...['512 ns', '2.0 µs', '4.2 ms', '2.0 s'],
  ]);
});

test('the bars leave no gap out, and the tallest is whole', () => {
  const bars = barsOf([
    { fromNs: 1024, count: 4 },
    { fromNs: 4096, count: 8 },
  ]);
  assert.deepEqual(
    bars.map(({ count, share }) => [count, share]),
    [
      [4, 0.5],
      [0, 0],
      [8, 1],
    ],
  );
  assert.deepEqual(barsOf([]), []);
});

test('seals are said as what they forbid', () => {
  assert.equal(sealSentence([]), 'nothing');
  assert.equal(sealSentence(['limits']), 'limits only get tighter');
});
