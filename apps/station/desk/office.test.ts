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
  const said = await desk.ask(at.ana, 'office.reservation', { key });
  assert.deepEqual([said.state, said.message], ['declined', 'Too much.']);
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
