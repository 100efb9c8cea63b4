// Proves each network rule on messages that keep it and messages that break it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMessage } from './check.ts';
import { messageDefinitions } from './messages/index.ts';
import { messageOf, ruleVectors } from './network-rules.fixture.ts';

const sentences = (text: string) =>
  checkMessage(text).problems.map(({ code, rule, message }) => `${code} ${rule} ${message}`);

for (const { definition, rule, code, good, bad } of ruleVectors) {
  test(`MT${definition} ${rule} (${code})`, () => {
    for (const change of good) {
      assert.deepEqual(sentences(messageOf(definition, change)), [], `${change} should be valid`);
    }
    for (const change of bad) {
      const { problems } = checkMessage(messageOf(definition, change));
      const hit = problems.some((problem) => problem.code === code && problem.rule === rule);
      assert(hit, `${change} should break ${rule}: ${sentences(messageOf(definition, change))}`);
      const apart = problems.some((problem) => problem.rule === '');
      assert(!apart || code === 'C24', `${change} breaks only rules, not the structure`);
    }
  });
}

test('every rule of every definition has two vectors that keep it and two that break it', () => {
  const own = new Set(['103', '103.STP', '202', '205', '202.COV', '910', '192', '292', '940']);
  for (const { id, rules } of messageDefinitions.values()) {
    if (!own.has(id) && !['942', '950'].includes(id)) continue;
    for (const rule of rules) {
      if (id === '103.STP' && !rule.id.startsWith('STP')) continue;
      const vectors = ruleVectors.filter(
        (each) => each.definition === id && each.rule === rule.id && each.code === rule.code,
      );
      assert(vectors.length > 0, `MT${id} ${rule.id} ${rule.code} has no vector`);
      for (const { good, bad } of vectors) assert(good.length >= 2 && bad.length >= 2, rule.id);
    }
  }
});
