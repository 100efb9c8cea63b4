// Attacks payments at the desk: what is refused, what is posted, what counts as evidence, what comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  groupStatus,
  incomingTransfer,
  notification,
  paymentReturn,
  recallAnswer,
  recallRequest,
  statusReport,
} from '#station/payments/branch/counterparty.fixture.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { checkMessage } from '#station/payments/iso20022/index.ts';
import { at } from './counter-fixture.ts';
import { customerWith, frenchIban, payingCounter, payment, seen } from './payment.fixture.ts';

const iban = (account: string) => ownIban({ ibanCountry: 'DE', bankCode: '50099900' }, account);

async function opened() {
  const branch = await payingCounter();
  const marta = await customerWith(branch.desk, 'Marta');
  return { ...branch, marta };
}

test('a payment waits in suspense, goes out once and is settled only on evidence', async () => {
  const { desk, marta, pay, posted, list, read, receive, card, close } = await opened();
  const paid = await pay(marta);
  assert.equal(posted(marta.account), -440_000n);
  assert.equal(posted('OUTWARDEUR'), -60_000n);
  assert.equal(posted('SETTLEMENTEUR'), 0n);
  assert.equal(paid.state, 'sent');
  const [file = ''] = list('out');
  assert.deepEqual(list('out'), [`pacs.008-${paid.messageId}.xml`]);
  const { valid, type } = checkMessage(read('out', file));
  assert.deepEqual([valid, type], [true, 'pacs.008.001.08']);
  await receive(statusReport(seen(paid), 'ACSP'));
  assert.equal((await card(paid.payment)).state, 'accepted');
  assert.equal(posted('SETTLEMENTEUR'), 0n, 'accepted is not settled');
  await receive(statusReport(seen(paid), 'ACSC'));
  const done = await card(paid.payment);
  assert.equal(done.state, 'settled');
  assert.equal(posted('OUTWARDEUR'), 0n);
  assert.equal(posted('SETTLEMENTEUR'), -60_000n);
  assert.deepEqual(
    done.life.map(({ message, status }) => [message, status]),
    [
      ['pain.001', ''],
      ['pacs.008', ''],
      ['pacs.008', ''],
      ['pacs.002', 'ACSP'],
      ['pacs.002', 'ACSC'],
    ],
  );
  await receive(notification(seen(paid), 'DBIT'));
  assert.equal(posted('SETTLEMENTEUR'), -60_000n, 'told twice is settled once');
  const { totals } = await desk.ask(at.otto, 'ledger.trialBalance');
  assert.equal(totals.EUR, '0');
  close();
});

test('the receipt of a payment says whom it goes to, and by which reference both banks know it', async () => {
  const { desk, marta, pay, close } = await opened();
  const paid = await pay(marta);
  const { lines } = await desk.ask(at.ana, 'journal.list', { count: 50 });
  const [entry] = lines.filter(({ kind }) => kind === 'payment.outgoing');
  const receipt = await desk.ask(at.ana, 'receipt.get', { journal: entry?.journal ?? 0 });
  const told = Object.fromEntries(receipt.lines.map(({ label, text }) => [label, text]));
  assert.equal(told.Payee, paid.name);
  assert.equal(told.IBAN?.replaceAll(' ', ''), paid.iban);
  assert.equal(told.UETR, paid.uetr);
  close();
});

