// Walks the edges: largest amounts, currencies of other digits, longest journals, last pages,
// reopened files.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { formatMoney } from '#contract/money.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { JournalData } from './events.ts';
import { createLedger } from './ledger.ts';
import {
  accountData,
  type Branch,
  createTestChance,
  createTestClock,
  eventOf,
  journal,
  leg,
  openBranch,
} from './ledger-fixture.ts';
import { bodyBytesMax } from './log.ts';

const [alice, bob, capital, yen, dinar, yenCapital, dinarCapital] = [1, 2, 3, 4, 5, 6, 7];

function branch(context: TestContext): Branch {
  const opened = openBranch();
  context.after(() => opened.close());
  const equity = { product: 'capital', class: 'equity' } as const;
  const accounts = [
    accountData({ id: alice, customer: 77, name: 'Alice', highMinor: '0' }),
    accountData({ id: bob }),
    accountData({ id: capital, ...equity }),
    accountData({ id: yen, currency: 'JPY' }),
    accountData({ id: dinar, currency: 'KWD' }),
    accountData({ id: yenCapital, currency: 'JPY', ...equity }),
    accountData({ id: dinarCapital, currency: 'KWD', ...equity }),
  ];
  opened.ledger.write(() => opened.ledger.append(eventOf({ dateOpened: '2026-11-20', accounts })));
  return opened;
}

const post = ({ ledger }: Branch, data: JournalData, extra = {}) =>
  ledger.write(() => ledger.append(eventOf({ journal: data }, extra)).seq);

function refuses(reason: string, work: () => unknown): string {
  let message = '';
  assert.throws(work, (error) => {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(error.reason, reason);
    message = error.message;
    return true;
  });
  return message;
}

test('an account says everything it is, and moves with its newest leg', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  assert.deepEqual(ledger.account(alice), {
    ...{ id: alice, number: '10000001', product: 'checking', class: 'liability', currency: 'EUR' },
    ...{ name: 'Alice', customer: 77, openedOn: '2026-11-20', state: 'open', cash: false },
    ...{ postedMinor: 0n, heldDebitMinor: 0n, heldCreditMinor: 0n, lowMinor: null, highMinor: 0n },
    ...{ availableDebitMinor: 0n, legs: 0, lastLeg: null },
  });
  const seq = post(opened, journal(leg(capital, alice, 5n), leg(capital, alice, 7n)));
  const account = ledger.accountByNumber('10000001');
  assert.deepEqual(
    [account?.postedMinor, account?.legs, account?.lastLeg, account?.availableDebitMinor],
    [-12n, 2, seq * 1024 + 1, 12n],
  );
  assert.equal(ledger.account(99), undefined);
  assert.equal(ledger.accountByNumber('nobody'), undefined);
  assert.equal(ledger.account(bob)?.availableDebitMinor, null);
  assert.equal(ledger.nextAccountId(), 8);
});

test('amounts to the last unit, in currencies of no, two and three digits', (context) => {
  const opened = branch(context);
  const most = 2n ** 53n;
  for (const [account, other, currency, text] of [
    [bob, capital, 'EUR', '90,071,992,547,409.92 EUR'],
    [yen, yenCapital, 'JPY', '9,007,199,254,740,992 JPY'],
    [dinar, dinarCapital, 'KWD', '9,007,199,254,740.992 KWD'],
  ] as const) {
    post(opened, journal(leg(other, account, most, currency)));
    post(opened, journal(leg(other, account, most - 1n, currency)));
    post(opened, journal(leg(other, account, 1n, currency)));
    assert.equal(opened.ledger.account(account)?.postedMinor, -2n * most);
    assert.equal(formatMoney(most, currency), text);
    refuses('amount-out-of-range', () =>
      post(opened, journal(leg(other, account, most + 1n, currency))),
    );
    refuses('amount-out-of-range', () => post(opened, journal(leg(other, account, 0n, currency))));
    const [last] = opened.ledger.statement({ account, count: 1 });
    assert.equal(last?.amountMinor, -1n);
  }
  assert.deepEqual(opened.ledger.totals(), { EUR: 0n, JPY: 0n, KWD: 0n });
  for (const wrong of ['-5', '1.0', '', '١٢', '1e3', ' 1']) {
    const data = { ...journal(leg(bob, capital, 1n)) };
    const legs = [{ ...leg(bob, capital, 1n), amountMinor: wrong }];
    assert.throws(() => post(opened, { ...data, legs }), { name: 'AssertionError' }, wrong);
  }
});

