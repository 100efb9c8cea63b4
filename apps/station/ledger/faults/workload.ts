// Posts real journals through the real ledger, and says what is wrong with a branch afterwards.

import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { EventInput, JournalData } from '../events.ts';
import { createLedger, type Ledger } from '../ledger.ts';
import { accountData, createTestChance, createTestClock, eventOf, leg } from '../ledger-fixture.ts';
import { ledgerMigrations } from '../migrations.ts';
import { openDatabase } from '../open.ts';
import { type Branch, witnessOf } from './fixture.ts';

export interface Workload {
  readonly database: Database;
  readonly ledger: Ledger;
  /** Posts journal number `number` once, however often it is asked; returns the event's number. */
  post(number: number): number;
  /** The same, durable together with whatever else waits. */
  submit(number: number): Promise<number>;
  close(): void;
}

const [till, alice, bob, fees, capital] = [1, 2, 3, 4, 5];

/** The idempotency key of a numbered journal. */
export function keyOf(number: number): string {
  return hash('sha256', `journal ${number}`).slice(0, 32);
}

/** Opens the branch as the station does; the first opening makes its day and its accounts. */
export function openWorkload(branch: Branch): Workload {
  const witness = witnessOf(branch);
  let database: Database;
  try {
    database = openDatabase({ ...branch, migrations: ledgerMigrations, witness });
  } catch (error) {
    witness.close();
    throw error;
  }
  const parts = { clock: createTestClock(), chance: createTestChance(), witness };
  const ledger = createLedger(database, parts);
  if (ledger.head().seq === 0) ledger.write(() => openDay(ledger));
  const once = (number: number): number => {
    const found = ledger.find(keyOf(number));
    return (found ?? ledger.append(numbered(number))).seq;
  };
  return Object.freeze({
    database,
    ledger,
    post: (number: number) => ledger.write(() => once(number)),
    submit: (number: number) => ledger.submit(() => once(number)),
    close() {
      database.close();
      witness.close();
    },
  });
}

function openDay(ledger: Ledger): void {
  ledger.append(eventOf({ dateOpened: '2026-11-20' }, { type: 'date.opened' }));
  const accounts = [
    accountData({ id: till, product: 'till', class: 'asset', cash: true, lowMinor: '0' }),
    accountData({ id: alice }),
    accountData({ id: bob }),
    accountData({ id: fees, product: 'fees', class: 'income' }),
    accountData({ id: capital, product: 'capital', class: 'equity' }),
  ];
  ledger.append(eventOf({ accounts }, { type: 'account.opened' }));
}

function numbered(number: number): EventInput {
  const digest = hash('sha256', `input ${number}`);
  return eventOf({ journal: journalFor(number) }, { key: keyOf(number), digest });
}

/** Cash, a transfer, a transfer with a fee, and a hold: what touches each part of the schema. */
function journalFor(number: number): JournalData {
  const amount = BigInt(100 + (number % 977));
  switch (number % 4) {
    case 0:
      return {
        kind: 'cash.deposit',
        legs: [leg(till, alice, 5000n)],
        cash: [{ account: till, pieces: { '5000': 1 } }],
      };
    case 1:
      return { kind: 'transfer', legs: [leg(alice, bob, amount), leg(alice, fees, 15n)] };
    case 2:
      return {
        kind: 'hold',
        legs: [],
        holds: { place: [{ account: bob, side: 'debit', amountMinor: '10', why: 'test' }] },
      };
    default:
      return { kind: 'transfer', legs: [leg(bob, alice, amount)], narrative: `n ${number}` };
  }
}

/**
 * What is wrong with a branch, in words; an empty list when nothing is. Recomputed here from the bytes,
 * not asked of the engine: chain, dense numbers, keys once each, books at zero, balances from legs, and
 * every acknowledged journal under its number.
 */
export function faultsOf(
  database: Database,
  acknowledged: ReadonlyMap<string, number>,
): readonly string[] {
  const { keys, faults } = walkChain(database);
  for (const [key, seq] of acknowledged) {
    const found = keys.get(key);
    if (found !== seq) faults.push(`acknowledged ${key} as ${seq}, found ${found ?? 'nothing'}`);
  }
  return [...faults, ...bookFaults(database)];
}

function walkChain(database: Database) {
  const faults: string[] = [];
  const keys = new Map<string, number>();
  let previous: Uint8Array = Buffer.alloc(32);
  let expected = 1n;
  const rows = database.prepare<[], { seq: bigint; hash: Buffer; body: Buffer }>(
    'SELECT seq, hash, body FROM event ORDER BY seq',
  );
  for (const row of rows.iterate()) {
    if (row.seq !== expected) faults.push(`event ${row.seq} where ${expected} belongs`);
    const due = hash('sha256', Buffer.concat([previous, row.body]), 'buffer');
    if (!due.equals(row.hash)) faults.push(`event ${row.seq} breaks the chain`);
    const { key } = JSON.parse(row.body.toString('utf8')) as { key: string };
    if (key !== '' && keys.has(key)) faults.push(`key ${key} twice: ${keys.get(key)}, ${row.seq}`);
    keys.set(key, Number(row.seq));
    previous = row.hash;
    expected = row.seq + 1n;
  }
  return { keys, faults };
}

function bookFaults(database: Database): string[] {
  const rows = database.prepare<[], { account: bigint; posted: bigint; legs: bigint }>(
    `SELECT account, posted, (
       SELECT coalesce(sum(CASE WHEN debit = account THEN amount ELSE -amount END), 0)
       FROM leg WHERE debit = account OR credit = account) AS legs FROM balance`,
  );
  const faults: string[] = [];
  let total = 0n;
  for (const { account, posted, legs } of rows.all()) {
    total += posted;
    if (posted !== legs) faults.push(`account ${account} stands at ${posted}, its legs at ${legs}`);
  }
  if (total !== 0n) faults.push(`the trial balance is ${total}, not 0`);
  return faults;
}

/** Fails with the faults when there are any. */
export function assertSound(
  database: Database,
  acknowledged: ReadonlyMap<string, number>,
  when: string,
): void {
  const faults = faultsOf(database, acknowledged);
  assert.deepEqual(faults.slice(0, 5), [], when);
}
