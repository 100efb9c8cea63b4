// Builds each writable message from values of chance, and reads the same values out of it again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '#station/risk/random.ts';
import { listMessages, messageDefinition } from '../definition/definitions.ts';
import { skipReason } from './official.fixture.ts';
import { roundFault } from './random-round.fixture.ts';

const rounds = 10;

for (const { id } of listMessages().filter(({ use }) => use === 'write')) {
  test(`${id}: random values are built valid and come back equal`, () => {
    const chance = createRandom(4_711);
    for (let round = 0; round < rounds; round += 1) {
      assert.equal(roundFault(messageDefinition(id), chance, !skipReason), '');
    }
  });
}
