// Proves that payments to other banks and corrections are scored: held for a supervisor, recorded, carried out once.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { settingsInput } from '#station/payments/branch/branch.fixture.ts';
import { attemptOf, type RiskRecord, vectorText } from '#station/risk/decision/record.ts';
import { featureNames } from '#station/risk/features/catalogue.ts';
import { createFeatureReader } from '#station/risk/features/events.ts';
import { tableOf } from '#station/risk/learning/case-table.ts';
import { createPatientWorker } from '#station/risk/patient-worker.fixture.ts';
import { createRandom } from '#station/risk/random.ts';
import { train } from '#station/risk/train.ts';
import { at, customerWith, servingCounter, type TestCounter, transfer } from './counter-fixture.ts';
import { payment } from './payment.fixture.ts';
import { withChampion } from './risk.fixture.ts';

const opened: { close(): unknown }[] = [];
after(async () => {
  for (const each of opened) await each.close();
});

/** A model for which a new payee and a large part of the balance together are fraud. */
async function payeeModel(): Promise<Uint8Array> {
  const random = createRandom(5);
  const [share, isNew] = [
    featureNames.indexOf('amountToBalance'),
    featureNames.indexOf('isNewPayee'),
  ];
  const vectors = Array.from({ length: 600 }, () => {
    const vector = Float32Array.from(featureNames, () => Number.NaN);
    if (random.below(4) > 0) vector[share] = random.unit();
    vector[isNew] = random.below(2);
    return vector;
  });
  const outcome = Float64Array.from(vectors, (vector) =>
    (vector[share] as number) > 0.3 && vector[isNew] === 1 ? 1 : 0,
  );
  const model = await train('gradient-boosting', tableOf(vectors), { outcome }, { seed: 5 });
  return model.bytes();
}

async function scored(): Promise<TestCounter> {
  const scorer = createPatientWorker();
  const desk = await servingCounter({ riskScorer: scorer });
  opened.push(scorer, desk);
  await desk.ask(at.ada, 'payment.configure', { settings: settingsInput, reason: 'the tests pay' });
  return desk;
}

const recordOf = (desk: TestCounter, seq: number) =>
  desk.ledger.event(seq)?.data.risk as unknown as RiskRecord;

async function approve(desk: TestCounter, approval: number): Promise<void> {
  const { contentDigest } = await desk.ask(at.sam, 'approval.get', { approval });
  const code = desk.code('sam');
  const decision = { approval, decision: 'approve', contentDigest, code };
  await desk.ask(at.sam, 'approval.decide', decision);
}

test('a payment to a payee never paid is held, and the next to the same payee is not', async () => {
  const desk = await scored();
  await withChampion(desk, await payeeModel());
  const marta = await customerWith(desk, 'Marta');
  const draft = payment(marta, { amountMinor: '200000' });
  const preview = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.deepEqual([preview.outcome, preview.risk?.action], ['approval', 'hold']);
  const reply = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(reply.state === 'parked');
  const card = await desk.ask(at.sam, 'risk.card', { subject: reply.approval });
  assert.deepEqual([card.state, card.replayed], ['scored', true]);
  assert.match(card.reasons.join('; '), /first payment to this account/);
  await approve(desk, reply.approval);
  await desk.ask(at.ana, 'approval.resume', { approval: reply.approval });
  const again = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.deepEqual([again.outcome, again.risk?.action], ['post', 'allow']);
});

test('vectors of payments are made again from the log alone', async () => {
  const desk = await scored();
  await withChampion(desk);
  const marta = await customerWith(desk, 'Marta');
  for (const amountMinor of ['1000', '2000', '3000']) {
    await desk.ask(at.ana, 'posting.post', { draft: payment(marta, { amountMinor }) });
  }
  const reader = createFeatureReader();
  const payees: number[] = [];
  for (const event of desk.ledger.events(1, desk.ledger.head().seq)) {
    const record = event.data.risk as unknown as RiskRecord | undefined;
    for (const item of record?.items ?? []) {
      const vector = reader.engine.vector(attemptOf(item, record?.asOf ?? 0));
      assert.equal(vectorText(vector), item.features);
      if (item.other !== 0) payees.push(item.other);
    }
    reader.apply(event);
  }
  assert.equal(payees.length, 3);
  assert.equal(new Set(payees).size, 2, 'never paid the first time, then one payee');
});

test('a correction does not slip past: what it posts instead is scored', async () => {
  const desk = await scored();
  await withChampion(desk);
  const [marta, nora] = [await customerWith(desk, 'Marta'), await customerWith(desk, 'Nora')];
  const small = await desk.ask(at.ana, 'posting.post', { draft: transfer(marta, nora, 1_000n) });
  assert.ok(small.state === 'posted');
  const draft = {
    ...{ task: 'journal.correction', journal: small.journal, reason: 'amount mistyped' },
    replacement: transfer(marta, nora, 480_000n),
  };
  const { risk } = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.equal(risk?.action, 'hold');
  const reply = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(reply.state === 'parked');
  assert.equal(recordOf(desk, reply.approval).action, 'hold');
});