test('a balance stops before it could overflow, and nothing is lost on the way', (context) => {
  const opened = branch(context);
  const most = 2n ** 53n;
  const file = journal(...Array.from({ length: 256 }, () => leg(bob, capital, most)));
  post(opened, file);
  post(opened, file);
  assert.equal(opened.ledger.account(bob)?.postedMinor, 2n ** 62n);
  refuses('balance-too-large', () => post(opened, journal(leg(bob, capital, 1n))));
  post(opened, journal(leg(capital, bob, 1n)));
});

test('a journal has 1,024 legs, and not one more', (context) => {
  const opened = branch(context);
  const legs = Array.from({ length: 1024 }, (_, index) => leg(capital, bob, BigInt(index + 1)));
  const seq = post(opened, journal(...legs));
  const [newest] = opened.ledger.statement({ account: bob, count: 1 });
  assert.deepEqual([newest?.leg, newest?.number], [seq * 1024 + 1023, 1024]);
  const next = post(opened, journal(leg(capital, bob, 1n)));
  assert.equal(next, seq + 1);
  assert.throws(() => post(opened, journal(...legs, leg(capital, bob, 1n))), /1,024 legs/);
});

test('a statement is read page by page, each line once', (context) => {
  const opened = branch(context);
  for (let each = 1; each <= 23; each++) post(opened, journal(leg(capital, alice, BigInt(each))));
  const seen: bigint[] = [];
  let before: number | undefined;
  for (;;) {
    const request = { account: alice, count: 5 };
    const page = opened.ledger.statement(before === undefined ? request : { ...request, before });
    if (page.length === 0) break;
    seen.push(...page.map(({ amountMinor }) => amountMinor));
    before = page.at(-1)?.leg;
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 23 }, (_, index) => BigInt(index - 23)),
  );
  assert.deepEqual(opened.ledger.statement({ account: bob, count: 5 }), []);
  assert.deepEqual(opened.ledger.statement({ account: alice, before: 5, count: 5 }), []);
});

test('a line tells the date it was posted on and the date it counts from', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const early = { ...leg(capital, alice, 1n), valueDate: '2026-11-18' };
  post(opened, journal(early, leg(capital, alice, 2n)));
  ledger.write(() => ledger.append(eventOf({ dateClosed: '2026-11-20' })));
  ledger.write(() => ledger.append(eventOf({ dateOpened: '2026-11-23' })));
  post(opened, journal(leg(capital, alice, 3n)));
  const dates = ledger
    .statement({ account: alice, count: 9 })
    .map(({ date, valueDate }) => [date, valueDate]);
  assert.deepEqual(dates, [
    ['2026-11-23', '2026-11-23'],
    ['2026-11-20', '2026-11-20'],
    ['2026-11-20', '2026-11-18'],
  ]);
});

test('holds to the last unit, on both sides', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  post(opened, journal(leg(capital, alice, 10n)));
  const place = (account: number, amountMinor: string, side: 'debit' | 'credit' = 'debit') =>
    post(opened, {
      ...journal(),
      holds: { place: [{ account, side, amountMinor, why: 'approval' }] },
    }) * 1024;
  const first = place(alice, '9');
  const message = refuses('insufficient-funds', () => place(alice, '2'));
  assert.match(message, /0\.02 EUR cannot be held on account 10000001/);
  const second = place(alice, '1');
  assert.deepEqual(
    ledger.placedOn(alice).map(({ id, amountMinor }) => [id, amountMinor]),
    [
      [first, 9n],
      [second, 1n],
    ],
  );
  refuses('insufficient-funds', () => post(opened, journal(leg(alice, bob, 1n))));
  const capture = (hold: number, amountMinor: string, ...legs: JournalData['legs']) =>
    post(opened, { ...journal(...legs), holds: { capture: [{ hold, amountMinor }] } });
  refuses('captured-over-hold', () => capture(first, '10'));
  refuses('captured-over-hold', () => capture(first, '0'));
  capture(second, '1', leg(alice, bob, 1n));
  capture(first, '9', leg(alice, bob, 9n));
  assert.equal(ledger.account(alice)?.postedMinor, 0n);
  assert.deepEqual(ledger.placedOn(alice), []);
  assert.deepEqual(ledger.hold(first), {
    ...{ id: first, account: alice, side: 'debit', amountMinor: 9n, why: 'approval' },
    ...{ state: 'captured', capturedMinor: 9n, resolved: ledger.head().seq },
  });
  refuses('hold-unknown', () => capture(7, '1'));
  refuses('account-unknown', () => place(99, '1'));
  refuses('amount-out-of-range', () => place(bob, '0'));
  const limits = [{ account: bob, lowMinor: '-15', highMinor: null }];
  ledger.write(() => ledger.append(eventOf({ limits })));
  place(bob, '5', 'credit');
  refuses('below-limit', () => place(bob, '1', 'credit'));
  refuses('below-limit', () => post(opened, journal(leg(capital, bob, 1n))));
});

