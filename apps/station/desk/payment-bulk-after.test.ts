// Holds what follows a file's posting: each rejected transfer's part of the fee, and a return after the file's end.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { bulkOrder } from '#station/payments/branch/bulk.fixture.ts';
import {
  groupStatus,
  paymentReturn,
  statusReport,
} from '#station/payments/branch/counterparty.fixture.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { checkMessage } from '#station/payments/iso20022/index.ts';
import { findAll, type XmlElement } from '#station/payments/iso20022/tree.ts';
import { at } from './counter-fixture.ts';
import { createRunners } from './ledger-views-runners.ts';
import { customerWith, payingCounter, seen } from './payment.fixture.ts';

/** A branch that charges 1.00 EUR a file, with a posted and sent file of three transfers. */
async function sentFile() {
  const branch = await payingCounter();
  const { desk, work, gateway, list, read } = branch;
  const { policy } = await desk.ask(at.ada, 'policy.get', {});
  const bounds = { fromMinor: '0', minMinor: '0', maxMinor: null };
  const fee = {
    task: 'payment.bulk',
    currency: 'EUR',
    flatMinor: '100',
    basisPoints: 0,
    ...bounds,
  };
  const charged = { ...(policy as object), fees: [fee] };
  await desk.ask(at.ada, 'policy.set', { policy: charged, reason: 'files cost' });
  const marta = await customerWith(desk, 'Marta');
  const iban = ownIban({ ibanCountry: 'DE', bankCode: '50099900' }, marta.account);
  const before = branch.posted(marta.account) ?? 0n;
  await branch.receive(bulkOrder({ iban, count: 3 }), 'b.xml');
  await work.settled();
  const rounds = async () => {
    for (let round = 0; round < 3; round += 1) await gateway.round();
  };
  await rounds();
  const [order] = (await desk.ask(at.ana, 'payment.bulkList')).orders;
  const draft = {
    ...{ task: 'payment.bulk', order: order?.order ?? 0, from: marta.account },
    ...{ amountMinor: order?.amountMinor ?? '', currency: 'EUR' },
  };
  await desk.ask(at.ana, 'posting.post', { draft });
  await rounds();
  const card = async (endToEndId: string) => {
    const { payments } = await desk.ask(at.ana, 'payment.list', {});
    const found = payments.find((each) => each.endToEndId === endToEndId);
    return desk.ask(at.ana, 'payment.get', { payment: found?.payment ?? 0 });
  };
  const told = new Set<string>();
  /** Reports that went out since the last time, as group status and transfers with their status. */
  const reports = async () => {
    await rounds();
    const names = list('customers').filter((name) => !told.has(name));
    return names.map((name) => {
      told.add(name);
      const { document, errors } = checkMessage(read('customers', name));
      assert.deepEqual(errors, []);
      const texts = (path: string) =>
        findAll(document as XmlElement, path.split('/')).map(({ text }) => text);
      const part = 'CstmrPmtStsRpt/OrgnlPmtInfAndSts/TxInfAndSts';
      const ids = texts(`${part}/OrgnlEndToEndId`);
      const states = texts(`${part}/TxSts`);
      const [status] = texts('CstmrPmtStsRpt/OrgnlGrpInfAndSts/GrpSts');
      const reasons = texts(`${part}/StsRsnInf/Rsn/Cd`);
      return { status, transfers: ids.map((id, index) => `${id} ${states[index]}`), reasons };
    });
  };
  return { ...branch, marta, before, card, reports, rounds };
}

test('each transfer of a file that is rejected brings its part of the fee, all of them all of it', async () => {
  const { desk, marta, before, posted, card, receive, close } = await sentFile();
  const sums = { paid: (posted(marta.account) ?? 0n) - before };
  const parts: bigint[] = [];
  for (const name of ['E-3', 'E-1', 'E-2']) {
    const payment = await card(name);
    const now = posted(marta.account) ?? 0n;
    await receive(statusReport(seen(payment), 'RJCT', { reason: 'AC04' }));
    parts.push(now - (posted(marta.account) ?? 0n) - BigInt(payment.amountMinor));
    const after = await card(name);
    assert.match(after.life.at(-1)?.what ?? '', /its part of the file’s fee, 0\.3[34] EUR/);
    await receive(statusReport(seen(payment), 'RJCT', { reason: 'AC04' }));
  }
  assert.deepEqual(parts, [34n, 33n, 33n]);
  assert.equal(posted(marta.account), before);
  assert.ok(sums.paid > 100n);
  assert.equal((await desk.ask(at.otto, 'ledger.trialBalance')).totals.EUR, '0');
  close();
});

test('a transfer that comes back after the file was told as ended is told once more, and once', async () => {
  const { desk, marta, posted, card, receive, reports, close } = await sentFile();
  await reports();
  const second = await card('E-2');
  await receive(groupStatus(second.messageId, 'ACSC'));
  assert.deepEqual(
    (await reports()).map(({ status }) => status),
    ['ACSC'],
  );
  const [line] = (await desk.ask(at.ana, 'payment.bulkList')).orders;
  assert.equal(line?.reported, 'ended');
  const before = posted(marta.account) ?? 0n;
  await receive(paymentReturn(seen(second), 'AC04'));
  // It left, so its fee stays.
  assert.equal(posted(marta.account), before - BigInt(second.amountMinor));
  assert.deepEqual(await reports(), [
    { status: 'PART', transfers: ['E-2 RJCT'], reasons: ['AC04'] },
  ]);
  await receive(paymentReturn(seen(second), 'AC04'));
  assert.deepEqual(await reports(), []);
  const [after] = (await desk.ask(at.ana, 'payment.bulkList')).orders;
  assert.equal(after?.reported, 'ended');
  const file = join(desk.folder, 'branch.db');
  const projectionsModule = new URL('./counter-store-fixture.ts', import.meta.url);
  const runners = createRunners({ file, key: new Uint8Array(32).fill(1), projectionsModule });
  const made = await runners['ledger.rebuild'](() => undefined, new AbortController().signal);
  assert.ok(made.ok, made.message);
  close();
});

test('a transfer that comes back before its end was told is told with the rest', async () => {
  const { card, receive, reports, close } = await sentFile();
  await reports();
  const second = await card('E-2');
  await receive(statusReport(seen(second), 'ACSC'));
  await receive(paymentReturn(seen(second), 'AC04'));
  assert.deepEqual(
    (await reports()).map(({ transfers }) => transfers),
    [['E-2 RJCT']],
  );
  await receive(groupStatus(second.messageId, 'ACSC'));
  const [last, more] = await reports();
  assert.deepEqual([last?.transfers, more], [['E-1 ACSC', 'E-3 ACSC'], undefined]);
  close();
});
