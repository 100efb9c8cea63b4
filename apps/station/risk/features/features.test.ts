// Proves the features against a batch reference: every vector the same bytes, whenever and however asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Attempt } from './attempt.ts';
import { featureNames } from './catalogue.ts';
import { createFeatureReader, type FeatureReader, type LoggedEvent } from './events.ts';
import { drawHistory } from './history.fixture.ts';
import { referenceVector } from './reference.fixture.ts';

function replayed(events: readonly LoggedEvent[]): FeatureReader {
  const reader = createFeatureReader();
  for (const event of events) reader.apply(event);
  return reader;
}

const bytesOf = (vector: Float32Array) => Buffer.from(new Uint8Array(vector.buffer));

function differences(found: Float32Array, expected: readonly number[]): string[] {
  const rounded = Float32Array.from(expected);
  return featureNames.flatMap((name, index) =>
    Object.is(found[index], rounded[index])
      ? []
      : [`${name}: ${found[index]}, by the reference ${rounded[index]}`],
  );
}

const plans = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  customers: fc.integer({ min: 2, max: 8 }),
  // From minutes to days between events, so that every window fills and empties.
  paceMs: fc.constantFrom(600_000, 7_200_000, 86_400_000, 400_000_000),
});

test('every vector of a history equals the batch reference', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const events = drawHistory({ ...plan, events: 150 });
      const reader = createFeatureReader();
      events.forEach((event, index) => {
        for (const attempt of reader.attemptsOf(event)) {
          const expected = referenceVector(events.slice(0, index), attempt);
          assert.deepEqual(differences(reader.engine.vector(attempt), expected), []);
        }
        reader.apply(event);
      });
    }),
    { numRuns: 25 },
  );
});

test('asking changes nothing: a state asked a thousand things answers as one never asked', () => {
  const events = drawHistory({ seed: 7, customers: 6, paceMs: 3_600_000, events: 400 });
  const [asked, quiet] = [createFeatureReader(), createFeatureReader()];
  const attempt = (at: number, account: number): Attempt => ({
    ...{ at, account, other: 100 + ((account - 99) % 6), amountMinor: 5_000, teller: 4 },
    ...{ task: 'transfer', isOtherAtDesk: false },
  });
  for (const event of events) {
    for (let account = 100; account < 106; account += 1) {
      // Far ahead too: a preview in the future must not push a window along.
      asked.engine.vector(attempt(event.at + 40 * 86_400_000, account));
      const now = attempt(event.at, account);
      assert.deepEqual(
        bytesOf(asked.engine.vector(now)),
        bytesOf(quiet.engine.vector(now)),
        `account ${account} at event ${event.seq}`,
      );
    }
    asked.apply(event);
    quiet.apply(event);
  }
});

test('what comes to be known later does not change a past vector', () => {
  const events = drawHistory({ seed: 11, customers: 5, paceMs: 7_200_000, events: 300 });
  const reader = createFeatureReader();
  const kept: { readonly before: number; readonly attempt: Attempt; readonly bytes: Buffer }[] = [];
  events.forEach((event, index) => {
    for (const attempt of reader.attemptsOf(event)) {
      kept.push({ before: index, attempt, bytes: bytesOf(reader.engine.vector(attempt)) });
    }
    reader.apply(event);
  });
  assert.ok(kept.length > 100);
  for (const { before, attempt, bytes } of kept.filter((_each, index) => index % 7 === 0)) {
    const again = replayed(events.slice(0, before)).engine.vector(attempt);
    assert.deepEqual(bytesOf(again), bytes, `the attempt before event ${before + 1}`);
  }
});

test('refused, parked, declined, withdrawn and reversed attempts are told apart from posted ones', () => {
  const base = drawHistory({ seed: 3, customers: 2, paceMs: 1, events: 4 });
  const at = (base.at(-1)?.at ?? 0) + 1_000;
  const draft = { task: 'cash.withdrawal', account: 'A100', amountMinor: '5000' };
  const posted = {
    entry: { kind: 'cash.withdrawal', amountMinor: '5000', conductor: null, reversalOf: null },
    journal: { legs: [{ debit: 100, credit: 9_001, amountMinor: '5000' }] },
  };
  const reversal = {
    entry: { ...posted.entry, kind: 'journal.reversal', reversalOf: 5 },
    journal: { legs: [{ debit: 9_001, credit: 100, amountMinor: '5000' }] },
  };
  const look = (...more: readonly (readonly [string, object])[]) => {
    const events = more.map(([type, data], index) => ({
      ...{ seq: base.length + 1 + index, at, date: '2026-01-05', type, actor: '4' },
      data: data as Record<string, unknown>,
    }));
    const { engine } = replayed([...base, ...events]);
    const vector = engine.vector({
      ...{ at: at + 1, task: 'cash.withdrawal', account: 100, other: 0, amountMinor: 5_000 },
      ...{ teller: 4, isOtherAtDesk: false },
    });
    const of = (name: string) => vector[featureNames.indexOf(name)];
    return ['outCount1', 'declined30', 'withdrawn7', 'reversed30', 'tellerRefusals1'].map(of);
  };
  const requested = ['approval.requested', { approval: { draft } }] as const;
  assert.deepEqual(look(), [0, 0, 0, 0, 0]);
  assert.deepEqual(look(['journal.posted', posted]), [1, 0, 0, 0, 0]);
  assert.deepEqual(look(['command.refused', { name: 'posting.post' }]), [0, 0, 0, 0, 1]);
  assert.deepEqual(look(requested), [0, 0, 0, 0, 0]);
  const declined = ['approval.decided', { approval: 5, decision: 'decline' }] as const;
  assert.deepEqual(look(requested, declined), [0, 1, 0, 0, 0]);
  assert.deepEqual(look(requested, ['approval.withdrawn', { approval: 5 }]), [0, 0, 1, 0, 0]);
  const back = ['journal.posted', reversal] as const;
  assert.deepEqual(look(['journal.posted', posted], back), [0, 0, 0, 1, 0]);
});

test('a window ends exactly where it says: a movement as old as the window is out of it', () => {
  const base = drawHistory({ seed: 3, customers: 2, paceMs: 1, events: 4 });
  const { at } = base.at(-1) as LoggedEvent;
  const entry = { kind: 'cash.withdrawal', amountMinor: '5000', conductor: null, reversalOf: null };
  const journal = { legs: [{ debit: 100, credit: 9_001, amountMinor: '5000' }] };
  const event = { seq: 5, at, date: '2026-01-05', type: 'journal.posted', actor: '4' };
  const { engine } = replayed([...base, { ...event, data: { entry, journal } }]);
  const count = (after: number) =>
    engine.vector({
      ...{ at: at + after, task: 'cash.withdrawal', account: 100, other: 0, amountMinor: 1 },
      ...{ teller: 4, isOtherAtDesk: false },
    })[featureNames.indexOf('outCount1')];
  assert.equal(count(86_400_000 - 1), 1);
  assert.equal(count(86_400_000), 0);
});

test('an account nobody knows gives a vector of unknowns, not a mistake', () => {
  const { engine } = createFeatureReader();
  const vector = engine.vector({
    ...{ at: 1, task: 'transfer', account: 5, other: 6, amountMinor: 1, teller: 1 },
    isOtherAtDesk: false,
  });
  assert.ok(vector.every((value) => Number.isNaN(value)));
});
