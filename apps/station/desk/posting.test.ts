// Attacks postings with everything a person or a program can get wrong, then holds preview against posting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Preview } from '#contract/postings.ts';
import {
  at,
  customerWith,
  deposit,
  openedCounter,
  type Served,
  second,
  servingCounter,
  type TestCounter,
  transfer,
  withdrawal,
} from './counter-fixture.ts';

type Bad = readonly [what: string, draft: object, reason: string, field?: string];

/** Each is refused by preview (as part of the answer) and by post (as a fault), and changes nothing. */
async function refuseAll(desk: TestCounter, window: number, cases: readonly Bad[]): Promise<void> {
  for (const [what, draft, reason, field] of cases) {
    const before = desk.ledger.trialBalance();
    const fault = await desk.fault(window, 'posting.post', { draft });
    assert.equal(fault.reason, reason, `${what}: ${fault.message}`);
    if (field !== undefined) assert.equal(fault.field, `draft.${field}`, what);
    assert.match(fault.message, /\S+ .{8,}/, what);
    assert.deepEqual(desk.ledger.trialBalance(), before, `${what} changed nothing`);
    const preview = await desk.send(window, 'posting.preview', { draft });
    if (!preview.ok) assert.equal(preview.fault.code, 'bad-input', what);
    else {
      const { outcome, refusals } = preview.output as Preview;
      assert.equal(outcome, 'refused', what);
      assert.ok(
        refusals.some((refusal) => refusal.reason === reason),
        what,
      );
    }
  }
}

const notes = { 10000: 1 };
const hundred = 10_000n;

async function twoCustomers(desk: TestCounter): Promise<[Served, Served]> {
  return [await customerWith(desk, 'Marta'), await customerWith(desk, 'Jonas')];
}

test('amounts, currencies and accounts that cannot be are refused whole', async () => {
  const desk = await servingCounter();
  const [marta, jonas] = await twoCustomers(desk);
  const good = deposit(marta, hundred, notes);
  const own = { ...marta, account: 'TILL2EUR' };
  await refuseAll(desk, at.ana, [
    ['zero', { ...good, amountMinor: '0' }, 'amount-zero'],
    ['negative', { ...good, amountMinor: '-100' }, 'bad-input'],
    ['a fraction', { ...good, amountMinor: '1.5' }, 'bad-input'],
    ['an exponent', { ...good, amountMinor: '1e5' }, 'bad-input'],
    ['a number', { ...good, amountMinor: 100 }, 'bad-input'],
    ['over 2^53', { ...good, amountMinor: String(2n ** 53n + 1n) }, 'amount-too-large'],
    ['over 64 bits', { ...good, amountMinor: '9'.repeat(20) }, 'bad-input'],
    ['another currency', { ...good, currency: 'USD' }, 'wrong-currency', 'currency'],
    ['no currency', { ...good, currency: 'XXQ' }, 'unknown-currency'],
    [
      'an unknown account',
      deposit({ ...marta, account: '99999999' }, hundred, notes),
      'unknown-account',
    ],
    ['the bank’s own account', deposit(own, hundred, notes), 'not-a-customer-account'],
    ['a transfer to itself', transfer(marta, marta, 100n), 'same-account', 'to'],
    ['more than there is', transfer(marta, jonas, 500_001n), 'not-enough-available'],
    [
      'an unknown customer',
      deposit({ ...marta, customer: 99 }, hundred, notes),
      'unknown-customer',
    ],
    ['nobody at the desk', { ...good, conductor: undefined }, 'no-conductor', 'conductor'],
    [
      'a stranger taking money',
      withdrawal({ ...marta, customer: jonas.customer }, 100n),
      'no-mandate',
    ],
    ['a task there is not', { ...good, task: 'cash.gift' }, 'bad-input'],
    ['a member too many', { ...good, approved: true }, 'bad-input'],
    ['half a character', { ...good, narrative: '\ud800' }, 'bad-input'],
    ['a text with a line break', { ...good, narrative: 'a\nb' }, 'bad-input'],
    [
      'an unknown journal',
      { task: 'journal.reversal', journal: 999, reason: 'why not' },
      'unknown-journal',
    ],
  ]);
  desk.close();
});

