// Walks one branch through a day: what the ledger does, what it refuses, and in which words.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import type { JournalData } from './events.ts';
import { accountData, type Branch, eventOf, journal, leg, openBranch } from './ledger-fixture.ts';
import { reversalOf } from './reversal.ts';

const [till, vault, alice, bob, yen, fees] = [1, 2, 3, 4, 5, 6];

/** A branch on 20 November 2026 with a till of 1,000.00, Alice with 250.00 and Bob with nothing. */
function branch(context: TestContext): Branch {
  const opened = openBranch();
  context.after(() => opened.close());
  const { ledger } = opened;
  ledger.write(() => {
    ledger.append(eventOf({ dateOpened: '2026-11-20' }, { type: 'date.opened' }));
    ledger.append(
      eventOf(
        {
          accounts: [
            accountData({ id: till, product: 'till', class: 'asset', cash: true, lowMinor: '0' }),
            accountData({ id: vault, product: 'vault', class: 'asset', cash: true, lowMinor: '0' }),
            accountData({ id: alice, highMinor: '5000', name: 'Alice' }),
            accountData({ id: bob, highMinor: '0', name: 'Bob' }),
            accountData({ id: yen, currency: 'JPY', highMinor: '0' }),
            accountData({ id: fees, product: 'fees', class: 'income' }),
            accountData({ id: 7, product: 'capital', class: 'equity' }),
          ],
        },
        { type: 'account.opened' },
      ),
    );
    const opening = journal(leg(till, 7, 75000n), leg(till, alice, 25000n));
    post(opened, { ...opening, cash: [{ account: till, pieces: { '10000': 8, '5000': 4 } }] });
  });
  return opened;
}

function post({ ledger }: Branch, data: JournalData): number {
  return ledger.write(() => ledger.append(eventOf({ journal: data })).seq);
}

function refuses(reason: string, work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof Refusal, `a refusal, not ${error}`);
    assert.equal(error.reason, reason, error.message);
    return error;
  }
  return assert.fail(`not refused (${reason})`);
}

const posted = ({ ledger }: Branch, account: number) => ledger.account(account)?.postedMinor;

test('a posting moves both sides, and the statement of each shows it', (context) => {
  const opened = branch(context);
  const seq = post(opened, journal(leg(alice, bob, 1234n)));
  assert.equal(posted(opened, alice), -23766n);
  assert.equal(posted(opened, bob), -1234n);
  const [line] = opened.ledger.statement({ account: bob, count: 50 });
  assert.deepEqual(line, {
    ...{ leg: seq * 1024, journal: seq, number: 1, date: '2026-11-20', valueDate: '2026-11-20' },
    ...{ counterparty: alice, amountMinor: -1234n, balanceMinor: -1234n, reverses: null },
  });
  assert.deepEqual(opened.ledger.totals(), { EUR: 0n, JPY: 0n });
});

test('an account says whose it is, what it may still take, and its newest leg', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const owned = accountData({ id: 8, customer: 77, lowMinor: '-900', openedOn: '2020-02-02' });
  ledger.write(() => ledger.append(eventOf({ accounts: [owned] }, { type: 'account.opened' })));
  const untouched = {
    ...{ id: 8, number: '10000008', product: 'checking', class: 'liability', currency: 'EUR' },
    ...{ name: 'Account 8', customer: 77, openedOn: '2020-02-02', state: 'open', cash: false },
    ...{ postedMinor: 0n, heldDebitMinor: 0n, heldCreditMinor: 0n, lowMinor: -900n },
    ...{ highMinor: null, availableDebitMinor: null, legs: 0, lastLeg: null },
  };
  assert.deepEqual(ledger.account(8), untouched);
  const seq = post(opened, journal(leg(alice, 8, 500n)));
  const moved = { ...untouched, postedMinor: -500n, legs: 1, lastLeg: seq * 1024 };
  assert.deepEqual(ledger.accountByNumber('10000008'), moved);
  const { customer, cash, availableDebitMinor, legs, lastLeg } = ledger.account(alice) ?? {};
  assert.deepEqual(
    [customer, cash, availableDebitMinor, legs, lastLeg],
    [null, false, 29500n, 2, seq * 1024],
  );
  assert.equal(ledger.account(till)?.cash, true);
  assert.equal(ledger.account(999), undefined);
  assert.equal(ledger.nextAccountId(), 9);
});

test('what may not be posted is refused in words, and nothing of it stays', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const before = ledger.head().seq;
  const refused: [string, JournalData][] = [
    ['insufficient-funds', journal(leg(alice, bob, 30001n))],
    ['insufficient-funds', journal(leg(alice, bob, 100n), leg(bob, fees, 101n))],
    ['same-account', journal(leg(alice, alice, 1n))],
    ['amount-out-of-range', journal(leg(alice, bob, 0n))],
    ['amount-out-of-range', journal(leg(fees, bob, 2n ** 53n + 1n))],
    ['currency-differs', journal(leg(alice, yen, 1n))],
    ['currency-differs', journal(leg(alice, bob, 1n, 'USD'))],
    ['account-unknown', journal(leg(alice, 99, 1n))],
    ['cash-does-not-add-up', journal(leg(till, alice, 5000n))],
    ['below-limit', { ...journal(leg(7, vault, 5000n)), cash: [] }],
    [
      'pieces-missing',
      { ...journal(leg(alice, till, 20000n)), cash: [{ account: till, pieces: { '20000': -1 } }] },
    ],
    ['not-a-cash-account', { ...journal(), cash: [{ account: alice, pieces: { '100': 1 } }] }],
    ['journal-unknown', { ...journal(leg(bob, alice, 1n)), reversalOf: 1 }],
    ['hold-unknown', { ...journal(), holds: { release: [{ hold: 5 }] } }],
  ];
  for (const [reason, data] of refused) refuses(reason, () => post(opened, data));
  assert.equal(ledger.head().seq, before);
  assert.equal(posted(opened, alice), -25000n);
  assert.match(
    refuses('insufficient-funds', () => post(opened, journal(leg(alice, bob, 30001n)))).message,
    /300\.01 EUR is more than account 10000003 has available: 300\.00 EUR/,
  );
});