test('what was recorded is found again: by number, by key, and by what took it back', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const key = '0193a1b2c3d47e5f8a9b0c1d2e3f4a5b';
  const seq = post(opened, journal(leg(bob, capital, 5n)), { key, actor: '7', digest: 'ab' });
  const event = ledger.event(seq);
  assert.deepEqual(
    [event?.actor, event?.key, event?.digest, event?.date],
    ['7', key, 'ab', '2026-11-20'],
  );
  assert.deepEqual(ledger.find(key), event);
  assert.equal(ledger.find('f'.repeat(32)), null);
  assert.equal(ledger.event(seq + 1), null);
  assert.equal(ledger.hashOf(seq + 1), null);
  assert.equal(ledger.hashOf(seq), Buffer.from(ledger.head().hash).toString('hex'));
  assert.deepEqual(
    ledger.events(seq - 1, seq + 5).map((each) => each.seq),
    [seq - 1, seq],
  );
  assert.equal(ledger.journal(seq - 1), null);
  assert.equal(ledger.journal(seq)?.journal.legs.length, 1);
  assert.equal(ledger.reversedBy(seq), null);
  assert.equal(ledger.reversedBy(1), null);
  const row = ledger.trialBalance().rows.find(({ account }) => account === bob);
  assert.deepEqual(row, {
    ...{ account: bob, number: '10000002', name: 'Account 2', product: 'checking' },
    ...{ currency: 'EUR', postedMinor: 5n },
  });
});

test('a ledger opened again goes on where it was: number, time, date and signing key', (context) => {
  const opened = branch(context);
  const { ledger, database, clock } = opened;
  const seq = post(opened, journal(leg(bob, capital, 5n)));
  ledger.close();
  const again = createLedger(database, {
    clock: createTestClock(clock.now() - 3_600_000),
    chance: createTestChance('another'),
    witness: null,
  });
  assert.deepEqual(again.head(), ledger.head());
  assert.deepEqual(again.publicKey, ledger.publicKey);
  assert.deepEqual(again.moment(), { seq: seq + 1, at: clock.now(), date: '2026-11-20' });
  assert.equal(again.signedSeq(), seq);
  const second = again.write(() =>
    again.append(eventOf({ journal: journal(leg(bob, capital, 1n)) })),
  );
  assert.equal(second.seq, seq + 1);
  assert.equal(again.account(bob)?.postedMinor, 6n);
  assert.throws(() => again.append(eventOf({})), /inside a write/);
});

test('an event too large for the log is refused in words, to the byte', (context) => {
  const opened = branch(context);
  const { ledger, database } = opened;
  const note = (bytes: number) => {
    const text = 'é'.repeat(Math.floor(bytes / 2)) + 'a'.repeat(bytes % 2);
    return () => ledger.append(eventOf({}, { type: 'note.taken', data: { text } }));
  };
  ledger.write(note(1000));
  const newest = 'SELECT length(body) FROM event ORDER BY seq DESC LIMIT 1';
  const bytesNow = () => Number(database.prepare(newest).pluck().get());
  const room = bodyBytesMax - (bytesNow() - 1000);
  ledger.write(note(room));
  assert.equal(bytesNow(), bodyBytesMax);
  refuses('event-too-large', () => ledger.write(note(room + 1)));
});