test('notes that do not add up, or are not there, are refused', async () => {
  const desk = await servingCounter();
  const [marta] = await twoCustomers(desk);
  const exchange = { task: 'cash.exchange', currency: 'EUR' };
  await refuseAll(desk, at.ana, [
    ['no notes', deposit(marta, hundred, {}), 'denominations-missing', 'denominations'],
    ['too few', deposit(marta, hundred, { 5000: 1 }), 'denominations-do-not-add-up'],
    ['too many', deposit(marta, hundred, { 5000: 3 }), 'denominations-do-not-add-up'],
    [
      'a face there is not',
      deposit(marta, hundred, { 300: 1 }),
      'unknown-face',
      'denominations.300',
    ],
    ['negative pieces', deposit(marta, hundred, { 10000: -1 }), 'bad-input'],
    ['pieces in parts', deposit(marta, hundred, { 10000: 0.5 }), 'bad-input'],
    ['not in the till', withdrawal(marta, 20_000n, { 20000: 1 }), 'not-in-till'],
    ['paid out too much', withdrawal(marta, hundred, { 5000: 3 }), 'denominations-do-not-add-up'],
    [
      'exchange for more',
      { ...exchange, received: notes, given: { 5000: 3 } },
      'denominations-do-not-add-up',
    ],
    ['exchange of nothing', { ...exchange, received: {}, given: {} }, 'denominations-missing'],
    [
      'exchange for what is not there',
      { ...exchange, received: notes, given: { 5: 2000 } },
      'not-in-till',
    ],
  ]);
  desk.close();
});

test('without an open till, or with a closed day, no cash moves', async () => {
  const desk = await openedCounter();
  await desk.ask(at.ada, 'till.add', { name: 'Till 2', currencies: ['EUR'] });
  const marta = await customerWith(desk, 'Marta', { empty: true });
  const draft = deposit(marta, hundred, notes);
  await refuseAll(desk, at.ana, [['no till', draft, 'till-not-open']]);
  const counts = [{ currency: 'EUR', denominations: {} }];
  await desk.ask(at.ana, 'till.open', { till: 2, counts });
  await desk.ask(at.ana, 'till.pause', { till: 2 });
  await refuseAll(desk, at.ana, [['a paused till', draft, 'till-paused']]);
  await desk.ask(at.ana, 'till.beginCount', { till: 2 });
  await refuseAll(desk, at.ana, [['a till being counted', draft, 'till-counting']]);
  const { count } = await desk.ask(at.ana, 'till.count', { till: 2, counts });
  await desk.ask(at.ana, 'till.close', { till: 2, count });
  const { tills } = await desk.ask(at.sam, 'till.list');
  const vaultCounts = (tills[0]?.positions ?? []).map(({ currency, denominations }) => ({
    ...{ currency, denominations: denominations ?? {} },
  }));
  await desk.ask(at.sam, 'day.countVault', { vaultCounts, second: await second(desk, 'rita') });
  await desk.ask(at.sam, 'day.close');
  await refuseAll(desk, at.ana, [['a closed day', draft, 'day-closed']]);
  desk.close();
});

test('frozen and closed accounts take no part', async () => {
  const desk = await servingCounter();
  const [marta, jonas] = await twoCustomers(desk);
  const empty = await customerWith(desk, 'Empty', { empty: true });
  await desk.ask(at.sam, 'account.freeze', { number: jonas.account, reason: 'asked by court' });
  await desk.ask(at.ana, 'account.close', { number: empty.account, reason: 'customer wish' });
  await refuseAll(desk, at.ana, [
    ['into a frozen account', deposit(jonas, hundred, notes), 'account-frozen', 'account'],
    ['out of a frozen account', withdrawal(jonas, hundred), 'account-frozen'],
    ['to a frozen account', transfer(marta, jonas, 100n), 'account-frozen', 'to'],
    ['into a closed account', deposit(empty, hundred, notes), 'account-closed', 'account'],
  ]);
  desk.close();
});

test('where the policy lets credits into a frozen account, they go in and it stays frozen', async () => {
  const desk = await servingCounter();
  const [, jonas] = await twoCustomers(desk);
  const { policy } = await desk.ask(at.ada, 'policy.get');
  const lenient = { ...(policy as object), frozenAcceptsCredits: true };
  await desk.ask(at.ada, 'policy.set', { policy: lenient, reason: 'court allows it' });
  await desk.ask(at.sam, 'account.freeze', { number: jonas.account, reason: 'asked by court' });
  const posted = await desk.ask(at.ana, 'posting.post', { draft: deposit(jonas, hundred, notes) });
  assert.equal(posted.state, 'posted');
  const account = desk.ledger.accountByNumber(jonas.account);
  assert.deepEqual([account?.state, account?.postedMinor], ['frozen', -510_000n]);
  desk.close();
});