test('what the form lacks is said at its field, and nothing is posted', async () => {
  const { desk, marta, close } = await opened();
  const refusal = async (values: object, more: object = {}) => {
    const draft = payment(marta, { values, ...more });
    const { refusals } = await desk.ask(at.ana, 'posting.preview', { draft });
    return refusals.map(({ reason, field }) => [reason, field]);
  };
  const good = { 'CdtrAcct/Id/IBAN': frenchIban, 'Cdtr/Nm': 'Dupont' };
  assert.deepEqual(await refusal(good), []);
  assert.deepEqual(await refusal({ ...good, 'CdtrAcct/Id/IBAN': 'FR1420041010050500013M02607' }), [
    ['iban-wrong', 'values.CdtrAcct/Id/IBAN'],
  ]);
  assert.deepEqual(await refusal({ ...good, 'Cdtr/Nm': '' }), [['name-missing', 'values.Cdtr/Nm']]);
  const unknown = { ...good, 'CdtrAcct/Id/IBAN': 'NL91ABNA0417164300' };
  assert.deepEqual(await refusal(unknown), [['bic-missing', 'values.CdtrAgt/FinInstnId/BICFI']]);
  assert.deepEqual(await refusal({ ...unknown, 'CdtrAgt/FinInstnId/BICFI': 'ABNANL2A' }), []);
  assert.deepEqual(await refusal({ ...good, 'CdtrAcct/Id/IBAN': iban(marta.account) }), [
    ['own-iban', 'values.CdtrAcct/Id/IBAN'],
  ]);
  assert.deepEqual((await refusal(good, { amountMinor: '500001' }))[0], [
    'not-enough-available',
    'amountMinor',
  ]);
  assert.deepEqual(await refusal(good, { channel: 'cbpr-plus' }), [
    ['address-missing', 'values.Cdtr/PstlAdr/TwnNm'],
  ]);
  assert.deepEqual(await refusal(good, { currency: 'USD' }), [
    ['channel-currency', 'currency'],
    ['wrong-currency', 'currency'],
  ]);
  close();
});

test('a rejected payment is back on the account, with the reason and the next step', async () => {
  const { marta, pay, posted, receive, card, close } = await opened();
  const paid = await pay(marta);
  await receive(statusReport(seen(paid), 'RJCT', { reason: 'AC04' }));
  const back = await card(paid.payment);
  assert.equal(back.state, 'rejected');
  assert.equal(posted(marta.account), -500_000n);
  assert.equal(posted('OUTWARDEUR'), 0n);
  assert.match(back.next, /closed the account/);
  assert.equal(back.life.at(-1)?.reasonMeaning, 'account is closed');
  await receive(statusReport(seen(paid), 'ACSC'));
  assert.equal((await card(paid.payment)).state, 'rejected', 'no settlement after a rejection');
  assert.equal(posted('SETTLEMENTEUR'), 0n);
  close();
});

test('a return comes back whole or less charges, once, and never more than went out', async () => {
  const { marta, pay, posted, receive, card, list, read, close } = await opened();
  const paid = await pay(marta);
  await receive(statusReport(seen(paid), 'ACSC'));
  await receive(paymentReturn(seen(paid), 'AC01', 60_001n));
  assert.equal((await card(paid.payment)).state, 'settled');
  assert.equal(list('rejected').length, 2, 'the file and its reason');
  const why = list('rejected').find((name) => name.endsWith('.reason.txt')) ?? '';
  assert.match(read('rejected', why), /600\.01.* came back of .*600\.00/);
  await receive(paymentReturn(seen(paid), 'AC01', 59_500n));
  assert.equal((await card(paid.payment)).state, 'returned');
  assert.equal(posted(marta.account), -499_500n);
  assert.equal(posted('SETTLEMENTEUR'), -500n);
  await receive(paymentReturn(seen(paid), 'AC01', 59_500n));
  assert.equal(posted(marta.account), -499_500n, 'nothing comes back twice');
  close();
});

test('a recall goes out, is refused or granted; money moves only with the return', async () => {
  const { desk, marta, pay, posted, receive, card, list, gateway, close } = await opened();
  const paid = await pay(marta);
  await receive(statusReport(seen(paid), 'ACSC'));
  const { payment: number } = paid;
  await desk.ask(at.ana, 'payment.recall', { payment: number, code: 'DUPL' });
  const again = await desk.fault(at.ana, 'payment.recall', { payment: number, code: 'DUPL' });
  assert.equal(again.reason, 'recall-asked');
  await gateway.round();
  assert.equal(list('out').filter((name) => name.startsWith('camt.056')).length, 1);
  await receive(recallAnswer(seen(paid), 'RJCR', 'NOOR'));
  assert.equal((await card(number)).recall, 'refused');
  await desk.ask(at.ana, 'payment.recall', { payment: number, code: 'TECH' });
  await receive(recallAnswer(seen(paid), 'PDCR', 'NARR'));
  assert.equal((await card(number)).recall, 'pending');
  assert.equal(posted(marta.account), -440_000n);
  await receive(paymentReturn(seen(paid), 'FOCR'));
  const done = await card(number);
  assert.deepEqual([done.state, done.recall], ['returned', 'granted']);
  assert.equal(posted(marta.account), -500_000n);
  close();
});

