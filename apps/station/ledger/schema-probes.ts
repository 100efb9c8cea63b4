// Lists what somebody with the key and an SQL prompt might try on the ledger, for the tests of its schema.
import DatabaseDriver, { type Database } from 'better-sqlite3';
import type { LedgerParts } from './events.ts';
import { createLedger } from './ledger.ts';
import {
  accountData,
  createTestChance,
  createTestClock,
  eventOf,
  journal,
  leg,
} from './ledger-fixture.ts';
import { reversalOf } from './reversal.ts';

/** Something the schema must refuse, at the statement or at the commit. */
export interface Probe {
  readonly name: string;
  try(database: Database): void;
}

/** Accounts of the scene. */
const [till, alice, bob, yen, dormant, frozen, closed, capital, vault] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9,
];

/** Events of the scene, by what they did. */
export interface Scene {
  readonly database: Database;
  readonly transfer: number;
  readonly reversed: number;
  readonly reversal: number;
  readonly holdPlaced: number;
  readonly holdReleased: number;
  /** Events without legs: one in the middle, the one before the newest, and the newest. */
  readonly idle: number;
  readonly spare: number;
  readonly newest: number;
}

/** A branch in memory, made by the given schema: a day closed, a day open, everything done once. */
export function openScene(schema: string): Scene {
  const database = new DatabaseDriver(':memory:').defaultSafeIntegers(true);
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.exec(schema);
  const parts = { clock: createTestClock(), chance: createTestChance(), witness: null };
  const ledger = createLedger(database, parts);
  const add = (data: LedgerParts, key = '') =>
    ledger.write(() => ledger.append(eventOf(data, { key })).seq);
  add({ dateOpened: '2026-11-19' });
  add({
    accounts: [
      accountData({ id: till, product: 'till', class: 'asset', cash: true, lowMinor: '0' }),
      accountData({ id: alice, highMinor: '0' }),
      accountData({ id: bob, highMinor: '5000' }),
      accountData({ id: yen, currency: 'JPY' }),
      ...[dormant, frozen, closed].map((id) => accountData({ id })),
      accountData({ id: capital, product: 'capital', class: 'equity' }),
      accountData({ id: vault, product: 'vault', class: 'asset', cash: true, lowMinor: '0' }),
    ],
  });
  const cash = [{ account: till, pieces: { '5000': 2 } }];
  add({ journal: { ...journal(leg(till, alice, 10000n)), cash } }, 'a'.repeat(32));
  add({ dateClosed: '2026-11-19' });
  add({ dateOpened: '2026-11-20' });
  const transfer = add({ journal: journal(leg(alice, bob, 300n), leg(alice, capital, 10n)) });
  const data = journal(leg(alice, bob, 200n), leg(bob, capital, 5n));
  const reversed = add({ journal: data });
  const reversal = add({ journal: reversalOf(reversed, data) });
  const place = [
    { account: alice, side: 'debit', amountMinor: '700', why: 'test' } as const,
    { account: alice, side: 'debit', amountMinor: '800', why: 'test' } as const,
    { account: alice, side: 'credit', amountMinor: '30', why: 'test' } as const,
    { account: alice, side: 'credit', amountMinor: '40', why: 'test' } as const,
  ];
  const holdPlaced = add({ journal: { ...journal(), holds: { place } } }) * 1024;
  const release = [{ hold: holdPlaced + 1 }, { hold: holdPlaced + 3 }];
  add({ journal: { ...journal(), holds: { release } } });
  const idle = add({});
  add({ journal: journal(leg(alice, bob, 1n)) });
  add({
    states: [
      { account: dormant, state: 'dormant' },
      { account: frozen, state: 'frozen' },
      { account: closed, state: 'closed' },
    ],
  });
  const spare = add({});
  const newest = add({});
  ledger.close();
  return {
    ...{ database, transfer, reversed, reversal, holdPlaced, holdReleased: holdPlaced + 1 },
    ...{ idle, spare, newest },
  };
}

type Figures = Record<string, bigint | number | string | null>;

