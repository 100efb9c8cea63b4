// Attacks visits: every reason for which cash of another branch's account does not change hands, and that each ends where it should.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Card, CardPerson } from '#contract/office-card.ts';
import type { OfficeAccount } from '#station/office/protocol/values.ts';
import { at, customerWith, second, testPolicy } from './counter-fixture.ts';
import { marta, type VisitedCounter, visitedCounter } from './office-desk-fixture.ts';
import { addPerson, goodPassword, signIn, type TestDesk } from './session-fixture.ts';

let office: VisitedCounter;
/** An account nobody has asked about yet. */
let theirs: OfficeAccount;
let standIns = 0;
before(async () => {
  office = await visitedCounter();
  const roleLimits = testPolicy.roleLimits.map((limit) =>
    limit.role === 'teller' && limit.task === 'cash.deposit' && limit.currency === 'EUR'
      ? { ...limit, hardMinor: '2000000' }
      : limit,
  );
  const policy = { ...testPolicy, roleLimits };
  await office.desk.ask(at.ada, 'policy.set', { policy, reason: 'nobody pays more than that' });
  await addPerson(office.desk as unknown as TestDesk, 'nina', ['teller']);
  await signIn(office.desk as unknown as TestDesk, at.nobody, 'nina');
});
after(() => office.desk.close());
beforeEach(() => {
  office.line.isUp = true;
  theirs = office.unknown();
});

const announce = (more: Partial<Card> = {}, isFetched = true) =>
  office.expect({ account: theirs, ...more }, isFetched);
function nextVersion(): number {
  standIns += 1;
  return standIns;
}
const byMarta = { kind: 'other', name: 'Marta Keller', document: 'M-1' };
const visit = (more: Readonly<Record<string, unknown>> = {}) => ({
  ...{ account: theirs, name: 'Marta Keller', side: 'debit', amountMinor: '2000' },
  ...{ currency: 'EUR', denominations: { 2000: 1 }, conductor: byMarta, ...more },
});
const refused = async (more: Readonly<Record<string, unknown>>, window: number = at.ana) => {
  const { reason, field } = await office.desk.fault(window, 'office.visit', visit(more));
  return `${reason} ${field ?? ''}`;
};
const reserve = async (amountMinor = '2000', account = theirs) => {
  const wish = { account, name: 'Marta Keller', amountMinor, currency: 'EUR' };
  return (await office.desk.ask(at.ana, 'office.reserve', wish)).key;
};

test('what a visit is by itself is judged first', async () => {
  await announce();
  const own = { account: { branch: '001', number: '20000001' } };
  const soft = { amountMinor: '2000000', denominations: { 10000: 200 }, side: 'credit' };
  const hard = { amountMinor: '2010000', denominations: { 10000: 201 }, side: 'credit' };
  const cases: readonly (readonly [string, Record<string, unknown>, number?])[] = [
    ['own-branch account.branch', own],
    ['till-not-open ', {}, at.nobody],
    ['denominations-do-not-add-up denominations', { amountMinor: '1999' }],
    ['denominations-do-not-add-up denominations', { amountMinor: '2001' }],
    ['not-in-till denominations.10000', { denominations: { 10000: 61 }, amountMinor: '610000' }],
    ['second-needed second', soft],
    ['over-hard-limit amountMinor', hard],
  ];
  for (const [reason, more, window] of cases) assert.equal(await refused(more, window), reason);
});

test('the second person is somebody else, and a supervisor', async () => {
  const { desk } = office;
  const asSecond = async (user: 'sam' | 'rita', whose = user as string) => {
    const proof = await second(desk, user);
    return { second: { ...proof, user: whose, password: `${goodPassword} ${whose}` } };
  };
  assert.equal(await refused(await asSecond('sam', 'ana')), 'same-person second.user');
  assert.equal(await refused(await asSecond('sam', 'ben')), 'role-needed second.user');
});

