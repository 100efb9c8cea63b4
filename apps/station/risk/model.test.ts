// Trains every kind on cases whose truth is known and holds scores, reasons, files and bits to it.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { readModel, signModel } from './file.ts';
import { areaUnderRoc, calibrationError } from './metrics.ts';
import { type ModelKind, modelKinds } from './model.ts';
import { createRandom, shuffledIndexes } from './random.ts';
import { madeCases } from './synthetic.fixture.ts';
import { rowAt, rowOf } from './table.ts';
import { train } from './train.ts';

const learned = madeCases(1500, 5);
const exam = madeCases(1500, 6);
const quick = { trees: 40 };
const models = new Map<ModelKind, Awaited<ReturnType<typeof train>>>();
/** The slower kinds learn from fewer rows: what is tried here does not need more. */
const fewer = madeCases(500, 5);
const lessonOf = (kind: ModelKind) => (kind === 'ensemble' || kind === 'neural' ? fewer : learned);

async function modelOf(kind: ModelKind) {
  const { table, labels } = lessonOf(kind);
  const known = models.get(kind) ?? (await train(kind, table, labels, quick));
  models.set(kind, known);
  return known;
}

for (const kind of modelKinds) {
  test(`${kind}: learns, gives probabilities, comes back from its file bit for bit`, async () => {
    const model = await modelOf(kind);
    const scores = model.scoreTable(exam.table);
    assert.ok(scores.every((score) => score >= 0 && score <= 1));
    const floor = kind === 'isolation-forest' ? 0.52 : 0.75;
    assert.ok(areaUnderRoc(scores, exam.labels.outcome) > floor);
    if (kind !== 'isolation-forest') {
      assert.ok(calibrationError(scores, exam.labels.outcome) < 0.1);
    }
    const again = readModel(model.bytes());
    assert.equal(again.hash, model.hash);
    assert.deepEqual(again.scoreTable(exam.table), scores);
    for (const at of [0, 7, 1499]) assert.equal(model.score(rowAt(exam.table, at)), scores[at]);
  });

  test(`${kind}: the same table and seed give the same file, another seed another`, async () => {
    const model = await modelOf(kind);
    const { table, labels } = lessonOf(kind);
    const again = await train(kind, table, labels, quick);
    assert.equal(again.hash, model.hash);
    // What is fitted without chance is the same for every seed but for the card.
    const other = await train(kind, table, labels, { ...quick, seed: 2 });
    assert.notEqual(other.hash, model.hash);
  });
}

for (const kind of modelKinds.filter((each) => each !== 'neural')) {
  test(`${kind}: contributions and base add up to the margin`, async () => {
    const model = await modelOf(kind);
    for (let at = 0; at < 40; at++) {
      const { base, contributions, margin } = model.explain(rowAt(exam.table, at));
      const sum = contributions.reduce((total, one) => total + one, base);
      assert.ok(Math.abs(sum - margin) < 1e-9);
    }
  });
}

test('the explained margin is the score itself', async () => {
  const boosted = await modelOf('gradient-boosting');
  const forest = await modelOf('random-forest');
  for (let at = 0; at < 30; at++) {
    const row = rowAt(exam.table, at);
    const chance = 1 / (1 + Math.exp(-boosted.explain(row).margin));
    assert.ok(Math.abs(chance - boosted.score(row)) < 1e-9);
    const { margin } = forest.explain(row);
    assert.ok(margin > -1e-9 && margin < 1 + 1e-9);
  }
  const importance = [...boosted.importance];
  assert.equal(importance.indexOf(Math.max(...importance)), 0, 'the amount matters most');
});

