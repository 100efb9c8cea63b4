// Proves what each task at the counter posts: the legs, the notes, the fees, the balances, the
// content.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueMinor } from './denominations.ts';
import {
  account,
  accountsMap,
  drafts,
  factsAfter,
  factsWith,
  feePolicy,
  fees,
  jonas,
  legsOf,
  loan,
  marta,
  postedAs,
  prepare,
  reasonsOf,
  rulesOf,
  tillWith,
  today,
} from './prepare.fixture.ts';
import { journalRecord, previewOf } from './preview.ts';

const till = 'till-2-EUR';

test('a deposit debits the till and credits the customer', () => {
  const prepared = prepare(drafts.deposit(), factsWith());
  assert.equal(prepared.outcome, 'post');
  assert.deepEqual(legsOf(prepared), [`${till} > 10000000 25000 deposit`]);
  assert.deepEqual(prepared.journals[0]?.cash[0]?.pieces, { 5000: 5 });
  const after = prepared.balances.find(({ account: { id } }) => id === marta.id);
  assert.deepEqual([after?.beforeMinor, after?.afterMinor], [-214_035n, -239_035n]);
  assert.equal(prepared.valueDate, today);
  assert.equal(prepared.customer, 1);
});

test(
  'a deposit fee in cash goes through the till, one from the account is a leg of its ' + 'own',
  () => {
    const facts = factsWith({ policy: feePolicy });
    const inCash = prepare(
      drafts.deposit({ feeFrom: 'cash', denominations: { 5000: 5, 100: 2, 10: 5 } }),
      facts,
    );
    assert.deepEqual(legsOf(inCash), [
      `${till} > 10000000 25000 deposit`,
      `${till} > fees-EUR 250 fee`,
    ]);
    assert.equal(valueMinor(inCash.journals[0]?.cash[0]?.pieces ?? {}), 25_250n);
    const fromAccount = prepare(drafts.deposit(), facts);
    assert.deepEqual(legsOf(fromAccount), [
      `${till} > 10000000 25000 deposit`,
      '10000000 > fees-EUR 250 fee',
    ]);
    assert.equal(fromAccount.outcome, 'post');
    assert.equal(fromAccount.journals[0]?.fees[0]?.amountMinor, 250n);
  },
);

test('change given back is taken off what is received', () => {
  const prepared = prepare(
    drafts.deposit({ denominations: { 5000: 6 }, change: { 2000: 2, 1000: 1 } }),
    factsWith(),
  );
  assert.deepEqual(prepared.journals[0]?.cash[0]?.pieces, { 5000: 6, 2000: -2, 1000: -1 });
});

test('change is proposed only where every note handed over is needed', () => {
  const proposed = (denominations: Record<number, number>) => {
    const prepared = prepare(drafts.deposit({ denominations }), factsWith());
    return {
      change: prepared.proposals.find(({ field }) => field === 'change')?.denominations,
      says: prepared.refusals.map(({ message }) => message),
    };
  };
  // 250.00 is due. Six fifties: one of them is too many, so the count is wrong and nothing is given back.
  const tooMany = proposed({ 5000: 6 });
  assert.equal(tooMany.change, undefined);
  assert.deepEqual(tooMany.says, [
    'The notes and coins come to 300.00 EUR, 250.00 EUR is due: 50.00 EUR too much.',
  ]);
  // Three hundreds: none can be kept, and 50.00 goes back.
  assert.deepEqual(proposed({ 10000: 3 }).change, { 5000: 1 });
  // A five beside them could have been kept.
  assert.equal(proposed({ 10000: 3, 500: 1 }).change, undefined);
});

test(
  'a withdrawal debits the customer and credits the till, its fee kept back or from ' +
    'the account',
  () => {
    const plain = prepare(drafts.withdrawal(), factsWith());
    assert.deepEqual(legsOf(plain), [`10000000 > ${till} 30000 withdrawal`]);
    assert.deepEqual(plain.journals[0]?.cash[0]?.pieces, { 5000: -6 });
    const facts = factsWith({ policy: feePolicy });
    const kept = prepare(drafts.withdrawal({ feeFrom: 'cash', denominations: undefined }), facts);
    assert.deepEqual(legsOf(kept), [
      `10000000 > ${till} 30000 withdrawal`,
      `${till} > fees-EUR 250 fee`,
    ]);
    assert.equal(valueMinor(kept.journals[0]?.cash[0]?.pieces ?? {}), -29_750n);
    const apart = prepare(drafts.withdrawal(), facts);
    assert.deepEqual(legsOf(apart), [
      `10000000 > ${till} 30000 withdrawal`,
      '10000000 > fees-EUR 250 fee',
    ]);
  },
);

