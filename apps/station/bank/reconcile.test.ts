// Matches statements with our lines: what is sure, what is only proposed, and never one line twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchLines, type OwnLine, type TheirLine } from './reconcile.ts';

const own = (leg: number, amountMinor: bigint, more: Partial<OwnLine> = {}): OwnLine => ({
  ...{ leg, amountMinor, valueDate: '2026-11-20', references: [] },
  ...more,
});
const their = (
  position: number,
  amountMinor: bigint,
  more: Partial<TheirLine> = {},
): TheirLine => ({
  ...{ position, amountMinor, valueDate: '2026-11-20', references: [], text: '' },
  ...more,
});
const told = (ours: OwnLine[], theirs: TheirLine[]) =>
  matchLines(ours, theirs).map(({ position, leg, kind }) => [position, leg, kind]);

test('amount and reference are sure, in a field or inside a text', () => {
  const ours = [
    own(1, -500n, { references: ['E2E-1'] }),
    own(2, 700n, { references: ['UETR-77'] }),
  ];
  const theirs = [
    their(1, -500n, { references: ['e2e 1'] }),
    their(2, 700n, { text: 'x UETR77 y' }),
  ];
  assert.deepEqual(told(ours, theirs), [
    [1, 1, 'exact'],
    [2, 2, 'exact'],
  ]);
});

test('the sign counts, and so does every cent', () => {
  assert.deepEqual(told([own(1, 500n)], [their(1, -500n), their(2, 501n)]), []);
});

test('without a reference it is proposed, the nearest date first, and not over five days', () => {
  const ours = [
    own(1, 500n, { valueDate: '2026-11-10' }),
    own(2, 500n, { valueDate: '2026-11-18' }),
  ];
  assert.deepEqual(told(ours, [their(1, 500n)]), [[1, 2, 'proposed']]);
  assert.deepEqual(told(ours.slice(0, 1), [their(1, 500n)]), []);
});

test('a reference that two lines share is only proposed', () => {
  const twice = { references: ['RENT-NOVEMBER'] };
  const ours = [own(1, 500n, twice), own(2, 500n, twice)];
  assert.deepEqual(told(ours, [their(1, 500n, twice)]), [[1, 1, 'proposed']]);
});

const amount = fc.constantFrom(-200n, -100n, 100n, 200n);
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);
const references = fc.array(fc.constantFrom('AAA111', 'BBB222', 'CCC333'), { maxLength: 2 });
const lines = fc.array(fc.record({ amountMinor: amount, valueDate: day, references }), {
  maxLength: 12,
});

test('no line is used twice, amounts always agree, and the order of the lines does not matter', () => {
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const ours = a.map((line, index) => ({ ...line, leg: index + 1 }));
      const theirs = b.map((line, index) => ({ ...line, position: index + 1, text: '' }));
      const matches = matchLines(ours, theirs);
      assert.equal(new Set(matches.map(({ leg }) => leg)).size, matches.length);
      assert.equal(new Set(matches.map(({ position }) => position)).size, matches.length);
      for (const { leg, position } of matches) {
        assert.equal(ours[leg - 1]?.amountMinor, theirs[position - 1]?.amountMinor);
      }
      assert.deepEqual(matchLines([...ours].reverse(), [...theirs].reverse()), matches);
    }),
  );
});
