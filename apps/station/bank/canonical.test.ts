// Proves that a value has one text, whatever the order it was built in, and that two values never
// share one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Canonical, canonicalText } from './canonical.ts';

test('the text is what it always was', () => {
  const value = { b: [1, 'x\n', null], a: 25_000n, c: undefined, ä: { z: true, y: -0 } };
  assert.equal(canonicalText(value), '{"a":"25000","b":[1,"x\\n",null],"ä":{"y":0,"z":true}}');
  assert.throws(() => canonicalText(0.5), RangeError);
  assert.throws(() => canonicalText(2 ** 53), RangeError);
  assert.throws(() => canonicalText(Number.NaN), RangeError);
});

test('property: the order of keys does not matter, everything else does', () => {
  const leaf = fc.oneof(fc.string(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
  const tree = fc.dictionary(fc.string(), fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(tree, tree, (one, other) => {
      const turned = Object.fromEntries(Object.entries(one).reverse());
      assert.equal(canonicalText(turned as Canonical), canonicalText(one as Canonical));
      const parsed: unknown = JSON.parse(canonicalText(one as Canonical));
      assert.deepEqual(parsed, JSON.parse(JSON.stringify(one)));
      const isSame = canonicalText(one as Canonical) === canonicalText(other as Canonical);
      assert.equal(
        isSame,
        JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort()),
      );
    }),
  );
});