test('an enquiry goes out for what is on its way, and for nothing else', async () => {
  const { desk, marta, pay, receive, list, gateway, close } = await opened();
  const paid = await pay(marta);
  await desk.ask(at.ana, 'payment.enquire', { payment: paid.payment });
  await gateway.round();
  assert.equal(list('out').filter((name) => name.startsWith('pacs.028')).length, 1);
  await receive(groupStatus(paid.messageId, 'ACSC'));
  const fault = await desk.fault(at.ana, 'payment.enquire', { payment: paid.payment });
  assert.equal(fault.reason, 'payment-state');
  close();
});

test('the same payment twice a day is warned of; the same message twice is refused', async () => {
  const { desk, marta, pay, receive, list, card, close } = await opened();
  const paid = await pay(marta);
  const draft = payment(marta);
  const { flags, outcome } = await desk.ask(at.ana, 'posting.preview', { draft });
  assert.deepEqual([flags[0]?.rule, outcome], ['payment-repeated', 'post']);
  await receive(statusReport(seen(paid), 'ACSP', { number: 'SAME-1' }));
  await receive(statusReport(seen(paid), 'ACSC', { number: 'SAME-1' }), 'second.xml');
  assert.equal((await card(paid.payment)).state, 'accepted');
  assert.deepEqual(list('rejected'), ['second.xml', 'second.xml.reason.txt']);
  const { files } = await desk.ask(at.ana, 'payment.rejects');
  assert.equal(files[0]?.reason, 'message-repeated');
  close();
});

test('money comes in once, for an account; for nobody it waits for a supervisor', async () => {
  const { desk, marta, posted, receive, list, close, gateway } = await opened();
  const uetr = crypto.randomUUID();
  await receive(incomingTransfer({ iban: iban(marta.account), uetr }));
  assert.equal(posted(marta.account), -512_345n);
  await receive(incomingTransfer({ iban: iban(marta.account), uetr }), 'twice.xml');
  assert.equal(posted(marta.account), -512_345n);
  assert.ok(list('rejected').includes('twice.xml'));
  await receive(incomingTransfer({ iban: iban('10000009'), amountMinor: 700n }));
  await receive(incomingTransfer({ iban: iban('10000009'), amountMinor: 900n }));
  assert.equal(posted('INWARDEUR'), -1_600n);
  const { payments } = await desk.ask(at.sam, 'payment.list', { scope: 'attention' });
  const [second, first] = payments;
  assert.ok(first && second);
  const account = marta.account;
  const given = { payment: first.payment, account, reason: 'the payer meant Marta' };
  await desk.ask(at.sam, 'payment.apply', given);
  assert.equal(posted(marta.account), -513_045n);
  await desk.ask(at.sam, 'payment.sendBack', { payment: second.payment, code: 'AC01' });
  assert.equal(posted('INWARDEUR'), 0n);
  await gateway.round();
  assert.equal(list('out').filter((name) => name.startsWith('pacs.004')).length, 1);
  assert.equal((await desk.fault(at.sam, 'payment.apply', given)).reason, 'payment-state');
  const wrongWay = await desk.fault(at.sam, 'payment.enquire', { payment: first.payment });
  assert.equal(wrongWay.reason, 'payment-direction');
  close();
});