/** A leg as the ledger would write it next, for the newest event, except for what is given. */
function rawLeg(scene: Scene, change: Figures = {}): Figures {
  const { database, newest } = scene;
  const debit = Number(change.debit ?? alice);
  const credit = Number(change.credit ?? bob);
  const amount = BigInt(change.amount ?? 100n);
  const stands = (account: number) =>
    (database
      .prepare('SELECT posted, legs, last_leg FROM balance WHERE account = ?')
      .get(account) as { posted: bigint; legs: bigint; last_leg: bigint | null } | undefined) ?? {
      ...{ posted: 0n, legs: 0n, last_leg: null },
    };
  const [one, two] = [stands(debit), stands(credit)];
  return {
    ...{ id: newest * 1024, debit, credit, amount, value_date: null },
    ...{ debit_previous: one.last_leg, credit_previous: two.last_leg },
    ...{ debit_balance: one.posted + amount, credit_balance: two.posted - amount },
    ...{ debit_number: one.legs + 1n, credit_number: two.legs + 1n },
    ...{ journal_end: null, reverses: null },
    ...change,
  };
}

function bigOf(row: Figures, column: string): bigint {
  return BigInt(row[column] ?? 0);
}

function insert(database: Database, table: string, row: Figures, verb = 'INSERT'): void {
  const { journal_end: end = null } = row;
  if (end !== null) database.prepare('INSERT OR IGNORE INTO journal_end VALUES (?)').run(end);

  const names = Object.keys(row);
  const marks = names.map(() => '?').join();
  const statement = `${verb} INTO ${table} (${names.join()}) VALUES (${marks})`;
  database.prepare(statement).run(...Object.values(row));
}

const sql = (name: string, text: string): Probe => ({
  name,
  try: (database) => void database.exec(text),
});

/** The one raw leg that must be accepted, or the refusals below would prove nothing. */
export function control(scene: Scene): void {
  insert(scene.database, 'leg', rawLeg(scene));
}

/** Everything the schema must refuse, against a fresh scene each. */
export function probesOf(scene: Scene): readonly Probe[] {
  return [
    ...legProbes(scene),
    ...oddLegProbes(scene),
    ...reversalProbes(scene),
    ...balanceProbes(scene),
    ...holdProbes(scene),
    ...cashProbes(scene),
    ...accountProbes(scene),
    ...dateProbes(scene),
    ...logProbes(scene),
  ];
}

function legProbes(scene: Scene): readonly Probe[] {
  const { newest, idle } = scene;
  const id = newest * 1024;
  const raw = (name: string, ...legs: readonly Figures[]): Probe => ({
    name: `leg: ${name}`,
    try(database) {
      for (const change of legs) insert(database, 'leg', rawLeg(scene, change));
    },
  });
  const off = (name: string, spoil: (row: Figures) => Figures): Probe => ({
    name: `leg: ${name}`,
    try(database) {
      const row = rawLeg(scene);
      insert(database, 'leg', { ...row, ...spoil(row) });
    },
  });
  const nulls = ['debit_balance', 'credit_balance', 'debit_number', 'credit_number'];
  const several = { journal_end: id + 1 };
  return [
    raw('amount of zero', { amount: 0n }),
    raw('amount over 2^53', {
      amount: 2n ** 53n + 1n,
      debit: capital,
      credit: dormant + 0 * id + 0,
    }),
    raw('amount over 2^53 between open accounts', { amount: 2n ** 53n + 1n, debit: capital }),
    raw('negative amount', { amount: -5n, debit: bob, credit: capital }),
    raw('same account twice', { debit: capital, credit: capital }),
    off('debit balance off', (row) => ({ debit_balance: bigOf(row, 'debit_balance') - 1n })),
    off('credit balance off', (row) => ({ credit_balance: bigOf(row, 'credit_balance') + 1n })),
    raw('debit number off', { debit_number: 99n }),
    raw('credit number off', { credit_number: 99n }),
    raw('debit chain cut', { debit_previous: null }),
    raw('credit chain cut', { credit_previous: null }),
    raw('unknown debit', { debit: 77 }),
    raw('unknown credit', { credit: 77 }),
    raw('two currencies', { credit: yen }),
    raw('an event that has gone by', { id: idle * 1024 }),
    raw('an event that is not there', { id: (newest + 1) * 1024 }),
    raw('position without the one before', { id: id + 1 }),
    raw('journal cut short', several),
    raw('journal of another length', several, { id: id + 1, journal_end: id + 2 }, { id: id + 2 }),
    raw('leg behind the last', {}, { id: id + 1 }),
    raw('end that is the leg itself', { journal_end: id }),
    {
      name: 'leg: end in the journal after',
      try(database) {
        const next = { id: id + 1024, debit: capital };
        database.exec(
          `INSERT INTO event (seq, hash, body) VALUES (${newest + 1}, zeroblob(32), x'7b7d')`,
        );
        insert(database, 'leg', rawLeg(scene, { journal_end: id + 1024 }));
        insert(database, 'leg', rawLeg(scene, next));
      },
    },
    raw('end before the leg', several, { id: id + 1, journal_end: id }),
    raw('end in another journal', { journal_end: (newest + 1) * 1024 }),
    raw('dormant account', { credit: dormant }),
    raw('frozen account', { credit: frozen }),
    raw('closed account', { credit: closed }),
    raw('debit over the limit', { amount: 9_000n }),
    raw('credit under the limit', { debit: capital, credit: vault }),
    ...nulls.map((column) => raw(`no ${column}`, { [column]: null })),
    raw('no amount', { debit_balance: 0n, credit_balance: 0n, amount: null }),
  ];
}

