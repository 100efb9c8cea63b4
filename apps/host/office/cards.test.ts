// Who may act for an account goes ahead to the branch it visits: there, kept apart from the log, true, and erased in the end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import { noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';

const skip = noPostgres;
/** A whole PNG of one pixel. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const dayMs = 24 * 60 * 60 * 1000;

let office: TestOffice;
let home: TestBranch;
let away: TestBranch;
let third: TestBranch;
let skewMs = 0;

before(
  async () => {
    if (skip) return;
    office = await openTestOffice({ serves: true });
    const enter = async (code: string, document: string, skew = () => 0) =>
      openTestBranch({
        ...{ code, document, skewMs: skew },
        bundle: await office.enrol({ branch: code, name: code }),
      });
    home = await enter('C01', 'C01X00T47');
    away = await enter('C02', 'other-1', () => skewMs);
    third = await enter('C03', 'other-2', () => skewMs);
  },
  { timeout: 1_800_000 },
);
after(
  async () => {
    for (const each of [home, away, third]) await each?.close();
    await office?.remove();
  },
  { timeout: 1_800_000 },
);

const account = () => ({ branch: 'C01', number: home.account });

async function cardAt(branch: TestBranch) {
  return (await branch.ben()('office.find', account())).card;
}

/** The card as it stands at the branch once it is what is wanted. */
async function card(
  wanted: (one: NonNullable<Awaited<ReturnType<typeof cardAt>>>) => boolean,
  at = away,
) {
  const found = await until(
    () => cardAt(at),
    (one) => one?.isFetched === true && wanted(one),
  );
  assert.ok(found);
  return found;
}

const rowsOf = async (sql: string) => (await office.query(sql, [home.account])).rows.length;

const paying = (document: string, name = 'Marta Keller') => ({
  ...{ account: account(), name: 'Marta Keller', side: 'debit' as const, amountMinor: '2000' },
  ...{ currency: 'EUR', denominations: { 2000: 1 } },
  conductor: { kind: 'other' as const, name, document },
});

test('a clerk announces a visit: the branch knows whom to ask for what, and its log knows nobody', {
  skip,
  timeout: 1_800_000,
}, async () => {
  await home.ben()('picture.set', { customer: home.customer, kind: 'signature', base64: pixel });
  const known = () =>
    rowsOf(`SELECT 1 FROM office.account a JOIN office.device d ON d.id = a.device
      WHERE number = $1 AND branch = 'C01'`);
  await until(known, (rows) => rows === 1);
  await office.query(`SELECT office.announce_visit('C02', 'C01', $1)`, [home.account]);
  const { persons, state } = await card(({ persons: all }) => all[0]?.signature != null);
  assert.equal(state, 'open');
  assert.deepEqual(persons, [
    {
      ...{ name: 'Marta Keller', role: 'holder', limitMinor: null, until: null },
      document: { kind: 'passport', number: 'C01X00T47', country: 'DE', expiresOn: null },
      ...{ photo: null, signature: pixel },
    },
  ]);
  const { rows } = await office.query<{ body: string }>(
    `SELECT body FROM office.event JOIN office.device ON id = device WHERE branch = 'C02'
     AND body LIKE '%card.kept%'`,
  );
  assert.ok(rows.length > 0, 'that a card was kept stands in the log');
  const leaks = await office.query(
    `SELECT 1 FROM office.event JOIN office.device ON id = device WHERE branch = 'C02'
     AND (body LIKE '%C01X00T47%' OR body LIKE $1)`,
    [`%${pixel}%`],
  );
  assert.equal(leaks.rows.length, 0, 'who it is stands apart from it');
  assert.equal((await cardAt(third)) ?? null, null, 'and a branch nobody visits has none');
});

test('who is not on the card is paid only where a supervisor agrees', {
  skip,
  timeout: 1_800_000,
}, async () => {
  await home.sam()('office.share', {
    ...{ number: home.account, amountMinor: '20000', reason: 'she travels' },
  });
  const reserve = async () => {
    const { key } = await away.ben()('office.reserve', {
      ...{ account: account(), name: 'Marta Keller', amountMinor: '2000', currency: 'EUR' },
    });
    await until(
      () => away.ben()('office.reservation', { key }),
      ({ state }) => state === 'reserved',
    );
    return key;
  };
  const reservation = await reserve();
  await assert.rejects(
    away.ben()('office.visit', { ...paying('X999', 'A Stranger'), reservation }),
    /Nobody with this document/,
  );
  await away.ben()('office.visit', { ...paying('C01 X00 T47'), reservation });
  const again = await reserve();
  const second = away.second();
  await away.ben()('office.visit', { ...paying('X999', 'A Stranger'), reservation: again, second });
});