test('another bank asks for a payment back; a supervisor refuses', async () => {
  const { desk, marta, receive, gateway, list, close } = await opened();
  const uetr = crypto.randomUUID();
  await receive(incomingTransfer({ iban: iban(marta.account), uetr, messageId: 'IN-7' }));
  const { payments } = await desk.ask(at.sam, 'payment.list', {});
  const card = await desk.ask(at.sam, 'payment.get', { payment: payments[0]?.payment ?? 0 });
  await receive(recallRequest(seen(card), 'DUPL'));
  const asked = await desk.ask(at.sam, 'payment.get', { payment: card.payment });
  assert.deepEqual([asked.recall, asked.actions], ['asked', ['pay-back', 'answer']]);
  await desk.ask(at.sam, 'payment.refuseRecall', { payment: card.payment, code: 'CUST' });
  await gateway.round();
  assert.equal(list('out').filter((name) => name.startsWith('camt.029')).length, 1);
  close();
});

test('a recalled payment goes back with the customer’s consent, once', async () => {
  const { desk, marta, receive, gateway, posted, list, read, close } = await opened();
  const before = posted(marta.account) ?? 0n;
  const uetr = crypto.randomUUID();
  await receive(incomingTransfer({ iban: iban(marta.account), uetr, messageId: 'IN-8' }));
  const { payments } = await desk.ask(at.sam, 'payment.list', {});
  const payment = payments[0]?.payment ?? 0;
  const given = { payment, consent: 'on the phone at 10:05, called back' };
  assert.equal((await desk.fault(at.sam, 'payment.payBack', given)).reason, 'no-recall');
  const card = await desk.ask(at.sam, 'payment.get', { payment });
  await receive(recallRequest(seen(card), 'DUPL'));
  assert.equal((await desk.fault(at.ana, 'payment.payBack', given)).reason, 'role-missing');
  const silent = await desk.fault(at.sam, 'payment.payBack', { payment, consent: '  ' });
  assert.deepEqual([silent.reason, silent.field], ['bad-input', 'consent']);
  await desk.ask(at.sam, 'payment.payBack', given);
  assert.equal(posted(marta.account), before);
  const after = await desk.ask(at.sam, 'payment.get', { payment });
  assert.deepEqual([after.state, after.recall, after.actions], ['sent-back', 'granted', []]);
  assert.match(after.life.at(-1)?.what ?? '', /agreed: on the phone at 10:05/);
  await gateway.round();
  const [name = ''] = list('out').filter((each) => each.startsWith('pacs.004'));
  assert.match(read('out', name), /<Cd>FOCR<\/Cd>/);
  assert.equal((await desk.fault(at.sam, 'payment.payBack', given)).reason, 'no-recall');
  const { totals } = await desk.ask(at.otto, 'ledger.trialBalance');
  assert.equal(totals.EUR, '0');
  close();
});

test('what a customer has spent since is not paid back', async () => {
  const { desk, marta, pay, receive, posted, close } = await opened();
  const uetr = crypto.randomUUID();
  await receive(incomingTransfer({ iban: iban(marta.account), uetr, messageId: 'IN-9' }));
  const { payments } = await desk.ask(at.sam, 'payment.list', {});
  const payment = payments[0]?.payment ?? 0;
  const card = await desk.ask(at.sam, 'payment.get', { payment });
  await receive(recallRequest(seen(card), 'DUPL'));
  for (let spent = 0; spent < 8; spent += 1)
    await pay(marta, { amountMinor: String(63_000 + spent) });
  const left = posted(marta.account) ?? 0n;
  assert.ok(-left > 0n && -left < BigInt(card.amountMinor), `${left}`);
  const given = { payment, consent: 'in person' };
  const { reason } = await desk.fault(at.sam, 'payment.payBack', given);
  assert.equal(reason, 'not-enough-available');
  assert.equal(posted(marta.account), left);
  close();
});

