// Attacks what a branch's people ask of head office: every reason it is refused for, with the line up and down.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { OperationName } from '#contract/index.ts';
import type { OfficeAccount } from '#station/office/protocol/values.ts';
import { at, customerWith, type Served, second } from './counter-fixture.ts';
import { bookDue } from './office-books.ts';
import { type VisitedCounter, visitedCounter } from './office-desk-fixture.ts';
import { goodPassword } from './session-fixture.ts';

let office: VisitedCounter;
let own: Served;
/** An account nobody has asked about yet. */
let theirs: OfficeAccount;
before(async () => {
  office = await visitedCounter();
  own = await customerWith(office.desk, 'Marta');
});
after(() => office.desk.close());
beforeEach(() => {
  const { line } = office;
  line.isUp = true;
  line.answers = {};
  line.state = { ...line.state, stage: 'open', cause: '' };
  theirs = office.unknown();
});

const reason = 'the visiting season';
const refused = async (window: number, name: OperationName, input: object) => {
  const fault = await office.desk.fault(window, name, input);
  return `${fault.reason} ${fault.field ?? ''}`;
};

/** What the newest event says to head office, and its type. */
function said(): Readonly<Record<string, string>> {
  const { seq } = office.desk.ledger.head();
  const [last] = office.desk.ledger.events(seq, seq);
  assert.ok(last);
  return { ...(last.data.office as Record<string, string>), type: last.type };
}

test('an account is known by head office, else by its card, else by an allowance, else not at all', async () => {
  const { desk, line } = office;
  const find = (account: OfficeAccount) => desk.ask(at.ana, 'office.find', account);
  assert.equal(
    await refused(at.ana, 'office.find', { ...theirs, branch: '001' }),
    'own-branch branch',
  );
  line.answers = { findAccount: async () => null };
  assert.equal(await refused(at.ana, 'office.find', theirs), 'unknown-account number');
  line.answers = { findAccount: async () => ({ name: 'Marta K', currency: 'USD' }) as never };
  const asked = await find(theirs);
  assert.deepEqual([asked.name, asked.currency, asked.from], ['Marta K', 'USD', 'head-office']);
  line.isUp = false;
  assert.equal(await refused(at.ana, 'office.find', theirs), 'office-unreachable number');
  await office.allow('3000', { account: theirs });
  const over = await office.allow('700', { account: theirs });
  await desk.ask(at.sam, 'office.returnAllowance', { id: over });
  const lent = await find(theirs);
  assert.deepEqual(
    [lent.name, lent.from, lent.allowanceMinor],
    ['Marta Keller', 'allowance', '3000'],
  );
  await office.expect({ account: theirs, name: 'Marta of the card' });
  const carded = await find(theirs);
  assert.deepEqual([carded.name, carded.from], ['Marta of the card', 'card']);
  assert.equal(carded.card?.persons.length, 1);
});

test('an allowance is given back once, and only what is left of it', async () => {
  const { desk } = office;
  const id = await office.allow('3000', { account: theirs });
  await desk.ask(at.sam, 'office.returnAllowance', { id });
  const [event] = desk.events('allowance.returned').slice(-1);
  const part = { kind: 'returned', allowance: id, amountMinor: '3000' };
  assert.deepEqual(event?.data.office, part);
  assert.equal(await refused(at.sam, 'office.returnAllowance', { id }), 'allowance-ended id');
  assert.equal(
    await refused(at.sam, 'office.returnAllowance', { id: '999' }),
    'allowance-ended id',
  );
});

test('money is kept at other branches only, and more than nothing; a reservation ends once', async () => {
  const { desk } = office;
  const wish = { account: theirs, name: 'Marta Keller', amountMinor: '1', currency: 'EUR' };
  const home = { ...wish, account: { ...theirs, branch: '001' } };
  assert.equal(await refused(at.ana, 'office.reserve', home), 'own-branch account.branch');
  const none = { ...wish, amountMinor: '0' };
  assert.match(await refused(at.ana, 'office.reserve', none), /amountMinor$/);
  const { key } = await desk.ask(at.ana, 'office.reserve', wish);
  const other = await desk.ask(at.ana, 'office.reserve', wish);
  assert.notEqual(other.key, key);
  assert.equal((await desk.ask(at.ana, 'office.reservation', { key })).state, 'asked');
  await office.answer({ kind: 'declined', reason: 'no', message: 'Too much.' });
  const told = await desk.ask(at.ana, 'office.reservation', { key });
  assert.deepEqual([told.state, told.message], ['declined', 'Too much.']);
  await desk.ask(at.ana, 'office.abandon', { key });
  assert.equal(await refused(at.ana, 'office.abandon', { key }), 'reservation-ended key');
  const never = { key: 'e'.repeat(32) };
  assert.equal(await refused(at.ana, 'office.reservation', never), 'reservation-unknown key');
});