test('while head office answers it is asked to keep the amount first', async () => {
  const { desk, answer } = office;
  assert.equal(await refused({}), 'reserve-first reservation');
  assert.equal(await refused({ reservation: 'f'.repeat(32) }), 'reservation-not-held reservation');
  const key = await reserve();
  const held = { reservation: key };
  assert.equal(await refused(held), 'reservation-not-held reservation');
  await answer({ kind: 'waiting', freeMinor: 0n });
  assert.equal(await refused(held), 'reservation-not-held reservation');
  await answer({ kind: 'reserved' });
  const others = [
    { account: { ...theirs, branch: '003' } },
    { account: office.unknown() },
    { amountMinor: '1000', denominations: { 1000: 1 } },
  ];
  for (const other of others) {
    assert.equal(await refused({ ...held, ...other }), 'reservation-not-held reservation');
  }
  const paid = await desk.ask(at.ana, 'office.visit', visit(held));
  assert.deepEqual([paid.covered, paid.openMinor], ['reservation', '0']);
  assert.equal(await refused(held), 'reservation-not-held reservation');
  const ended = await desk.fault(at.ana, 'office.abandon', { key });
  assert.equal(ended.reason, 'reservation-ended');
  const none = await desk.fault(at.ana, 'office.abandon', { key: 'e'.repeat(32) });
  assert.equal(none.reason, 'reservation-ended');
});

test('only an answer that waits for the keeping branch opens the way without one', async () => {
  const { desk, answer } = office;
  const other = office.unknown();
  const elsewhere = { account: other };
  const key = await reserve('2000', other);
  assert.equal(await refused(elsewhere), 'reserve-first reservation', 'asked, not answered');
  await answer({ kind: 'waiting', freeMinor: 0n });
  assert.equal(await refused({}), 'reserve-first reservation', 'another account of that branch');
  const same = { account: { ...other, branch: '003' } };
  assert.equal(await refused(same), 'reserve-first reservation', 'that number at another branch');
  const paid = await desk.ask(at.ana, 'office.visit', visit(elsewhere));
  assert.equal(paid.covered, 'floor');
  await desk.ask(at.ana, 'office.abandon', { key });
  assert.equal(await refused(elsewhere), 'reserve-first reservation', 'given up');
});

test('without head office allowances go first, then the floor, then a supervisor decides', async () => {
  const { desk, allow, line } = office;
  line.isUp = false;
  const account = theirs;
  await allow('3000', { account });
  await allow('90000', { account, expiresAt: desk.clock.now() });
  const pay = async (more: Readonly<Record<string, unknown>>) => {
    const paid = await desk.ask(at.ana, 'office.visit', visit({ account, ...more }));
    return `${paid.covered} ${paid.openMinor}`;
  };
  assert.equal(await pay({}), 'allowance 0');
  assert.equal(await pay({}), 'floor 1000', 'ten of the allowance, ten of the floor');
  const over = { amountMinor: '10000', denominations: { 10000: 1 } };
  assert.equal(await refused({ account, ...over }), 'exposure-undecided second');
  assert.equal(
    await pay({ amountMinor: '9000', denominations: { 2000: 4, 1000: 1 } }),
    'floor 9000',
  );
  assert.equal(await refused({ account }), 'exposure-undecided second', 'used up');
  assert.equal(await pay({ ...over, second: await second(desk, 'sam') }), 'decision 10000');
  assert.equal(
    await refused({
      account: office.unknown(),
      ...over,
      amountMinor: '20000',
      denominations: { 10000: 2 },
    }),
    'exposure-undecided second',
    'the floor is each account’s own',
  );
});

test('an account that is not open pays nothing, and takes what its branch says it takes', async () => {
  const { desk } = office;
  const credit = { side: 'credit' };
  for (const state of ['dormant', 'frozen', 'closed', 'unknown'] as const) {
    const takesCredits = state === 'dormant';
    await announce({ state, takesCredits }, false);
    assert.equal(await refused({}), `account-${state} account.number`);
    if (!takesCredits) assert.equal(await refused(credit), `account-${state} account.number`);
  }
  await announce({ state: 'dormant', takesCredits: true });
  const { covered } = await desk.ask(at.ana, 'office.visit', visit(credit));
  assert.equal(covered, 'cash', 'nobody asks who brings money');
});

