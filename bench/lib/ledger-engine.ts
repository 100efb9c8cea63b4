// The ledger as the station runs it, with accounts to post between, for the benches.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { AccountData, LegData } from '#station/ledger/events.ts';
import { createLedger, type Ledger } from '#station/ledger/ledger.ts';
import { ledgerMigrations } from '#station/ledger/migrations.ts';
import { openDatabase } from '#station/ledger/open.ts';
import { createSidecarWitness } from '#station/ledger/witness.ts';
import type { Clock } from '#station/ports.ts';

export interface Engine {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly file: string;
  readonly key: Buffer;
  /**
   * Records one transfer between random accounts, as a keyed command does; inside `ledger.write`.
   */
  postOne(): number;
  /** Posts `count` of them in one durable transaction. */
  post(count: number): void;
  /** Posts the same as one command: one journal of `count` legs, as a file of payments is. */
  postFile(count: number): void;
  close(): void;
}

const clock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  after: () => () => undefined,
};

/** Encrypted, witnessed, synchronous=FULL: what `npm start` runs. */
export function openEngine(folder: string, accounts: number, name = 'branch'): Engine {
  const file = join(folder, `${name}.db`);
  const key = randomBytes(32);
  const database = openDatabase({ file, key, migrations: ledgerMigrations });
  const witness = createSidecarWitness({ file: join(folder, `${name}.witness`), key });
  const chance = { bytes: (count: number) => randomBytes(count) };
  const ledger = createLedger(database, { clock, chance, witness });
  return {
    ...{ database, ledger, file, key },
    ...poster(ledger, accounts),
    close() {
      ledger.close();
      database.close();
    },
  };
}

/** Opens a day and the accounts, and returns what posts between them. */
export function poster(
  ledger: Ledger,
  accounts: number,
): Pick<Engine, 'postOne' | 'post' | 'postFile'> {
  ledger.write(() => {
    const opened = { dateOpened: '2026-11-20' };
    ledger.append({ type: 'date.opened', actor: 'system', data: opened });
  });
  for (let first = 1; first <= accounts; first += 1000) {
    ledger.write(() => openAccounts(ledger, first, Math.min(first + 999, accounts)));
  }
  const digest = randomBytes(32).toString('hex');
  const anyLeg = () => {
    const debit = 1 + Math.floor(Math.random() * accounts);
    const other = 1 + Math.floor(Math.random() * (accounts - 1));
    const credit = other >= debit ? other + 1 : other;
    const amountMinor = String(1 + Math.floor(Math.random() * 100_000));
    return { amountMinor, credit, currency: 'EUR', debit };
  };
  const record = (legs: readonly LegData[]): number => {
    const { seq } = ledger.moment();
    const data = {
      journal: { kind: 'transfer', legs, narrative: 'rent for November' },
      result: { journal: seq },
    };
    return ledger.append({ type: 'transfer.posted', actor: '7', data, key: timeKey(), digest }).seq;
  };
  const postOne = () => record([anyLeg()]);
  return {
    postOne,
    postFile(count) {
      ledger.write(() => record(Array.from({ length: count }, anyLeg)));
    },
    post(count) {
      ledger.write(() => {
        for (let each = 0; each < count; each++) postOne();
      });
    },
  };
}

function openAccounts(ledger: Ledger, first: number, last: number): void {
  const accounts: AccountData[] = [];
  for (let id = first; id <= last; id++) {
    accounts.push({
      ...{ cash: false, class: 'liability', currency: 'EUR', customer: id, product: 'checking' },
      ...{ id, number: `DE${String(id).padStart(18, '0')}`, name: `Account ${id}` },
      ...{ lowMinor: null, highMinor: '100000000000' },
    });
  }
  ledger.append({ type: 'account.opened', actor: 'system', data: { accounts } });
}

const stamp = Date.now().toString(16).padStart(12, '0');
let keys = 0;

/**
 * A UUID of version 7 without hyphens, as a screen makes it: time first, so that keys arrive in
 * order.
 */
function timeKey(): string {
  keys += 1;
  return `${stamp}70008${keys.toString(16).padStart(15, '0')}`;
}
