// Attacks the opening of accounts and the power over them, then proves their life from opening to close.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { StatementLine } from '#contract/accounts.ts';
import { branch, openAccount, opening, post, reason, view } from './accounts-fixture.ts';
import { person, register, type TestDesk } from './session-fixture.ts';

const opened: TestDesk[] = [];
after(() => {
  for (const desk of opened) desk.close();
});
async function kept() {
  const desk = await branch();
  opened.push(desk);
  return desk;
}

test('openings that must not be are refused at their field', async () => {
  const desk = await kept();
  const { anna, jonas } = desk;
  const expired = [{ kind: 'passport', number: 'OLD1', country: 'DE', expiresOn: '2026-11-20' }];
  const old = await register(desk, 2, person('Otto', 'Alt', { documents: expired }));
  const late = person('Otto', 'Alt', { documents: [{ ...expired[0], expiresOn: '2026-11-19' }] });
  await desk.ask(2, 'customer.amend', { customer: old, details: late, reason });
  const holder = { customer: anna, role: 'holder' };
  const mandate = { customer: jonas, kind: 'signatory' };
  for (const [change, wanted, field] of [
    [{ currency: 'JPY' }, 'currency-not-kept', 'currency'],
    [{ owners: [] }, 'bad-input', 'owners'],
    [{ owners: [{ customer: anna, role: 'joint' }] }, 'one-holder', 'owners'],
    [{ owners: [holder, { customer: jonas, role: 'holder' }] }, 'one-holder', 'owners'],
    [{ owners: [holder, { ...holder, role: 'joint' }] }, 'owner-twice', 'owners.1.customer'],
    [{ owners: [{ ...holder, customer: 7 }] }, 'customer-unknown', 'owners.0.customer'],
    [{ owners: [{ ...holder, customer: old }] }, 'customer-not-identified', 'owners.0.customer'],
    [{ mandates: [{ ...mandate, customer: 7 }] }, 'customer-unknown', 'mandates.0.customer'],
    [
      { mandates: [{ ...mandate, customer: old }] },
      'customer-not-identified',
      'mandates.0.customer',
    ],
    [{ mandates: [{ ...mandate, customer: anna }] }, 'owner-already', 'mandates.0.customer'],
    [{ mandates: [mandate, mandate] }, 'mandate-twice', 'mandates.1.customer'],
    [{ mandates: [{ ...mandate, limitMinor: '0' }] }, 'mandate-limit', 'mandates.0.limitMinor'],
    [{ mandates: [{ ...mandate, until: '2026-11-19' }] }, 'mandate-over', 'mandates.0.until'],
    [{ mandates: [{ ...mandate, until: '2026-11-31' }] }, 'date-not-a-date', 'mandates.0.until'],
    [{ product: 'till' }, 'bad-input', 'product'],
  ] as const) {
    const fault = await desk.fault(2, 'account.open', opening(anna, change));
    assert.deepEqual([fault.reason, fault.field], [wanted, field], JSON.stringify(change));
  }
  assert.equal(desk.events('account.opened').length, 1);
});

test('no account is opened while the branch is closed', async () => {
  const desk = await kept();
  desk.ledger.write(() =>
    desk.ledger.append({
      ...{ type: 'date.closed', actor: 'system' },
      data: { dateClosed: '2026-11-20' },
    }),
  );
  assert.equal((await desk.fault(2, 'account.open', opening(desk.anna))).reason, 'day-closed');
});

test('nobody opens, changes or empowers their own account', async () => {
  const desk = await kept();
  const { anna, jonas } = desk;
  const password = 'temporary words 7';
  await desk.ask(1, 'staff.add', {
    ...{ user: 'eva', name: 'Eva', roles: ['teller', 'compliance'], password, customer: anna },
  });
  await desk.ask(4, 'session.open', { user: 'eva', password });
  const next = 'lantern orbit seven';
  await desk.ask(4, 'session.changePassword', { current: password, next });
  const number = await openAccount(desk, anna);
  const mandates = [{ customer: anna, kind: 'attorney' }];
  for (const [name, input] of [
    ['account.open', opening(anna)],
    ['account.open', opening(jonas, { mandates })],
    ['account.close', { number, reason }],
    ['account.freeze', { number, reason }],
    ['account.unfreeze', { number, reason }],
  ] as const) {
    assert.equal((await desk.fault(4, name, input)).reason, 'own-account', name);
  }
});