test('a payment that is rejected gives its fee back with the money, one that is returned does not', async () => {
  const { desk, marta, pay, receive, posted, close } = await opened();
  const { policy } = await desk.ask(at.ada, 'policy.get', {});
  const bounds = { fromMinor: '0', minMinor: '0', maxMinor: null };
  const fee = { task: 'payment.outgoing', currency: 'EUR', flatMinor: '150', basisPoints: 0 };
  const fees = [{ ...fee, ...bounds }];
  await desk.ask(at.ada, 'policy.set', { policy: { ...(policy as object), fees }, reason: 'fees' });
  const before = posted(marta.account) ?? 0n;
  const first = await pay(marta);
  assert.equal(posted(marta.account), before + 60_150n);
  await receive(statusReport(seen(first), 'RJCT', { reason: 'AC04' }));
  assert.equal(posted(marta.account), before);
  const second = await pay(marta, { amountMinor: '70000' });
  await receive(statusReport(seen(second), 'ACSC'));
  await receive(paymentReturn(seen(second), 'AC04'));
  assert.equal(posted(marta.account), before + 150n);
  const { totals } = await desk.ask(at.otto, 'ledger.trialBalance');
  assert.equal(totals.EUR, '0');
  close();
});

test('a bad file changes nothing and lies aside with line and reason', async () => {
  const { desk, marta, pay, receive, read, list, close } = await opened();
  const paid = await pay(marta);
  const head = desk.ledger.head().seq;
  const good = statusReport(seen(paid), 'ACSC');
  const bad: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['cut.xml', good.slice(0, -40), /Line \d+, column \d+/],
    ['text.xml', 'Dear bank, please pay.', /Line 1/],
    ['entity.xml', `<!DOCTYPE a [<!ENTITY x "y">]>${good}`, /Line 1/],
    ['utf16.xml', Buffer.from(good, 'utf16le'), /Line 1/],
    ['other.xml', good.replace('pacs.002.001.10', 'pacs.002.001.99'), /pacs\.002/],
    ['order.xml', good.replace('<TxSts>', '<TxStz>').replace('</TxSts>', '</TxStz>'), /TxStz/],
    ['fin.txt', '{1:F01QNEXDEFFAXXX0000000000}{2:broken', /Line \d+|MT|header/i],
    ['empty.xml', '', /no root element/],
  ];
  for (const [name, text, reason] of bad) {
    await receive(text, name);
    assert.match(read('rejected', `${name}.reason.txt`), reason, name);
  }
  const events = desk.ledger.events(head + 1, desk.ledger.head().seq);
  assert.ok(events.every(({ type }) => type === 'payment.refused'));
  assert.equal(events.length, bad.length);
  assert.deepEqual(list('in'), []);
  close();
});

test('a payment over the limit waits for a supervisor and goes out when it is carried out', async () => {
  const { desk, marta, close } = await opened();
  const policy = (await desk.ask(at.ada, 'policy.get', {})).policy as { roleLimits: object[] };
  const limits = policy.roleLimits.map((row) =>
    'task' in row && row.task === 'payment.outgoing' ? { ...row, softMinor: '1000' } : row,
  );
  await desk.ask(at.ada, 'policy.set', {
    policy: { ...policy, roleLimits: limits },
    reason: 'low',
  });
  const draft = payment(marta);
  const reply = await desk.ask(at.ana, 'posting.post', { draft });
  assert.equal(reply.state, 'parked');
  const { payments } = await desk.ask(at.ana, 'payment.list', {});
  assert.deepEqual(payments, []);
  const approval = reply.state === 'parked' ? reply.approval : 0;
  const { contentDigest } = await desk.ask(at.sam, 'approval.get', { approval });
  desk.clock.pass(30_000);
  for (const window of Object.values(at)) await desk.send(window, 'session.touch', {});
  const code = desk.code('sam');
  await desk.ask(at.sam, 'approval.decide', { approval, decision: 'approve', contentDigest, code });
  await desk.ask(at.ana, 'approval.resume', { approval });
  const after = await desk.ask(at.ana, 'payment.list', {});
  assert.equal(after.payments.length, 1);
  close();
});
