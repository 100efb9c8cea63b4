// Feeds the counter bad models and empty pasts: the rules decide, the event says why, an alarm is raised, nothing is lost.
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import type { RiskScorer } from '#station/ports.ts';
import type { RiskRecord } from '#station/risk/decision/record.ts';
import { vectorOf } from '#station/risk/decision/record.ts';
import { featureNames } from '#station/risk/features/catalogue.ts';
import { createPatientWorker } from '#station/risk/patient-worker.fixture.ts';
import { madeCases } from '#station/risk/synthetic.fixture.ts';
import { train } from '#station/risk/train.ts';
import { at, customerWith, servingCounter, type TestCounter, transfer } from './counter-fixture.ts';
import { balanceModel, withChallenger, withChampion } from './risk.fixture.ts';
import { createModelStore } from './risk-models.ts';

const opened: { close(): unknown }[] = [];
after(async () => {
  for (const each of opened) await each.close();
});

async function scored(scorer: RiskScorer = createPatientWorker()): Promise<TestCounter> {
  const desk = await servingCounter({ riskScorer: scorer });
  opened.push(scorer, desk);
  return desk;
}

const recordOf = (desk: TestCounter, seq: number) =>
  desk.ledger.event(seq)?.data.risk as unknown as RiskRecord;

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** What a damaged, foreign or missing file does to the posting after a restart of the workstation. */
async function postedWith(spoil: (path: string) => void) {
  const desk = await scored();
  const [marta, nora] = [await customerWith(desk, 'Marta'), await customerWith(desk, 'Nora')];
  const hash = await withChallenger(desk, await balanceModel());
  spoil(join(desk.folder, 'models', `${hash}.model`));
  await desk.ledger.submit(() => {
    const sam = String(desk.staff.byUser('sam')?.id);
    const data = { model: hash, previous: '', reason: 'the test needs it' };
    desk.ledger.append({ type: 'risk.model-promoted', actor: sam, data });
  });
  const { models } = desk.counter.risk;
  await assert.rejects(models.place('fraud', hash), Refusal);
  const draft = transfer(marta, nora, 480_000n);
  // The first question finds it out; the second one knows.
  await desk.ask(at.ana, 'posting.preview', { draft });
  while (models.trouble(hash) === null) await turn();
  const reply = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(reply.state === 'posted', 'the rules have nothing against it');
  await desk.ledger.submit(() => undefined);
  const { risk } = desk.counter;
  return { desk, record: recordOf(desk, reply.journal), alarms: risk.reads.alarms(3) };
}

const spoiled: readonly (readonly [string, (path: string) => void])[] = [
  [
    'model-damaged',
    (path) => {
      const bytes = readFileSync(path);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 0x40;
      writeFileSync(path, bytes);
    },
  ],
  [
    'model-foreign',
    (path) => writeFileSync(path, 'not a model at all, but long enough to be read'),
  ],
  ['model-missing', (path) => rmSync(path)],
];

for (const [reason, spoil] of spoiled) {
  test(`a champion whose file is ${reason.slice(6)} stops nobody: recorded, an alarm, said on the page`, async () => {
    const { desk, record, alarms } = await postedWith(spoil);
    assert.deepEqual([record.state, record.why], ['rules-alone', reason]);
    assert.notEqual(record.items[0]?.features, '', 'the figures are kept all the same');
    assert.equal(alarms.length, 1);
    assert.match(alarms[0]?.message ?? '', /the rules decide/);
    const overview = await desk.ask(at.sam, 'risk.overview');
    assert.ok(overview.alarms.some((alarm) => /rules alone/.test(alarm)));
  });
}

test('a model of other columns is no model of ours', async () => {
  const desk = await scored();
  const { table, labels } = madeCases(400);
  const model = await train('logistic', table, labels, { seed: 1 });
  const store = createModelStore(desk.folder, null, () => undefined);
  const hash = store.keep(model.bytes());
  assert.throws(() => store.model(hash), { reason: 'model-foreign', message: /does not reckon/ });
});

test('an empty past: the first posting of all is scored, what is unknown being unknown', async () => {
  const desk = await scored();
  await withChampion(desk);
  await customerWith(desk, 'Marta');
  const [first] = desk.events('journal.posted').filter(({ data }) => data.risk !== undefined);
  assert.ok(first);
  const record = first.data.risk as unknown as RiskRecord;
  assert.equal(record.state, 'scored');
  const vector = vectorOf(record.items[0]?.features ?? '');
  assert.ok(Number.isNaN(vector?.[featureNames.indexOf('amountToMean30')]));
  const probability = Number(record.items[0]?.probability);
  assert.ok(probability >= 0 && probability <= 1);
});

test('an empty past teaches nothing, and the page says why', async () => {
  const desk = await scored();
  const { started } = await desk.ask(at.sam, 'risk.train');
  while (desk.events('risk.training-failed').length === 0) await turn();
  const [failed] = desk.events('risk.training-failed');
  assert.equal(failed?.data.started, started);
  const overview = await desk.ask(at.sam, 'risk.overview');
  assert.match(overview.worker.trouble, /No learned model yet/);
  assert.equal(overview.ladder.step, 0);
});