/** What does not fit `rawLeg`, or touches legs that are there. */
function oddLegProbes(scene: Scene): readonly Probe[] {
  const { newest } = scene;
  const id = newest * 1024;
  const several = { journal_end: id + 1 };
  return [
    {
      name: 'leg: no date open',
      try(database) {
        database.exec(`UPDATE business_date SET closed = ${newest} WHERE closed IS NULL`);
        insert(database, 'leg', rawLeg(scene));
      },
    },
    {
      name: 'leg: of an end that is not named',
      try(database) {
        const row = rawLeg(scene, several);
        const names = Object.keys(row);
        const text = `INSERT INTO leg (${names.join()}) VALUES (${names.map(() => '?').join()})`;
        database.prepare(text).run(...Object.values(row));
        const last = rawLeg(scene, { id: id + 1 });
        insert(database, 'leg', last);
      },
    },
    sql('leg: an end without its leg', `INSERT INTO journal_end VALUES (${id})`),
    sql(
      'leg: an end moved',
      `UPDATE journal_end SET leg = ${scene.transfer * 1024} WHERE leg = ${scene.transfer * 1024 + 1}`,
    ),
    sql('leg: an end deleted', 'DELETE FROM journal_end'),
    sql('leg: changed', `UPDATE leg SET amount = 1 WHERE id = ${scene.transfer * 1024}`),
    sql('leg: deleted', `DELETE FROM leg WHERE id = ${scene.transfer * 1024}`),
    {
      name: 'leg: replaced',
      try(database) {
        const row = database.prepare('SELECT max(id) AS id FROM leg').get() as { id: bigint };
        insert(database, 'leg', rawLeg(scene, { id: row.id }), 'INSERT OR REPLACE');
      },
    },
  ];
}

