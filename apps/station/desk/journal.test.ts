// Attacks the electronic journal and the receipts: whose lines are shown, what is found, what a code proves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  customerWith,
  deposit,
  servingCounter,
  type TestCounter,
  transfer,
  withdrawal,
} from './counter-fixture.ts';

async function served(): Promise<{ desk: TestCounter; journal: number; code: string }> {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta');
  const jonas = await customerWith(desk, 'Jonas');
  const draft = { ...deposit(marta, 125_000n, { 10000: 12, 5000: 1 }), narrative: 'for the roof' };
  const posted = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(posted.state === 'posted');
  await desk.ask(at.ben, 'posting.post', { draft: withdrawal(jonas, 7_000n) });
  await desk.ask(at.ben, 'posting.post', { draft: transfer(marta, jonas, 700n) });
  return { desk, journal: posted.journal, code: posted.receiptCode };
}

test('a teller sees the own lines, the others all of them', async () => {
  const { desk } = await served();
  const own = await desk.ask(at.ben, 'journal.list');
  assert.ok(own.lines.length > 0 && own.lines.every((line) => line.by === 'BEN Example'));
  const all = await desk.ask(at.otto, 'journal.list', { count: 500 });
  assert.ok(all.lines.length > own.lines.length);
  assert.deepEqual(
    all.lines.map((line) => line.journal),
    [...all.lines.map((line) => line.journal)].sort((one, other) => other - one),
  );
  const till = await desk.ask(at.otto, 'journal.list', { till: 2, count: 500 });
  assert.ok(till.lines.length > 0 && till.lines.every((line) => line.till === 'Till 2'));
  desk.close();
});

test('the journal is found by any word of a line, and paged without a gap', async () => {
  const { desk, journal } = await served();
  for (const text of ['1,250.00', '1250.00', 'marta example', 'MARTA', String(journal), 'ana ex']) {
    const { lines } = await desk.ask(at.otto, 'journal.list', { text });
    assert.ok(
      lines.some((line) => line.journal === journal),
      text,
    );
  }
  assert.deepEqual((await desk.ask(at.otto, 'journal.list', { text: 'zzz' })).lines, []);
  assert.deepEqual((await desk.ask(at.otto, 'journal.list', { date: '2020-01-01' })).lines, []);
  const all = (await desk.ask(at.otto, 'journal.list', { count: 500 })).lines;
  const paged: number[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await desk.ask(at.otto, 'journal.list', {
      count: 3,
      ...(before ? { before } : {}),
    });
    paged.push(...page.lines.map((line) => line.journal));
    before = page.lines.at(-1)?.journal;
    if (!page.more) break;
  }
  assert.deepEqual(
    paged,
    all.map((line) => line.journal),
  );
  desk.close();
});

test('an entry shows its legs, notes, people and links', async () => {
  const { desk, journal } = await served();
  const view = await desk.ask(at.ana, 'journal.get', { journal });
  assert.deepEqual(
    view.legs.map((leg) => [leg.debit, leg.amountMinor, leg.label]),
    [['TILL2EUR', '125000', 'deposit']],
  );
  assert.deepEqual(view.cash, [
    { till: 'Till 2', currency: 'EUR', pieces: { 5000: 1, 10000: 12 } },
  ]);
  assert.match(view.conductor ?? '', /^Marta Example \(customer \d+\)$/);
  assert.equal(view.hash, desk.ledger.hashOf(journal));
  const draft = { task: 'journal.reversal', journal, reason: 'another account' };
  const back = await desk.ask(at.ana, 'posting.post', { draft });
  assert.ok(back.state === 'posted');
  const [reversed, reversal] = [
    await desk.ask(at.ana, 'journal.get', { journal }),
    await desk.ask(at.ana, 'journal.get', { journal: back.journal }),
  ];
  assert.deepEqual([reversed.state, reversed.reversedBy], ['reversed', back.journal]);
  assert.deepEqual([reversal.state, reversal.reversalOf], ['reversal', journal]);
  assert.equal((await desk.fault(at.ana, 'journal.get', { journal: 1 })).reason, 'journal-unknown');
  desk.close();
});

