// Attacks what a branch's people do about head office by hand: setting aside, recalling, giving back, settling, resuming.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FaultError } from '#contract/client.ts';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import { noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';

const skip = noPostgres;
let office: TestOffice;
let home: TestBranch;
let away: TestBranch;

before(
  async () => {
    if (skip) return;
    office = await openTestOffice({ serves: true });
    home = await openTestBranch({
      code: 'C01',
      bundle: await office.enrol({ branch: 'C01', name: 'Home' }),
    });
    away = await openTestBranch({
      code: 'C02',
      bundle: await office.enrol({ branch: 'C02', name: 'Away' }),
    });
  },
  { timeout: 1_800_000 },
);
after(
  async () => {
    await home?.close();
    await away?.close();
    await office?.remove();
  },
  { timeout: 1_800_000 },
);

const reason = 'the visiting season';
const stateOf = (branch: TestBranch) => branch.sam()('office.state', {});
const poolOf = async () =>
  (await office.query<{ free: string; shared: string }>(`SELECT free, shared FROM office.pool`))
    .rows[0];

async function refusedWith(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => assert.fail('it was to be refused'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof FaultError, String(error));
  return error.fault.reason;
}

test('a branch without a head office pays nothing out in its name and locks nobody’s money for it', {
  timeout: 1_800_000,
}, async (context) => {
  const alone = await openTestBranch({ code: 'ALONE' });
  context.after(alone.close);
  const [sam, ben] = [alone.sam(), alone.ben()];
  const account = { branch: 'C01', number: '10000001' };
  const wish = { account, name: 'Marta Keller', amountMinor: '1000', currency: 'EUR' };
  const conductor = { kind: 'other' as const, name: 'Marta Keller', document: 'C01X00T47' };
  const visit = { ...wish, denominations: { 1000: 1 }, conductor };
  const aside = { number: alone.account, amountMinor: '1000', reason };
  const asked: readonly (() => Promise<unknown>)[] = [
    () => ben('office.visit', { ...visit, side: 'debit' }),
    () => ben('office.visit', { ...visit, side: 'credit' }),
    () => ben('office.reserve', wish),
    () => sam('office.share', aside),
    () => sam('office.recall', aside),
    () => sam('office.askAllowance', { account, till: null, amountMinor: '1000', hours: 1 }),
    () => sam('office.settle', { id: '1', note: reason }),
    () => sam('office.overview', {}),
  ];
  for (const ask of asked) assert.equal(await refusedWith(ask()), 'office-none');
  assert.equal((await stateOf(alone)).shares.length, 0);
});

test('money is set aside as far as it is there, and recalled as far as it is set aside', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const sam = home.sam();
  const set = (amountMinor: string, number = home.account) =>
    sam('office.share', { number, amountMinor, reason });
  const recall = (amountMinor: string, number = home.account) =>
    sam('office.recall', { number, amountMinor, reason });
  assert.equal(await refusedWith(set('0')), 'not-enough-available');
  assert.equal(await refusedWith(set('100001')), 'not-enough-available');
  assert.equal(await refusedWith(set('1000', '10000009')), 'unknown-account');
  assert.equal(await refusedWith(recall('1')), 'not-set-aside');
  await set('70000');
  await set('30000');
  assert.equal(await refusedWith(set('1')), 'not-enough-available', 'all of it is set aside');
  const shared = { number: home.account, amountMinor: '100000', currency: 'EUR' };
  const { shares } = await stateOf(home);
  assert.deepEqual(
    shares.map(({ name: _name, ...share }) => share),
    [shared],
  );
  assert.equal(await refusedWith(recall('0')), 'not-set-aside');
  assert.equal(await refusedWith(recall('100001')), 'not-set-aside');
  assert.equal(await refusedWith(recall('1000', '10000009')), 'unknown-account');
  await until(poolOf, (pool) => pool?.shared === '100000');
  await recall('60000');
  await until(
    () => stateOf(home),
    (state) => state.shares[0]?.amountMinor === '40000',
  );
  assert.deepEqual(await poolOf(), { free: '40000', shared: '40000' });
});