test('a withdrawal without notes named pays out what the adviser proposes', () => {
  const prepared = prepare(drafts.withdrawal({ denominations: undefined }), factsWith());
  assert.equal(prepared.outcome, 'post');
  assert.equal(valueMinor(prepared.journals[0]?.cash[0]?.pieces ?? {}), -30_000n);
  assert.equal(prepared.proposals[0]?.field, 'denominations');
});

test('a transfer moves money between two accounts and needs no till', () => {
  const prepared = prepare(drafts.transfer(), factsWith({ till: null }));
  assert.equal(prepared.outcome, 'post');
  assert.deepEqual(legsOf(prepared), ['10000000 > 10000010 10000 transfer']);
  const withFee = prepare(drafts.transfer(), factsWith({ policy: feePolicy, till: null }));
  assert.deepEqual(legsOf(withFee), [
    '10000000 > 10000010 10000 transfer',
    '10000000 > fees-EUR 250 fee',
  ]);
});

test('a loan repayment pays penalty, fee, interest and then the principal', () => {
  const due = (label: string, dueMinor: bigint) => ({
    account: account({
      number: label,
      product: 'suspense',
      owners: [],
      postedMinor: dueMinor,
      lowMinor: 0n,
      highMinor: null,
    }),
    label,
    dueMinor,
  });
  const loans = new Map([
    [loan.number, [due('penalty', 200n), due('fee due', 300n), due('interest', 4_500n)]],
  ]);
  const prepared = prepare(
    drafts.deposit({ account: loan.number, amountMinor: '15000', denominations: { 5000: 3 } }),
    factsWith({ loans }),
  );
  assert.deepEqual(legsOf(prepared), [
    `${till} > penalty 200 penalty`,
    `${till} > fee due 300 fee due`,
    `${till} > interest 4500 interest`,
    `${till} > 10000030 10000 principal`,
  ]);
  assert.equal(prepared.outcome, 'post');
  const tooMuch = account({ ...loan, number: loan.number, postedMinor: 5_000n });
  const refused = prepare(
    drafts.deposit({ account: loan.number, amountMinor: '15000', denominations: { 5000: 3 } }),
    factsWith({ accounts: accountsMap(tooMuch) }),
  );
  assert.deepEqual(reasonsOf(refused), ['more-than-owed amountMinor']);
});

test('an exchange of notes posts no leg and changes the notes only', () => {
  const prepared = prepare(
    drafts.of({
      task: 'cash.exchange',
      currency: 'EUR',
      received: { 10000: 1 },
      given: { 5000: 1, 1000: 5 },
    }),
    factsWith(),
  );
  assert.equal(prepared.outcome, 'post');
  assert.deepEqual(legsOf(prepared), []);
  assert.deepEqual(prepared.journals[0]?.cash[0]?.pieces, { 10000: 1, 5000: -1, 1000: -5 });
});

test('a reversal mirrors legs, from the last to the first, and notes', () => {
  const facts = factsWith({ policy: feePolicy });
  const deposit = prepare(drafts.deposit(), facts);
  const journal = deposit.journals[0];
  assert.ok(journal);
  const after = { ...factsAfter(facts, deposit), original: postedAs(journal, 90) };
  const reversal = drafts.of({ task: 'journal.reversal', journal: 90, reason: 'mistyped' });
  const prepared = prepare(reversal, after);
  assert.equal(prepared.outcome, 'post');
  assert.deepEqual(legsOf(prepared), [
    'fees-EUR > 10000000 250 fee',
    `10000000 > ${till} 25000 deposit`,
  ]);
  assert.deepEqual(prepared.journals[0]?.cash[0]?.pieces, { 5000: -5 });
  assert.equal(prepared.journals[0]?.reversalOf, 90);
});

test('a basket posts one journal an item and each item sees what those before it left', () => {
  const deposit = drafts.deposit();
  const withdrawal = drafts.withdrawal({ amountMinor: '230000', denominations: { 5000: 46 } });
  const prepared = prepare({ task: 'basket', items: [deposit, withdrawal] } as never, factsWith());
  assert.equal(prepared.outcome, 'post');
  assert.equal(prepared.journals.length, 2);
  const alone = prepare(withdrawal, factsWith());
  assert.deepEqual(reasonsOf(alone), ['not-enough-available amountMinor']);
  const wrong = prepare({ task: 'basket', items: [withdrawal, deposit] } as never, factsWith());
  assert.deepEqual(reasonsOf(wrong), ['not-enough-available items.0.amountMinor']);
});

