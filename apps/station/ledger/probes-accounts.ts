// Lists what somebody with the key and an SQL prompt might try on accounts, balances and holds.
import {
  type Figures,
  insert,
  type Probe,
  rawLeg,
  type Scene,
  sceneAccounts,
  sql,
} from './probe-scene.ts';

const { till, alice, bob, yen, dormant, frozen, closed, capital, vault } = sceneAccounts;

export function balanceProbes(scene: Scene): readonly Probe[] {
  const on = (what: string, account = alice) =>
    `UPDATE balance SET ${what} WHERE account = ${account}`;
  const fresh = (name: string, row: Figures, verb?: string): Probe => ({
    name: `balance: opened ${name}`,
    try(database) {
      const opened = `INSERT INTO account (id, number, product, class, currency, name, opened_on, opened)
        VALUES (50, '50', 'checking', 'liability', 'EUR', '', '2026-11-20', 1)`;
      database.exec(opened);
      insert(database, 'balance', { account: 50, currency: 'EUR', ...row }, verb);
    },
  });
  return [
    sql('balance: raised', on('posted = posted + 1')),
    sql('balance: raised with its last leg kept', on('posted = posted - 1, legs = legs + 1')),
    sql('balance: leg count', on('legs = legs + 1')),
    sql('balance: last leg', on('last_leg = NULL')),
    sql(
      'balance: moved by an old leg again',
      on(`posted = posted + 300, legs = legs + 1, last_leg = ${scene.transfer * 1024}`),
    ),
    sql('balance: held debit', on('held_debit = 0')),
    sql('balance: held credit', on('held_credit = 1')),
    sql('balance: counted', on('counted = counted + 1', till)),
    sql('balance: made a cash account', on('counted = 0', capital)),
    sql('balance: made no cash account', on('counted = NULL', till)),
    sql('balance: currency', on("currency = 'JPY'")),
    sql('balance: account', on('account = 51', yen)),
    sql('balance: reopened', on("state = 'open'", closed)),
    sql('balance: limit of a closed account', on('high = 5', closed)),
    sql('balance: closed with money', on("state = 'closed'")),
    sql('balance: a state of its own', on("state = 'strange'", capital)),
    sql('balance: high under what is posted', on('high = -9000')),
    sql('balance: high counts what is held', on('high = -9300')),
    sql('balance: low over what is posted', on('low = 1', capital)),
    sql('balance: high beyond counting', on('high = 4611686018427387905')),
    sql('balance: low beyond counting', on('low = -4611686018427387905', capital)),
    sql('balance: deleted', 'DELETE FROM balance WHERE account = 4'),
    fresh('with money', { posted: 5 }),
    fresh('with a held debit', { held_debit: 5 }),
    fresh('with a held credit', { held_credit: 5 }),
    fresh('with legs', { legs: 5 }),
    fresh('with a last leg', { last_leg: scene.transfer * 1024 }),
    fresh('with pieces', { counted: 5, posted: 0 }),
    fresh('in another currency', { currency: 'JPY' }),
    fresh('in the place of another', { account: dormant }, 'INSERT OR REPLACE'),
    sql('balance: of no account', "INSERT INTO balance (account, currency) VALUES (60, 'EUR')"),
    {
      name: 'balance: beyond counting',
      try(database) {
        const end = scene.newest * 1024 + 599;
        for (let position = 0; position < 600; position++) {
          const at = scene.newest * 1024 + position;
          const amount = 2n ** 53n;
          const journal_end = at === end ? null : end;
          insert(
            database,
            'leg',
            rawLeg(scene, { id: at, debit: capital, credit: bob, amount, journal_end }),
          );
        }
      },
    },
  ];
}

