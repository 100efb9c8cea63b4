// Holds the progress of catching up to the numbers of the log, whatever is posted and answered in between.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { catchingUpFrom, deliveryOf, underWayMost } from './delivery.ts';

test('what had piled up is counted from where it began, until the last of it is there', () => {
  const from = catchingUpFrom(null, { received: 100, head: 10_100 });
  assert.equal(from, 100);
  assert.deepEqual(deliveryOf(from, { received: 100, head: 10_100 }), { done: 0, of: 10_000 });
  const late = { received: 10_090, head: 10_105 };
  assert.equal(catchingUpFrom(from, late), 100, 'the last few belong to it');
  assert.deepEqual(deliveryOf(from, late), { done: 9_990, of: 10_005 });
  assert.equal(catchingUpFrom(from, { received: 10_105, head: 10_105 }), null);
  assert.equal(deliveryOf(from, { received: 10_105, head: 10_105 }), null);
});

test('a few events under way are no catching up', () => {
  const few = { received: 7, head: 7 + underWayMost };
  assert.equal(catchingUpFrom(null, few), null);
  assert.equal(deliveryOf(null, few), null);
  assert.equal(catchingUpFrom(null, { ...few, head: few.head + 1 }), 7);
});

test('in any order of posting and delivering, what is delivered never shrinks before all of it is there', () => {
  const step = fc.record({ posted: fc.nat(400), delivered: fc.nat(400) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let [received, head, before] = [0, 0, 0];
      let from: number | null = null;
      for (const { posted, delivered } of steps) {
        head += posted;
        received = Math.min(head, received + delivered);
        from = catchingUpFrom(from, { received, head });
        const delivery = deliveryOf(from, { received, head });
        assert.equal(delivery === null, from === null);
        if (delivery) {
          assert.ok(delivery.done >= before && delivery.done < delivery.of);
          assert.equal(delivery.of - delivery.done, head - received, 'the rest is what waits');
        }
        before = delivery?.done ?? 0;
      }
    }),
  );
});
