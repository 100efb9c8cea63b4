// Two real branches and a real head office: paid for one another, cut off, and exact when the line returns.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Input } from '#contract/index.ts';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import { noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';
import { proveLogs } from './proof.ts';

let office: TestOffice;
let home: TestBranch;
let away: TestBranch;
const skip = noPostgres;
const conductor = { kind: 'other' as const, name: 'Marta Keller', document: 'C01X00T47' };

before(
  async () => {
    if (skip) return;
    office = await openTestOffice({ serves: true });
    home = await openTestBranch({
      code: '001',
      bundle: await office.enrol({ branch: '001', name: 'Home', readsAll: true }),
    });
    away = await openTestBranch({
      code: '002',
      bundle: await office.enrol({ branch: '002', name: 'Away' }),
      document: 'other-1',
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

const account = () => ({ branch: '001', number: home.account });

function paying(
  amountMinor: number,
  more: Partial<Input<'office.visit'>> = {},
): Input<'office.visit'> {
  const tens = amountMinor / 1000;
  return {
    ...{
      account: account(),
      name: 'Marta Keller',
      side: 'debit',
      amountMinor: String(amountMinor),
    },
    ...{
      currency: 'EUR',
      denominations: { 1000: tens % 2, 2000: (tens - (tens % 2)) / 2 },
      conductor,
    },
    ...more,
  };
}

const lineOf = (branch: TestBranch) => branch.ben()('office.state', {});

const delivered = (branch: TestBranch) =>
  until(
    () => lineOf(branch),
    (state) =>
      state.state === 'online' &&
      state.behind === 0 &&
      state.due === 0 &&
      state.downApplied === state.downKnown,
  );

async function settled(): Promise<void> {
  for (let round = 0; round < 3; round++) for (const each of [home, away]) await delivered(each);
}

async function balanceOf(branch: TestBranch, number: string): Promise<bigint> {
  const { rows } = await branch.sam()('ledger.trialBalance', {});
  const row = rows.find((each) => each.number === number);
  return row ? BigInt(row.creditMinor) - BigInt(row.debitMinor) : 0n;
}

async function reserved(amountMinor: number): Promise<string> {
  const wish = {
    account: account(),
    name: 'Marta Keller',
    amountMinor: String(amountMinor),
    currency: 'EUR',
  };
  const { key } = await away.ben()('office.reserve', wish);
  const row = await until(
    () => away.ben()('office.reservation', { key }),
    ({ state }) => state === 'reserved' || state === 'declined',
  );
  assert.equal(row.state, 'reserved');
  return key;
}

test('online: found, reserved out of what home sets aside, paid, booked at home', {
  skip,
  timeout: 1_800_000,
}, async () => {
  await settled();
  const found = await away.ben()('office.find', account());
  assert.deepEqual(
    [found.name.includes('Keller'), found.currency, found.from],
    [true, 'EUR', 'head-office'],
  );
  await assert.rejects(away.ben()('office.visit', paying(20_000)), /ask it to keep/);
  const key = await reserved(20_000);
  assert.equal((await lineOf(home)).shares[0]?.amountMinor, '20000', 'home holds it');
  const paid = await away.ben()('office.visit', paying(20_000, { reservation: key }));
  assert.deepEqual([paid.covered, paid.openMinor], ['reservation', '0']);
  await until(
    () => balanceOf(home, home.account),
    (balance) => balance === 80_000n,
  );
  assert.equal((await lineOf(home)).shares.length, 0);
  const [one, other] = [
    await balanceOf(home, 'INTERBRANCHEUR'),
    await balanceOf(away, 'INTERBRANCHEUR'),
  ];
  assert.equal(one + other, 0n, 'what one owes the other is owed');
  assert.equal(one, 20_000n);
  await away.ben()('office.visit', paying(5_000, { side: 'credit', denominations: { 5000: 1 } }));
  await until(
    () => balanceOf(home, home.account),
    (balance) => balance === 85_000n,
  );
});

test('a reservation survives the station’s end, and one given up frees the money', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const key = await reserved(10_000);
  await away.restart();
  await settled();
  assert.equal(
    (await away.ben()('office.reservation', { key })).state,
    'reserved',
    'as the log says',
  );
  await away.ben()('office.abandon', { key });
  await assert.rejects(
    away.ben()('office.visit', paying(10_000, { reservation: key })),
    /not kept/,
  );
  await delivered(away);
  const { rows } = await office.query(`SELECT free, shared FROM office.pool WHERE branch = '001'`);
  assert.deepEqual(rows, [{ free: '10000', shared: '10000' }]);
});

test('the line is cut while both pay from one account: nobody loses more than the bound', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const wish = { account: account(), till: null, amountMinor: '30000', hours: 24 };
  // ben of the other branch may not ask; its supervisor is signed out by the restart, so head office grants.
  await assert.rejects(away.ben()('office.askAllowance', wish), /role|may/i);
  const grant = async (): Promise<string | undefined> =>
    (
      await office.query<{ kind: string }>(
        `SELECT kind FROM office.grant_allowance('002', 'cut-1', '001', $1, NULL, 30000, 86400000, 'test')`,
        [home.account],
      )
    ).rows[0]?.kind;
  await until(grant, (kind) => kind === 'granted');
  await until(
    () => lineOf(away),
    ({ allowances }) => allowances.some(({ state }) => state === 'open'),
  );
  await settled();
  office.cluster.stop('immediate');
  await until(
    () => lineOf(away),
    ({ state }) => state === 'offline',
  );
  await until(
    () => lineOf(home),
    ({ state }) => state === 'offline',
  );
  const offline = await away.ben()('office.find', account());
  assert.deepEqual([offline.from, offline.allowanceMinor], ['card', '30000']);
  const first = await away.ben()('office.visit', paying(20_000));
  assert.deepEqual([first.covered, first.openMinor], ['allowance', '0']);
  const second = await away.ben()('office.visit', paying(15_000));
  assert.deepEqual([second.covered, second.openMinor], ['floor', '5000']);
  await assert.rejects(away.ben()('office.visit', paying(10_000)), /without cover/);
  const decided = await away.ben()('office.visit', paying(10_000, { second: away.second() }));
  assert.deepEqual([decided.covered, decided.openMinor], ['decision', '10000']);
  const { exposures } = await lineOf(away);
  assert.deepEqual(
    exposures.map(({ amountMinor, times }) => [amountMinor, times]),
    [['15000', 2]],
  );
  const conductorHere = { kind: 'customer' as const, customer: home.customer };
  const draft = (amountMinor: number) => ({
    draft: {
      ...{
        task: 'cash.withdrawal' as const,
        account: home.account,
        amountMinor: String(amountMinor),
      },
      ...{ currency: 'EUR', conductor: conductorHere },
    },
  });
  await assert.rejects(
    home.ben()('posting.post', draft(56_000)),
    /missing|available/,
    'what is set aside is held',
  );
  const own = await home.ben()('posting.post', draft(55_000));
  assert.notEqual(own.state, undefined);
  await assert.rejects(
    away.window()('session.open', { user: 'rita', password: 'wrong' }),
    /do not belong together/,
  );
  const { user, password } = away.second();
  await away.window()('session.open', { user, password });
  office.cluster.start();
  await settled();
  await until(
    async () => (await office.query(`SELECT 1 FROM office.visit WHERE NOT booked`)).rows.length,
    (moving) => moving === 0,
  );
  const left = await balanceOf(home, home.account);
  assert.ok(left >= 0n, `the account stands at ${left}`);
  const short = -(await balanceOf(home, 'STANDINEUR'));
  const paidAt = own.state === 'posted' ? 55_000n : 0n;
  assert.equal(left - short, 85_000n - 45_000n - paidAt);
  assert.ok(short <= 15_000n, 'no more than was left open');
  const raised = await office.query<{ kind: string }>(
    `SELECT kind FROM office.exception ORDER BY id`,
  );
  const kinds = raised.rows.map(({ kind }) => kind);
  assert.ok(kinds.includes('uncovered') || short === 0n, kinds.join());
  const between = await office.query<{ sum: string; count: string }>(
    `SELECT sum(posted), count(*) FROM office.balance b JOIN office.account a
     ON a.device = b.device AND a.id = b.account WHERE number = 'INTERBRANCHEUR'`,
  );
  assert.deepEqual(between.rows, [{ sum: '0', count: '2' }], 'what one owes the other is owed');
  assert.equal((await office.query('SELECT * FROM office.wrong_balances()')).rows.length, 0);
  const proof = await proveLogs(office.query);
  assert.deepEqual(
    [proof.wrong, proof.visits > 0],
    [[], true],
    'both logs tell of the same visits',
  );
});

test('head office has every log whole, sees all branches and one person’s cash over both', {
  skip,
  timeout: 1_800_000,
}, async () => {
  await settled();
  await until(
    async () =>
      (
        await office.query<{ verified_seq: string; received_seq: string }>(
          'SELECT verified_seq, received_seq FROM office.device',
        )
      ).rows,
    (rows) => rows.every((row) => row.verified_seq === row.received_seq),
  );
  const { overview } = await home.sam()('office.overview', {});
  assert.deepEqual(
    overview.branches.map(({ branch }) => branch),
    ['001', '002'],
  );
  for (const { amountMinor } of overview.totals) assert.equal(amountMinor, '0');
  const out = overview.cash.find(
    ({ direction, identity }) => direction === 'out' && identity === 'document:C01X00T47',
  );
  assert.ok(out && out.items >= 2, JSON.stringify(overview.cash));
  await assert.rejects(away.ben()('office.overview', {}), /role|may/i);
  assert.deepEqual([...home.mistakes, ...away.mistakes], []);
});