export function holdProbes(scene: Scene): readonly Probe[] {
  const { newest, holdPlaced, holdReleased } = scene;
  const raw = (name: string, change: Figures): Probe => ({
    name: `hold: ${name}`,
    try: (database) =>
      insert(database, 'hold', {
        ...{ id: newest * 1024, account: alice, side: 'debit', amount: 5, why: 'x' },
        ...change,
      }),
  });
  const on = (what: string, id = holdPlaced) => `UPDATE hold SET ${what} WHERE id = ${id}`;
  return [
    raw('of nothing', { amount: 0 }),
    raw('over 2^53', { amount: 2n ** 53n + 1n, account: capital }),
    raw('on neither side', { side: 'left', account: capital }),
    raw('placed as captured', { state: 'captured', captured: 1, resolved: newest }),
    raw('placed as released', { state: 'released', resolved: newest, account: capital }),
    raw('of an event gone by', { id: 1024, account: capital }),
    raw('of an event that is not there', { id: (newest + 3) * 1024 }),
    raw('on an unknown account', { account: 77 }),
    raw('on a frozen account', { account: frozen }),
    raw('beyond the limit', { amount: 90_000 }),
    raw('of credit beyond the limit', { amount: 90_000, account: vault, side: 'credit' }),
    sql('hold: another amount', on('amount = 1')),
    sql('hold: another account', on(`account = ${bob}`)),
    sql('hold: another side', on("side = 'credit'")),
    sql('hold: another reason', on("why = 'other'")),
    sql('hold: another number', on(`id = ${newest * 1024}`)),
    sql('hold: released twice', on(`state = 'released', resolved = ${newest}`, holdReleased)),
    sql('hold: placed again', on("state = 'placed', resolved = NULL", holdReleased)),
    sql(
      'hold: captured beyond its amount',
      on(`state = 'captured', captured = 701, resolved = ${newest}`),
    ),
    sql('hold: captured for nothing', on(`state = 'captured', captured = 0, resolved = ${newest}`)),
    sql(
      'hold: released with a capture',
      on(`state = 'released', captured = 5, resolved = ${newest}`),
    ),
    sql('hold: released by nobody', on("state = 'released'")),
    sql('hold: resolved and still placed', on(`resolved = ${newest}`)),
    sql(
      'hold: released by an event that is not there',
      on(`state = 'released', resolved = ${newest + 9}`),
    ),
    sql('hold: a state of its own', on(`state = 'strange', resolved = ${newest}`)),
    sql('hold: deleted', `DELETE FROM hold WHERE id = ${holdPlaced}`),
    {
      name: 'hold: does not count',
      try(database) {
        insert(database, 'hold', {
          id: newest * 1024,
          account: alice,
          side: 'debit',
          amount: 90,
          why: '',
        });
        const row = database
          .prepare(`SELECT held_debit FROM balance WHERE account = ${alice}`)
          .get();
        if ((row as { held_debit: bigint }).held_debit === 790n) throw new Error('it counts');
      },
    },
    {
      name: 'hold: counts for ever',
      try(database) {
        database.exec(on(`state = 'released', resolved = ${newest}`));
        const row = database
          .prepare(`SELECT held_debit FROM balance WHERE account = ${alice}`)
          .get();
        if ((row as { held_debit: bigint }).held_debit === 0n) throw new Error('it ends');
      },
    },
  ];
}

export function accountProbes({ newest }: Scene): readonly Probe[] {
  const raw = (name: string, change: Figures): Probe => ({
    name: `account: ${name}`,
    try: (database) =>
      insert(database, 'account', {
        ...{ id: 50, number: '50', product: 'checking', class: 'liability', currency: 'EUR' },
        ...{ name: '', opened_on: '2026-11-20', opened: newest },
        ...change,
      }),
  });
  return [
    raw('with a number that is taken', { number: '10000002' }),
    raw('without a number', { number: '' }),
    raw('of no product', { product: 'strange' }),
    raw('of no class', { class: 'strange' }),
    raw('of no currency', { currency: 'eur' }),
    raw('with the id nought', { id: 0 }),
    raw('opened by no event', { opened: newest + 9 }),
    {
      name: 'account: replaced',
      try: (database) =>
        void database.exec(
          `INSERT OR REPLACE INTO account SELECT id, number, product, class, currency, 'other', customer,
             opened_on, opened FROM account WHERE id = ${alice}`,
        ),
    },
    sql('account: renamed', `UPDATE account SET number = 'x' WHERE id = ${alice}`),
    sql('account: deleted', `DELETE FROM account WHERE id = ${alice}`),
  ];
}
