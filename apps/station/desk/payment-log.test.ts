// Holds payments to the log: made again from it to the same bytes, and taken in from SWIFT's old messages too.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { bulkOrder } from '#station/payments/branch/bulk.fixture.ts';
import { statusReport } from '#station/payments/branch/counterparty.fixture.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { at } from './counter-fixture.ts';
import { createRunners } from './ledger-views-runners.ts';
import { customerWith, payingCounter, seen } from './payment.fixture.ts';

const iban = (account: string) => ownIban({ ibanCountry: 'DE', bankCode: '50099900' }, account);

async function opened() {
  const branch = await payingCounter();
  const marta = await customerWith(branch.desk, 'Marta');
  return { ...branch, marta };
}

/** A FIN message as it comes out of SWIFT, with its UETR. */
function fin(type: string, uetr: string, fields: readonly string[]): string {
  const head = `{1:F01QNEXDEFFAXXX0000000000}{2:O${type}1000261120COBADEFFAXXX00000000002611201000N}`;
  return `${head}{3:{121:${uetr}}}{4:\r\n${fields.join('\r\n')}\r\n-}`;
}

test('payments, life lines, outbox, inbox and bulks are made again from the log to the same bytes', async () => {
  const { desk, marta, pay, receive, work, gateway, close } = await opened();
  const paid = await pay(marta);
  await receive(statusReport(seen(paid), 'ACSC'));
  await receive('<nothing>');
  await receive(bulkOrder({ iban: iban(marta.account), count: 30 }), 'b.xml');
  await work.settled();
  const { orders } = await desk.ask(at.ana, 'payment.bulkList');
  const [order] = orders;
  const amountMinor = order?.amountMinor ?? '';
  const draft = {
    ...{ task: 'payment.bulk', order: order?.order, from: marta.account, amountMinor },
    currency: 'EUR',
  };
  await desk.ask(at.ana, 'posting.post', { draft });
  await gateway.round();
  await gateway.round();
  const file = join(desk.folder, 'branch.db');
  const projectionsModule = new URL('./counter-store-fixture.ts', import.meta.url);
  const runners = createRunners({ file, key: new Uint8Array(32).fill(1), projectionsModule });
  for (const kind of ['ledger.rebuild', 'ledger.audit', 'log.verify'] as const) {
    const found = await runners[kind](() => undefined, new AbortController().signal);
    assert.ok(found.ok, `${kind}: ${found.message}`);
  }
  close();
});

test('an MT103 credits the customer, an MT900 with our reference is evidence', async () => {
  const { marta, pay, posted, receive, card, list, close } = await opened();
  const incoming = fin('103', crypto.randomUUID(), [
    ...[':20:REF1', ':23B:CRED', ':32A:261120EUR123,45', ':33B:EUR123,45'],
    ...[':50K:/DE89370400440532013000', 'ERIKA BEISPIEL', 'BERLIN'],
    ...[`:59:/${iban(marta.account)}`, 'MARTA EXAMPLE', ':70:RENT', ':71A:SHA'],
  ]);
  await receive(incoming, 'mt103.fin');
  assert.deepEqual(list('rejected'), []);
  assert.equal(posted(marta.account), -512_345n);
  const paid = await pay(marta);
  const debit = fin('900', paid.uetr, [
    ...[':20:ADV1', `:21:${paid.transactionId.slice(0, 16)}`, ':25:123456', ':32A:261120EUR600,00'],
  ]);
  await receive(debit, 'mt900.fin');
  assert.deepEqual(list('rejected'), []);
  assert.equal((await card(paid.payment)).state, 'settled');
  close();
});