test('a mandate and its end, a freeze and its end, are known where the account is expected', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const address = { streetName: 'Quay', townName: 'Hamburg', country: 'DE' };
  const { customer } = await home.ben()('customer.register', {
    details: {
      ...{ kind: 'person', givenName: 'Tom', familyName: 'Keller', birthDate: '1990-02-03' },
      ...{ nationality: 'DE', address, phones: [], riskClass: 'normal' },
      documents: [{ kind: 'passport', number: 'T55', country: 'DE' }],
    },
  });
  const { mandate } = await home.sam()('account.grantMandate', {
    ...{ number: home.account, reason: 'asked for' },
    mandate: { customer, kind: 'attorney', limitMinor: '1500' },
  });
  const both = await card(({ persons }) => persons.length === 2);
  assert.deepEqual([both.persons[1]?.name, both.persons[1]?.limitMinor], ['Tom Keller', '1500']);
  await assert.rejects(
    away.ben()('office.visit', paying('T55', 'Tom Keller')),
    /may move 15.00 EUR at once/,
  );
  await home.sam()('account.revokeMandate', { mandate, reason: 'taken back' });
  await card(({ persons }) => persons.length === 1);

  await office.query(
    `SELECT office.grant_allowance('C02', 'key1', 'C01', $1, NULL, 5000, 3600000, 'test')`,
    [home.account],
  );
  const open = async () =>
    (await away.sam()('office.state', {})).allowances.filter(({ state }) => state === 'open');
  await until(open, (held) => held.length === 1);
  await home.sam()('account.freeze', { number: home.account, reason: 'a court says so' });
  await card(({ state }) => state === 'frozen');
  await until(open, (held) => held.length === 0);
  const returned = () =>
    rowsOf(`SELECT 1 FROM office.allowance WHERE number = $1 AND state = 'returned'`);
  await until(returned, (rows) => rows === 1);
  await assert.rejects(away.ben()('office.visit', paying('C01X00T47')), /is frozen/);
  await assert.rejects(
    office.query(
      `SELECT office.grant_allowance('C02', 'key2', 'C01', $1, NULL, 5000, 3600000, 'test')`,
      [home.account],
    ),
    /account-not-open/,
  );
  const { key } = await away.ben()('office.reserve', {
    ...{ account: account(), name: 'Marta Keller', amountMinor: '2000', currency: 'EUR' },
  });
  const declined = await until(
    () => away.ben()('office.reservation', { key }),
    ({ state }) => state === 'declined',
  );
  assert.match(declined.message, /not open/);
  await home.sam()('account.unfreeze', { number: home.account, reason: 'the court says so' });
  await card(({ state }) => state === 'open');
});

test('a picture erased at home is erased where it travelled', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const stands = () =>
    rowsOf(`SELECT 1 FROM office.card WHERE number = $1 AND pictures LIKE '%iVBOR%'`);
  assert.equal(await stands(), 1);
  await home.sam()('picture.remove', {
    ...{ customer: home.customer, kind: 'signature', reason: 'she asked for it' },
  });
  await card(({ persons }) => persons[0]?.signature === null);
  assert.equal(await stands(), 0);
});

test('a card that was altered at head office is not believed', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const put = (from: string, to: string) =>
    office.query('UPDATE office.card SET body = replace(body, $2, $3) WHERE number = $1', [
      ...[home.account, from, to],
    ]);
  await put('C01X00T47', 'STRANGER1');
  await office.query(`SELECT office.announce_visit('C03', 'C01', $1)`, [home.account]);
  const named = await until(
    () => cardAt(third),
    (one) => one !== null,
  );
  assert.deepEqual([named?.isFetched, named?.persons], [false, []]);
  await put('STRANGER1', 'C01X00T47');
  const { persons } = await card(() => true, third);
  assert.equal(persons[0]?.document.number, 'C01X00T47');
});

test('a branch is given no card of an account that does not visit it', {
  skip,
  timeout: 1_800_000,
}, async () => {
  const { openLine } = await import('./office.fixture.ts');
  const line = await openLine(await office.enrol({ branch: 'C09', name: 'Curious' }));
  try {
    assert.equal(await line.fetchCard(account()), null);
    assert.equal(await line.putCard({ number: home.account, text: '{}', pictures: '{}' }), false);
    for (const sql of [
      ...['SELECT * FROM office.card', 'SELECT * FROM office.visitor'],
      ...[`SELECT office.announce_visit('C09', 'C01', '${home.account}')`],
      `SELECT office.expect_visit(1, 'C01', '${home.account}')`,
      `SELECT * FROM office.reserve_of_open('k', 'C01', '1', 1, 'EUR')`,
    ]) {
      await assert.rejects(line.read(sql), { reason: 'office-forbidden' }, sql);
    }
  } finally {
    await line.close();
  }
});

test('days after its last use a card is erased: there, at head office, and at home nobody makes it anew', {
  skip,
  timeout: 1_800_000,
}, async () => {
  assert.equal(await rowsOf('SELECT 1 FROM office.visitor WHERE number = $1'), 2);
  const shown = async () => (await home.sam()('office.state', {})).shown.length;
  const erased = async () => {
    const { rows } = await office.query(
      `SELECT 1 FROM office.event JOIN office.device ON id = device WHERE branch IN ('C02', 'C03')
       AND body LIKE '%card.erased%'`,
    );
    return rows.length;
  };
  // A month ahead for a while, so that it is erased, and right again, so that head office listens.
  let looks = 0;
  const look = () => {
    looks += 1;
    skewMs = looks % 40 < 20 ? 31 * dayMs : 0;
    return erased();
  };
  await until(look, (rows) => rows === 2);
  skewMs = 0;
  assert.equal(await rowsOf('SELECT 1 FROM office.visitor WHERE number = $1'), 0);
  assert.equal(await rowsOf('SELECT 1 FROM office.card WHERE number = $1'), 0);
  await until(shown, (count) => count === 0);
  assert.deepEqual([...home.mistakes, ...away.mistakes], []);
});