test('a correction reverses and posts anew, linked, whichever order leaves room', () => {
  const facts = factsWith();
  const mistaken = prepare(
    drafts.deposit({ amountMinor: '200000', denominations: { 5000: 40 } }),
    facts,
  );
  const journal = mistaken.journals[0];
  assert.ok(journal);
  const correction = drafts.of({
    task: 'journal.correction',
    journal: 91,
    reason: 'one nought too many',
    replacement: {
      task: 'cash.deposit',
      account: marta.number,
      amountMinor: '20000',
      currency: 'EUR',
      denominations: { 5000: 4 },
      conductor: { kind: 'customer', customer: 1 },
    },
  });
  const after = { ...factsAfter(facts, mistaken), original: postedAs(journal, 91) };
  const prepared = prepare(correction, after);
  assert.equal(prepared.outcome, 'post');
  assert.deepEqual(
    prepared.journals.map(({ reversalOf, correctionOf }) => [reversalOf, correctionOf]),
    [
      [91, null],
      [null, 91],
    ],
  );
  const left = prepared.balances.find(({ account: { id } }) => id === marta.id);
  assert.equal(left?.afterMinor, marta.postedMinor - 20_000n);

  // The customer has since taken out all but 1,900.00: only with the right entry first is there
  // room.
  const spent = new Map(after.accounts);
  spent.set(marta.number, { ...marta, postedMinor: -190_000n });
  const tight = prepare(correction, { ...after, accounts: spent });
  assert.equal(tight.outcome, 'post');
  assert.deepEqual(
    tight.journals.map(({ reversalOf }) => reversalOf),
    [null, 91],
  );
});

test('the content leaves the notes out and binds everything else', () => {
  const content = (given: object, facts = factsWith()) =>
    prepare(drafts.withdrawal(given), facts).content;
  const plain = content({});
  assert.equal(content({ denominations: { 2000: 15 } }), plain);
  assert.equal(content({ denominations: undefined }), plain);
  assert.notEqual(content({ amountMinor: '30001' }), plain);
  assert.notEqual(content({ narrative: 'rent' }), plain);
  assert.notEqual(content({ conductor: { kind: 'customer', customer: 2 } }), plain);
  assert.notEqual(content({}, factsWith({ day: { date: '2026-11-23', state: 'open' } })), plain);
  assert.notEqual(content({}, factsWith({ policy: feePolicy })), plain);
  assert.notEqual(content({}, factsWith({ till: tillWith({ till: 3 }) })), plain);
});

test('what is flagged waits with its money held, and is posted once approved', () => {
  const big = drafts.withdrawal({
    account: jonas.number,
    amountMinor: '1200000',
    denominations: undefined,
    conductor: { kind: 'customer', customer: 2 },
  });
  const pieces = { ...tillWith().purses.get('EUR')?.pieces, 50000: 100 } as never;
  const facts = factsWith({ till: tillWith({}, pieces) });
  const waiting = prepare(big, facts);
  assert.equal(waiting.outcome, 'approval');
  assert.deepEqual(
    waiting.holds.map(({ account: { number }, amountMinor }) => [number, amountMinor]),
    [[jonas.number, 1_200_000n]],
  );
  assert.deepEqual(rulesOf(waiting), ['over-reporting-threshold', 'over-role-limit']);
  const approved = { content: waiting.content, rules: rulesOf(waiting) };
  assert.equal(prepare(big, { ...facts, approved }).outcome, 'post');
  const stale = prepare(big, { ...facts, approved: { ...approved, content: 'other' } });
  assert.deepEqual(reasonsOf(stale), ['approval-stale']);
  const fresh = prepare(big, { ...facts, approved: { ...approved, rules: ['over-role-limit'] } });
  assert.deepEqual(reasonsOf(fresh), ['approval-new-reason']);
});

test('the preview and the ledger record say what was prepared', () => {
  const facts = factsWith({ policy: feePolicy });
  const prepared = prepare(drafts.deposit(), facts);
  const preview = previewOf(prepared, facts, 'f'.repeat(64));
  assert.deepEqual(preview.balances[1], {
    account: '10000000',
    name: 'Marta Keller',
    currency: 'EUR',
    beforeMinor: '214035',
    afterMinor: '238785',
    availableAfterMinor: '238785',
  });
  assert.equal(
    preview.cash[0]?.tillAfterMinor,
    String(valueMinor(tillWith().purses.get('EUR')!.pieces) + 25_000n),
  );
  assert.equal(preview.customer?.name, 'Marta Keller');
  assert.equal(preview.runningCash[0]?.amountMinor, '25000');
  const record = journalRecord(prepared.journals[0]!, 2);
  assert.deepEqual(record.legs[1], {
    debit: marta.id,
    credit: fees.id,
    amountMinor: '250',
    currency: 'EUR',
    valueDate: today,
    label: 'fee',
  });
  assert.ok(!('reversalOf' in record));
  assert.equal(record.till, 2);
  assert.equal(record.customer, 1);
  assert.ok(!('till' in journalRecord(prepared.journals[0]!, null)));
});
