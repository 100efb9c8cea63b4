// Places of curves and bars: the corners, what lies outside, and nothing at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barsOf, curveOf } from './plot.ts';

const box = { left: 0, top: 0, right: 100, bottom: 50 };

test('a curve runs from corner to corner in the order of x, held inside the box', () => {
  const points = [
    { x: 1, y: 1 },
    { x: 0, y: 0 },
    { x: 0.5, y: 1.7 },
  ];
  assert.equal(curveOf(points, box), 'M 0 50 L 50 0 L 100 0');
  assert.equal(curveOf([], box), '');
});

test('bars share the width, and a part never stands higher than its bar', () => {
  const [one, two] = barsOf(
    [
      { label: 'a', all: 4, part: 9 },
      { label: 'b', all: 2, part: 1 },
    ],
    box,
  );
  assert.deepEqual(
    [one?.height, one?.partHeight, two?.height, two?.partHeight],
    [50, 50, 25, 12.5],
  );
  assert.ok((two?.x ?? 0) > (one?.x ?? 0) + (one?.width ?? 0));
  assert.deepEqual(barsOf([], box), []);
});
