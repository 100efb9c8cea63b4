// Head office's rates act: checked before they leave, in force at a branch by events, and PostgreSQL converts as we do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { currencies, digitsOf } from '#contract/currencies.ts';
import { canonicalText } from '#station/bank/canonical.ts';
import { type Rates, toBase } from '#station/bank/rates.ts';
import { linkTo } from '#station/office/protocol/chain.ts';
import { type Link, nowhere } from '#station/office/protocol/values.ts';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import {
  noPostgres,
  openLine,
  openTestOffice,
  pushBytes,
  type TestOffice,
  testDevice,
} from './office.fixture.ts';

const skip = noPostgres;
let office: TestOffice;
let branch: TestBranch;

before(
  async () => {
    if (skip) return;
    office = await openTestOffice({ serves: true });
    branch = await openTestBranch({
      ...{ code: 'R01', currencies: ['EUR', 'HUF'] },
      bundle: await office.enrol({ branch: 'R01', name: 'Rates', readsAll: true }),
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

/** One day for the whole file: midnight may pass while it runs. */
const start = Date.now();
const today = (days = 0) => new Date(start + days * 86_400_000).toISOString().slice(0, 10);
const list = (rates: Record<string, unknown>, change: object = {}) => ({
  ...{ base: 'EUR', date: today(-1), rates },
  ...change,
});
const publish = (value: unknown) => office.orders.publish('rates', value as never);

async function settled(version: number) {
  const found = await until(
    async () => (await branch.sam()('office.state', {})).orders,
    (all) => all.some((each) => each.name === 'rates' && each.version === version),
  );
  return found.find((each) => each.name === 'rates' && each.version === version);
}

test('PostgreSQL knows each currency’s digits and converts to the same minor unit', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const codes = currencies.map(({ code }) => code);
  const { rows } = await office.query<{ code: string; digits: number }>(
    'SELECT code, office.minor_digits(code) AS digits FROM unnest($1::text[]) code',
    [codes],
  );
  for (const { code, digits } of rows) assert.equal(digits, digitsOf(code), code);
  let seed = 11;
  const dice = (most: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % most;
  };
  const asked = Array.from({ length: 2000 }, () => {
    const currency = (['USD', 'JPY', 'KWD', 'CLF', 'EUR', 'GBP'] as const)[dice(6)] ?? 'USD';
    const decimals = dice(11);
    const rate = `${dice(3)}${
      decimals === 0
        ? ''
        : `.${String(dice(10 ** 9))
            .padStart(10, '7')
            .slice(0, decimals)}`
    }`;
    const amount = BigInt(dice(2_000_000_000) - 1_000_000_000) * BigInt(dice(9_000) + 1);
    return { currency, rate: /[1-9]/.test(rate) ? rate : '2', amount };
  });
  const base = { base: 'EUR', date: '2026-11-20' };
  const worth = await office.query<{ worth: string | null }>(
    `SELECT office.in_base(list, amount, code)::text AS worth
     FROM unnest($1::jsonb[], $2::numeric[], $3::text[]) WITH ORDINALITY AS q (list, amount, code, n) ORDER BY n`,
    [
      asked.map(({ currency, rate }) =>
        JSON.stringify({ ...base, rates: currency === 'GBP' ? {} : { [currency]: rate } }),
      ),
      asked.map(({ amount }) => String(amount)),
      asked.map(({ currency }) => currency),
    ],
  );
  for (const [at, { currency, rate, amount }] of asked.entries()) {
    const rates: Rates = {
      ...base,
      version: 1,
      rates: currency === 'GBP' ? {} : { [currency]: rate },
    };
    const due = toBase(rates, amount, currency);
    const named = `${amount} ${currency} at ${rate}`;
    assert.equal(worth.rows[at]?.worth ?? null, due === null ? null : String(due), named);
  }
});

test('what is no list of rates does not leave head office', {
  skip,
  timeout: 1_800_000,
}, async () => {
  for (const wrong of [
    ...[{ EURUSD: '1.0812' }, list({}), list({ USD: 1 }), list({ USD: '1,08' })],
    ...[list({ USD: '0' }), list({ EUR: '1' }), list({ USD: '1.1' }, { date: '2026-02-30' })],
    ...[list({ USD: '1.1' }, { date: '20 Nov' }), list({ USD: '1.1' }, { more: '1' }), [], '1'],
    ...[list({ usd: '1.1' }), list({ USD: '1.1' }, { base: 'euro' }), list({ USD: '1e3' })],
  ]) {
    await assert.rejects(publish(wrong), /rates-invalid|date\/time/, JSON.stringify(wrong));
  }
  await assert.rejects(
    office.orders.instruct('R01', 'rates', list({ USD: '1.1' }) as never),
    /all/,
  );
  const { rows } = await office.query(`SELECT 1 FROM office.reference WHERE name LIKE 'rates%'`);
  assert.equal(rows.length, 0);
});

test('a list comes into force by an event, with a version and an age, and makes the limits it lacks', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const ben = branch.ben();
  const owners = [{ customer: branch.customer, role: 'holder' as const }];
  const open = async () =>
    (await ben('account.open', { product: 'checking', currency: 'HUF', owners })).number;
  const [from, to] = [await open(), await open()];
  const limit = async () => {
    const { limits, flags } = await ben('posting.preview', {
      draft: { task: 'transfer', from, to, amountMinor: '2000000000', currency: 'HUF' },
    });
    return { most: limits.find(({ label }) => label.startsWith('transfer'))?.limitMinor, flags };
  };
  const before = await limit();
  assert.equal(before.most, '0');
  assert.match(before.flags.map(({ message }) => message).join(), /sets none for HUF, and no rate/);
  await publish(list({ HUF: '391.88' }));
  assert.equal((await settled(1))?.outcome, 'applied');
  const { rates } = await branch.sam()('office.state', {});
  assert.deepEqual([rates?.version, rates?.base, rates?.isOld], [1, 'EUR', false]);
  const after = await limit();
  assert.equal(after.most, '1959400000', '50,000.00 EUR at 391.88');
  const said = after.flags.map(({ message }) => message).join();
  assert.match(said, /19,594,000.00 HUF \(50,000.00 EUR at 391.88, rates of .*, version 1\)/);
  const { policy } = (await branch.sam()('policy.get', {})) as {
    policy: { roleLimits: { currency: string }[] };
  };
  assert.ok(
    policy.roleLimits.every(({ currency }) => currency !== 'HUF'),
    'the policy itself is as it was set',
  );
});

test('a list this branch cannot take changes nothing, and head office hears why', {
  skip,
  timeout: 1_800_000,
}, async () => {
  await publish(list({ HUF: '400', ABC: '2' }));
  const order = await settled(2);
  assert.deepEqual([order?.outcome, /ABC is no cur/.test(order?.message ?? '')], ['refused', true]);
  assert.equal((await branch.sam()('office.state', {})).rates?.version, 1);
  const raised = () =>
    office.query(`SELECT 1 FROM office.exception WHERE branch = 'R01' AND kind = 'order-refused'`);
  await until(raised, ({ rows }) => rows.length === 1);
  await assert.rejects(publish(list({ HUF: '400' }, { date: today(-2) })), /rates-older/);
  await assert.rejects(publish(list({ HUF: '400' }, { date: today(3) })), /rates-ahead/);
});

test('a list nobody can believe does not leave; a second person’s name lets it out and in', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const dated = { date: today() };
  const second = { given: 'Ada Lind', seen: 'Sam Berg', currencies: ['HUF'], reason: 'New forint' };
  const refusals = [
    [list({ HUF: '40' }, dated), /rates-implausible/],
    [list({ USD: '1.1' }, dated), /rates-implausible/],
    [list({ HUF: '40' }, { ...dated, second: { ...second, seen: 'ada lind ' } }), /rates-second/],
    [list({ HUF: '40' }, { ...dated, second: { ...second, currencies: ['USD'] } }), /implausible/],
    [list({ HUF: '400' }, { ...dated, quotes: { HUF: { bid: '401', ask: '402' } } }), /contradict/],
    [
      list(
        { HUF: '400' },
        { ...dated, quotes: { HUF: { bid: '399', ask: '402', inverse: '0.00252' } } },
      ),
      /contradict/,
    ],
    [list({ HUF: '400' }, { ...dated, quotes: { HUF: { bid: '399' } } }), /rates-invalid/],
  ] as const;
  for (const [wrong, reason] of refusals) {
    await assert.rejects(publish(wrong), reason, JSON.stringify(wrong));
  }
  const { rows } = await office.query<{ moved: string[] }>(
    `SELECT array_agg(office.moved_basis_points(a, b)::text) AS moved
     FROM (VALUES (1.0, 1.1), (1.1001, 1.0), (1.0812, 10.812), (0.3325, 0.3325)) AS t (a, b)`,
  );
  assert.deepEqual(rows[0]?.moved, ['1000', '1001', '90000', '0'], 'as bank/rates-plausible.ts');
  // A branch whose own policy is stricter looks again, and the older list stays.
  const strict = { rates: { oldDays: 7, moveBasisPoints: 100 } };
  await office.orders.instruct('R01', 'policy', strict);
  await publish(list({ HUF: '400' }, dated));
  const order = await settled(3);
  assert.equal(order?.outcome, 'refused');
  assert.match(order?.message ?? '', /HUF goes from 391.88 to 400, .* version 1, stay in force/);
  assert.equal((await branch.sam()('office.state', {})).rates?.version, 1);
  const raised = () =>
    office.query(`SELECT 1 FROM office.exception WHERE message LIKE '%HUF goes from%version 1%'`);
  await until(raised, ({ rows: found }) => found.length === 1);
  await publish(list({ HUF: '391.88' }, { ...dated, second }));
  const seen = await settled(4);
  assert.equal(seen?.outcome, 'applied');
  assert.match(seen?.message ?? '', /HUF as Ada Lind gave and Sam Berg saw: New forint/);
});

/** Marta brings 391,880.00 HUF to another branch on the same date, by a device that speaks for itself. */
async function payAtAnother(): Promise<void> {
  const device = testDevice('R02');
  const line = await openLine(await office.enrol({ branch: 'R02', name: 'Other' }));
  try {
    await line.open(device.publicKey, { head: 0, down: 0 });
    const { date } = await branch.sam()('day.state', {});
    const documents = [{ kind: 'passport', number: 'c01-x00-t47', country: 'DE' }];
    const details = { givenName: 'Marta', familyName: 'Keller', documents };
    const activity = [
      {
        ...{ persons: ['customer:7'], direction: 'in', currency: 'HUF' },
        ...{ amountMinor: '39188000', account: '1' },
      },
    ];
    const bodies = [
      { data: { customer: 7, details }, type: 'customer.registered' },
      { data: { activity }, date: date ?? '', type: 'journal.posted' },
    ].map((body) => canonicalText(body));
    const events: Link[] = [];
    for (const body of bodies) events.push(linkTo(events.at(-1) ?? nowhere, body));
    const reply = await line.push(
      pushBytes(device, { before: nowhere, events, sentAt: Date.now() }),
    );
    assert.equal(reply.kind, 'accepted');
  } finally {
    await line.close();
  }
}

test('all branches’ money stands in one currency, and cash of a person in several is added up', {
  skip,
  timeout: 1_800_000,
}, async () => {
  await payAtAnother();
  // What a person brought is reported above 1,500.00 in the base, so says head office.
  const threshold = { currency: 'EUR', amountMinor: '150000' };
  await office.orders.publish('policy', { reportingThresholds: [threshold] });
  const { overview } = await branch.sam()('office.overview', {});
  const { inBase } = overview;
  assert.deepEqual([inBase?.base, inBase?.positions.length], ['EUR', 1]);
  const [position] = inBase?.positions ?? [];
  assert.equal(position?.depositsMinor, '100000');
  assert.deepEqual(position?.missing, []);
  assert.equal(inBase?.cash.length, 1, 'one person, whatever the branch and the currency');
  const { amountMinor, currencies: many, at, isOver, version } = inBase?.cash[0] ?? {};
  assert.deepEqual(
    [amountMinor, many, at, isOver, version],
    ['200000', 2, 'R01, R02', true, 4],
    '1,000.00 EUR here and 391,880.00 HUF there',
  );
  assert.deepEqual(branch.mistakes, []);
});