test('a mistake is taken back once, by whom it concerns, and never twice', async () => {
  const desk = await servingCounter();
  const [marta, jonas] = await twoCustomers(desk);
  const posted = await desk.ask(at.ana, 'posting.post', { draft: deposit(marta, hundred, notes) });
  assert.ok(posted.state === 'posted');
  const { journal } = posted;
  const reversal = { task: 'journal.reversal', journal, reason: 'wrong account' };
  await refuseAll(desk, at.ben, [['from another till', reversal, 'other-till', 'journal']]);
  const back = await desk.ask(at.ana, 'posting.post', { draft: reversal });
  assert.ok(back.state === 'posted');
  await refuseAll(desk, at.ana, [
    ['twice', reversal, 'already-reversed', 'journal'],
    ['a reversal', { ...reversal, journal: back.journal }, 'reversal-of-reversal'],
    ['what is no journal', { ...reversal, journal: 1 }, 'unknown-journal'],
  ]);
  const moved = await desk.ask(at.ana, 'posting.post', { draft: transfer(marta, jonas, 700n) });
  assert.ok(moved.state === 'posted');
  const bens = { ...reversal, journal: moved.journal };
  await refuseAll(desk, at.ben, [['a colleague’s transfer', bens, 'not-your-journal']]);
  const swapped = await desk.ask(at.ana, 'posting.post', {
    draft: { task: 'cash.exchange', currency: 'EUR', received: notes, given: { 5000: 2 } },
  });
  assert.ok(swapped.state === 'posted');
  const swapBack = { ...reversal, journal: swapped.journal };
  await desk.ask(at.ana, 'posting.post', { draft: swapBack });
  await refuseAll(desk, at.ana, [['an exchange twice', swapBack, 'already-reversed']]);
  desk.close();
});

test('a basket is posted whole or not at all', async () => {
  const desk = await servingCounter();
  const [marta, jonas] = await twoCustomers(desk);
  const items = [deposit(marta, hundred, notes), transfer(marta, jonas, 505_000n)];
  const basket = { task: 'basket', items };
  const posted = await desk.ask(at.ana, 'posting.post', { draft: basket });
  assert.ok(posted.state === 'posted' && posted.journals.length === 2);
  assert.equal(desk.ledger.accountByNumber(marta.account)?.postedMinor, -5_000n);
  await refuseAll(desk, at.ana, [
    ['one item too much', basket, 'not-enough-available', 'items.1.amountMinor'],
    ['one item', { task: 'basket', items: items.slice(0, 1) }, 'bad-input'],
  ]);
  desk.close();
});

test('a key posts once; with other content, or by somebody else, it is refused', async () => {
  const desk = await servingCounter();
  const [marta] = await twoCustomers(desk);
  const key = 'aaaaaaaa-0000-4000-8000-000000000001';
  const draft = deposit(marta, hundred, notes);
  const first = await desk.ask(at.ana, 'posting.post', { draft }, key);
  assert.ok(first.state === 'posted' && first.receiptCode.startsWith(`${first.journal}-`));
  assert.deepEqual(await desk.ask(at.ana, 'posting.post', { draft }, key), first);
  const other = { draft: deposit(marta, 20_000n, { 10000: 2 }) };
  assert.equal((await desk.fault(at.ana, 'posting.post', other, key)).reason, 'key-reused');
  assert.equal((await desk.fault(at.ben, 'posting.post', { draft }, key)).reason, 'key-reused');
  assert.equal(desk.ledger.accountByNumber(marta.account)?.postedMinor, -510_000n);
  const bad = { draft: { ...draft, amountMinor: '0' } };
  const once = 'aaaaaaaa-0000-4000-8000-000000000002';
  const refused = await desk.fault(at.ana, 'posting.post', bad, once);
  assert.deepEqual(await desk.fault(at.ana, 'posting.post', bad, once), refused);
  desk.close();
});