test('what is free of an account of ours can be set aside, and what is set aside asked back', async () => {
  const { desk, books } = office;
  const number = own.account;
  const id = desk.ledger.accountByNumber(number)?.id ?? 0;
  const aside = () => books.reads.share(id)?.amountMinor ?? 0n;
  const free = () => desk.ledger.accountByNumber(number)?.availableDebitMinor ?? 0n;
  const [asideBefore, freeBefore] = [aside(), free()];
  const give = (amountMinor: bigint, to = number) => ({
    number: to,
    amountMinor: String(amountMinor),
    reason,
  });
  for (const name of ['office.share', 'office.recall'] as const) {
    assert.equal(await refused(at.sam, name, give(1n, '99999999')), 'unknown-account number', name);
    assert.equal(await refused(at.sam, name, give(1n, 'INTERBRANCHEUR')), 'unknown-account number');
    assert.match(await refused(at.sam, name, give(0n)), /amountMinor$/);
  }
  const over = give(freeBefore + 1n);
  assert.equal(await refused(at.sam, 'office.share', over), 'not-enough-available amountMinor');
  await desk.ask(at.sam, 'office.share', give(freeBefore));
  assert.deepEqual([aside(), free()], [asideBefore + freeBefore, 0n]);
  const more = give(aside() + 1n);
  assert.equal(await refused(at.sam, 'office.recall', more), 'not-set-aside amountMinor');
  await desk.ask(at.sam, 'office.recall', give(aside()));
  const item = {
    account: { branch: '001', number },
    amountMinor: String(aside()),
    currency: 'EUR',
  };
  const all = aside();
  await office.receive({ kind: 'share-returned', ...item, amountMinor: '1000' });
  await desk.ledger.submit(() => bookDue(books, 20));
  assert.equal(aside(), all - 1_000n, 'some of it');
  await office.receive({ kind: 'share-returned', ...item });
  await desk.ledger.submit(() => bookDue(books, 20));
  assert.deepEqual([aside(), free()], [0n, freeBefore + asideBefore]);
});

test('head office settles what is its own, and a line is let go on only where it stopped', async () => {
  const { desk, line } = office;
  const given = { id: '7', note: 'the customer has paid' };
  line.answers = { read: async () => [{ settled: false }] as never };
  assert.equal(await refused(at.sam, 'office.settle', given), 'exception-not-ours id');
  line.answers = { read: async () => [] };
  assert.equal(await refused(at.sam, 'office.settle', given), 'exception-not-ours id');
  const asked: unknown[] = [];
  line.answers = {
    read: async (_sql: string, values: readonly unknown[] = []) => {
      asked.push(...values);
      return [{ settled: true }] as never;
    },
  };
  await desk.ask(at.sam, 'office.settle', given);
  assert.deepEqual(asked, ['7', given.note]);
  line.isUp = false;
  assert.match(await refused(at.sam, 'office.settle', given), /^office-unreachable/);
  const { resumed } = line;
  assert.equal(await refused(at.ada, 'office.resume', { reason }), 'line-not-stopped ');
  line.state = { ...line.state, stage: 'stopped' };
  await desk.ask(at.ada, 'office.resume', { reason });
  assert.equal(line.resumed, resumed + 1);
});