test('money that is held is not there for anything else, and is resolved once', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const place = { account: alice, side: 'debit', amountMinor: '20000', why: 'approval' } as const;
  const seq = post(opened, { ...journal(), holds: { place: [place] } });
  const hold = seq * 1024;
  assert.equal(ledger.account(alice)?.availableDebitMinor, 10000n);
  refuses('insufficient-funds', () => post(opened, journal(leg(alice, bob, 10001n))));
  const capture = { capture: [{ hold, amountMinor: '12000' }] };
  post(opened, { ...journal(leg(alice, bob, 12000n)), holds: capture });
  assert.equal(ledger.account(alice)?.heldDebitMinor, 0n);
  assert.equal(ledger.hold(hold)?.capturedMinor, 12000n);
  refuses('hold-resolved', () => post(opened, { ...journal(), holds: { release: [{ hold }] } }));
});

test('a reversal mirrors every leg and the pieces, once', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const pieces = { '10000': 1 };
  const deposit = {
    ...journal(leg(till, bob, 10000n), leg(bob, fees, 250n)),
    cash: [{ account: till, pieces }],
  };
  const seq = post(opened, deposit);
  const mirror = reversalOf(seq, deposit);
  refuses('not-the-mirror', () =>
    post(opened, { ...mirror, legs: [leg(fees, bob, 249n), leg(bob, till, 10000n)] }),
  );
  refuses('not-the-mirror', () => post(opened, { ...mirror, legs: mirror.legs.slice(0, 1) }));
  const reversal = post(opened, mirror);
  assert.equal(posted(opened, bob), 0n);
  assert.deepEqual(ledger.pieces(till), { '5000': 4, '10000': 8 });
  assert.equal(ledger.journal(seq)?.reversedBy, reversal);
  refuses('already-reversed', () => post(opened, mirror));
  refuses('reversal-of-reversal', () => post(opened, reversalOf(reversal, mirror)));
});

test('a dormant account is woken by its journal, a frozen one refuses, a closed one stays closed', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const state = (account: number, to: 'open' | 'dormant' | 'frozen' | 'closed') =>
    ledger.write(() => ledger.append(eventOf({ states: [{ account, state: to }] })));
  state(bob, 'dormant');
  refuses('account-dormant', () => post(opened, journal(leg(alice, bob, 100n))));
  ledger.write(() =>
    ledger.append(
      eventOf({
        states: [{ account: bob, state: 'open' }],
        journal: journal(leg(alice, bob, 100n)),
      }),
    ),
  );
  state(bob, 'frozen');
  refuses('account-frozen', () => post(opened, journal(leg(bob, alice, 100n))));
  refuses('account-frozen', () => post(opened, journal(leg(alice, bob, 100n))));
  refuses('account-not-empty', () => state(bob, 'closed'));
  ledger.write(() => ledger.append(eventOf({ states: [{ account: bob, state: 'open' }] })));
  ledger.write(() =>
    ledger.append(
      eventOf({
        journal: journal(leg(bob, alice, 100n)),
        states: [{ account: bob, state: 'closed' }],
      }),
    ),
  );
  refuses('account-closed', () => state(bob, 'open'));
  refuses('account-closed', () => post(opened, journal(leg(alice, bob, 100n))));
});

test('nothing is posted on a day that is not open, and days only go forward', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const day = (parts: { dateOpened?: string; dateClosed?: string }) =>
    ledger.write(() => ledger.append(eventOf(parts)));
  refuses('date-still-open', () => day({ dateOpened: '2026-11-21' }));
  day({ dateClosed: '2026-11-20' });
  assert.equal(ledger.moment().date, null);
  refuses('date-not-open', () => post(opened, journal(leg(alice, bob, 100n))));
  refuses('date-not-open', () => day({ dateClosed: '2026-11-20' }));
  refuses('date-not-later', () => day({ dateOpened: '2026-11-20' }));
  refuses('date-not-a-date', () => day({ dateOpened: '2026-11-31' }));
  day({ dateOpened: '2026-11-23' });
  assert.equal(ledger.moment().date, '2026-11-23');
  post(opened, journal(leg(alice, bob, 100n)));
});

test('one refused command does not sink those that wait with it', async (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const submit = (amount: bigint) =>
    ledger.submit(() => ledger.append(eventOf({ journal: journal(leg(alice, bob, amount)) })).seq);
  const start = ledger.head().seq;
  const [one, two, three] = await Promise.allSettled([submit(100n), submit(99999999n), submit(1n)]);
  assert.deepEqual(
    [one?.status, two?.status, three?.status],
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal(ledger.head().seq, start + 2);
  assert.equal(posted(opened, bob), -101n);
});
