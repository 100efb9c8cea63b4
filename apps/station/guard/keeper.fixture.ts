// Opens a small branch with a till whose every write goes through a guard that outlives it.
import { hash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { recordAcceptance } from '#station/desk/guard-acceptance.ts';
import type { JournalData } from '../ledger/events.ts';
import { createGuardedBooks } from '../ledger/guarded.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import { accountData, createTestChance, createTestClock } from '../ledger/ledger-fixture.ts';
import { migrationsFor } from '../ledger/migrations.ts';
import { openDatabase } from '../ledger/open.ts';
import {
  awaitedAcceptance,
  guardAcceptanceProjection,
} from '../ledger/projections/guard-acceptance.ts';
import { officeProjection } from '../ledger/projections/office.ts';
import { createSidecarWitness } from '../ledger/witness.ts';
import { allowanceNumber } from './allowances.ts';
import { GuardError } from './error.ts';
import type { GuardDevice } from './guard.ts';
import { createMemoryGuard } from './memory-guard.ts';
import { type OpenedGuard, openGuard } from './open-guard.ts';

/** Ledger ids of the accounts of the branch below. */
export const till = 1;
export const secondTill = 2;
export const customer = 10;
export const capital = 11;

/** Head office's part of the books, for the allowances, and what awaits a supervisor's word. */
const projections = [officeProjection, guardAcceptanceProjection];

export interface GuardedBranch {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly opened: OpenedGuard;
  readonly books: ReturnType<typeof createGuardedBooks>;
  close(): void;
}

/** A folder for a branch, and its key; removed by `remove`. */
export function makeFolder(): { folder: string; key: Buffer; remove: () => void } {
  const folder = mkdtempSync(join(process.env.TELLER_DISK ?? tmpdir(), 'teller-guard-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { folder, key: randomBytes(32), remove };
}

/** A guard of its own, such as a machine has until it is switched off. */
export function newMachine(sizes: { readonly accountsMax?: number } = {}): GuardDevice {
  let now = 1_000n;
  const tick = (): bigint => {
    now += 1_000n;
    return now;
  };
  const chance = { bytes: (count: number) => randomBytes(count) };
  return createMemoryGuard({ clock: { bootNs: tick, realNs: tick }, chance, sizes });
}

/** Opens the branch in the folder with the machine's guard, and makes its accounts the first time. */
export function openGuarded(
  place: { readonly folder: string; readonly key: Uint8Array },
  machine: GuardDevice | string,
  more: { readonly acceptHead?: string } = {},
): GuardedBranch {
  const { folder, key } = place;
  const file = join(folder, 'branch.db');
  const witness = createSidecarWitness({ file: join(folder, 'log.witness'), key });
  const witnessed = witness.read();
  const migrations = migrationsFor(projections);
  const database = openDatabase({ file, key, migrations, witness, ...more });
  const books = createGuardedBooks(database);
  const clock = createTestClock();
  const chance = createTestChance();
  const report = (where: string, error: unknown) => process.emitWarning(`${where}: ${error}`);
  try {
    const opened = openGuard({
      ...{ clock, chance, key, books, kernel: machine, witnessed, report },
      ...{ awaited: awaitedAcceptance(database), ...more },
    });
    const parts = { clock, chance, witness, report, projections, companion: opened.keeper };
    const ledger = createLedger(database, parts);
    if (ledger.head().seq === 0) found(ledger);
    recordAcceptance(ledger, opened);
    const close = () => {
      ledger.close();
      opened.close();
      database.close();
      witness.close();
    };
    return { database, ledger, opened, books, close };
  } catch (error) {
    database.close();
    witness.close();
    throw error;
  }
}

/** One event, so that a branch is founded or is not. */
function found(ledger: Ledger): void {
  const cash = { product: 'till', class: 'asset', lowMinor: '0', cash: false } as const;
  const accounts = [
    accountData({ id: till, ...cash }),
    accountData({ id: secondTill, ...cash }),
    accountData({ id: customer, highMinor: '0' }),
    accountData({ id: capital, product: 'capital', class: 'equity' }),
  ];
  ledger.write(() => {
    const data = { dateOpened: '2026-11-20', accounts };
    ledger.append({ type: 'branch.founded', actor: 'system', data });
  });
}

export const keyOf = (number: number): string => hash('md5', `posting ${number}`);

/** The legs given, as one keyed posting; asked twice it is posted once. */
export function post(
  ledger: Ledger,
  legs: readonly (readonly [debit: number, credit: number, amount: number])[],
  key = '',
): number {
  const known = key === '' ? null : ledger.find(key);
  if (known) return known.seq;
  const journal: JournalData = {
    kind: 'transfer',
    legs: legs.map(([debit, credit, amount]) => ({
      ...{ debit, credit, currency: 'EUR', amountMinor: String(amount) },
    })),
  };
  return ledger.append({ type: 'journal.posted', actor: '7', key, data: { journal } }).seq;
}

/** An event of head office's items: allowances it grants, or writes off. */
export function receive(ledger: Ledger, items: readonly object[]): number {
  const bodies = items.map((item, seq) => ({
    seq: seq + 1,
    hash: '0',
    body: JSON.stringify(item),
  }));
  return ledger.append({ type: 'office.received', actor: 'system', data: { items: bodies } }).seq;
}

/** Head office's item that grants the branch so much of an account kept elsewhere. */
export function grantOf(id: string, amountMinor: string): object {
  const account = { branch: '002', number: '10000295' };
  const allowance = { id, account, amountMinor, currency: 'EUR' };
  return { kind: 'allowance', signature: '', allowance };
}

/** Cash paid out of the till against an allowance, as a visit's event says it. */
export function spend(ledger: Ledger, id: string, amount: number, key = ''): number {
  const known = key === '' ? null : ledger.find(key);
  if (known) return known.seq;
  const amountMinor = String(amount);
  const legs = [{ debit: capital, credit: till, currency: 'EUR', amountMinor }];
  const office = {
    ...{ kind: 'visit', account: { branch: '002', number: '10000295' }, currency: 'EUR' },
    ...{ reservation: '', spent: [{ allowance: id, amountMinor }], openMinor: '0' },
  };
  const data = { journal: { kind: 'office.visit', legs }, office };
  return ledger.append({ type: 'journal.posted', actor: '7', key, data }).seq;
}

/** The branch gives back what is left of an allowance. */
export function giveBack(ledger: Ledger, id: string): number {
  const office = { kind: 'returned', allowance: id, amountMinor: '0' };
  return ledger.append({ type: 'allowance.returned', actor: 'system', data: { office } }).seq;
}

/** What guard and ledger say is left of an allowance; null where the guard does not have it. */
export function leftOfAllowance({ opened, books }: GuardedBranch, id: string) {
  const held = books.allowances().find((one) => one.id === id);
  const inLedger = (held?.amountMinor ?? 0n) - (held?.spentMinor ?? 0n);
  try {
    const account = opened.guard.account(BigInt(allowanceNumber(id) ?? 0));
    const inGuard = account.creditsPosted - account.debitsPosted - account.debitsPending;
    return { inLedger, inGuard };
  } catch (error) {
    if (error instanceof GuardError && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** What the guard says an account has: debits minus credits, what is held apart. */
export function inGuard({ opened }: GuardedBranch, account: number) {
  const { debitsPosted, creditsPosted, debitsPending, creditsPending } = opened.guard.account(
    BigInt(account),
  );
  return { posted: debitsPosted - creditsPosted, held: debitsPending + creditsPending };
}