test('a preview that is no longer true is not posted under its digest', async () => {
  const desk = await servingCounter();
  const [marta, jonas] = await twoCustomers(desk);
  const draft = transfer(marta, jonas, 1_000n);
  const { contentDigest } = await desk.ask(at.ana, 'posting.preview', { draft });
  const changed = { draft: transfer(marta, jonas, 1_001n), contentDigest };
  assert.equal((await desk.fault(at.ana, 'posting.post', changed)).reason, 'preview-stale');
  await desk.ask(at.ana, 'posting.post', { draft, contentDigest });
  desk.close();
});

/** What a preview promised, beside what the ledger says after posting. */
async function sameAsPosted(desk: TestCounter, draft: object): Promise<boolean> {
  const preview = await desk.ask(at.ana, 'posting.preview', { draft });
  const reply = await desk.send(at.ana, 'posting.post', { draft });
  assert.equal(reply.ok, preview.outcome !== 'refused');
  if (preview.outcome === 'refused') return false;
  assert.ok(reply.ok, reply.ok ? '' : reply.fault.message);
  const output = reply.output as { state: string; journals?: readonly number[] };
  assert.equal(output.state, preview.outcome === 'approval' ? 'parked' : 'posted');
  if (preview.outcome === 'approval') return false;
  const views = [];
  for (const journal of output.journals ?? []) {
    views.push(await desk.ask(at.ana, 'journal.get', { journal }));
  }
  assert.deepEqual(
    views.flatMap((view) => view.legs),
    preview.legs,
  );
  for (const { account, afterMinor, availableAfterMinor } of preview.balances) {
    const found = desk.ledger.accountByNumber(account);
    const sign = ['till', 'vault', 'nostro'].includes(found?.product ?? '') ? 1n : -1n;
    assert.equal(String(sign * (found?.postedMinor ?? 0n)), afterMinor, account);
    if (availableAfterMinor !== null) {
      assert.equal(String(found?.availableDebitMinor), availableAfterMinor, account);
    }
  }
  const cash = views.flatMap((view) => view.cash.map((each) => each.pieces));
  assert.deepEqual(
    cash,
    preview.cash.map((each) => each.pieces),
  );
  const fees = preview.fees.reduce((sum, fee) => sum + BigInt(fee.amountMinor), 0n);
  const earned = views.flatMap((view) => view.legs).filter((leg) => leg.credit === 'FEESEUR');
  assert.equal(
    earned.reduce((sum, leg) => sum + BigInt(leg.amountMinor), 0n),
    fees,
  );
  return true;
}

test('what is previewed is exactly what is posted: legs, balances, notes and fees', async () => {
  const desk = await servingCounter();
  const customers = await twoCustomers(desk);
  const { policy } = await desk.ask(at.ada, 'policy.get');
  const fee = { currency: 'EUR', fromMinor: '0', flatMinor: '50', basisPoints: 10 };
  const bounds = { minMinor: '0', maxMinor: null };
  const fees = ['cash.deposit', 'cash.withdrawal', 'transfer'].map((task) => ({
    task,
    ...fee,
    ...bounds,
  }));
  await desk.ask(at.ada, 'policy.set', { policy: { ...(policy as object), fees }, reason: 'fees' });
  const draft = fc.record({
    kind: fc.constantFrom('deposit', 'withdrawal', 'transfer', 'exchange'),
    from: fc.nat(1),
    pieces: fc.integer({ min: 1, max: 12 }),
    feeFrom: fc.constantFrom('account', 'cash'),
  });
  let posted = 0;
  await fc.assert(
    fc.asyncProperty(draft, async ({ kind, from, pieces, feeFrom }) => {
      const [one, other] = from === 0 ? customers : [customers[1], customers[0]];
      const amount = BigInt(pieces) * 5_000n;
      const drafts: Record<string, object> = {
        deposit: { ...deposit(one, amount, { 5000: pieces }), feeFrom: 'account' },
        withdrawal: { ...withdrawal(one, amount), feeFrom },
        transfer: { ...transfer(one, other, amount), feeFrom: 'account' },
        exchange: {
          ...{ task: 'cash.exchange', currency: 'EUR' },
          ...{ received: { 5000: pieces * 2 }, given: { 10000: pieces } },
        },
      };
      if (await sameAsPosted(desk, drafts[kind] ?? {})) posted += 1;
    }),
    { numRuns: 60 },
  );
  assert.ok(posted > 30, `${posted} were posted`);
  desk.close();
});
