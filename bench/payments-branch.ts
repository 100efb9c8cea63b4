// Prints what a payment costs at the desk: the message while it is typed, posting it, ten thousand from one file.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { at, customerWith, transfer } from '#station/desk/counter-fixture.ts';
import { frenchIban, payingCounter, payment } from '#station/desk/payment.fixture.ts';
import { bulkOrder } from '#station/payments/branch/bulk.fixture.ts';
import { groupStatus, incomingTransfer } from '#station/payments/branch/counterparty.fixture.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { measure } from './lib/side-by-side.ts';

const transfers = Number(process.argv[2] ?? 10_000);
const branch = await payingCounter();
const { desk, gateway, work, root } = branch;
const marta = await customerWith(desk, 'Marta');
const jonas = await customerWith(desk, 'Jonas');
const iban = ownIban({ ibanCountry: 'DE', bankCode: '50099900' }, marta.account);
await branch.receive(incomingTransfer({ iban, amountMinor: 100_000_000n }));

const input = {
  ...{ channel: 'sepa-sct', from: marta.account, amountMinor: '60000', currency: 'EUR' },
  values: { 'CdtrAcct/Id/IBAN': frenchIban, 'Cdtr/Nm': 'Dupont', 'RmtInf/Ustrd': 'Invoice 77' },
};
let number = 0;
const amountMinor = () => String(100 + (number++ % 5_000));
const repeat = (ask: () => Promise<unknown>) => async (batch: number) => {
  for (let each = 0; each < batch; each += 1) await ask();
};
const figures = await measure({
  contestants: [
    {
      name: 'preview of a transfer',
      run: repeat(() =>
        desk.ask(at.ana, 'posting.preview', { draft: transfer(marta, jonas, 100n) }),
      ),
    },
    { name: 'message while typing', run: repeat(() => desk.ask(at.ana, 'payment.compose', input)) },
    {
      name: 'preview of a payment',
      run: repeat(() => desk.ask(at.ana, 'posting.preview', { draft: payment(marta) })),
    },
    {
      name: 'post a transfer',
      run: repeat(() => desk.ask(at.ana, 'posting.post', { draft: transfer(marta, jonas, 1n) })),
    },
    {
      name: 'post a payment',
      run: repeat(() => {
        const draft = payment(marta, { amountMinor: amountMinor() });
        return desk.ask(at.ana, 'posting.post', { draft });
      }),
    },
  ],
  batches: [10],
  rounds: 5,
  slotMs: 200,
});
console.log('one question or posting at the desk, answer awaited:');
for (const { name, median, low, high, p99Ms } of figures) {
  const ms = (rate: number) => (1_000 / rate).toFixed(2);
  const worst = (p99Ms / 10).toFixed(2);
  console.log(
    `${name.padEnd(22)} ${ms(median)} ms (${ms(high)} to ${ms(low)}), p99 of ten ${worst} ms`,
  );
}

const seconds = (from: number) => `${((performance.now() - from) / 1_000).toFixed(2)} s`;
await gateway.round();
while (desk.counter.payments.waiting(1).length > 0) await gateway.round();
for (const name of readdirSync(join(root, 'out'))) rmSync(join(root, 'out', name));
const text = bulkOrder({ iban, count: transfers });
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const longest = () => {
  const ms = (delay.max / 1e6).toFixed(0);
  delay.reset();
  return `longest pause ${ms} ms`;
};
console.log(`${transfers} transfers from one file of ${(text.length / 1e6).toFixed(1)} MB:`);
let from = performance.now();
writeFileSync(join(root, 'in', 'bulk.xml'), text);
await gateway.round();
await work.settled();
console.log(`  read, checked, kept in the log: ${seconds(from)}, ${longest()}`);
const [order] = (await desk.ask(at.ana, 'payment.bulkList')).orders;
if (order?.state !== 'checked') throw new Error(`the file is ${order?.state}`);
const draft = {
  ...{ task: 'payment.bulk', order: order.order, from: marta.account, currency: 'EUR' },
  amountMinor: order.amountMinor,
};
from = performance.now();
await desk.ask(at.ana, 'posting.post', { draft });
console.log(`  posted as one: ${seconds(from)}, ${longest()}`);
from = performance.now();
while (desk.counter.payments.bulk(order.order)?.state === 'posted') await gateway.round();
while (desk.counter.payments.waiting(1).length > 0) await gateway.round();
const sent = readdirSync(join(root, 'out')).length;
console.log(`  split and sent in ${sent} messages: ${seconds(from)}, ${longest()}`);
const { payments } = await desk.ask(at.ana, 'payment.list', { count: 1, text: 'Payee 1' });
const { messageId } = await desk.ask(at.ana, 'payment.get', {
  payment: payments[0]?.payment ?? 0,
});
from = performance.now();
await branch.receive(groupStatus(messageId, 'ACSC'));
console.log(`  one message of 100 settled, a journal each: ${seconds(from)}, ${longest()}`);
branch.close();
