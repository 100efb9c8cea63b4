// Works the models' threads as a counter does: loads, scores, trains, and kills them in between.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readModel } from './file.ts';
import { createPatientWorker } from './patient-worker.fixture.ts';
import { madeCases } from './synthetic.fixture.ts';
import { rowAt } from './table.ts';
import { train } from './train.ts';
import { createRiskWorker } from './worker-client.ts';

const { table, labels } = madeCases(600);
const model = await train('gradient-boosting', table, labels, { trees: 20 });
const row = rowAt(table, 3);

test('the thread scores and explains as the model itself does', async () => {
  const worker = createPatientWorker();
  try {
    await assert.rejects(worker.score('fraud', row, 10_000), { reason: 'no-model' });
    const loaded = await worker.load('fraud', model.bytes());
    assert.equal(loaded.hash, model.hash);
    const answers = await Promise.all(
      [1, 2, 3].map((at) => worker.score('fraud', rowAt(table, at), 10_000)),
    );
    assert.deepEqual(
      answers.map(({ probability }) => probability),
      [1, 2, 3].map((at) => model.score(rowAt(table, at))),
    );
    assert.deepEqual(await worker.explain('fraud', row, 10_000), model.explain(row));
    await assert.rejects(worker.load('fraud', Buffer.from('no model')), {
      reason: 'model-foreign',
    });
    assert.equal((await worker.score('fraud', row, 10_000)).modelHash, model.hash);
  } finally {
    await worker.close();
  }
  await assert.rejects(worker.score('fraud', row, 10_000), { reason: 'risk-worker-dead' });
});

test('an answer is the same whether it is looked for or sent, also of the newest model loaded', async () => {
  const other = await train('gradient-boosting', table, labels, { trees: 5 });
  // Far more looks than an answer takes, and so few that hardly any comes in time.
  for (const looks of [2_000_000, 3]) {
    const worker = createRiskWorker({ looks, after: () => () => undefined });
    try {
      await assert.rejects(worker.score('fraud', row, 10_000), { reason: 'no-model' });
      await worker.load('fraud', model.bytes());
      for (let at = 0; at < 40; at += 1) {
        const scored = await worker.score('fraud', rowAt(table, at), 10_000);
        const expected = { probability: model.score(rowAt(table, at)), modelHash: model.hash };
        assert.deepEqual(scored, expected);
      }
      const loading = worker.load('fraud', other.bytes());
      const several = [1, 2, 3].map((at) => worker.score('fraud', rowAt(table, at), 10_000));
      await loading;
      assert.deepEqual(
        await Promise.all(several),
        [1, 2, 3].map((at) => ({
          ...{ probability: other.score(rowAt(table, at)), modelHash: other.hash },
        })),
      );
      const short = worker.score('fraud', new Float64Array(1), 10_000);
      await assert.rejects(short, { reason: 'internal' });
    } finally {
      await worker.close();
    }
  }
});

test('a score looked for in vain comes as a message, and a dead thread still refuses', async () => {
  const worker = createRiskWorker({ looks: 1, after: () => () => undefined });
  try {
    await worker.load('fraud', model.bytes());
    // A thread that has yet to start is not done by the one look, however the machine shares out
    // its time; a running one now and then is.
    worker.kill();
    const waiting = worker.score('fraud', row, 10_000);
    worker.kill();
    await assert.rejects(waiting, { reason: 'risk-worker-dead' });
    assert.equal((await worker.score('fraud', row, 10_000)).probability, model.score(row));
  } finally {
    await worker.close();
  }
});

test('a deadline passes: refused, and the late answer harms nobody', async () => {
  const passed: (() => void)[] = [];
  const worker = createRiskWorker({
    after: (_delayMs, callback) => {
      passed.push(callback);
      return () => {};
    },
  });
  try {
    await worker.load('fraud', model.bytes());
    const late = worker.score('fraud', row, 1);
    passed[0]!();
    await assert.rejects(late, { reason: 'risk-deadline' });
    const inTime = await worker.score('fraud', row, 1);
    assert.equal(inTime.probability, model.score(row));
  } finally {
    await worker.close();
  }
});

test('a thread that dies refuses the waiting; the next call has the models again', async () => {
  const worker = createPatientWorker();
  try {
    await worker.load('fraud', model.bytes());
    // A row that is no row ends nothing; killing the thread does.
    await assert.rejects(worker.score('fraud', new Float64Array(1), 10_000), {
      reason: 'internal',
    });
    const waiting = worker.score('fraud', row, 10_000);
    worker.kill();
    await assert.rejects(waiting, { reason: 'risk-worker-dead' });
    assert.equal(worker.isAlive(), false);
    assert.equal((await worker.score('fraud', row, 10_000)).probability, model.score(row));
  } finally {
    await worker.close();
  }
});

test('training beside gives the same model, tells its progress, and stops when told', async () => {
  const worker = createPatientWorker();
  try {
    const heard: number[] = [];
    const job = { kind: 'gradient-boosting' as const, table, labels, options: { trees: 20 } };
    const file = await worker.train(job, { onProgress: (done) => heard.push(done) });
    assert.equal(readModel(file).hash, model.hash);
    assert.ok(heard.length > 5 && heard.at(-1) === 1);
    const stop = new AbortController();
    const long = { ...job, options: { trees: 100_000 } };
    const onProgress = () => stop.abort();
    await assert.rejects(worker.train(long, { signal: stop.signal, onProgress }), {
      reason: 'cancelled',
    });
    const bad = { ...job, labels: { outcome: new Float64Array(600) } };
    await assert.rejects(worker.train(bad), { reason: 'one-class' });
  } finally {
    await worker.close();
  }
});
