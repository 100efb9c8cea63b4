// Holds the customer's side of a file: each pain.002 valid and true, and a file for later kept for its day.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bulkOrder } from '#station/payments/branch/bulk.fixture.ts';
import { groupStatus, statusReport } from '#station/payments/branch/counterparty.fixture.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { checkMessage } from '#station/payments/iso20022/index.ts';
import { findAll, type XmlElement } from '#station/payments/iso20022/tree.ts';
import { at } from './counter-fixture.ts';
import { customerWith, payingCounter, seen } from './payment.fixture.ts';
import { createBulkWork } from './payment-bulk.ts';

async function opened() {
  const branch = await payingCounter();
  const { desk, work, gateway, list, read } = branch;
  const marta = await customerWith(desk, 'Marta');
  const iban = ownIban({ ibanCountry: 'DE', bankCode: '50099900' }, marta.account);
  const orders = async () => (await desk.ask(at.ana, 'payment.bulkList')).orders;
  const receiveOrder = async (text: string, name: string) => {
    await branch.receive(text, name);
    await work.settled();
    for (let rounds = 0; rounds < 3; rounds += 1) await gateway.round();
    return (await orders()).find(({ file }) => file === name);
  };
  const told = new Set<string>();
  /** Reports that went out since the last time, judged by the schema. */
  const reports = async (): Promise<readonly XmlElement[]> => {
    for (let rounds = 0; rounds < 3; rounds += 1) await gateway.round();
    const names = list('customers').filter((name) => !told.has(name));
    return names.map((name) => {
      told.add(name);
      const { document, errors } = checkMessage(read('customers', name));
      assert.deepEqual(errors, []);
      return document as XmlElement;
    });
  };
  return { ...branch, marta, iban, orders, receiveOrder, reports };
}

const texts = (report: XmlElement | undefined, path: string): readonly string[] =>
  report ? findAll(report, path.split('/')).map(({ text }) => text) : [];
const group = 'CstmrPmtStsRpt/OrgnlGrpInfAndSts';
const part = 'CstmrPmtStsRpt/OrgnlPmtInfAndSts/TxInfAndSts';
const statusOf = (report: XmlElement | undefined) => texts(report, `${group}/GrpSts`)[0];

test('a file is reported on when taken, when sent, at each refusal, and at its end', async () => {
  const { desk, marta, iban, receiveOrder, reports, receive, orders, close } = await opened();
  const order = await receiveOrder(bulkOrder({ iban, count: 3 }), 'b.xml');
  const [taken] = await reports();
  assert.deepEqual([statusOf(taken), texts(taken, `${group}/OrgnlNbOfTxs`)], ['ACTC', ['3']]);
  assert.deepEqual(texts(taken, `${group}/OrgnlMsgId`), [order?.messageId]);
  const { amountMinor = '' } = order ?? {};
  const draft = {
    ...{ task: 'payment.bulk', order: order?.order, from: marta.account },
    ...{ amountMinor, currency: 'EUR' },
  };
  await desk.ask(at.ana, 'posting.post', { draft });
  assert.deepEqual((await reports()).map(statusOf), ['ACSP']);
  const { payments } = await desk.ask(at.ana, 'payment.list', {});
  const second = payments.find(({ endToEndId }) => endToEndId === 'E-2');
  const card = await desk.ask(at.ana, 'payment.get', { payment: second?.payment ?? 0 });
  await receive(statusReport(seen(card), 'RJCT', { reason: 'AC04' }));
  const [refusal, none] = await reports();
  assert.deepEqual([statusOf(refusal), none], ['PART', undefined]);
  assert.deepEqual(texts(refusal, `${part}/OrgnlEndToEndId`), ['E-2']);
  assert.deepEqual(texts(refusal, `${part}/StsRsnInf/Rsn/Cd`), ['AC04']);
  await receive(groupStatus(card.messageId, 'ACSC'));
  const [last, more] = await reports();
  assert.deepEqual([statusOf(last), more], ['PART', undefined]);
  assert.deepEqual(texts(last, `${part}/OrgnlEndToEndId`), ['E-1', 'E-3']);
  assert.deepEqual(texts(last, `${part}/TxSts`), ['ACSC', 'ACSC']);
  assert.deepEqual(await reports(), []);
  const [line] = await orders();
  assert.deepEqual([line?.reports, line?.reported], [4, 'ended']);
  close();
});

test('a file that cannot be paid is refused to its sender with what is wrong where', async () => {
  const { iban, receiveOrder, reports, close } = await opened();
  const text = bulkOrder({ iban, count: 3, bad: 2 });
  await receiveOrder(text, 'bad.xml');
  const [refused] = await reports();
  assert.equal(statusOf(refused), 'RJCT');
  assert.deepEqual(texts(refused, `${part}/OrgnlEndToEndId`), ['E-2']);
  assert.deepEqual(texts(refused, `${part}/StsRsnInf/Rsn/Cd`), ['AC03']);
  await receiveOrder(text.slice(0, -60), 'cut.xml');
  const [cut] = await reports();
  assert.deepEqual(texts(cut, `${group}/StsRsnInf/Rsn/Cd`), ['FF01']);
  const good = bulkOrder({ iban, count: 2 });
  await receiveOrder(good, 'one.xml');
  await reports();
  await receiveOrder(good, 'two.xml');
  const [again] = await reports();
  assert.deepEqual(texts(again, `${group}/StsRsnInf/Rsn/Cd`), ['AM05']);
  close();
});

test('a file for a later day is kept, can be cancelled, and comes back on its day', async () => {
  const branch = await opened();
  const { desk, iban, marta, receiveOrder, reports, orders, close } = branch;
  const order = await receiveOrder(bulkOrder({ iban, count: 2, on: '2026-11-22' }), 'later.xml');
  assert.deepEqual([order?.state, order?.payOn], ['scheduled', '2026-11-22']);
  assert.deepEqual((await reports()).map(statusOf), ['ACTC']);
  const draft = {
    ...{ task: 'payment.bulk', order: order?.order, from: marta.account, currency: 'EUR' },
    amountMinor: order?.amountMinor ?? '',
  };
  assert.equal((await desk.fault(at.ana, 'posting.post', { draft })).reason, 'bulk-state');
  // A Sunday: the first business day that has reached it is Monday.
  const { ledger } = desk;
  const on = (date: string) => ({
    ...desk.counter,
    ledger: { ...ledger, moment: () => ({ ...ledger.moment(), date }) },
  });
  await createBulkWork(on('2026-11-21')).continue();
  assert.equal((await orders())[0]?.state, 'scheduled');
  await createBulkWork(on('2026-11-23')).continue();
  assert.equal((await orders())[0]?.state, 'checked');
  await desk.ask(at.ana, 'posting.post', { draft });
  assert.deepEqual((await reports()).map(statusOf), ['ACSP']);
  const other = await receiveOrder(bulkOrder({ iban, count: 2, on: '2026-12-01' }), 'gone.xml');
  await reports();
  const cancel = { order: other?.order ?? 0, reason: 'the customer called' };
  await desk.ask(at.ana, 'payment.bulkCancel', cancel);
  const [cancelled] = await reports();
  assert.deepEqual(texts(cancelled, `${group}/StsRsnInf/Rsn/Cd`), ['DS02']);
  await createBulkWork(on('2026-12-01')).continue();
  assert.equal((await orders())[0]?.state, 'cancelled');
  const far = await receiveOrder(bulkOrder({ iban, count: 1, on: '2028-01-03' }), 'far.xml');
  assert.deepEqual([far?.state, far?.problems[0]?.code], ['refused', 'too-far']);
  close();
});