function reversalProbes(scene: Scene): readonly Probe[] {
  const { newest, transfer, reversed, reversal } = scene;
  const id = newest * 1024;
  const [first, last] = [transfer * 1024, transfer * 1024 + 1];
  const whole = [
    { debit: capital, credit: alice, amount: 10n, journal_end: id + 1, reverses: last },
    { id: id + 1, debit: bob, credit: alice, amount: 300n, reverses: first },
  ] as const;
  const raw = (name: string, ...legs: readonly Figures[]): Probe => ({
    name: `reversal: ${name}`,
    try(database) {
      for (const change of legs) insert(database, 'leg', rawLeg(scene, change));
    },
  });
  return [
    raw('of one leg of two', { debit: bob, credit: alice, amount: 300n, reverses: first }),
    raw('of the last leg of two', { ...whole[0], journal_end: null }),
    raw(
      'in the order posted',
      { ...whole[1], id, journal_end: id + 1 },
      { ...whole[0], id: id + 1, journal_end: null },
    ),
    raw('of another amount', { ...whole[0], amount: 9n }, whole[1]),
    raw('not turned round', { ...whole[0], debit: alice, credit: capital }, whole[1]),
    raw('to another debit', { ...whole[0], debit: bob }, whole[1]),
    raw('to another credit', { ...whole[0], credit: bob }, whole[1]),
    raw('with a leg of its own', whole[0], { ...whole[1], reverses: null }),
    raw('with a leg it does not name', { ...whole[0], reverses: null }, whole[1]),
    raw(
      'with one leg more',
      { ...whole[0], journal_end: id + 2 },
      { ...whole[1], journal_end: id + 2 },
      {
        ...{ id: id + 2, debit: capital, credit: alice, amount: 1n },
      },
    ),
    raw('of a leg that is not there', { debit: capital, credit: alice, reverses: 12345 }),
    raw(
      'a second time',
      {
        debit: capital,
        credit: bob,
        amount: 5n,
        journal_end: id + 1,
        reverses: reversed * 1024 + 1,
      },
      { id: id + 1, debit: bob, credit: alice, amount: 200n, reverses: reversed * 1024 },
    ),
    raw(
      'of a reversal',
      {
        debit: alice,
        credit: bob,
        amount: 200n,
        journal_end: id + 1,
        reverses: reversal * 1024 + 1,
      },
      { id: id + 1, debit: bob, credit: capital, amount: 5n, reverses: reversal * 1024 },
    ),
  ];
}