test('an allowance that has run out is given back by itself, once, and can be given back by nobody else', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const grant = (key: string, amountMinor: number, lifeMs: number) =>
    office.query<{ id: string; kind: string }>(
      `SELECT * FROM office.grant_allowance('C02', $1, 'C01', $2, NULL, $3, $4, 'test')`,
      [key, home.account, amountMinor, lifeMs],
    );
  const held = async (id: string) =>
    (await stateOf(away)).allowances.find((each) => each.id === id)?.state;
  const [open] = (await grant('long', 10_000, 3_600_000)).rows;
  const [short] = (await grant('short', 30_000, 1)).rows;
  assert.deepEqual([open?.kind, short?.kind], ['granted', 'granted']);
  await until(
    () => held(short?.id ?? ''),
    (state) => state === 'returned',
  );
  assert.equal(await held(open?.id ?? ''), 'open', 'the other has time left');
  await until(poolOf, (pool) => pool?.free === '30000');
  const sam = away.sam();
  assert.equal(
    await refusedWith(sam('office.returnAllowance', { id: short?.id ?? '' })),
    'allowance-ended',
  );
  assert.equal(await refusedWith(sam('office.returnAllowance', { id: '999' })), 'allowance-ended');
  await sam('office.returnAllowance', { id: open?.id ?? '' });
  await until(poolOf, (pool) => pool?.free === '40000');
});

test('what is the supervisor’s to settle is settled once; what is head office’s is not', {
  skip,
  timeout: 1_800_000,
}, async () => {
  for (const owner of ['branch-supervisor', 'security']) {
    await office.query(
      `SELECT office.raise_exception('uncovered', 'C02', 1, '', 0, 'EUR', $1, $1, 'Look')`,
      [owner],
    );
  }
  const { exceptions } = await until(
    () => stateOf(away),
    (state) => state.exceptions.length === 2,
  );
  const idOf = (owner: string) => exceptions.find((each) => each.owner === owner)?.id ?? '';
  const settle = (id: string, branch = away) =>
    branch.sam()('office.settle', { id, note: 'looked at and paid' });
  const own = idOf('branch-supervisor');
  assert.equal(await refusedWith(settle(own, home)), 'exception-not-ours');
  assert.equal(await refusedWith(settle(idOf('security'))), 'exception-not-ours');
  await settle(own);
  assert.equal(await refusedWith(settle(own)), 'exception-not-ours', 'once');
  assert.equal((await stateOf(away)).exceptions.length, 1);
});

test('a line that stopped stays so until an administrator has looked; one that runs is not resumed', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const ada = away.window();
  await ada('session.open', { user: 'ada', password: 'ada keeps the keys of the house' });
  const resume = () => ada('office.resume', { reason: 'the key is the right one again' });
  assert.equal(await refusedWith(resume()), 'line-not-stopped');
  const { rows } = await office.query<{ key: string }>(
    `SELECT encode(public_key, 'hex') AS key FROM office.office_key`,
  );
  const setKey = (hex: string) =>
    office.query(`UPDATE office.office_key SET public_key = decode($1, 'hex')`, [hex]);
  const proves = (stage: string) =>
    until(
      () => stateOf(away),
      ({ state }) => state === stage,
    );
  await proves('online');
  await setKey('ab'.repeat(32));
  await office.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE usename <> current_user AND backend_type = 'client backend'`,
  );
  assert.match((await proves('stopped')).why, /another signing key/);
  await setKey(rows[0]?.key ?? '');
  assert.equal((await stateOf(away)).state, 'stopped', 'it does not try again by itself');
  await resume();
  await proves('online');
  assert.deepEqual([...home.mistakes, ...away.mistakes], []);
});