const offline = async (persons: readonly CardPerson[], more: Record<string, unknown>) => {
  await announce({ persons: [...persons] });
  office.line.isUp = false;
  return refused(more);
};

test('a person of the card moves what the mandate lets them, as long as it holds', async () => {
  const bounded = { ...marta, limitMinor: '1999' };
  assert.equal(await offline([bounded], {}), 'over-mandate amountMinor');
  const over = { ...marta, until: '2026-11-19' };
  assert.equal(await offline([over], {}), 'mandate-over conductor');
  await announce({ persons: [{ ...marta, limitMinor: '2000', until: '2026-11-20' }] });
  const { covered } = await office.desk.ask(at.ana, 'office.visit', visit({}));
  assert.equal(covered, 'floor', 'the last day and the whole amount');
});

test('what the account is kept in is what is paid and taken: a mandate bounds no other money', async () => {
  await announce({ currency: 'USD', persons: [{ ...marta, limitMinor: '2000' }] });
  for (const side of ['debit', 'credit']) {
    assert.equal(await refused({ side }), 'wrong-currency currency', side);
  }
});

test('who is not on the card is paid where a supervisor agrees, and a customer of ours by their own document', async () => {
  const { desk } = office;
  const stranger = { conductor: { kind: 'other', name: 'A Stranger', document: 'X-9' } };
  assert.equal(await offline([marta], stranger), 'person-not-on-card second');
  assert.equal(await offline([], {}), 'person-not-on-card second');
  const agreed = { ...stranger, second: await second(desk, 'sam') };
  office.line.isUp = false;
  const paid = await desk.ask(at.ana, 'office.visit', visit(agreed));
  assert.equal(paid.covered, 'floor');
  const [event] = desk.events('journal.posted').slice(-1);
  assert.equal(event?.data.second, desk.staff.byUser('sam')?.id, 'who agreed stands in the log');
});

test('what was done is written as what it was: which way, for whom, by whom', async () => {
  const { desk } = office;
  const kara = await customerWith(desk, 'Kara', { empty: true });
  const card = { ...marta, document: { ...marta.document, number: 'P-Kara-1' } };
  await announce({ persons: [card] });
  office.line.isUp = false;
  const done = async (more: Record<string, unknown>) => {
    await desk.ask(at.ana, 'office.visit', visit(more));
    const [posted] = desk.events('journal.posted').slice(-1);
    assert.ok(posted);
    const { entry, activity } = posted.data as unknown as {
      entry: { what: string; conductor: string };
      activity: readonly { direction: string; persons: readonly string[] }[];
    };
    return [entry.what.split(' for ')[0], entry.conductor, activity[0]?.direction];
  };
  const customer = { conductor: { kind: 'customer', customer: kara.customer } };
  assert.deepEqual(await done(customer), ['Paid out', `customer ${kara.customer}`, 'out']);
  const other = 'A Stranger (document X-9)';
  const brings = {
    side: 'credit',
    conductor: { kind: 'other', name: 'A Stranger', document: 'X-9' },
  };
  assert.deepEqual(await done(brings), ['Taken in', other, 'in']);
  const noOne = await customerWith(desk, 'Lena', { empty: true });
  const stranger = { conductor: { kind: 'customer', customer: noOne.customer } };
  assert.equal(await refused(stranger), 'person-not-on-card second');
});

