// Holds what refuses a listed name where nothing can wait for an approval: visits, payments that came in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScreeningFact } from '#station/bank/screening.ts';
import { settingsInput } from '#station/payments/branch/branch.fixture.ts';
import { incomingTransfer, recallRequest } from '#station/payments/branch/counterparty.fixture.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { at, nextCode, servingCounter } from './counter-fixture.ts';
import { customerWith, payingCounter, seen } from './payment.fixture.ts';
import { listed } from './screening-fixture.ts';
import { refuseListed } from './screening-postings.ts';

/** A branch that takes payments in. The payer is Erika Beispiel, who is as good as listed unless told otherwise. */
async function withLists(entry = listed('T-1', 'Erica Beispiel')) {
  const desk = await servingCounter({ hasLists: true });
  await desk.ask(at.ada, 'payment.configure', { settings: settingsInput, reason: 'the tests pay' });
  desk.lists?.publish([entry]);
  const branch = await payingCounter({ desk });
  const marta = await customerWith(desk, 'Marta');
  const iban = ownIban({ ibanCountry: 'DE', bankCode: '50099900' }, marta.account);
  return { ...branch, marta, iban };
}

const fact = (state: ScreeningFact['state']): ScreeningFact => ({
  ...{
    entry: 'un/A-1',
    role: 'payee',
    state,
    id: null,
    customer: null,
    fresh: null,
    message: `${state}!`,
  },
});

test('where nothing can be parked, only a second person lets an open name pass, and nobody a true one', () => {
  const at = (isSeconded: boolean) => ({ isSeconded, field: 'second.user' });
  const refused = (facts: readonly ScreeningFact[], isSeconded: boolean) => {
    try {
      refuseListed(facts, at(isSeconded));
      return null;
    } catch (error) {
      return (error as { reason: string }).reason;
    }
  };
  assert.equal(refused([fact('false')], false), null);
  assert.equal(refused([fact('open')], false), 'listed-name-open');
  assert.equal(refused([fact('open')], true), null);
  assert.equal(refused([fact('open'), fact('true')], true), 'listed-name');
});

test('money from a name that resembles a listed one waits aside, goes nowhere, and is credited once somebody has decided', async () => {
  const { desk, marta, receive, posted, iban, close } = await withLists();
  await receive(incomingTransfer({ iban }));
  assert.equal(posted(marta.account), -500_000n, 'not credited');
  assert.equal(posted('INWARDEUR'), -12_345n, 'and there, aside');
  const { payments } = await desk.ask(at.sam, 'payment.list', { scope: 'attention' });
  const payment = payments[0]?.payment ?? 0;
  const card = await desk.ask(at.sam, 'payment.get', { payment });
  assert.equal(card.state, 'unapplied');
  assert.match(
    card.life[0]?.what ?? '',
    /“Erika Beispiel” \(payer\) resembles Erica Beispiel, T-1/,
  );
  const apply = { payment, account: marta.account, reason: 'Marta expects it' };
  for (const [name, input] of [
    ['payment.apply', apply],
    ['payment.sendBack', { payment, code: 'AC01' }],
  ] as const) {
    const fault = await desk.fault(at.sam, name, input);
    assert.equal(fault.reason, 'listed-name-open', name);
  }
  assert.equal(posted('INWARDEUR'), -12_345n);
  const [found] = (await desk.ask(at.sam, 'screening.cases', { scope: 'open' })).cases;
  assert.deepEqual([found?.entry, found?.role, found?.mine], ['T-1', 'payer', true]);
  await nextCode(desk);
  await desk.ask(at.sam, 'screening.decide', {
    ...{ case: found?.id ?? 0, outcome: 'false', note: 'another Erika, papers seen' },
    code: desk.code('sam'),
  });
  await desk.ask(at.sam, 'payment.apply', apply);
  assert.equal(posted(marta.account), -512_345n);
  await receive(incomingTransfer({ iban, amountMinor: 100n }));
  assert.equal(posted(marta.account), -512_445n, 'remembered: the next is credited at once');
  close();
});

test('once it is the listed one, nothing of that name is credited or sent back by anybody', async () => {
  const { desk, marta, receive, posted, iban, close } = await withLists();
  await receive(incomingTransfer({ iban }));
  const [found] = (await desk.ask(at.cora, 'screening.cases', { scope: 'open' })).cases;
  await nextCode(desk);
  await desk.ask(at.sam, 'screening.decide', {
    ...{ case: found?.id ?? 0, outcome: 'true', note: 'it is her' },
    code: desk.code('sam'),
  });
  await receive(incomingTransfer({ iban, amountMinor: 100n }));
  assert.equal(posted('INWARDEUR'), -12_445n);
  const { payments } = await desk.ask(at.sam, 'payment.list', { scope: 'attention' });
  assert.equal(payments.length, 2);
  for (const { payment } of payments) {
    const apply = { payment, account: marta.account, reason: 'please' };
    assert.equal((await desk.fault(at.sam, 'payment.apply', apply)).reason, 'listed-name');
    const back = { payment, code: 'AC01' };
    assert.equal((await desk.fault(at.sam, 'payment.sendBack', back)).reason, 'listed-name');
  }
  close();
});

test('money credited before its payer was listed is not paid back until somebody has decided', async () => {
  const nobody = listed('T-2', 'Xq Wz');
  const { desk, marta, receive, posted, iban, close } = await withLists(nobody);
  await receive(incomingTransfer({ iban }));
  assert.equal(posted(marta.account), -512_345n);
  const { payments } = await desk.ask(at.sam, 'payment.list', {});
  const payment = payments[0]?.payment ?? 0;
  await receive(recallRequest(seen(await desk.ask(at.sam, 'payment.get', { payment })), 'DUPL'));
  desk.lists?.publish([listed('T-1', 'Erica Beispiel')]);
  // The newer list is made ready beside the desk, as time passes.
  await desk.ask(at.sam, 'screening.try', { name: 'Erika Beispiel' });
  desk.clock.pass(1_000);
  const given = { payment, consent: 'on the phone at 10:05, called back' };
  assert.equal((await desk.fault(at.sam, 'payment.payBack', given)).reason, 'listed-name-open');
  assert.equal(posted(marta.account), -512_345n);
  close();
});
