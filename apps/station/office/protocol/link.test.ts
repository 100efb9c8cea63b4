// Attacks the line's next step: the order of what is done, every wait, what stops it and what does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type BranchFacts,
  backoffMsLeast,
  backoffMsMost,
  breakerFailures,
  breakerMs,
  failed,
  idleMs,
  isReachable,
  type LinkState,
  newLink,
  nextStep,
  opened,
  pulled,
  pushed,
  resumed,
  retryBudgetMost,
} from './link.ts';
import { nowhere, type PushRefusal, pushEventsMost } from './values.ts';

const now = Date.UTC(2026, 10, 20, 9);
const at = (seq: number) => ({ seq, hash: String(seq).padStart(64, '0') });
const facts = (given: Partial<BranchFacts> = {}): BranchFacts => ({
  ...{ now, head: at(7), down: at(3) },
  ...given,
});
const open: LinkState = { ...newLink, stage: 'open', received: at(7), downKnown: 3 };

test('it opens, then delivers, then fetches, then rests; paused or stopped it does none of it', () => {
  assert.deepEqual(nextStep(newLink, facts()), { kind: 'open' });
  const behind = { ...open, received: at(6), downKnown: 4 };
  const step = nextStep(behind, facts());
  assert.deepEqual(step.kind === 'push' && [step.before, step.count], [at(6), 64]);
  assert.deepEqual(nextStep({ ...open, downKnown: 4 }, facts()), { kind: 'pull', after: at(3) });
  assert.deepEqual(nextStep(open, facts()), { kind: 'wait', ms: idleMs });
  for (const state of [newLink, behind, open]) {
    assert.deepEqual(nextStep({ ...state, stage: 'stopped' }, facts()), { kind: 'stopped' });
    assert.deepEqual(nextStep({ ...state, notBefore: now + 1 }, facts()), { kind: 'wait', ms: 1 });
  }
});

test('no wait is longer than the longest: one that a clock set wrong is not kept', () => {
  const waiting = (ms: number) => nextStep({ ...newLink, notBefore: now + ms }, facts()).kind;
  assert.equal(waiting(backoffMsMost), 'wait');
  assert.equal(waiting(backoffMsMost + 1), 'open');
});

test('questions are asked while it is open, answers, and is not paused', () => {
  assert.ok(isReachable(open, now));
  assert.ok(!isReachable(newLink, now));
  assert.ok(!isReachable({ ...open, stage: 'stopped' }, now));
  assert.ok(!isReachable({ ...open, failures: 1 }, now));
  assert.ok(!isReachable({ ...open, notBefore: now + 1 }, now));
});

test('a log that is shorter than head office’s, or another, stops the line until somebody looks', () => {
  const answer = (seq: number, own: string | null) =>
    opened(newLink, { received: at(seq), down: 5 }, { now, hashAt: () => own });
  const right = answer(7, at(7).hash);
  assert.deepEqual([right.stage, right.received, right.downKnown], ['open', at(7), 5]);
  const shorter = answer(7, null);
  assert.deepEqual([shorter.stage, /shorter/.test(shorter.why)], ['stopped', true]);
  const other = answer(7, at(8).hash);
  assert.deepEqual([other.stage, /two of this branch/.test(other.why)], ['stopped', true]);
  const fresh = { received: nowhere, down: 0 };
  assert.equal(opened(newLink, fresh, { now, hashAt: () => null }).stage, 'open');
  assert.deepEqual(resumed(shorter), { ...shorter, stage: 'unopened', why: '', notBefore: 0 });
  assert.equal(resumed(open), open, 'what runs is not begun again');
  assert.equal(failed(shorter, 'lost', { now, chance: 0 }), shorter, 'a failure starts it no more');
});

test('a push grows while it is accepted, halves when too large, waits for a clock, else it stops', () => {
  const accepted = { kind: 'accepted', received: at(9), fresh: 2, down: 6 } as const;
  const grown = pushed({ ...open, failures: 2, why: 'slow', offlineSince: 1 }, accepted, now);
  assert.deepEqual(
    [grown.received, grown.downKnown, grown.window, grown.failures, grown.why, grown.offlineSince],
    [at(9), 6, 128, 0, '', null],
  );
  assert.equal(pushed({ ...open, window: 900 }, accepted, now).window, pushEventsMost);
  const gap = pushed(open, { kind: 'gap', received: at(2) }, now);
  assert.deepEqual([gap.received, gap.stage], [at(2), 'open']);
  const refused = (reason: PushRefusal, window = 64) =>
    pushed({ ...open, window }, { kind: 'refused', reason, message: 'No.' }, now);
  const halved = refused('push-too-large');
  assert.deepEqual([halved.window, halved.stage], [32, 'open']);
  assert.equal(refused('push-too-large', 2).window, 1);
  assert.equal(refused('push-too-large', 1).stage, 'stopped', 'one event can be no smaller');
  const clock = refused('clock-off');
  assert.deepEqual(
    [clock.stage, clock.notBefore, clock.offlineSince, clock.why],
    ['open', now + backoffMsMost, now, 'No.'],
  );
  for (const reason of ['event-tampered', 'log-forked', 'device-stopped'] as const) {
    assert.deepEqual([refused(reason).stage, refused(reason).why], ['stopped', 'No.']);
  }
});

test('after each failure it waits longer, within half of the wait, and from the fifth by the breaker', () => {
  const after = (count: number, chance: number): LinkState => {
    let state = open;
    for (let times = 0; times < count; times += 1) state = failed(state, 'lost', { now, chance });
    return state;
  };
  const waits = (chance: number) =>
    [1, 2, 3, 4].map((count) => after(count, chance).notBefore - now);
  assert.deepEqual(
    waits(1),
    [1, 2, 4, 8].map((times) => times * backoffMsLeast),
  );
  assert.deepEqual(
    waits(0),
    [1, 2, 4, 8].map((times) => (times * backoffMsLeast) / 2),
  );
  assert.equal(after(breakerFailures - 1, 1).notBefore - now < breakerMs, true);
  assert.equal(after(breakerFailures, 0).notBefore - now, breakerMs);
  assert.equal(after(20, 1).notBefore - now, backoffMsMost);
  const lost = failed(open, 'lost', { now: now + 5, chance: 0 });
  assert.deepEqual(
    [lost.stage, lost.window, lost.offlineSince, lost.why, lost.retries],
    ['unopened', 32, now + 5, 'lost', retryBudgetMost - 1],
  );
  assert.equal(failed(lost, 'lost', { now: now + 9, chance: 0 }).offlineSince, now + 5);
  const spent = failed({ ...open, retries: 1 }, 'lost', { now, chance: 0 });
  assert.deepEqual([spent.retries, spent.notBefore - now], [0, breakerMs], 'the budget is used up');
});

test('an answer earns a tenth of a retry back, and what is known of head office never shrinks', () => {
  const answered = pulled({ ...open, retries: 3, failures: 4, downKnown: 9 }, 5, now);
  assert.deepEqual(
    [answered.retries, answered.failures, answered.downKnown, answered.reachedAt],
    [3.1, 0, 9, now],
  );
  assert.equal(pulled(open, 5, now).downKnown, 5);
  assert.equal(pulled(open, 5, now).retries, retryBudgetMost, 'and no more than the most');
});