test('a monotone column never lowers the risk as it rises', async () => {
  const options = { ...quick, monotone: { amount: 1 as const, age: -1 as const } };
  const model = await train('gradient-boosting', learned.table, learned.labels, options);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.integer({ min: 18, max: 78 }),
      fc.constantFrom('a', 'b', 'c', 'd', 'z', null),
      (one, other, age, branch) => {
        const score = (amount: number, years: number) =>
          model.score(rowOf(model.columns, { amount, age: years, branch, noise: 0.1 }));
        assert.ok(score(Math.min(one, other), age) <= score(Math.max(one, other), age));
        assert.ok(score(one, age) >= score(one, age + 1));
      },
    ),
    { numRuns: 300 },
  );
  const foreign = { ...quick, monotone: { height: 1 as const } };
  await assert.rejects(train('gradient-boosting', learned.table, learned.labels, foreign), {
    reason: 'missing-columns',
  });
});

test('shuffled outcomes teach nothing', async () => {
  const order = shuffledIndexes(1500, createRandom(9));
  const outcome = Float64Array.from(order, (at) => learned.labels.outcome[at]!);
  const model = await train('random-forest', learned.table, { outcome }, quick);
  const scores = model.scoreTable(exam.table);
  const area = areaUnderRoc(scores, exam.labels.outcome);
  assert.ok(Math.abs(area - 0.5) < 0.08, `AUROC ${area}`);
});

test('undecided rows, weights of nothing and unseen values are taken as such', async () => {
  const outcome = learned.labels.outcome.map((truth, at) => (at % 3 === 0 ? Number.NaN : truth));
  const weight = outcome.map((_truth, at) => (at % 3 === 1 ? 0 : 1));
  const model = await train('gradient-boosting', learned.table, { outcome, weight }, quick);
  assert.equal(model.card.rows, 500);
  const strange = rowOf(model.columns, { amount: null, branch: 'never seen', age: 1e300 });
  assert.ok(model.score(strange) > 0);
  assert.throws(() => rowOf(model.columns, { other: 1 }), { reason: 'missing-columns' });
  assert.throws(() => rowOf(model.columns, { amount: 'much' }), { reason: 'bad-feature' });
  const gone = { rowCount: 1500, columns: exam.table.columns.slice(1) };
  assert.throws(() => model.scoreTable(gone), { reason: 'missing-columns' });
});

test('one class, no column, a foreign kind are refused', async () => {
  const same = { outcome: new Float64Array(1500) };
  await assert.rejects(train('logistic', learned.table, same), { reason: 'one-class' });
  const empty = { rowCount: 1500, columns: [] };
  await assert.rejects(train('logistic', empty, learned.labels), { reason: 'bad-table' });
  const short = { outcome: Float64Array.of(1, 0) };
  await assert.rejects(train('logistic', learned.table, short), { reason: 'bad-table' });
  await assert.rejects(train('oracle' as ModelKind, learned.table, learned.labels), {
    reason: 'unknown-model',
  });
});

test('a throw from the progress cancels', async () => {
  const onProgress = (done: number) => {
    if (done > 0.5) throw new Error('enough');
  };
  const options = { ...quick, onProgress };
  await assert.rejects(
    train('gradient-boosting', learned.table, learned.labels, options),
    /enough/,
  );
});

test('damage, foreign bytes, newer versions and wrong signatures are refused', async () => {
  const bytes = (await modelOf('gradient-boosting')).bytes();
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = Uint8Array.from(bytes);
      damaged[at]! ^= change;
      assert.throws(() => readModel(damaged), /QENEX|version|damaged/);
    }),
    { numRuns: 150 },
  );
  for (const length of [0, 10, 60, bytes.length - 1]) {
    assert.throws(() => readModel(bytes.subarray(0, length)), /QENEX|damaged/);
  }
  const [ours, theirs] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const signed = signModel(bytes, ours.privateKey);
  assert.equal(readModel(signed, { publicKey: ours.publicKey }).hash, readModel(bytes).hash);
  assert.throws(() => readModel(signed, { publicKey: theirs.publicKey }), {
    reason: 'model-signature-wrong',
  });
  assert.throws(() => readModel(bytes, { publicKey: ours.publicKey }), {
    reason: 'model-unsigned',
  });
  signed[signed.length - 1]! ^= 1;
  assert.throws(() => readModel(signed, { publicKey: ours.publicKey }), {
    reason: 'model-signature-wrong',
  });
});
