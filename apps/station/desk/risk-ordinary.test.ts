// Proves that what is said to be ordinary is: posted that way it is asked about by nobody, and the bits are the model's.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { RiskRecord } from '#station/risk/decision/record.ts';
import { vectorOf, vectorText } from '#station/risk/decision/record.ts';
import { createPatientWorker } from '#station/risk/patient-worker.fixture.ts';
import { at, customerWith, servingCounter, transfer } from './counter-fixture.ts';
import { withChampion } from './risk.fixture.ts';

const opened: { close(): unknown }[] = [];
after(async () => {
  for (const each of opened) await each.close();
});

async function heldTransfer() {
  const scorer = createPatientWorker();
  const desk = await servingCounter({ riskScorer: scorer });
  opened.push(scorer, desk);
  await withChampion(desk);
  const [marta, nora] = [await customerWith(desk, 'Marta'), await customerWith(desk, 'Nora')];
  const reply = await desk.ask(at.ana, 'posting.post', { draft: transfer(marta, nora, 480_000n) });
  assert.ok(reply.state === 'parked');
  return { desk, marta, nora, approval: reply.approval };
}

test('the card says what would make it ordinary, and that amount is ordinary when it is posted', async () => {
  const { desk, marta, nora, approval } = await heldTransfer();
  const card = await desk.ask(at.sam, 'risk.card', { subject: approval });
  const record = desk.ledger.event(approval)?.data.risk as unknown as RiskRecord | undefined;
  const [smaller] = (record?.ordinary ?? []).filter(({ change }) => change === 'amount');
  assert.ok(smaller, 'a smaller amount is ordinary to this model');
  assert.match(card.ordinary, /^It would be ordinary at [\d,]+\.00 EUR \(\d\.\d %\)/);
  assert.equal(card.isOrdinaryTrue, true);
  await desk.ask(at.ana, 'approval.withdraw', { approval });
  const draft = transfer(marta, nora, BigInt(smaller.amountMinor));
  const { risk } = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.equal(risk?.action, 'allow');
  const more = transfer(marta, nora, BigInt(smaller.amountMinor) * 3n);
  const { risk: other } = await desk.ask(at.ana, 'posting.preview', { draft: more });
  assert.notEqual(other?.action, 'allow', 'three times as much is not');
});

test('a sentence the model does not bear out is not called true', async () => {
  const { desk, approval } = await heldTransfer();
  const event = desk.ledger.event(approval);
  assert.ok(event);
  const record = event.data.risk as unknown as RiskRecord;
  const [first, ...rest] = record.ordinary ?? [];
  assert.ok(first);
  const vector = vectorOf(first.features) as Float32Array;
  // The vector of another moment: the same probability is claimed for other figures.
  const forged = { ...first, features: vectorText(vector.map((value) => value * 3)) };
  const risk = { ...record, ordinary: [forged, ...rest] };
  const ledger = {
    ...desk.counter.ledger,
    event: (seq: number) =>
      seq === approval ? { ...event, data: { ...event.data, risk } } : desk.ledger.event(seq),
  };
  const { riskCardOf } = await import('./risk-cards.ts');
  const sam = desk.staff.byUser('sam');
  assert.ok(sam);
  const person = { ...sam, id: sam.id, roles: [] } as never;
  const card = riskCardOf({ ...desk.counter, ledger } as never, approval, person);
  assert.equal(card.isOrdinaryTrue, false);
});
