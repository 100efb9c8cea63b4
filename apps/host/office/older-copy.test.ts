// An older copy of head office in the primary's place: branches stop, people let them in, and no money is booked or lent twice.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { type ActOptions, acts } from './acts.ts';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import { openCluster } from './cluster.ts';
import { noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';
import { type Office, openOffice } from './office.ts';
import { exceptionLines, statusLines } from './operate.ts';
import { proveLogs } from './proof.ts';
import { backUp } from './take-over.ts';

const folder = mkdtempSync(join(tmpdir(), 'teller-older-'));
// PostgreSQL's own user must reach the copies in it.
chmodSync(folder, 0o711);
let office: TestOffice | undefined;
let copy: Office | undefined;
const branches: TestBranch[] = [];

/** Before a copy knows that it is one, it lets nobody in from outside; its own administrator it does. */
async function hearsNobody(of: string, port: number): Promise<void> {
  const cluster = await openCluster({ folder: of, port, isDurable: false });
  const administrator = await cluster.administer();
  await administrator.end();
  const ssl = { rejectUnauthorized: false };
  const stranger = new Client({
    host: '127.0.0.1',
    port,
    user: 'anybody',
    database: 'office',
    ssl,
  });
  await assert.rejects(stranger.connect(), /no pg_hba\.conf entry/);
}

after(
  async () => {
    for (const each of branches) await each.close();
    await copy?.close('immediate');
    await office?.remove();
    rmSync(folder, { recursive: true, force: true });
  },
  { timeout: 1_800_000 },
);

const state = (own: TestBranch) => own.ben()('office.state', {});
const whole = (own: TestBranch) =>
  until(
    () => state(own),
    (each) =>
      each.state === 'online' &&
      each.behind === 0 &&
      each.due === 0 &&
      each.downApplied === each.downKnown,
  );

async function enter(code: string): Promise<TestBranch> {
  const bundle = await (office as TestOffice).enrol({ branch: code, name: code });
  const branch = await openTestBranch({ code, bundle });
  branches.push(branch);
  await whole(branch);
  return branch;
}

async function balanceOf(branch: TestBranch, number: string): Promise<bigint> {
  const { rows } = await branch.sam()('ledger.trialBalance', {});
  const row = rows.find((each) => each.number === number);
  return row ? BigInt(row.creditMinor) - BigInt(row.debitMinor) : 0n;
}

/** Two people at the branch: its administrator asks, its supervisor decides with her. */
async function askToGoOn(branch: TestBranch): Promise<void> {
  const ada = branch.window();
  await ada('session.open', { user: 'ada', password: 'ada keeps the keys of the house' });
  const reason = 'head office told us that it was put back';
  const alone = { user: 'ada', password: 'ada keeps the keys of the house' };
  await assert.rejects(
    ada('office.rejoin', { reason, second: alone }),
    /Somebody else must decide/,
  );
  await ada('office.rejoin', { reason, second: branch.second() });
}

const letIn = (of: Office, branch: string) =>
  acts.rejoin?.({
    ...{ office: of, words: [branch, 'the disk was lost, this is the copy of noon'] },
    ...{ options: {} as ActOptions, now: Date.now() },
  });

test('an older copy of head office hears its branches out; nothing is booked twice, forgotten or lent before', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  const first = await openTestOffice();
  office = first;
  const { port } = first.cluster;
  const home = await enter('B01');
  const away = await enter('B02');
  const account = { branch: 'B01', number: home.account };
  const pay = (amountMinor: number, reservation?: string) =>
    away.ben()('office.visit', {
      ...{ account, name: 'Marta Keller', side: 'debit', amountMinor: String(amountMinor) },
      ...{ currency: 'EUR', denominations: { 10000: amountMinor / 10_000 } },
      conductor: { kind: 'other', name: 'Marta Keller', document: 'C01X00T47' },
      ...(reservation ? { reservation } : {}),
    } as never);
  const reserved = async (amountMinor: number): Promise<string> => {
    const wish = { account, name: 'Marta Keller', amountMinor: String(amountMinor) };
    const { key } = await away.ben()('office.reserve', { ...wish, currency: 'EUR' });
    const row = await until(
      () => away.ben()('office.reservation', { key }),
      (each) => each.state === 'reserved' || each.state === 'declined',
    );
    assert.equal(row.state, 'reserved');
    return key;
  };
  await home.sam()('office.share', { number: home.account, amountMinor: '60000', reason: 'asked' });
  await whole(home);
  const older = join(folder, 'older');
  await backUp(first.cluster, older);

  // What the copy does not know: an order, a visit paid and booked, a reservation, an allowance and what was paid by it.
  await first.orders.publish('day-end', { date: '2020-01-01' });
  await pay(20_000, await reserved(20_000));
  await until(
    () => balanceOf(home, home.account),
    (balance) => balance === 80_000n,
  );
  const held = await reserved(10_000);
  const { rows: granted } = await first.query<{ id: string }>(
    `SELECT id FROM office.grant_allowance('B02', 'older', 'B01', $1, NULL, 30000, 86400000, 'test')`,
    [home.account],
  );
  await first.work();
  await until(
    () => state(away),
    ({ allowances, orders }) => allowances.length === 1 && orders.length === 1,
  );
  await whole(home);
  await first.close('immediate');
  await until(
    () => state(away),
    (each) => each.state === 'offline',
  );
  assert.equal((await pay(10_000)).covered, 'allowance');

  await hearsNobody(older, port);
  const second = await openOffice({ folder: older, port, isDurable: false });
  copy = second;
  for (const each of [home, away]) {
    const stopped = await until(
      () => state(each),
      ({ rejoin }) => rejoin === 'needed',
    );
    assert.match(stopped.why, /it was put back to an older copy/);
  }
  const grant = second.query(
    `SELECT office.grant_allowance('B02', 'soon', 'B01', $1, NULL, 1, 86400000, 'test')`,
    [home.account],
  );
  await assert.rejects(grant, /office-recovering/);
  assert.match((await statusLines(second, older, Date.now())).join('\n'), /heard out B01, B02/);
  assert.match((await exceptionLines(second)).join('\n'), /ends by: rejoin B02 "NOTE"/);
  await assert.rejects(letIn(second, 'B02') as Promise<unknown>, { reason: 'declaration-missing' });

  for (const each of [home, away]) await askToGoOn(each);
  const said = (branch: string) =>
    until(
      () =>
        second.query(
          'SELECT 1 FROM office.declaration JOIN office.device ON id = device WHERE branch = $1',
          [branch],
        ),
      ({ rows }) => rows.length === 1,
    );
  for (const { code } of [home, away]) await said(code);
  await second.query(
    `UPDATE office.declaration SET reason = reason, signature = repeat('ab', 64) WHERE device = 1`,
  );
  await assert.rejects(letIn(second, 'B01') as Promise<unknown>, { reason: 'signature-wrong' });
  await second.query('DELETE FROM office.declaration WHERE device = 1');
  await said('B01');
  const told = await letIn(second, 'B02');
  assert.match(told?.lines[1] ?? '', /1 allowance/);
  await letIn(second, 'B01');
  for (const each of [home, away, home, away]) await whole(each);
  await until(
    () => second.query('SELECT 1 FROM office.recovering'),
    ({ rows }) => rows.length === 0,
  );

  await until(
    () => balanceOf(home, home.account),
    (balance) => balance === 70_000n,
  );
  const sums = [await balanceOf(home, 'INTERBRANCHEUR'), await balanceOf(away, 'INTERBRANCHEUR')];
  assert.equal((sums[0] ?? 0n) + (sums[1] ?? 0n), 0n);
  const { rows: allowances } = await second.query(
    'SELECT id, amount, spent, state FROM office.allowance',
  );
  assert.deepEqual(allowances, [
    { id: granted[0]?.id, amount: '30000', spent: '10000', state: 'open' },
  ]);
  assert.equal((await away.ben()('office.reservation', { key: held })).state, 'ended');
  const { rows: pools } = await second.query('SELECT shared, free, may_lack FROM office.pool');
  assert.deepEqual(pools, [{ shared: '30000', free: '10000', may_lack: false }]);
  assert.equal((await state(home)).shares[0]?.amountMinor, '30000', 'both ends hold the same');
  const { rows: open } = await second.query(
    `SELECT kind, message FROM office.exception WHERE state = 'open'`,
  );
  assert.deepEqual(open, []);
  assert.deepEqual((await second.query('SELECT * FROM office.wrong_balances()')).rows, []);
  assert.deepEqual((await proveLogs(second.query)).wrong, []);
  assert.equal(await second.orders.publish('day-end', { date: '2020-01-02' }), 2);
  await until(
    () => state(home),
    ({ orders }) => orders.some(({ version }) => version === 2),
  );
  assert.deepEqual([...home.mistakes, ...away.mistakes], []);
});
