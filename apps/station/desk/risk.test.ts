// Proves the models at the counter: asked in time, recorded whole, replayed to the bit, and never in the way.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import type { RiskScorer } from '#station/ports.ts';
import { attemptOf, type RiskRecord, vectorText } from '#station/risk/decision/record.ts';
import { createFeatureReader } from '#station/risk/features/events.ts';
import { createPatientWorker } from '#station/risk/patient-worker.fixture.ts';
import { at, customerWith, servingCounter, type TestCounter, transfer } from './counter-fixture.ts';
import { balanceModel, withChallenger, withChampion } from './risk.fixture.ts';

const opened: { close(): unknown }[] = [];
after(async () => {
  for (const each of opened) await each.close();
});

async function scoredCounter(scorer: RiskScorer = createPatientWorker()): Promise<TestCounter> {
  const desk = await servingCounter({ riskScorer: scorer });
  opened.push(scorer, desk);
  return desk;
}

/** Two customers with 5,000.00 each. */
async function pair(desk: TestCounter) {
  return [await customerWith(desk, 'Marta'), await customerWith(desk, 'Nora')] as const;
}

const recordOf = (desk: TestCounter, seq: number) =>
  desk.ledger.event(seq)?.data.risk as unknown as RiskRecord;

test('a small transfer is posted with its whole decision in the event', async () => {
  const desk = await scoredCounter();
  const hash = await withChampion(desk);
  const [marta, nora] = await pair(desk);
  const draft = transfer(marta, nora, 1_000n);
  const { risk } = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.equal(risk?.action, 'allow');
  const reply = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(reply.state === 'posted');
  const record = recordOf(desk, reply.journal);
  assert.equal(record.state, 'scored');
  assert.equal(record.model, hash);
  assert.ok(Number(record.items[0]?.probability) < 0.2);
});

test('the stored decision is made again to the same bytes from the log alone', async () => {
  const desk = await scoredCounter();
  const hash = await withChampion(desk);
  const [marta, nora] = await pair(desk);
  for (const amount of [1_000n, 2_000n, 30_000n, 4_000n]) {
    await desk.ask(at.ana, 'posting.post', { draft: transfer(marta, nora, amount) });
    // Asking in between must leave no trace.
    await desk.ask(at.ben, 'posting.preview', { draft: transfer(nora, marta, amount) });
  }
  const model = desk.counter.risk.models.model(hash);
  const placed = await desk.counter.risk.models.place('fraud', hash);
  const reader = createFeatureReader();
  const events = desk.ledger.events(1, desk.ledger.head().seq);
  let replayed = 0;
  for (const event of events) {
    const record = event.data.risk as unknown as RiskRecord | undefined;
    for (const item of record?.items ?? []) {
      assert.equal(record?.position, reader.position());
      const vector = reader.engine.vector(attemptOf(item, record?.asOf ?? 0));
      assert.equal(vectorText(vector), item.features);
      assert.equal(String(model.score(placed.rowOf(vector))), item.probability);
      replayed += 1;
    }
    reader.apply(event);
  }
  // The two first deposits were scored as well.
  assert.equal(replayed, 6);
});

test('what the model holds for fraud waits for a supervisor, and his card says why', async () => {
  const desk = await scoredCounter();
  await withChampion(desk);
  const [marta, nora] = await pair(desk);
  const draft = transfer(marta, nora, 480_000n);
  const preview = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.equal(preview.outcome, 'approval');
  assert.equal(preview.risk?.band, 'HIGH');
  const reply = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(reply.state === 'parked');
  const card = await desk.ask(at.sam, 'risk.card', { subject: reply.approval });
  assert.equal(card.replayed, true);
  assert.ok((card.probability ?? 0) > 0.8);
  assert.match(card.reasons.join('; '), /it takes 96 % of 5,000\.00 EUR/);
  assert.equal(card.features[0]?.name, 'amountToBalance');
  assert.equal(card.predecessor.final_decision, 'MANUAL_REVIEW');
  assert.equal(card.predecessor.fraud_assessment.risk_level, 'HIGH');
  assert.equal(card.movements.length, 1);
});

