// Makes the small branch that the probes of the schema are tried on.
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

type SceneAccount =
  | 'till'
  | 'alice'
  | 'bob'
  | 'yen'
  | 'dormant'
  | 'frozen'
  | 'closed'
  | 'capital'
  | 'vault';

/** Accounts of the scene. */
export const sceneAccounts: Readonly<Record<SceneAccount, number>> = Object.freeze({
  till: 1,
  alice: 2,
  bob: 3,
  yen: 4,
  dormant: 5,
  frozen: 6,
  closed: 7,
  capital: 8,
  vault: 9,
});

const { till, alice, bob, yen, dormant, frozen, closed, capital, vault } = sceneAccounts;

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

export type Figures = Record<string, bigint | number | string | null>;

/** A leg as the ledger would write it next, for the newest event, except for what is given. */
export function rawLeg(scene: Scene, change: Figures = {}): Figures {
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

export function bigOf(row: Figures, column: string): bigint {
  return BigInt(row[column] ?? 0);
}

export function insert(database: Database, table: string, row: Figures, verb = 'INSERT'): void {
  const { journal_end: end = null } = row;
  if (end !== null) database.prepare('INSERT OR IGNORE INTO journal_end VALUES (?)').run(end);

  const names = Object.keys(row);
  const marks = names.map(() => '?').join();
  const statement = `${verb} INTO ${table} (${names.join()}) VALUES (${marks})`;
  database.prepare(statement).run(...Object.values(row));
}

/** A probe that is one or more statements of SQL. */
export const sql = (name: string, text: string): Probe => ({
  name,
  try: (database) => void database.exec(text),
});
