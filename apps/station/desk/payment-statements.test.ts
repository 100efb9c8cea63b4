// Attacks statements in the gateway's inbox: matched where sure, for the right account, once, or put aside.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingsInput } from '#station/payments/branch/branch.fixture.ts';
import { statusReport } from '#station/payments/branch/counterparty.fixture.ts';
import { buildMessage, messageDefinition } from '#station/payments/iso20022/index.ts';
import { at } from './counter-fixture.ts';
import { customerWith, payingCounter, seen } from './payment.fixture.ts';

const fin = (name: string, theirs: string, endToEndId: string): string =>
  [
    ...[`:20:${name}`, `:25:${theirs}`, ':28C:1/1', ':60F:C261120EUR0,00'],
    ...[`:61:261120D600,00NTRF${endToEndId.slice(0, 16)}`, ':62F:D261120EUR600,00', '-', ''],
  ].join('\r\n');

const balance = (code: string, amount: string, mark: string) => ({
  Tp: { CdOrPrtry: { Cd: code } },
  Amt: { Ccy: 'EUR', value: amount },
  CdtDbtInd: mark,
  Dt: { Dt: '2026-11-20' },
});

/** A camt.053 with one debit of 600.00 under an end-to-end reference. */
function camt(endToEndId: string): string {
  const { xml, errors } = buildMessage(messageDefinition('camt.053.001.08'), {
    BkToCstmrStmt: {
      GrpHdr: { MsgId: 'S-1', CreDtTm: '2026-11-20T18:00:00Z' },
      Stmt: [
        {
          Id: 'STMT-7',
          Acct: { Id: { Othr: { Id: 'SETTLE 7' } }, Ccy: 'EUR' },
          Bal: [balance('OPBD', '0.00', 'CRDT'), balance('CLBD', '600.00', 'DBIT')],
          Ntry: [
            {
              Amt: { Ccy: 'EUR', value: '600.00' },
              CdtDbtInd: 'DBIT',
              Sts: { Cd: 'BOOK' },
              BookgDt: { Dt: '2026-11-20' },
              ValDt: { Dt: '2026-11-20' },
              BkTxCd: { Prtry: { Cd: 'NTRF' } },
              NtryDtls: [{ TxDtls: [{ Refs: { EndToEndId: endToEndId } }] }],
            },
          ],
        },
      ],
    },
  });
  assert.deepEqual(errors, []);
  return xml;
}

async function settledPayment() {
  const branch = await payingCounter();
  const { desk } = branch;
  const marta = await customerWith(desk, 'Marta');
  const card = await branch.pay(marta, {
    values: {
      ...{ 'CdtrAcct/Id/IBAN': 'FR1420041010050500013M02606', 'Cdtr/Nm': 'Dupont' },
      'PmtId/EndToEndId': 'RENT-2026-11',
    },
  });
  await branch.receive(statusReport(seen(card), 'ACSC'));
  const statementAccounts = [{ theirs: 'SETTLE/7', account: 'SETTLEMENTEUR' }];
  const settings = { ...settingsInput, statementAccounts };
  const configure = () =>
    desk.ask(at.ada, 'payment.configure', { settings, reason: 'statements come by themselves' });
  const listed = () => desk.ask(at.sam, 'reconcile.list', { account: 'SETTLEMENTEUR' });
  return { ...branch, card, configure, listed };
}

for (const [kind, make] of [
  ['camt.053', camt],
  ['MT940', (endToEndId: string) => fin('STMT-7', 'SETTLE-7', endToEndId)],
] as const) {
  test(`a ${kind} in the inbox finds its account and its payment, and is taken once`, async () => {
    const { card, configure, listed, receive, list, read, close } = await settledPayment();
    await configure();
    const file = await receive(make(card.endToEndId));
    assert.ok(list('archive').includes(file));
    const { statement, theirs, ours, unexplainedMinor } = await listed();
    assert.deepEqual([statement?.identification.slice(0, 6), theirs, ours], ['STMT-7', [], []]);
    assert.equal(unexplainedMinor, '0');
    const again = await receive(`${make(card.endToEndId)}\n`);
    assert.match(read('rejected', `${again}.reason.txt`), /taken in before/);
    close();
  });
}

test('a statement nobody knows the account of is put aside with what to do, and then comes in', async () => {
  const { card, configure, listed, receive, read, close } = await settledPayment();
  const file = await receive(fin('STMT-8', 'SETTLE-7', card.endToEndId), 'a.sta');
  assert.match(read('rejected', `${file}.reason.txt`), /SETTLEMENTEUR or NOSTROEUR.*by hand/);
  assert.equal((await listed()).statement, null);
  await configure();
  await receive(fin('STMT-8', 'SETTLE-7', card.endToEndId), 'b.sta');
  assert.equal((await listed()).statement?.closingMinor, '-60000');
  close();
});

test('a statement that does not add up or breaks off changes nothing', async () => {
  const { card, configure, listed, receive, list, close } = await settledPayment();
  await configure();
  const good = fin('STMT-9', 'SETTLE-7', card.endToEndId);
  await receive(good.replace('D600,00', 'D599,00'), 'sum.sta');
  await receive(good.slice(0, -30), 'cut.sta');
  await receive(camt(card.endToEndId).slice(0, -40), 'cut.xml');
  assert.equal((await listed()).statement, null);
  const aside = list('rejected').filter((name) => !name.endsWith('.txt'));
  assert.deepEqual(aside, ['cut.sta', 'cut.xml', 'sum.sta']);
  close();
});
