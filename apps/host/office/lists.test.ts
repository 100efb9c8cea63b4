// A list of head office reaches a branch and acts there: on payments' parties, cash and customers; and what people decide is remembered.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ListEntry } from '#station/compliance/lists/entry.ts';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import { publishList, readListFiles } from './lists.ts';
import { noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';

const skip = noPostgres;
let office: TestOffice;
let branch: TestBranch;
let skewMs = 0;
let lastStep = 0;

/** sam with a code that was not used before: the branch's clock moves on to it. */
function freshSecond() {
  const step = Math.max(lastStep + 1, Math.floor(Date.now() / 30_000));
  skewMs = Math.max(0, step * 30_000 + 1_000 - Date.now());
  lastStep = step;
  return branch.second();
}

const freshCode = (): string => freshSecond().code;

before(
  async () => {
    if (skip) return;
    office = await openTestOffice({ serves: true });
    branch = await openTestBranch({
      code: 'L01',
      skewMs: () => skewMs,
      bundle: await office.enrol({ branch: 'L01', name: 'Lists' }),
    });
  },
  { timeout: 1_800_000 },
);
after(
  async () => {
    await branch?.close();
    await office?.remove();
  },
  { timeout: 1_800_000 },
);

const entry = (id: string, names: string[], births: string[] = []): ListEntry => ({
  ...{ id, kind: 'person', names, births, countries: [], programme: 'TEST' },
});
const villain = entry('T-1', ['Viktor Anatoliy Zolotarev', 'Виктор Золотарёв'], ['1961-04-09']);
const filler = (count: number): ListEntry[] =>
  Array.from({ length: count }, (_, index) => entry(`F-${index}`, [`Xq${index} Wz${index}`]));

const publish = (entries: readonly ListEntry[], asOf = '2026-11-20') =>
  publishList(office, 'test', { asOf, source: 'the test', entries });
const state = () => branch.ben()('screening.state', {});
const inForce = (version: number) =>
  until(
    state,
    ({ lists, run }) =>
      lists[0]?.version === version && run?.state === 'done' && run.isCurrent === true,
  );
const openCases = async () => (await branch.sam()('screening.cases', { scope: 'open' })).cases;

const withdrawal = (name: string) => ({
  draft: {
    ...{ task: 'cash.deposit' as const, account: branch.account, amountMinor: '1000' },
    ...{ currency: 'EUR', denominations: { 1000: 1 } },
    conductor: { kind: 'other' as const, name, document: 'P1234567' },
  },
});

test('a list is taken into force, and a person at the desk who resembles an entry waits for a supervisor', {
  skip,
  timeout: 1_800_000,
}, async () => {
  assert.deepEqual((await state()).lists, []);
  assert.equal(
    (await branch.ben()('posting.preview', withdrawal('Zolotarev Victor'))).outcome,
    'post',
  );
  const sent = await publish([villain, ...filler(40)]);
  assert.deepEqual([sent.version, sent.sent], [1, sent.pages]);
  const { lists } = await inForce(1);
  assert.deepEqual([lists[0]?.entries, lists[0]?.names, lists[0]?.asOf], [41, 42, '2026-11-20']);

  const clean = await branch.ben()('posting.preview', withdrawal('Greta Holm'));
  assert.equal(clean.outcome, 'post');
  const preview = await branch.ben()('posting.preview', withdrawal('Zolotarev Victor'));
  assert.equal(preview.outcome, 'approval');
  const flag = preview.flags.find(({ rule }) => rule === 'listed-name/test/T-1');
  assert.match(flag?.message ?? '', /T-1 of list test version 1: \d+ of 1000 by .*victor ~ viktor/);

  const asked = await branch.ben()('posting.post', withdrawal('Zolotarev Victor'));
  assert.equal(asked.state, 'parked');
  const [found] = await openCases();
  assert.deepEqual([found?.entry, found?.openedBy, found?.mine], ['T-1', 'ben Berg', true]);
  const approval = asked.state === 'parked' ? asked.approval : 0;
  const card = await branch.sam()('approval.get', { approval });
  const decision = { approval, decision: 'approve' as const, contentDigest: card.contentDigest };
  const unexplained = branch.sam()('approval.decide', { ...decision, comment: '', code: '000000' });
  await assert.rejects(unexplained, /say in the note why/);
});

test('a decision is remembered for this name and entry until either changes', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const [found] = await openCases();
  assert.ok(found);
  const decision = { case: found.id, outcome: 'false' as const, note: 'born in 1990, papers seen' };
  await assert.rejects(
    branch.ben()('screening.decide', { ...decision, code: '000000' }),
    ({ fault }) => fault.code === 'forbidden',
  );
  await branch.sam()('screening.decide', { ...decision, code: freshCode() });
  const again = await branch.ben()('posting.preview', withdrawal('Zolotarev Victor'));
  assert.equal(again.outcome, 'post', 'told, and nobody is asked again');
  assert.match(again.flags[0]?.message ?? '', /sam Berg decided on .*: born in 1990/);
  // Another entry under the same number is another question.
  await publish([{ ...villain, births: ['1990-01-01'] }, ...filler(40)]);
  await inForce(2);
  const changed = await branch.ben()('posting.preview', withdrawal('Zolotarev Victor'));
  assert.equal(changed.outcome, 'approval');
});