test('numbers that are wrong, or the bank’s own, show nothing', async () => {
  const desk = await kept();
  for (const name of ['account.get', 'account.statement'] as const) {
    const unknown = await desk.fault(2, name, { number: '99999999' });
    assert.equal(unknown.reason, 'account-unknown');
  }
  desk.ledger.write(() =>
    desk.ledger.append({
      ...{ type: 'account.opened', actor: 'system' },
      data: {
        accounts: [
          {
            ...{ id: 600, number: 'TILL1EUR', product: 'till', class: 'asset', currency: 'EUR' },
            ...{ name: 'Till 1', customer: null, cash: true, lowMinor: '0', highMinor: null },
          },
        ],
      },
    }),
  );
  for (const name of ['account.get', 'account.statement'] as const) {
    const fault = await desk.fault(2, name, { number: 'TILL1EUR' });
    assert.equal(fault.reason, 'account-internal', 'a till counts blind');
  }
});

test('a joint account shows its owners, mandates, holds and what may be taken', async () => {
  const desk = await kept();
  const { anna, jonas } = desk;
  const otto = await register(desk, 2, person('Otto', 'Kind'));
  const number = await openAccount(desk, anna, {
    owners: [
      { customer: anna, role: 'holder' },
      { customer: jonas, role: 'joint' },
    ],
    mandates: [{ customer: otto, kind: 'signatory', limitMinor: '50000', until: '2027-01-31' }],
  });
  post(desk, number, 100_000n);
  const account = desk.ledger.accountByNumber(number)?.id ?? 0;
  post(desk, number, -20_000n, {
    holds: { place: [{ account, side: 'debit', amountMinor: '30000', why: 'approval 7' }] },
  });
  await desk.ask(3, 'account.setOverdraft', { number, overdraftMinor: '10000', reason });
  const { holds, openedOn, ...shown } = await view(desk, number);
  assert.equal(openedOn, '2026-11-20');
  assert.deepEqual(
    holds.map(({ amountMinor, why }) => [amountMinor, why]),
    [['30000', 'approval 7']],
  );
  assert.deepEqual(shown, {
    ...{ number, name: 'Anna Keller', product: 'checking', currency: 'EUR', state: 'open' },
    ...{ role: '', id: account, entries: 2, lastMovementOn: '2026-11-20' },
    ...{ balanceMinor: '80000', availableMinor: '60000', heldMinor: '30000' },
    overdraftMinor: '10000',
    owners: [
      { customer: anna, name: 'Anna Keller', role: 'holder' },
      { customer: jonas, name: 'Jonas Weber', role: 'joint' },
    ],
    mandates: [
      {
        ...{ id: 1, customer: otto, name: 'Otto Kind', kind: 'signatory' },
        ...{ limitMinor: '50000', until: '2027-01-31' },
      },
    ],
  });
  const roles = async (customer: number) => {
    const { accounts }: { accounts: { role: string }[] } = await desk.ask(2, 'customer.get', {
      customer,
    });
    return accounts.map((each) => each.role);
  };
  assert.deepEqual(
    [await roles(anna), await roles(jonas), await roles(otto)],
    [['holder'], ['joint'], ['signatory']],
  );
  const { hits }: { hits: { customer: number }[] } = await desk.ask(2, 'customer.search', {
    text: number,
  });
  assert.deepEqual(
    hits.map((hit) => hit.customer),
    [anna, jonas],
  );
});

test('a statement is read page by page, each line as the customer sees it', async () => {
  const desk = await kept();
  const number = await openAccount(desk, desk.anna);
  for (let count = 1n; count <= 7n; count++) post(desk, number, count * 1000n);
  post(desk, number, -500n);
  const pages: StatementLine[][] = [];
  let before: string | undefined;
  for (;;) {
    const page: { lines: StatementLine[]; more: boolean } = await desk.ask(2, 'account.statement', {
      ...{ number, count: 3 },
      ...(before === undefined ? {} : { before }),
    });
    pages.push(page.lines);
    before = page.lines.at(-1)?.leg;
    if (!page.more) break;
  }
  assert.deepEqual(
    pages.map((page) => page.map((line) => line.number)),
    [
      [8, 7, 6],
      [5, 4, 3],
      [2, 1],
    ],
  );
  const even: { more: boolean } = await desk.ask(2, 'account.statement', { number, count: 8 });
  assert.equal(even.more, false, 'a full page that is the last says so');
  const [first] = pages[0] ?? [];
  assert.deepEqual(
    [first?.what, first?.narrative, first?.counterparty, first?.amountMinor, first?.balanceMinor],
    ['Withdrawal', 'by hand', 'Opening balances', '-500', '27500'],
  );
  const far = { number, before: '9999999999999999999' };
  assert.equal((await desk.fault(2, 'account.statement', far)).reason, 'leg-unknown');
  const foreign: { lines: unknown[] } = await desk.ask(2, 'account.statement', {
    number,
    before: '1024',
  });
  assert.deepEqual(foreign.lines, [], 'a leg of no account of this number leads nowhere');
});