test('between the two the teller asks two questions, and the answers decide', async () => {
  const desk = await scoredCounter();
  await withChampion(desk);
  const [marta, nora] = await pair(desk);
  let amount = 0n;
  for (let part = 100_000n; part < 400_000n && amount === 0n; part += 10_000n) {
    const draft = transfer(marta, nora, part);
    const { risk } = await desk.ask(at.ana, 'posting.preview', { draft });
    if (risk?.action === 'ask') amount = part;
  }
  assert.notEqual(amount, 0n, 'an amount between allowing and holding');
  const draft = transfer(marta, nora, amount);
  const fault = await desk.fault(at.ana, 'posting.post', { draft });
  assert.deepEqual([fault.reason, fault.field], ['risk-questions', 'answers']);
  const worrying = { purpose: 'investment', relation: 'told-by-phone' };
  const held = await desk.ask(at.ana, 'posting.post', { draft, answers: worrying });
  assert.ok(held.state === 'parked');
  assert.equal(recordOf(desk, held.approval).because, 'answers');
  await desk.ask(at.ana, 'approval.withdraw', { approval: held.approval });
  const harmless = { purpose: 'family', relation: 'known' };
  const posted = await desk.ask(at.ana, 'posting.post', { draft, answers: harmless });
  assert.ok(posted.state === 'posted');
  assert.deepEqual(recordOf(desk, posted.journal).answers, harmless);
});

/** The real worker, whose thread ends between the question and the answer once told to. */
function mortal() {
  const worker = createPatientWorker();
  let isDying = false;
  const scorer: RiskScorer = {
    ...worker,
    score(place, row, deadlineMs) {
      const answer = worker.score(place, row, deadlineMs);
      if (isDying) worker.kill();
      return answer;
    },
  };
  return {
    scorer,
    die(dying: boolean) {
      isDying = dying;
    },
  };
}

test('a thread that dies mid-score stops no teller: rules alone, recorded, an alarm, and back again', async () => {
  const { scorer, die } = mortal();
  const desk = await scoredCounter(scorer);
  await withChampion(desk);
  const [marta, nora] = await pair(desk);
  const draft = transfer(marta, nora, 480_000n);
  die(true);
  const reply = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(reply.state === 'posted', 'the rules have nothing against it');
  const record = recordOf(desk, reply.journal);
  assert.deepEqual([record.state, record.why], ['rules-alone', 'risk-worker-dead']);
  assert.notEqual(record.items[0]?.features, '');
  await desk.ledger.submit(() => undefined);
  assert.equal(desk.events('risk.alarm-raised').length, 1);
  const overview = await desk.ask(at.sam, 'risk.overview');
  assert.ok(overview.alarms.some((alarm) => /rules alone/.test(alarm)));
  die(false);
  // The next question starts a new thread with the same models; until it stands the rules go on.
  await scorer.load('fraud', desk.counter.risk.models.file(record.model));
  const { risk } = await desk.ask(at.ana, 'posting.preview', { draft: transfer(nora, marta, 1n) });
  assert.equal(risk?.silence, '');
});

test('a slow thread is not waited for longer than the policy says', async () => {
  const late = new Refusal('risk-deadline', 'The models did not answer within 60 ms.');
  const worker = createPatientWorker();
  const scorer: RiskScorer = { ...worker, score: () => Promise.reject(late) };
  const desk = await scoredCounter(scorer);
  await withChampion(desk);
  const [marta, nora] = await pair(desk);
  const reply = await desk.ask(at.ana, 'posting.post', { draft: transfer(marta, nora, 480_000n) });
  assert.ok(reply.state === 'posted');
  assert.equal(recordOf(desk, reply.journal).why, 'risk-deadline');
});