test('an allowance head office has not signed, and money over what a till may hold, pay and take nothing', async () => {
  const { desk, books } = office;
  office.line.isUp = false;
  await office.allow('90000', { account: theirs });
  const [held] = books.reads.allowances(theirs);
  const forged = {
    ...JSON.parse(held?.document ?? '{}'),
    id: `9${held?.id}`,
    amountMinor: '900000',
  };
  const signature = held?.signature ?? '';
  await office.receive({ kind: 'allowance', allowance: forged, signature });
  const over = { amountMinor: '110000', denominations: { 10000: 11 } };
  assert.equal(await refused(over), 'exposure-undecided second');
  const none = { amountMinor: '0', denominations: {} };
  assert.equal(await refused(none), 'nothing-counted denominations');
  const tooMuch = { side: 'credit', amountMinor: '20000000', denominations: { 50000: 400 } };
  assert.equal(await refused(tooMuch), 'till-over-limit denominations');
  const move = async (side: string, pieces: number, user?: 'sam') => {
    const proof = user ? { second: await second(desk, user) } : {};
    const notes = { amountMinor: String(pieces * 10_000), denominations: { 10000: pieces } };
    const { covered } = await desk.ask(at.ana, 'office.visit', visit({ side, ...notes, ...proof }));
    return covered;
  };
  assert.equal(await move('credit', 101, 'sam'), 'cash', 'over the limit a supervisor agrees');
  assert.equal(await move('credit', 100), 'cash', 'the limit itself needs nobody');
  assert.equal(
    await move('debit', 201, 'sam'),
    'decision',
    'what bounds cash in bounds no cash out',
  );
});

test('the floor is head office’s where it gave one, for each currency it names', async () => {
  office.line.isUp = false;
  const over = { amountMinor: '6000', denominations: { 2000: 3 } };
  const floors = (value: object) =>
    office.receive({
      ...{ kind: 'reference', name: 'stand-in', value, branch: 'all', signature: '' },
      version: nextVersion(),
    });
  const paid = async () => (await office.desk.ask(at.ana, 'office.visit', visit())).openMinor;
  await floors({ floors: { EUR: '5999' }, times: 1 });
  assert.equal(await refused(over), 'exposure-undecided second');
  assert.equal(await paid(), '2000');
  assert.equal(await refused({}), 'exposure-undecided second', 'once, says head office');
  theirs = office.unknown();
  await floors({ floors: { EUR: 'nothing' } });
  assert.equal(await refused({}), 'exposure-undecided second', 'no number is no floor');
  await floors({ floors: { USD: '9000' } });
  assert.equal(await refused({}), 'exposure-undecided second', 'nor is another currency’s');
  await floors({ floors: { EUR: '10000' } });
  assert.equal(await paid(), '2000');
  assert.equal(await paid(), '2000', 'twice where it does not say how often');
  assert.equal(await refused({}), 'exposure-undecided second');
});

test('a card that is not the one named is not kept, and one nobody uses is erased', async () => {
  const { desk, keeper } = office;
  await announce({}, false);
  const find = async () => (await desk.ask(at.ana, 'office.find', theirs)).card;
  await office.allow('2000', { account: theirs });
  office.line.isUp = false;
  const body = '{"account":{}}';
  const now = desk.clock.now();
  const asked: OfficeAccount[] = [];
  const fetchCard = async (account: OfficeAccount) => {
    asked.push(account);
    return { body, pictures: '{}' };
  };
  assert.equal(await keeper.fetch({ fetchCard }, now + 1e9), 0);
  const first = asked.length;
  assert.equal(await keeper.fetch({ fetchCard }, now + 1e9 + 999), 0);
  assert.equal(asked.length, first, 'not asked again within a second');
  await keeper.fetch({ fetchCard }, now + 1e9 + 1_000);
  assert.equal(asked.length, 2 * first);
  assert.equal((await find())?.isFetched, false, 'another text than the one named');
  await announce();
  assert.equal((await find())?.isFetched, true, 'asked again by a clock that was set back');
  const late = now + 31 * 24 * 3_600_000;
  await keeper.tidy(now + 1_000);
  assert.notEqual(await find(), null);
  await keeper.tidy(late);
  assert.notEqual(await find(), null, 'an allowance is open for it');
  await announce({ state: 'frozen' });
  await keeper.tidy(now);
  assert.equal((await office.books.reads.allowances(theirs))[0]?.state, 'returned', 'frozen');
  await keeper.tidy(now);
  assert.notEqual(office.guest(theirs), null);
  await keeper.tidy(late);
  assert.equal(office.guest(theirs), null);
  assert.equal(desk.events('card.erased').at(-1)?.type, 'card.erased');
});
