// Proves what is durable when, who is told, and that one command's failure stays its own.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Refusal } from '#station/bank/refusal.ts';
import type { Head } from '#station/ports.ts';
import { accountData, type Branch, eventOf, journal, leg, openBranch } from './ledger-fixture.ts';
import { verifyLog } from './verify.ts';

const [alice, bob, till] = [1, 2, 3];

interface Watched extends Branch {
  readonly witnessed: Head[];
}

function branch(context: TestContext): Watched {
  const witnessed: Head[] = [];
  const witness = {
    read: () => null,
    write: (head: Head) => void witnessed.push(head),
    close: () => undefined,
  };
  const opened = openBranch({ witness });
  context.after(() => opened.close());
  const accounts = [
    accountData({ id: alice, highMinor: '1000' }),
    accountData({ id: bob }),
    accountData({ id: till, product: 'till', class: 'asset', cash: true }),
  ];
  opened.ledger.write(() => opened.ledger.append(eventOf({ dateOpened: '2026-11-20', accounts })));
  return { ...opened, witnessed };
}

const pay = ({ ledger }: Branch, amount: bigint, key = '') =>
  ledger.append(eventOf({ journal: journal(leg(alice, bob, amount)) }, { key })).seq;

const uuid = (number: number) => number.toString(16).padStart(32, '0');

test('a crowd is committed together, each with its own number, in the order it came', async (context) => {
  const opened = branch(context);
  const first = opened.ledger.head().seq + 1;
  const told = opened.witnessed.length;
  const posted = Array.from({ length: 600 }, () => opened.ledger.submit(() => pay(opened, 1n)));
  const numbers = await Promise.all(posted);
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => first + index),
  );
  assert.equal(opened.ledger.account(alice)?.postedMinor, 600n);
  assert.equal(opened.witnessed.length - told, 3, '600 commands in three commits');
  assert.deepEqual(opened.witnessed.at(-1), opened.ledger.head());
});

test('the head is that of what stands, though another event had its number and was undone', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  let undone: Head | undefined;
  const failing = () =>
    ledger.write(() => {
      pay(opened, 1n);
      undone = ledger.head();
      throw new Error('undone');
    });
  assert.throws(failing, /^Error: undone$/);
  ledger.write(() => pay(opened, 2n));
  const head = ledger.head();
  assert.equal(head.seq, undone?.seq);
  assert.notDeepEqual(head.hash, undone?.hash);
  assert.equal(Buffer.from(head.hash).toString('hex'), ledger.hashOf(head.seq));
  assert.deepEqual(opened.witnessed.at(-1), head);
});

test('of a crowd over the limit exactly those within it are posted', async (context) => {
  const opened = branch(context);
  const tries = Array.from({ length: 40 }, () => opened.ledger.submit(() => pay(opened, 300n)));
  const results = await Promise.allSettled(tries);
  const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  assert.equal(refused.length, 37);
  assert.ok(refused.every(({ reason }) => (reason as Refusal).reason === 'insufficient-funds'));
  assert.equal(opened.ledger.account(alice)?.postedMinor, 900n);
  const { file, key } = opened;
  assert.equal((await verifyLog({ file, key })).ok, true);
});

test('a key is posted once, however often and however late it comes', async (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const once = (number: number) => () =>
    ledger.find(uuid(number))?.seq ?? pay(opened, 1n, uuid(number));
  const storm = Array.from({ length: 500 }, (_, index) => ledger.submit(once((index * 7) % 50)));
  const numbers = await Promise.all(storm);
  assert.equal(new Set(numbers).size, 50);
  assert.equal(ledger.account(alice)?.postedMinor, 50n);
  const again = await Promise.all(numbers.map((_, index) => ledger.submit(once((index * 7) % 50))));
  assert.deepEqual(again, numbers);
  assert.throws(() => ledger.write(() => pay(opened, 1n, uuid(7))), /UNIQUE/);
  assert.throws(() => ledger.write(() => pay(opened, 1n, 'not a key')), { name: 'AssertionError' });
});

