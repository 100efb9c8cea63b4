// Proves what teaches and what may take over: labels, caps, drift, gates, teachers, and the way back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Attempt } from '../features/attempt.ts';
import { driftFromDeciles, populationStability, psiAct } from './drift.ts';
import { shouldFallBack, wilsonLow } from './fallback.ts';
import { fraudsLeast, judgeTrial, type Trial } from './gates.ts';
import { goldenStories, goldenVectors } from './golden.ts';
import { authorShareMost, cappedWeights, type Label, labelOf } from './labels.ts';
import { ladderStep } from './ladder.ts';
import type { CaseRow, Verdict } from './rows.ts';
import { nameSuspects, whyNotTeach } from './supervisors.ts';

const day = 86_400_000;
const now = 100 * day;

function row(more: Partial<CaseRow> = {}): CaseRow {
  return {
    ...{ subject: 1, at: now - 10 * day, attempt: {} as Attempt, vector: new Float32Array(0) },
    ...{ isParked: false, verdicts: [], approved: null, isDeclined: false, isReversed: false },
    ...{ typology: '', ...more },
  };
}

const word = (verdict: Verdict['verdict'], more: Partial<Verdict> = {}): Verdict => ({
  ...{ author: 7, at: now - day, verdict, weight: 1, ...more },
});

const rule = { asOf: now, quietDays: 30 };
const of = (given: Partial<CaseRow>, more = {}) => {
  const { outcome, weight } = labelOf(row(given), { ...rule, ...more });
  return [outcome, weight];
};

test('an undecided case is no negative', () => {
  assert.deepEqual(of({}), [Number.NaN, 0]);
  assert.deepEqual(of({ verdicts: [word('unsure')] }), [Number.NaN, 0]);
  assert.deepEqual(of({ at: 0, isReversed: true }), [Number.NaN, 0]);
  assert.deepEqual(of({ at: 0, isDeclined: true }), [Number.NaN, 0]);
  assert.deepEqual(of({ at: now - 30 * day }), [0, 1]);
  assert.deepEqual(of({ at: now - 30 * day + 1 }), [Number.NaN, 0]);
});

test('the newest word that may teach counts, and only from when it was said', () => {
  const verdicts = [word('fraud', { at: now - 2 * day }), word('legitimate')];
  assert.deepEqual(of({ verdicts }), [0, 1]);
  assert.deepEqual(of({ verdicts }, { asOf: now - 1.5 * day }), [1, 1]);
  assert.deepEqual(of({ verdicts: [word('fraud', { weight: 0 })], at: 0 }), [0, 1]);
  assert.deepEqual(of({ verdicts, at: now }, { without: 7 }), [Number.NaN, 0]);
});

test('a bare approval weighs little, and nothing without its author', () => {
  const approved = { by: 7, at: now - day };
  assert.deepEqual(of({ approved }), [0, 0.3]);
  assert.deepEqual(of({ approved }, { without: 7 }), [Number.NaN, 0]);
});

test('nobody’s words weigh more than a quarter of all words, or an equal part where few speak', () => {
  const authors = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(authors, (list) => {
      const labels: Label[] = list.map((author) => ({ outcome: 0, weight: 1, author }));
      const weights = cappedWeights(labels);
      const sums = new Map<number, number>();
      labels.forEach(({ author }, index) => {
        if (author === 0) assert.equal(weights[index], 1);
        else sums.set(author, (sums.get(author) ?? 0) + (weights[index] as number));
      });
      const all = [...sums.values()].reduce((sum, each) => sum + each, 0);
      const share = Math.max(authorShareMost, 1 / Math.max(1, sums.size));
      for (const each of sums.values())
        assert.ok(each <= all * share * (1 + 1e-6), `${each} of ${all}`);
    }),
  );
});

test('the ladder begins with rules alone and climbs with what is known', () => {
  assert.deepEqual(
    [ladderStep(10, 0), ladderStep(3_000, 0), ladderStep(3_000, 12), ladderStep(3_000, 90)].map(
      ({ step }) => step,
    ),
    [0, 1, 2, 3],
  );
  assert.deepEqual(ladderStep(10, 0).kinds, []);
});

test('drift is nothing for the same, and beyond the alarm for what has moved', () => {
  const then = Array.from({ length: 500 }, (_none, index) => index);
  assert.ok(populationStability(then, then) < 1e-9);
  const moved = then.map((value) => value + 250);
  assert.ok(populationStability(then, moved) > psiAct);
  const deciles = [50, 100, 150, 200, 250, 300, 350, 400, 450];
  assert.ok(driftFromDeciles(deciles, then) < 0.01);
  assert.ok(driftFromDeciles(deciles, moved) > psiAct);
});

