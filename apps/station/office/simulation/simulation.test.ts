// Two hundred banks from two hundred seeds keep every invariant, and each wrong protocol is found in ten.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failed, isReachable, newLink, nextStep } from '../protocol/link.ts';
import { nowhere } from '../protocol/values.ts';
import { mutants } from './mutants.ts';
import { type Outcome, simulate } from './world.ts';

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);

const told = ({ seed, violations, history }: Outcome): string => {
  const what = violations.map(({ invariant, message }) => `${invariant} ${message}`);
  return [`npm run simulate -- --seed ${seed}`, ...history.slice(-12), ...what].join('\n');
};

test('two hundred seeds: nothing lost, nothing doubled, nobody over the bound', () => {
  let events = 0;
  let longestDays = 0;
  for (const seed of seeds) {
    const outcome = simulate(seed);
    assert.deepEqual(outcome.violations, [], told(outcome));
    events += outcome.events;
    longestDays = Math.max(longestDays, outcome.days);
  }
  assert.ok(events > 20_000, `${events} events were recorded`);
  assert.ok(longestDays > 30, 'some branch was offline for a month');
});

test('the same seed is the same world', () => {
  const [one, other] = [simulate(7), simulate(7)];
  assert.deepEqual(one, other);
  assert.notDeepEqual(one.history, simulate(8).history);
});

/** The invariant that speaks first, over the seeds from 1 to 10. */
function foundBy(seams: Parameters<typeof simulate>[1]): string | null {
  for (const seed of seeds.slice(0, 10)) {
    const [first] = simulate(seed, seams).violations;
    if (first) return first.invariant;
  }
  return null;
}

for (const { name, what, seams } of mutants) {
  test(`${name} is found within ten seeds: ${what}`, () => assert.ok(foundBy(seams)));
}

test('there are twenty mutants or more, each by its own name', () => {
  assert.ok(new Set(mutants.map(({ name }) => name)).size >= 20);
});

/** Found by seed 9: a clock two days ahead, put right, had the line wait for two days. */
test('a clock that goes back does not silence the line', () => {
  const ahead = 1_000_000_000;
  const link = failed(newLink, 'no answer', { now: ahead, chance: 1 });
  const facts = { head: nowhere, down: nowhere };
  assert.equal(nextStep(link, { ...facts, now: ahead }).kind, 'wait');
  assert.equal(nextStep(link, { ...facts, now: ahead - 172_800_000 }).kind, 'open');
  const open = { ...link, stage: 'open' as const, failures: 0 };
  assert.equal(isReachable(open, ahead - 172_800_000), true);
});