test('what throws leaves no trace: log, balances, witness and the next number', async (context) => {
  const opened = branch(context);
  const { ledger, witnessed } = opened;
  const before = { head: ledger.head(), told: witnessed.length };
  const failing = () => {
    pay(opened, 5n);
    pay(opened, 6n);
    throw new Error('afterwards');
  };
  assert.throws(() => ledger.write(failing), /afterwards/);
  await assert.rejects(ledger.submit(failing), /afterwards/);
  const [failed, kept] = await Promise.allSettled([
    ledger.submit(failing),
    ledger.submit(() => pay(opened, 7n)),
  ]);
  assert.equal(failed?.status, 'rejected');
  assert.deepEqual(kept, { status: 'fulfilled', value: before.head.seq + 1 });
  assert.equal(ledger.account(bob)?.postedMinor, -7n);
  assert.equal(witnessed.length, before.told + 1);
  assert.equal(ledger.statement({ account: bob, count: 9 }).length, 1);
});

test('a promise inside a transaction is our mistake, and undone', async (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const { seq } = ledger.head();
  const asynchronous = async () => pay(opened, 5n);
  assert.throws(() => ledger.write(asynchronous), { name: 'AssertionError' });
  await assert.rejects(ledger.submit(asynchronous), { name: 'AssertionError' });
  assert.equal(ledger.head().seq, seq);
});

test('a commit that the disk or the schema refuses is nobody’s, and the ledger goes on', async (context) => {
  const opened = branch(context);
  const { ledger, database } = opened;
  const { seq } = ledger.head();
  const uncounted = () => {
    // Behind the ledger's back: pieces without money, which only the commit can see.
    database.exec(`INSERT INTO cash (account, face, pieces) VALUES (${till}, 100, 1)`);
  };
  const group = [ledger.submit(() => pay(opened, 1n)), ledger.submit(uncounted)];
  const results = await Promise.allSettled(group);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal(ledger.head().seq, seq);

  const pages = Number(database.pragma('page_count', { simple: true }));
  database.pragma(`max_page_count = ${pages}`);
  const full = await Promise.allSettled(
    Array.from({ length: 30 }, () => ledger.submit(() => pay(opened, 1n))),
  );
  assert.ok(
    full.some(({ status }) => status === 'rejected'),
    'the disk is full',
  );
  database.pragma('max_page_count = 1000000');
  const done = full.filter(({ status }) => status === 'fulfilled').length;
  assert.equal(ledger.account(alice)?.postedMinor, BigInt(done));
  assert.equal(await ledger.submit(() => pay(opened, 1n)), seq + done + 1);
  const { file, key } = opened;
  assert.equal((await verifyLog({ file, key })).ok, true);
});

test('a witness that cannot be written is reported, and what is durable stays so', async (context) => {
  let isBroken = false;
  const told: string[] = [];
  const witness = {
    read: () => null,
    write() {
      if (isBroken) throw new Error('no space for the witness');
    },
    close: () => undefined,
  };
  const opened = openBranch({ witness, report: (where) => void told.push(where) });
  context.after(() => opened.close());
  const { ledger } = opened;
  const note = () => ledger.append(eventOf({}, { type: 'note.taken' })).seq;
  ledger.write(note);
  isBroken = true;
  assert.equal(ledger.write(note), 2);
  assert.deepEqual(await Promise.all([ledger.submit(note), ledger.submit(note)]), [3, 4]);
  assert.deepEqual(told, ['witness', 'witness']);
  isBroken = false;
  assert.equal(ledger.write(note), 5);
  const { file, key } = opened;
  assert.equal((await verifyLog({ file, key })).events, 5);
});