/** A trial of 400 cases, 20 of them fraud, that the challenger ranks by `skill`. */
function trial(skill: number, more: Partial<Trial> = {}): Trial {
  const outcome = Float64Array.from({ length: 400 }, (_none, index) => (index % 20 === 0 ? 1 : 0));
  const scores = (good: number) =>
    outcome.map((value, index) => (value === 1 && (index / 20) % 10 < good ? 0.9 : 0.01));
  return {
    ...{ outcome, challenger: scores(skill), champion: scores(5), isAgainstRules: false },
    ...{ taught: scores(skill), groups: [], golden: [], budget: 0.05, holdFrom: 0.5 },
    ...{ scoreUs: 1, fileBytes: 1, named: [], seed: 1, ...more },
  };
}

const failed = (given: Trial) =>
  judgeTrial(given)
    .filter(({ passed }) => !passed)
    .map(({ gate }) => gate);

test('only what is proven better passes: equal or worse does not', () => {
  assert.deepEqual(failed(trial(10)), []);
  assert.ok(failed(trial(5)).some((gate) => gate.startsWith('average precision')));
  assert.ok(failed(trial(2)).some((gate) => gate.startsWith('recall')));
  const honest = new Float64Array(400);
  assert.deepEqual(failed(trial(10, { outcome: honest })), [
    `at least ${fraudsLeast} frauds in later time`,
  ]);
});

test('a golden story missed, a group stopped more, a slow score or a named teacher each stop it', () => {
  const golden = [{ name: 'drain', score: 0 }];
  assert.deepEqual(failed(trial(10, { golden })), ['golden stories all found']);
  assert.deepEqual(failed(trial(10, { scoreUs: 5_000 })), ['quick and small enough']);
  assert.deepEqual(failed(trial(10, { named: ['Sam'] })), ['no supervisor’s verdicts stand out']);
  const challenger = trial(10).challenger.map((score, index) => (index % 8 === 3 ? 0.95 : score));
  const halves = Int32Array.from({ length: 400 }, (_none, index) => (index % 8 === 3 ? 1 : 0));
  const groups = [{ name: 'halves', of: halves }];
  assert.ok(failed(trial(10, { challenger, groups })).some((gate) => /halves/.test(gate)));
});

test('golden stories speak of features that exist', () => {
  const vectors = goldenVectors(new Float32Array(100));
  assert.equal(vectors.length, goldenStories.filter(({ byRule }) => !byRule).length);
});

test('one crooked supervisor of five is named and honest ones are not', () => {
  const counts = [12, 9, 20, 136, 33].map((suspicious, index) => ({
    ...{ author: index + 1, verdicts: 500, suspicious },
  }));
  const named = nameSuspects(counts).filter(({ isNamed }) => isNamed);
  assert.deepEqual(
    named.map(({ author }) => author),
    [4],
  );
  assert.deepEqual(nameSuspects([{ author: 1, verdicts: 50, suspicious: 50 }])[0]?.isNamed, false);
});

test('whoever posted, decided or owns it does not teach from it', () => {
  const hands = { maker: 3, approver: 7, customers: [55] };
  const given = { hands, verdict: 'fraud', probability: 0.9, seconds: 0 } as const;
  assert.notEqual(whyNotTeach({ ...given, author: 3, authorCustomer: null }), '');
  assert.notEqual(whyNotTeach({ ...given, author: 7, authorCustomer: null }), '');
  assert.notEqual(whyNotTeach({ ...given, author: 9, authorCustomer: 55 }), '');
  assert.equal(whyNotTeach({ ...given, author: 9, authorCustomer: null }), '');
  const clears = { ...given, verdict: 'legitimate', author: 9, authorCustomer: null } as const;
  assert.match(whyNotTeach(clears), /second person/);
  assert.equal(whyNotTeach({ ...clears, seconds: 1 }), '');
});

test('three bad days in a row, and the model before comes back', () => {
  const low = wilsonLow(30, 50);
  assert.ok(low > 0.45 && low < 0.6);
  const bad = { held: 10, real: 1 };
  const good = { held: 10, real: 7 };
  assert.equal(shouldFallBack([good, bad, bad, bad], low), true);
  assert.equal(shouldFallBack([bad, bad, good], low), false);
  assert.equal(shouldFallBack([bad, bad, { held: 1, real: 0 }], low), false);
});
