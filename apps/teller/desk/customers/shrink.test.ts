// A picture keeps its shape when it is made small, and is never made large.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fitInto } from './shrink.ts';

test('a picture fits, keeps its shape to the pixel, and is not enlarged', () => {
  assert.deepEqual(fitInto({ width: 4000, height: 3000 }, 480), { width: 480, height: 360 });
  assert.deepEqual(fitInto({ width: 100, height: 50 }, 480), { width: 100, height: 50 });
  assert.deepEqual(fitInto({ width: 9000, height: 1 }, 480), { width: 480, height: 1 });
  const side = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const fitted = fitInto({ width, height }, 480);
      assert.ok(fitted.width >= 1 && fitted.width <= Math.min(480, width));
      assert.ok(fitted.height >= 1 && fitted.height <= Math.min(480, height));
    }),
  );
});