test('a receipt says what was done, and its code proves it', async () => {
  const { desk, journal, code } = await served();
  const receipt = await desk.ask(at.ana, 'receipt.get', { journal });
  assert.deepEqual(
    [receipt.title, receipt.code, receipt.bank],
    ['Cash deposit', code, 'Test Bank'],
  );
  const line = (label: string) => receipt.lines.find((each) => each.label === label)?.text;
  assert.equal(line('Amount'), '1,250.00 EUR');
  assert.equal(line('Received'), '12 x 100.00, 1 x 50.00 EUR');
  assert.equal(line('Text'), 'for the roof');
  assert.deepEqual(receipt.denominations, { 5000: 1, 10000: 12 });
  const pdf = await desk.ask(at.ana, 'receipt.pdf', { journal });
  assert.equal(Buffer.from(pdf.base64, 'base64').subarray(0, 5).toString('latin1'), '%PDF-');
  const verdict = await desk.ask(at.cora, 'receipt.verify', { code: code.toLowerCase() });
  assert.deepEqual([verdict.ok, verdict.journal, verdict.receipt], [true, journal, receipt]);
  desk.close();
});

test('a receipt shows notes both ways, and of cash between tills the till', async () => {
  const desk = await servingCounter();
  const marta = await customerWith(desk, 'Marta');
  const cash = { ...deposit(marta, 4_000n, { 5000: 1 }), change: { 1000: 1 } };
  const posted = await desk.ask(at.ana, 'posting.post', { draft: cash });
  assert.ok(posted.state === 'posted');
  const receipt = await desk.ask(at.ana, 'receipt.get', { journal: posted.journal });
  const lineOf = ({ lines }: typeof receipt, label: string) =>
    lines.find((each) => each.label === label)?.text;
  assert.equal(lineOf(receipt, 'Received'), '1 x 50.00 EUR');
  assert.equal(lineOf(receipt, 'Paid out'), '1 x 10.00 EUR');
  assert.ok(lineOf(receipt, 'Account'));
  assert.equal(receipt.denominations, null, 'taken in and given back is no one stack of notes');
  const { lines } = await desk.ask(at.ana, 'journal.list', { count: 50 });
  const moved = lines.find(({ kind, till }) => kind === 'movement.accept' && till === 'Till 2');
  const slip = await desk.ask(at.ana, 'receipt.get', { journal: moved?.journal ?? 0 });
  assert.equal(lineOf(slip, 'Till'), 'Till 2');
  assert.equal(lineOf(slip, 'Account'), undefined);
  desk.close();
});

test('a code with a slip, of another branch, or of an entry there is not proves nothing', async () => {
  const { desk, journal, code } = await served();
  const other = await served();
  const wrong = [
    '',
    'hello',
    code.slice(0, -1),
    code.replace(/.$/, (last) => (last === '7' ? '8' : '7')),
    code.replace(String(journal), String(journal + 1)),
    `9${code}`,
  ];
  for (const typed of wrong) {
    const verdict = await desk.ask(at.otto, 'receipt.verify', { code: typed });
    assert.deepEqual([verdict.ok, verdict.journal, verdict.receipt], [false, null, null], typed);
    assert.ok(verdict.message.length > 10, typed);
  }
  const foreign = await other.desk.ask(at.otto, 'receipt.verify', { code });
  const isSame = other.desk.ledger.hashOf(journal) === desk.ledger.hashOf(journal);
  assert.equal(foreign.ok, isSame, 'two branches with the same history have the same receipts');
  desk.close();
  other.desk.close();
});

test('a changed entry no longer has the receipt it had', async () => {
  const { desk, journal, code } = await served();
  desk.database.exec('DROP TRIGGER event_kept');
  const body = desk.database.prepare('SELECT body FROM event WHERE seq = ?').pluck().get(journal);
  const changed = String(body).replace('for the roof', 'for a ship');
  assert.notEqual(changed, String(body));
  const update = desk.database.prepare('UPDATE event SET body = ? WHERE seq = ?');
  update.run(Buffer.from(changed), journal);
  const verdict = await desk.ask(at.otto, 'receipt.verify', { code });
  assert.equal(verdict.ok, false);
  assert.match(verdict.message, /not the one/);
  desk.close();
});