test('the kill switch and a policy in shadow leave everything to the rules', async () => {
  const desk = await scoredCounter();
  await withChampion(desk);
  const [marta, nora] = await pair(desk);
  const draft = transfer(marta, nora, 480_000n);
  const { policy } = await desk.ask(at.sam, 'risk.overview');
  const from = desk.ledger.moment().date ?? '';
  const shadow = { ...policy, mode: 'shadow' as const, from };
  const given = { policy: shadow, reason: 'watch first' };
  const { proposal } = await desk.ask(at.sam, 'risk.propose', given);
  const own = await desk.fault(at.sam, 'risk.activate', { proposal });
  assert.match(own.message, /second person/);
  for (const [name, input, reason] of [
    ['risk.propose', { ...given, policy: { ...shadow, from: '2026-11-19' } }, 'policy-backdated'],
    ['risk.propose', { ...given, policy }, 'policy-same'],
    ['risk.activate', { proposal: 9_999 }, 'proposal-unknown'],
    ['risk.backtest', { proposal: 9_999 }, 'proposal-unknown'],
    ['risk.promote', { model: '0'.repeat(64), reason: 'none' }, 'model-unknown'],
    ['risk.switch', { isOn: true, reason: 'again' }, 'risk-switch-same'],
  ] as const) {
    assert.equal((await desk.fault(at.rita, name, input)).reason, reason, name);
  }
  const untested = await desk.fault(at.rita, 'risk.activate', { proposal });
  assert.match(untested.message, /not tested/);
  const tested = await desk.ask(at.sam, 'risk.backtest', { proposal });
  assert.equal(tested.decisions, 2);
  await desk.ask(at.rita, 'risk.activate', { proposal });
  const { risk, outcome } = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.deepEqual(
    [outcome, risk?.action, risk?.band, risk?.isShadow],
    ['post', 'allow', 'HIGH', true],
  );
  await desk.ask(at.sam, 'risk.switch', { isOn: false, reason: 'drill' });
  const off = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.match(off.risk?.silence ?? '', /switched off/);
});

test('a challenger is promoted by a second person, after its days in the shadow, and taken back at once', async () => {
  const desk = await scoredCounter();
  const first = await withChampion(desk);
  const second = await withChallenger(desk, await balanceModel(2));
  const reason = 'it does better';
  const own = await desk.fault(at.cora, 'risk.promote', { model: second, reason });
  assert.match(own.message, /second person/);
  const early = await desk.fault(at.sam, 'risk.promote', { model: second, reason });
  assert.match(early.message, /0 of 7 days/);
  const back = await desk.ask(at.sam, 'risk.restore', { reason: 'drill' });
  assert.equal(back.model, '');
  assert.equal(desk.counter.risk.reads.champion(), null);
  assert.ok(desk.counter.risk.reads.former().some(({ hash }) => hash === first));
});

test('nobody teaches from a case of their own, and what the model holds for fraud is cleared by two', async () => {
  const desk = await scoredCounter();
  await withChampion(desk);
  const [marta, nora] = await pair(desk);
  const reply = await desk.ask(at.ana, 'posting.post', { draft: transfer(marta, nora, 480_000n) });
  assert.ok(reply.state === 'parked');
  const { approval } = reply;
  const card = await desk.ask(at.sam, 'approval.get', { approval });
  await desk.ask(at.sam, 'approval.decide', {
    ...{ approval, decision: 'approve', contentDigest: card.contentDigest, code: desk.code('sam') },
  });
  const word = { subject: approval, verdict: 'legitimate', reason: 'document-seen' };
  const own = await desk.ask(at.sam, 'risk.judge', word);
  assert.deepEqual([own.teaches, own.why], [false, 'you decided it yourself']);
  const first = await desk.ask(at.rita, 'risk.judge', word);
  assert.deepEqual([first.teaches, /second person/.test(first.why)], [false, true]);
  const second = await desk.ask(at.cora, 'risk.judge', word);
  assert.equal(second.teaches, true);
  const said = await desk.ask(at.rita, 'risk.card', { subject: approval });
  assert.deepEqual(
    said.verdicts.map(({ weightHundredths }) => weightHundredths),
    [100, 0, 0],
  );
});
