// Lists what somebody with the key and an SQL prompt might try on legs, reversals and cash.
import {
  bigOf,
  type Figures,
  insert,
  type Probe,
  rawLeg,
  type Scene,
  sceneAccounts,
  sql,
} from './probe-scene.ts';

const { till, alice, bob, yen, dormant, frozen, closed, capital, vault } = sceneAccounts;

export function legProbes(scene: Scene): readonly Probe[] {
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
export function oddLegProbes(scene: Scene): readonly Probe[] {
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

export function reversalProbes(scene: Scene): readonly Probe[] {
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

export function cashProbes(scene: Scene): readonly Probe[] {
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