test('a frozen account takes nothing until it is unfrozen', async () => {
  const desk = await kept();
  const number = await openAccount(desk, desk.anna);
  assert.equal((await desk.fault(2, 'account.freeze', { number, reason })).code, 'forbidden');
  assert.equal(
    (await desk.fault(3, 'account.unfreeze', { number, reason })).reason,
    'account-not-frozen',
  );
  await desk.ask(3, 'account.freeze', { number, reason });
  assert.throws(() => post(desk, number, 100n), { reason: 'account-frozen' });
  assert.equal(
    (await desk.fault(3, 'account.freeze', { number, reason })).reason,
    'account-frozen',
  );
  assert.equal((await desk.fault(2, 'account.close', { number, reason })).reason, 'account-frozen');
  const { alerts }: { alerts: string[] } = await desk.ask(2, 'customer.get', {
    customer: desk.anna,
  });
  assert.match(alerts.join(), /is frozen/);
  await desk.ask(3, 'account.unfreeze', { number, reason });
  post(desk, number, 100n);
});

test('an account is closed empty, without holds, and for ever', async () => {
  const desk = await kept();
  const number = await openAccount(desk, desk.anna);
  post(desk, number, 100n);
  const close = { number, reason };
  assert.equal((await desk.fault(2, 'account.close', close)).reason, 'account-not-empty');
  post(desk, number, -100n);
  const account = desk.ledger.accountByNumber(number)?.id ?? 0;
  await desk.ask(3, 'account.setOverdraft', { number, overdraftMinor: '100', reason });
  post(desk, number, 100n, {
    holds: { place: [{ account, side: 'debit', amountMinor: '100', why: 'approval 7' }] },
  });
  post(desk, number, -100n);
  assert.equal((await desk.fault(2, 'account.close', close)).reason, 'account-holds');
  const hold = desk.ledger.placedOn(account)[0]?.id ?? 0;
  post(desk, number, 100n, { holds: { release: [{ hold }] } });
  post(desk, number, -100n);
  await desk.ask(2, 'account.close', close);
  assert.equal((await view(desk, number)).state, 'closed');
  assert.throws(() => post(desk, number, 100n), { reason: 'account-closed' });
  for (const [window, name, input] of [
    [2, 'account.close', close],
    [3, 'account.freeze', close],
    [3, 'account.unfreeze', close],
    [3, 'account.setOverdraft', { ...close, overdraftMinor: '5' }],
    [3, 'account.grantMandate', { ...close, mandate: { customer: desk.jonas, kind: 'view' } }],
  ] as const) {
    assert.equal((await desk.fault(window, name, input)).reason, 'account-closed', name);
  }
  const again = await openAccount(desk, desk.anna);
  assert.notEqual(again, number, 'a number is never given twice');
  const { hits } = await desk.ask(2, 'customer.search', { text: 'Anna' });
  const shown = (hits as { customer: number; accounts: string[] }[]).find(
    ({ customer }) => customer === desk.anna,
  )?.accounts;
  assert.deepEqual(shown, [again], 'what is closed is not offered any more');
});

test('an overdraft is bounded by what is used and by the product', async () => {
  const desk = await kept();
  const number = await openAccount(desk, desk.anna);
  const set = (overdraftMinor: string, of = number) => ({ number: of, overdraftMinor, reason });
  await desk.ask(3, 'account.setOverdraft', set('10000'));
  post(desk, number, -8000n);
  assert.throws(() => post(desk, number, -2001n), { reason: 'insufficient-funds' });
  const used = await desk.fault(3, 'account.setOverdraft', set('7999'));
  assert.deepEqual([used.reason, used.field], ['overdraft-used', 'overdraftMinor']);
  assert.match(used.message, /80\.00 EUR is in use/);
  const most = String(2n ** 53n + 1n);
  assert.equal((await desk.fault(3, 'account.setOverdraft', set(most))).reason, 'amount-too-large');
  const savings = await openAccount(desk, desk.anna, { product: 'savings' });
  assert.equal(
    (await desk.fault(3, 'account.setOverdraft', set('1', savings))).reason,
    'overdraft-savings',
  );
  const loan = await openAccount(desk, desk.anna, { product: 'loan' });
  // A deposit is what the bank owes, a loan what it is owed.
  const classOf = (each: string) => desk.ledger.accountByNumber(each)?.class;
  assert.deepEqual([number, savings, loan].map(classOf), ['liability', 'liability', 'asset']);
  assert.throws(() => post(desk, loan, -1n), { reason: 'insufficient-funds' });
  await desk.ask(3, 'account.setOverdraft', set('500000', loan));
  post(desk, loan, -500_000n);
  assert.throws(() => post(desk, loan, 500_001n), { reason: 'below-limit' });
});
