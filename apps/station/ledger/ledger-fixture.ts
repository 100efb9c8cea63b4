// Opens a small branch for the ledger's tests and benches: the real store, a clock and chance of
// their own.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Chance, Clock, Witness } from '#station/ports.ts';
import type { AccountData, EventInput, JournalData, LedgerParts, LegData } from './events.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { ledgerMigrations } from './migrations.ts';
import { openDatabase } from './open.ts';
import type { Projection } from './projection.ts';

export interface TestClock extends Clock {
  /** Sets the time, and calls back what has become due. */
  set(at: number): void;
}

/** A clock that stands until it is set. */
export function createTestClock(at = Date.UTC(2026, 10, 20, 9)): TestClock {
  let now = at;
  let waiting: { readonly due: number; call(): void }[] = [];
  return {
    now: () => now,
    monotonic: () => now,
    after(delayMs, call) {
      const entry = { due: now + delayMs, call };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((each) => each !== entry);
      };
    },
    set(to) {
      now = to;
      const due = waiting.filter((each) => each.due <= now);
      waiting = waiting.filter((each) => each.due > now);
      for (const { call } of due) call();
    },
  };
}

/** The same bytes for the same seed. */
export function createTestChance(seed = 'ledger'): Chance {
  let turn = 0;
  return {
    bytes(count) {
      turn += 1;
      return createHash('shake256', { outputLength: count }).update(`${seed}/${turn}`).digest();
    },
  };
}

export interface Branch {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly clock: TestClock;
  readonly file: string;
  readonly key: Buffer;
  close(): void;
}

export interface BranchOptions {
  readonly file?: string;
  readonly key?: Buffer;
  readonly witness?: Witness;
  readonly projections?: readonly Projection[];
  readonly report?: (where: string, error: unknown) => void;
}

/** A branch in a folder of its own, removed when it is closed. */
export function openBranch(options: BranchOptions = {}): Branch {
  const folder = options.file === undefined ? mkdtempSync(join(tmpdir(), 'teller-ledger-')) : null;
  const file = options.file ?? join(folder ?? '', 'branch.db');
  const key = options.key ?? randomBytes(32);
  const database = openDatabase({ file, key, migrations: ledgerMigrations });
  const clock = createTestClock();
  const { witness = null, projections = [], report } = options;
  const chance = createTestChance();
  const parts = { clock, chance, witness, projections };
  const ledger = createLedger(database, report ? { ...parts, report } : parts);
  return {
    ...{ database, ledger, clock, file, key },
    close() {
      database.close();
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Account data with what a test does not care about filled in. */
export function accountData(data: Partial<AccountData> & Pick<AccountData, 'id'>): AccountData {
  return {
    number: `10${String(data.id).padStart(6, '0')}`,
    product: 'checking',
    class: 'liability',
    currency: 'EUR',
    name: `Account ${data.id}`,
    customer: null,
    cash: false,
    lowMinor: null,
    highMinor: null,
    ...data,
  };
}

export function leg(debit: number, credit: number, amount: bigint, currency = 'EUR'): LegData {
  return { amountMinor: String(amount), credit, currency, debit };
}

export function journal(...legs: readonly LegData[]): JournalData {
  return { kind: 'transfer', legs };
}

/** An event of the ledger's parts alone. */
export function eventOf(parts: LedgerParts, extra: Partial<EventInput> = {}): EventInput {
  return { type: 'journal.posted', actor: 'system', data: { ...parts }, ...extra };
}