function balanceProbes(scene: Scene): readonly Probe[] {
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

function holdProbes(scene: Scene): readonly Probe[] {
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

function cashProbes(scene: Scene): readonly Probe[] {
  const on = (what: string) => `UPDATE cash SET ${what} WHERE account = ${till} AND face = 5000`;
  const add = (account: number, face: number, pieces: number) =>
    `INSERT INTO cash (account, face, pieces) VALUES (${account}, ${face}, ${pieces})`;
  return [
    sql('cash: a note from nowhere', on('pieces = pieces + 1')),
    sql('cash: a new face from nowhere', add(till, 100, 3)),
    sql('cash: fewer than none', `${on('pieces = -1')}; ${add(till, 15000, 1)}`),
    sql('cash: more than can be', `${add(till, 1, 10_000_000_000)}`),
    sql('cash: without a value', add(till, 0, 0)),
    sql('cash: a face too large', add(till, 1_000_000_000_001, 0)),
    sql('cash: another face', on('face = 10000')),
    sql('cash: another account', on(`account = ${vault}`)),
    sql('cash: deleted', `DELETE FROM cash WHERE account = ${till}`),
    sql('cash: of an account that has none', add(capital, 100, 1)),
    sql('cash: of no account', add(77, 100, 0)),
    {
      name: 'cash: money without notes',
      try: (database) => insert(database, 'leg', rawLeg(scene, { debit: till, credit: capital })),
    },
    sql('cash: nothing that is not nought', 'INSERT INTO nought VALUES (100)'),
    sql('cash: nought taken away', 'DELETE FROM nought'),
  ];
}

function accountProbes({ newest }: Scene): readonly Probe[] {
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

function dateProbes({ newest, idle, spare, transfer }: Scene): readonly Probe[] {
  const open = (date: string, opened = newest) =>
    `INSERT INTO business_date (date, opened) VALUES ('${date}', ${opened})`;
  const close = `UPDATE business_date SET closed = ${idle} WHERE closed IS NULL`;
  return [
    sql('date: two open', open('2026-11-21')),
    sql('date: none of the calendar', `${close}; ${open('2026-11-31')}`),
    sql('date: not later', `${close}; ${open('2026-11-18')}`),
    sql('date: opened before the last closed', `${close}; ${open('2026-11-21', transfer)}`),
    sql('date: opened by no event', `${close}; ${open('2026-11-21', newest + 9)}`),
    sql(
      'date: closed by no event',
      `UPDATE business_date SET closed = ${newest + 9} WHERE closed IS NULL`,
    ),
    sql(
      'date: closed before it opened',
      'UPDATE business_date SET closed = 1 WHERE closed IS NULL',
    ),
    sql(
      'date: opened closed',
      `${close}; INSERT INTO business_date VALUES ('2026-11-21', ${spare}, ${newest})`,
    ),
    sql(
      'date: opened anew',
      `${close}; UPDATE business_date SET closed = NULL WHERE date = '2026-11-19'`,
    ),
    sql('date: moved', "UPDATE business_date SET date = '2026-11-25' WHERE closed IS NULL"),
    sql(
      'date: opened at another time',
      `UPDATE business_date SET opened = ${newest} WHERE closed IS NULL`,
    ),
    sql('date: deleted', "DELETE FROM business_date WHERE date = '2026-11-20'"),
  ];
}

function logProbes({ newest, idle, transfer }: Scene): readonly Probe[] {
  const event = (seq: number, hash = 'zeroblob(32)', body = "x'7b7d'", verb = 'INSERT') =>
    `${verb} INTO event (seq, hash, body) VALUES (${seq}, ${hash}, ${body})`;
  const key = (bytes: number, seq = newest) =>
    `INSERT INTO outcome (key, seq) VALUES (randomblob(${bytes}), ${seq})`;
  const sign = (seq: number, hash: string, bytes = 64) =>
    `INSERT INTO checkpoint (seq, at, hash, signature) VALUES (${seq}, 1, ${hash}, zeroblob(${bytes}))`;
  const hashOf = (seq: number) => `(SELECT hash FROM event WHERE seq = ${seq})`;
  return [
    sql('event: a number left out', event(newest + 2)),
    sql('event: number nought', event(0)),
    sql('event: the same number', event(transfer, undefined, undefined, 'INSERT OR REPLACE')),
    sql('event: a hash too short', event(newest + 1, 'zeroblob(31)')),
    sql('event: an empty body', event(newest + 1, undefined, "x''")),
    sql('event: no hash', event(newest + 1, 'NULL')),
    sql('event: no body', event(newest + 1, undefined, 'NULL')),
    sql('event: changed', `UPDATE event SET body = x'7b7d' WHERE seq = ${idle}`),
    sql('event: deleted', `DELETE FROM event WHERE seq = ${newest}`),
    sql('key: twice', `INSERT INTO outcome (key, seq) VALUES (x'${'a'.repeat(32)}', ${newest})`),
    sql('key: of another length', key(15)),
    sql('key: of no event', key(16, newest + 9)),
    sql(
      'key: replaced',
      `INSERT OR REPLACE INTO outcome (key, seq) VALUES (x'${'a'.repeat(32)}', ${newest})`,
    ),
    sql('key: for another event', `UPDATE outcome SET seq = ${newest}`),
    sql('key: deleted', 'DELETE FROM outcome'),
    sql('checkpoint: of no event', sign(newest + 1, 'zeroblob(32)')),
    sql('checkpoint: of another hash', `${event(newest + 1)}; ${sign(newest + 1, hashOf(idle))}`),
    sql('checkpoint: of an older event', sign(idle, hashOf(idle))),
    sql(
      'checkpoint: signature too short',
      `${event(newest + 1)}; ${sign(newest + 1, hashOf(newest + 1), 63)}`,
    ),
    sql('checkpoint: changed', 'UPDATE checkpoint SET signature = zeroblob(64)'),
    sql('checkpoint: deleted', 'DELETE FROM checkpoint'),
  ];
}

/** Whether the schema refuses the probe; the scene is left as it was. */
export function isRefused({ database }: Scene, probe: Probe): boolean {
  database.exec('BEGIN IMMEDIATE');
  try {
    probe.try(database);
    database.exec('COMMIT');
  } catch {
    if (database.inTransaction) database.exec('ROLLBACK');
    return true;
  }
  return false;
}
