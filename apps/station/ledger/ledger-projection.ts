// Makes the ledger of the log: the one projection that moves accounts, balances, dates and money.
import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { type Balances, createBalances } from './balance.ts';
import type { AccountData, LedgerParts, LimitData, StateData, StoredEvent } from './events.ts';
import { createPoster } from './journal.ts';
import { accountUnknown, schemaReason } from './ledger-refusal.ts';
import type { Projection } from './projection.ts';
import { cashSchema, holdSchema } from './schema/cash.ts';
import { ledgerSchema } from './schema/ledger.ts';
import { createStandings, type Standings } from './standing.ts';

export const ledgerProjection: Projection = Object.freeze({
  name: 'ledger',
  tables: ['cash', 'hold', 'journal_end', 'leg', 'balance', 'nought', 'account', 'business_date'],
  schema: ledgerSchema + holdSchema + cashSchema,
  prepare(database: Database) {
    const standings = createStandings(database);
    const post = createPoster(database, standings);
    const dates = createDates(database);
    const accounts = createAccountKeeper(database, standings);
    return (event: StoredEvent) => {
      const parts = event.data as LedgerParts;
      if (parts.dateOpened !== undefined) dates.open(parts.dateOpened, event.seq);
      if (parts.accounts) for (const account of parts.accounts) accounts.open(account, event);
      if (parts.limits) for (const limit of parts.limits) accounts.limit(limit);
      if (parts.states) accounts.wake(parts.states);
      if (parts.journal) post(event, parts.journal);
      if (parts.states) accounts.rest(parts.states);
      if (parts.dateClosed !== undefined) dates.close(parts.dateClosed, event.seq);
    };
  },
});

function createDates(database: Database) {
  const open = database.prepare('INSERT INTO business_date (date, opened) VALUES (?, ?)');
  const close = database.prepare(
    'UPDATE business_date SET closed = ? WHERE date = ? AND closed IS NULL',
  );
  return {
    open(date: string, seq: number): void {
      try {
        open.run(date, BigInt(seq));
      } catch (error) {
        const reason = schemaReason(error);
        const message = `Business date ${date} cannot be opened`;
        if (reason === 'date-not-later') {
          throw new Refusal(reason, `${message}: it is not later than the last one.`, 'date');
        }
        if (reason === 'date-not-a-date') {
          throw new Refusal(reason, `${message}: it is no day of the calendar.`, 'date');
        }
        if ((error as { code?: string }).code !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
        throw new Refusal('date-still-open', `${message} while another is open; close that first.`);
      }
    },
    close(date: string, seq: number): void {
      const { changes } = close.run(BigInt(seq), date);
      refuseUnless(changes === 1, 'date-not-open', `Business date ${date} is not open.`, 'date');
    },
  };
}

function createAccountKeeper(database: Database, standings: Standings) {
  const balances = createBalances(database);
  const insertAccount = database.prepare(`INSERT INTO account
    (id, number, product, class, currency, name, customer, opened_on, opened)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertBalance = database.prepare(
    'INSERT INTO balance (account, currency, low, high, counted) VALUES (?, ?, ?, ?, ?)',
  );
  const setLimit = database.prepare('UPDATE balance SET low = ?, high = ? WHERE account = ?');
  const setState = database.prepare('UPDATE balance SET state = ? WHERE account = ?');

  const apply = (work: () => { changes: number }, id: number): void => {
    try {
      if (work().changes !== 1) throw accountUnknown(id);
    } catch (error) {
      throw accountRefusal(error, id, balances);
    }
  };
  const changeState = ({ account, state }: StateData): void =>
    apply(() => setState.run(state, BigInt(account)), account);

  return {
    open(account: AccountData, event: StoredEvent): void {
      const { number, product, currency, name, customer, lowMinor, highMinor, cash } = account;
      assert.ok(event.date !== '', 'accounts are opened on a business date');
      const id = BigInt(account.id);
      const owner = customer === null ? null : BigInt(customer);
      const opened = [name, owner, account.openedOn ?? event.date, BigInt(event.seq)];
      apply(
        () => insertAccount.run(id, number, product, account.class, currency, ...opened),
        account.id,
      );
      standings.forget(account.id);
      insertBalance.run(id, currency, limitOf(lowMinor), limitOf(highMinor), cash ? 0n : null);
    },
    limit({ account, lowMinor, highMinor }: LimitData): void {
      const bounds = [limitOf(lowMinor), limitOf(highMinor)];
      apply(() => setLimit.run(...bounds, BigInt(account)), account);
    },
    /** Opens what slept or was frozen before the journal, so that the journal may move it. */
    wake(states: readonly StateData[]): void {
      for (const change of states) if (change.state === 'open') changeState(change);
    },
    /** Freezes and closes after the journal, so that the journal may empty it first. */
    rest(states: readonly StateData[]): void {
      for (const change of states) if (change.state !== 'open') changeState(change);
    },
  };
}

function limitOf(minor: string | null): bigint | null {
  return minor === null ? null : BigInt(minor);
}

function accountRefusal(error: unknown, id: number, balances: Balances): unknown {
  const account = balances.account(id);
  switch (schemaReason(error)) {
    case 'account-closed':
      return new Refusal('account-closed', `Account ${account?.number} is closed and stays so.`);
    case 'account-not-empty':
      return new Refusal(
        'account-not-empty',
        `Account ${account?.number} is closed only once its balance is zero and nothing is held on it.`,
      );
    case 'over-high':
    case 'under-low':
      return new Refusal(
        'limit-too-tight',
        `Account ${account?.number} already stands beyond that limit.`,
      );
    default:
      return error;
  }
}