test('an older copy is gone on with by two people of the branch, and only where there is one', async () => {
  const { desk, line } = office;
  const by = async (whose: string) => {
    const proof = await second(desk, 'rita');
    const code = whose === 'rita' ? { code: proof.code } : {};
    return { reason, second: { user: whose, password: `${goodPassword} ${whose}`, ...code } };
  };
  assert.equal(await refused(at.sam, 'office.rejoin', await by('rita')), 'rejoin-not-needed ');
  for (const cause of ['office-behind', 'office-older']) {
    line.state = { ...line.state, stage: 'stopped', cause };
    const teller = await refused(at.sam, 'office.rejoin', await by('ben'));
    assert.equal(teller, 'role-needed second.user');
    const self = { ...(await by('rita')) };
    assert.equal(await refused(at.rita, 'office.rejoin', self), 'same-person second.user');
    await desk.ask(at.sam, 'office.rejoin', await by('rita'));
    assert.equal(desk.events('office.rejoin-asked').at(-1)?.data.reason, reason);
  }
});

test('what was paid for an account of ours elsewhere is booked on it as far as it reaches, the rest is the bank’s', async () => {
  const { desk, books } = office;
  const served = await customerWith(desk, `Nora${theirs.number}`);
  const account = { branch: '001', number: served.account };
  const posted = (number: string) => desk.ledger.accountByNumber(number)?.postedMinor ?? 0n;
  const share = () => books.reads.share(desk.ledger.accountByNumber(served.account)?.id ?? 0);
  const before = { standIn: posted('STANDINEUR'), between: posted('INTERBRANCHEUR') };
  let seq = desk.ledger.head().seq * 100;
  const happens = async (side: 'debit' | 'credit', amountMinor: string, more = {}) => {
    seq += 1;
    const visit = { kind: 'visit', account, side, amountMinor, coveredMinor: '0', currency: 'EUR' };
    const item = { ...visit, branch: '002', seq, openMinor: '0', ...more };
    await office.receive(item as never);
    await desk.ledger.submit(() => bookDue(books, 20));
    const { entry } = desk.events('visit.booked').at(-1)?.data ?? {};
    const { what } = entry as unknown as { readonly what: string };
    assert.match(what, side === 'debit' ? /^Paid out at branch 002/ : /^Taken in at branch 002/);
    return said().shortMinor;
  };
  assert.equal(await happens('debit', '100000'), '0');
  assert.equal(posted(served.account), -400_000n);
  const give = { number: served.account, amountMinor: '150000', reason };
  await desk.ask(at.sam, 'office.share', give);
  assert.equal(await happens('debit', '60000', { coveredMinor: '60000' }), '0');
  assert.equal(share()?.amountMinor, 90_000n, 'what covered it is set aside no longer');
  assert.equal(await happens('debit', '270000'), '20000', 'what is set aside for others is theirs');
  assert.deepEqual(
    [posted(served.account), posted('STANDINEUR')],
    [-90_000n, before.standIn + 20_000n],
  );
  assert.equal(await happens('credit', '5000'), '0');
  assert.equal(posted(served.account), -95_000n);
  assert.equal(await happens('debit', '7', { currency: 'USD' }), '7', 'another currency');
  const gone = { account: { branch: '001', number: '99999999' } };
  assert.equal(await happens('debit', '9', gone), '9', 'an account that is not here');
  assert.equal(posted(served.account), -95_000n);
  assert.equal(posted('STANDINEUR'), before.standIn + 20_009n);
  const between = 100_000n + 60_000n + 270_000n - 5_000n + 9n;
  assert.equal(posted('INTERBRANCHEUR'), before.between - between);
});

test('head office is answered with what could be set aside, where that is nothing too', async () => {
  const { desk, books } = office;
  const served = await customerWith(desk, `Olga${theirs.number}`);
  const account = { branch: '001', number: served.account };
  const wanted = async (amountMinor: string, more = {}) => {
    const item = { kind: 'share-wanted', account, amountMinor, currency: 'EUR', ...more };
    await office.receive(item as never);
    await desk.ledger.submit(() => bookDue(books, 20));
    const { type, amountMinor: given, answersMinor } = said();
    return `${type} ${given} of ${answersMinor}`;
  };
  assert.equal(await wanted('100000'), 'account.shared 100000 of 100000');
  assert.equal(await wanted('450000'), 'account.shared 400000 of 450000');
  assert.equal(await wanted('1'), 'share.declined 0 of 1');
  assert.equal(await wanted('1', { currency: 'USD' }), 'share.declined 0 of 1');
  const gone = { account: { branch: '001', number: '99999999' } };
  assert.equal(await wanted('1', gone), 'share.declined 0 of 1');
});