test('the head is signed every 256 events, a minute after the last, and at the end', (context) => {
  const opened = branch(context);
  const { ledger, clock } = opened;
  const start = ledger.signedSeq();
  for (let each = 0; each < 255; each++) ledger.write(() => pay(opened, 1n));
  assert.equal(ledger.signedSeq(), start);
  ledger.write(() => pay(opened, 1n));
  assert.equal(ledger.signedSeq(), start + 256);
  ledger.write(() => pay(opened, 1n));
  clock.set(clock.now() + 59_999);
  assert.equal(ledger.signedSeq(), start + 256);
  clock.set(clock.now() + 1);
  assert.equal(ledger.signedSeq(), start + 257);
  clock.set(clock.now() + 60_000);
  ledger.write(() => pay(opened, 1n));
  assert.equal(ledger.signedSeq(), start + 258, 'a minute after the last, with its own commit');
  clock.set(clock.now() + 59_999);
  ledger.write(() => pay(opened, 1n));
  assert.equal(ledger.signedSeq(), start + 258);
  ledger.close();
  assert.equal(ledger.signedSeq(), start + 259);
});

test('cash without its pieces is one command’s fault, not the crowd’s', async (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const vault = accountData({ id: 4, product: 'vault', class: 'asset', cash: true });
  ledger.write(() => ledger.append(eventOf({ accounts: [vault] })));
  const bare = eventOf({ journal: journal(leg(till, 4, 500n)) });
  const [wrong, right] = await Promise.allSettled([
    ledger.submit(() => ledger.append(bare)),
    ledger.submit(() => pay(opened, 5n)),
  ]);
  assert.equal(wrong.status === 'rejected' && wrong.reason.reason, 'cash-does-not-add-up');
  assert.equal(right.status, 'fulfilled');
  assert.equal(ledger.account(bob)?.postedMinor, -5n);
});

test('the moment is that of the next event, and a key is 32 small hex digits', (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const [asked, made] = ledger.write(() => [ledger.moment().seq, pay(opened, 1n, uuid(1))]);
  assert.equal(asked, made);
  for (const key of ['A'.repeat(32), 'g'.repeat(32), 'a'.repeat(31), 'a'.repeat(34)]) {
    assert.throws(() => ledger.write(() => pay(opened, 1n, key)), /UUID without hyphens/);
  }
});

test('a signature goes with the commit that failed, and is made again with the next', (context) => {
  const opened = branch(context);
  const { ledger, clock, database } = opened;
  const signed = ledger.signedSeq();
  clock.set(clock.now() + 60_000);
  const failing = () => {
    pay(opened, 1n);
    // A journal's end that never comes: the database says no only when it is to commit.
    database.prepare('INSERT INTO journal_end (leg) VALUES (999)').run();
  };
  assert.throws(() => ledger.write(failing), /FOREIGN KEY/);
  assert.equal(ledger.signedSeq(), signed);
  const { seq } = ledger.head();
  ledger.write(() => pay(opened, 1n));
  assert.equal(ledger.head().seq, seq + 1);
  assert.equal(ledger.signedSeq(), seq + 1);
});

test('what was waiting when the ledger closes is committed', async (context) => {
  const opened = branch(context);
  const { ledger } = opened;
  const waiting = Array.from({ length: 300 }, () => ledger.submit(() => pay(opened, 1n)));
  ledger.close();
  assert.equal(ledger.account(alice)?.postedMinor, 300n);
  await Promise.all(waiting);
});

test('time never goes back in the log, and stands still within one command', (context) => {
  const opened = branch(context);
  const { ledger, clock } = opened;
  const start = clock.now();
  clock.set(start - 86_400_000);
  const [at, moment] = ledger.write(() => {
    const moment = ledger.moment();
    clock.set(start + 5);
    return [ledger.event(pay(opened, 1n))?.at, moment.at];
  });
  assert.equal(at, start);
  assert.equal(moment, start);
  assert.equal(ledger.event(ledger.write(() => pay(opened, 1n)))?.at, start + 5);
});