test('a visit for a listed holder, or by a listed person, needs a supervisor at the desk', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const visit = (holder: string, person: string) => ({
    ...{ account: { branch: 'L02', number: '10000295' }, name: holder, side: 'credit' as const },
    ...{ amountMinor: '1000', currency: 'EUR', denominations: { 1000: 1 } },
    conductor: { kind: 'other' as const, name: person, document: 'P1234567' },
  });
  const ben = branch.ben();
  const cashMinor = async () => {
    const { tills } = await branch.ben()('till.list', {});
    return tills.find(({ name }) => name === 'Till 1')?.positions[0]?.totalMinor;
  };
  const before = await cashMinor();
  for (const [holder, person, role] of [
    ['Viktor Zolotarev', 'Greta Holm', 'account holder'],
    ['Greta Holm', 'Victor Zolotarev', 'at the desk'],
  ] as const) {
    await assert.rejects(ben('office.visit', visit(holder, person)), ({ fault }) => {
      assert.deepEqual([fault.reason, fault.field], ['listed-name-open', 'second.user']);
      assert.match(fault.message, new RegExp(`\\(${role}\\) resembles .*, T-1 of list test`));
      return true;
    });
  }
  assert.equal(await cashMinor(), before, 'no money moved');
  const second = freshSecond();
  const done = await ben('office.visit', { ...visit('Viktor Zolotarev', 'Greta Holm'), second });
  assert.ok(done.journal > 0);
  const found = (await openCases()).find(({ role }) => role === 'account holder');
  assert.deepEqual([found?.entry, found?.name], ['T-1', 'Viktor Zolotarev'], 'and it is a case');
});

test('customers are compared with a new list; who is on it does nothing until it is decided, and then never', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const marta = entry('T-9', ['Marta Kellerr'], ['1970-02-03']);
  const sent = await publish([villain, marta, ...filler(40)]);
  assert.ok(sent.sent <= sent.pages);
  await inForce(3);
  const cases = await openCases();
  const hers = cases.find(({ customer }) => customer === branch.customer);
  assert.deepEqual([hers?.entry, hers?.openedBy], ['T-9', 'the workstation']);
  assert.match(hers?.notes.join() ?? '', /born on 1970-02-03, as listed/);
  const view = await branch.ben()('customer.get', { customer: branch.customer });
  assert.match(view.alerts[0] ?? '', /resembles Marta Kellerr/);
  const draft = {
    ...{ task: 'cash.withdrawal' as const, account: branch.account, amountMinor: '1000' },
    ...{ currency: 'EUR', denominations: { 1000: 1 } },
    conductor: { kind: 'customer' as const, customer: branch.customer },
  };
  assert.equal((await branch.ben()('posting.preview', { draft })).outcome, 'approval');
  await branch.sam()('screening.decide', {
    ...{ case: hers?.id ?? 0, outcome: 'true', note: 'it is her' },
    code: freshCode(),
  });
  const stopped = await branch.ben()('posting.preview', { draft });
  assert.deepEqual([stopped.outcome, stopped.refusals[0]?.reason], ['refused', 'listed-name']);
  await branch.restart();
  assert.equal((await branch.ben()('posting.preview', { draft })).outcome, 'refused');
});

test('a list that is not what it says is refused whole, and the one in force stays', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const before = (await state()).lists;
  const [list] = before;
  assert.ok(list);
  const { rows } = await office.query<{ value: Record<string, unknown> }>(
    `SELECT value FROM office.reference WHERE name = 'list-test' ORDER BY version DESC LIMIT 1`,
  );
  const refused = async (value: unknown) => {
    const version = await office.orders.publish('list-test', value);
    const { orders } = await until(
      () => branch.ben()('office.state', {}),
      (all) => all.orders.some((each) => each.name === 'list-test' && each.version === version),
    );
    return orders.find(({ name }) => name === 'list-test')?.outcome;
  };
  const good = rows[0]?.value ?? {};
  assert.equal(await refused({ ...good, entries: 40 }), 'refused');
  assert.equal(await refused({ ...good, names: 1_000_000_000 }), 'refused');
  assert.equal(await refused({ ...good, pages: [] }), 'refused');
  assert.equal(
    await refused({ ...good, pages: ['0'.repeat(64)] }),
    'kept',
    'a page that is not here',
  );
  assert.deepEqual((await state()).lists, before);
  assert.deepEqual(branch.mistakes, []);
});

test('files that are no list are refused, and say so', () => {
  const folder = mkdtempSync(join(tmpdir(), 'teller-lists-'));
  const file = (text: string): string[] => {
    const path = join(folder, 'file');
    writeFileSync(path, text);
    return [path];
  };
  try {
    for (const text of [
      ...['', 'no list', '[{"id":"A"}]', '[', '<a><b/></a>', '1,"never ends,individual'],
      '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
      JSON.stringify([villain, villain]),
      JSON.stringify([{ ...villain, names: ['\u202etxt.exe'] }]),
    ]) {
      assert.throws(
        () => readListFiles(file(text)),
        { name: 'Refusal', reason: 'list-wrong' },
        text,
      );
    }
    assert.deepEqual(readListFiles(file(JSON.stringify([villain]))), [villain]);
    const sdn = '7,"DOE, John","individual","SDGT",-0- ,,,,,,,"DOB 12 Mar 1971; alt. DOB 1972."\n';
    const [doe] = readListFiles(file(sdn));
    assert.deepEqual([doe?.names, doe?.births], [['John DOE'], ['1971-03-12', '1972']]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
