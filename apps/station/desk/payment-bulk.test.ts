// Attacks bulk orders: ten thousand transfers through, bad ones refused whole, crashes, cancelling, repeats.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bulkOrder } from '#station/payments/branch/bulk.fixture.ts';
import { groupStatus } from '#station/payments/branch/counterparty.fixture.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { at } from './counter-fixture.ts';
import { customerWith, payingCounter } from './payment.fixture.ts';

const iban = (account: string) => ownIban({ ibanCountry: 'DE', bankCode: '50099900' }, account);

async function opened() {
  const branch = await payingCounter();
  const marta = await customerWith(branch.desk, 'Marta');
  const receiveOrder = async (text: string, name: string) => {
    await branch.receive(text, name);
    await branch.work.settled();
    await branch.gateway.round();
    const { orders } = await branch.desk.ask(at.ana, 'payment.bulkList');
    return orders.find(({ file }) => file === name);
  };
  return { ...branch, marta, receiveOrder };
}

const draftOf = (order: { order: number; amountMinor: string }, from: string) => ({
  ...{ task: 'payment.bulk', order: order.order, from, currency: 'EUR' },
  amountMinor: order.amountMinor,
});

test('a file is read, shown, posted as one and sent as messages whose sums are its own', async () => {
  const { desk, marta, posted, receiveOrder, gateway, list, receive, close } = await opened();
  const count = 600;
  const order = await receiveOrder(bulkOrder({ iban: iban(marta.account), count }), 'b.xml');
  assert.deepEqual([order?.state, order?.count, order?.loaded], ['checked', count, count]);
  assert.ok(order);
  assert.deepEqual(list('archive'), ['b.xml']);
  const draft = draftOf(order, marta.account);
  const preview = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.equal(preview.outcome, 'post');
  assert.match(preview.title, /^Pay 600 transfers/);
  await desk.ask(at.ana, 'posting.post', { draft });
  assert.equal(posted('OUTWARDEUR'), -BigInt(order.amountMinor));
  assert.equal((await desk.fault(at.ana, 'posting.post', { draft })).reason, 'bulk-state');
  await gateway.round();
  await gateway.round();
  assert.equal(list('out').length, 6);
  const { payments } = await desk.ask(at.ana, 'payment.list', { count: 200 });
  assert.ok(payments.every(({ state }) => state === 'sent'));
  const uetrs = new Set(payments.map(({ uetr }) => uetr));
  assert.equal(uetrs.size, 200);
  const card = await desk.ask(at.ana, 'payment.get', { payment: payments[0]?.payment ?? 0 });
  await receive(groupStatus(card.messageId, 'ACSC'));
  const { totals } = await desk.ask(at.otto, 'ledger.trialBalance');
  assert.equal(totals.EUR, '0');
  const after = await desk.ask(at.ana, 'payment.list', { count: 200, text: 'Payee 600' });
  assert.equal(after.payments[0]?.state, 'settled');
  close();
});

test('one bad transfer, a wrong sum or a broken file refuses the whole, with the first problems', async () => {
  const { desk, marta, posted, receiveOrder, read, close } = await opened();
  const own = iban(marta.account);
  const cases: readonly (readonly [string, string, RegExp, number])[] = [
    ['iban.xml', bulkOrder({ iban: own, count: 3, bad: 2 }), /check digits/, 2],
    ['sum.xml', bulkOrder({ iban: own, count: 3, sum: '1.00' }), /The header says 1\.00 in all/, 0],
    [
      'count.xml',
      bulkOrder({ iban: own, count: 3, number: '4' }),
      /says 4 transfers, there are 3/,
      0,
    ],
    ['cut.xml', bulkOrder({ iban: own, count: 3 }).slice(0, -50), /Line \d+, column \d+/, 0],
    [
      'whose.xml',
      bulkOrder({ iban: 'DE89370400440532013000', count: 1 }),
      /no account of this bank/,
      0,
    ],
  ];
  for (const [name, text, message, item] of cases) {
    const order = await receiveOrder(text, name);
    assert.equal(order?.state, 'refused', name);
    assert.match(read('rejected', `${name}.reason.txt`), message);
    const found = order?.problems.find((each) => message.test(each.message));
    assert.ok(found, `${name}: ${JSON.stringify(order?.problems)}`);
    assert.equal(found.item, item, name);
    const draft = draftOf(order ?? { order: 0, amountMinor: '1' }, marta.account);
    const { outcome } = await desk.ask(at.ana, 'posting.preview', { draft });
    assert.equal(outcome, 'refused');
  }
  assert.equal(posted('OUTWARDEUR'), 0n);
  close();
});

test('the same file twice is put aside; one that is cancelled is never posted', async () => {
  const { desk, marta, receiveOrder, list, read, close } = await opened();
  const text = bulkOrder({ iban: iban(marta.account), count: 3 });
  const order = await receiveOrder(text, 'one.xml');
  assert.ok(order);
  assert.equal(await receiveOrder(text, 'two.xml'), undefined);
  assert.deepEqual(list('rejected'), ['two.xml', 'two.xml.reason.txt']);
  assert.match(read('rejected', 'two.xml.reason.txt'), /has come before \(one\.xml\)/);
  const given = { order: order.order, reason: 'the customer called' };
  await desk.ask(at.ana, 'payment.bulkCancel', given);
  const draft = draftOf(order, marta.account);
  assert.equal((await desk.fault(at.ana, 'posting.post', { draft })).reason, 'bulk-state');
  assert.equal((await desk.fault(at.ana, 'payment.bulkCancel', given)).reason, 'bulk-state');
  close();
});
