// Proves shadow days at the counter: scored from the first challenger on, promoted by scores, taken back by outcomes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import Database from 'better-sqlite3';
import { riskProjection } from '#station/ledger/projections/risk.ts';
import { createRiskReads } from '#station/ledger/projections/risk-reads.ts';
import { riskShadowProjection } from '#station/ledger/projections/risk-shadow.ts';
import type { RiskRecord } from '#station/risk/decision/record.ts';
import { createPatientWorker } from '#station/risk/patient-worker.fixture.ts';
import type { Counter } from './counter.ts';
import { at, customerWith, servingCounter, type TestCounter, transfer } from './counter-fixture.ts';
import { balanceModel, withChallenger, withChampion } from './risk.fixture.ts';
import { fallBackWhenWrong } from './risk-fallback.ts';

const opened: { close(): unknown }[] = [];
after(async () => {
  for (const each of opened) await each.close();
});

async function scored(): Promise<TestCounter> {
  const scorer = createPatientWorker();
  const desk = await servingCounter({ riskScorer: scorer });
  opened.push(scorer, desk);
  return desk;
}

async function inForce(desk: TestCounter, change: object): Promise<void> {
  const { policy } = await desk.ask(at.sam, 'risk.overview');
  const from = desk.ledger.moment().date ?? '';
  const asked = { policy: { ...policy, from, ...change }, reason: 'the test wants it' };
  const { proposal } = await desk.ask(at.sam, 'risk.propose', asked);
  await desk.ask(at.sam, 'risk.backtest', { proposal });
  await desk.ask(at.rita, 'risk.activate', { proposal });
}

test('the first challenger is scored beside the rules, which alone decide', async () => {
  const desk = await scored();
  const hash = await withChallenger(desk, await balanceModel());
  await desk.counter.risk.models.place('fraud-challenger', hash);
  const [marta, nora] = [await customerWith(desk, 'Marta'), await customerWith(desk, 'Nora')];
  const reply = await desk.ask(at.ana, 'posting.post', { draft: transfer(marta, nora, 480_000n) });
  assert.ok(reply.state === 'posted', 'a model in the shadow holds nothing');
  const record = desk.ledger.event(reply.journal)?.data.risk as unknown as RiskRecord;
  assert.deepEqual([record.state, record.why, record.model], ['rules-alone', 'no-model', '']);
  assert.equal(record.challengerModel, hash);
  assert.ok(Number(record.items[0]?.challenger) > 0.8);
  assert.equal(record.items[0]?.probability, '');
  const [model] = (await desk.ask(at.sam, 'risk.overview')).models;
  assert.equal(model?.shadowDays, 1);
  assert.match(model?.shadow[0]?.text ?? '', /3 decisions on 1 days/);
});

test('a challenger is promoted when its days are days of scores, not of waiting', async () => {
  const desk = await scored();
  await withChampion(desk);
  await inForce(desk, { shadowDays: 1 });
  const second = await withChallenger(desk, await balanceModel(2));
  const given = { model: second, reason: 'it does better' };
  assert.match((await desk.fault(at.sam, 'risk.promote', given)).message, /0 of 1 days/);
  await desk.counter.risk.models.place('fraud-challenger', second);
  const [marta, nora] = [await customerWith(desk, 'Marta'), await customerWith(desk, 'Nora')];
  await desk.ask(at.ana, 'posting.post', { draft: transfer(marta, nora, 1_000n) });
  const [model] = (await desk.ask(at.sam, 'risk.overview')).models;
  assert.deepEqual(
    model?.gates.map(({ passed }) => passed),
    [true, true, true],
    'the gates of the shadow stand on the card',
  );
  assert.equal((await desk.ask(at.sam, 'risk.promote', given)).model, second);
});

/** A branch of tables only: holds of the champion by day, some of them settled. */
function heldDays(
  days: readonly { readonly real: number; readonly legitimate: number; readonly open: number }[],
) {
  const database = new Database(':memory:');
  database.defaultSafeIntegers(true);
  database.exec(riskProjection.schema);
  database.exec(riskShadowProjection.schema);
  const hold = database.prepare(
    `INSERT INTO risk_decision (seq, at, date, state, why, model, action, would, band, probability,
     account, latency, journal, fraud) VALUES (?, 0, ?, 'scored', '', 'M', 'hold', 'hold', 'HIGH', '0.9', 1, 1, NULL, ?)`,
  );
  const word = database.prepare(
    `INSERT INTO risk_verdict VALUES (?, ?, 2, 0, 'legitimate', 'other', '', 100, '')`,
  );
  let seq = 0;
  days.forEach(({ real, legitimate, open }, index) => {
    const date = `2026-11-${String(10 + index)}`;
    for (let count = 0; count < real + legitimate + open; count += 1) {
      seq += 1;
      hold.run(seq, date, count < real ? 1 : null);
      if (count >= real && count < real + legitimate) word.run(1_000 + seq, seq);
    }
  });
  return createRiskReads(database);
}

async function restored(reads: ReturnType<typeof heldDays>): Promise<string[]> {
  const said: string[] = [];
  const data = { precisionLow: '0.4' };
  const champion = { hash: 'M', promotedAt: Date.UTC(2026, 10, 9), data };
  const risk = { reads: { ...reads, champion: () => champion, former: () => [{ hash: 'L' }] } };
  const ledger = {
    submit: async (work: () => void) => work(),
    append: (event: { type: string; data: { model: string } }) =>
      void said.push(`${event.type} ${event.data.model}`),
  };
  const announcer = { changed: () => undefined };
  fallBackWhenWrong({ risk, ledger, announcer, report: () => undefined } as unknown as Counter);
  await Promise.resolve();
  return said;
}

test('three days of settled holds with too few real ones bring the model before back', async () => {
  const bad = { real: 1, legitimate: 5, open: 0 };
  assert.deepEqual(await restored(heldDays([bad, bad, bad])), ['risk.model-restored L']);
  assert.deepEqual(await restored(heldDays([bad, bad])), [], 'two days are too few');
  const good = { real: 4, legitimate: 2, open: 0 };
  assert.deepEqual(await restored(heldDays([bad, bad, good])), [], 'the last day was right');
});

test('holds nobody has said anything of are no misses', async () => {
  const unheard = { real: 1, legitimate: 1, open: 20 };
  assert.deepEqual(await restored(heldDays([unheard, unheard, unheard])), []);
});
