// Attacks what is called ordinary: only what was scored below the border, and of each kind the least change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Attempt } from '../features/attempt.ts';
import { featureCount } from '../features/catalogue.ts';
import { alternativesOf, ordinaryInWords, ordinaryOf } from './ordinary.ts';

const attempt: Attempt = {
  ...{ at: 1_000, task: 'transfer', account: 3, other: 4, amountMinor: 480_000, teller: 2 },
  isOtherAtDesk: true,
};
const vector = new Float32Array(featureCount);

test('amounts get smaller, none is the same or nothing, and the clock goes on in whole weeks', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 900_000_000 }),
      fc.constantFrom(1, 100, 1_000),
      (amountMinor, scale) => {
        const list = alternativesOf({ ...attempt, amountMinor }, scale);
        const amounts = list
          .filter(({ change }) => change === 'amount')
          .map((each) => each.attempt.amountMinor);
        assert.ok(amounts.every((each) => Number.isInteger(each) && each > 0));
        assert.ok(amounts.every((each) => each % scale === 0 && each < amountMinor));
        assert.deepEqual(
          amounts,
          amounts.toSorted((one, other) => other - one),
        );
        const waits = list.filter(({ change }) => change === 'wait');
        assert.ok(waits.every(({ days }) => days % 7 === 0));
        assert.equal(list.filter(({ change }) => change === 'holder').length, 1);
      },
    ),
  );
});

test('of each kind the least change that is below the border, and nothing that is not', () => {
  const alternatives = alternativesOf(attempt, 100);
  const scored = alternatives.map(({ change, days, attempt: { amountMinor } }) => {
    if (change === 'holder') return { vector, probability: 0.3 };
    if (change === 'wait') return { vector, probability: days >= 14 ? 0.01 : 0.2 };
    return { vector, probability: amountMinor <= 200_000 ? 0.02 : 0.5 };
  });
  const found = ordinaryOf(alternatives, scored, 0.05);
  assert.deepEqual(
    found.map(({ change, amountMinor, days }) => [change, amountMinor, days]),
    [
      ['amount', '190000', 0],
      ['wait', '480000', 14],
    ],
  );
  assert.equal(
    ordinaryInWords(found, 'EUR'),
    'It would be ordinary at 1,900.00 EUR (2.0 %), or in 14 days (1.0 %), if nothing else happens.',
  );
});

test('where nothing helps it says so', () => {
  const alternatives = alternativesOf({ ...attempt, isOtherAtDesk: false }, 100);
  const scored = alternatives.map(() => ({ vector, probability: 0.9 }));
  assert.match(ordinaryInWords(ordinaryOf(alternatives, scored, 0.05), 'EUR'), /^Neither/);
});
