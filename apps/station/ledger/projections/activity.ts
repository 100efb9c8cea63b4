// Adds up what persons and accounts did, for the rules that look at more than one posting.
import type { Database } from 'better-sqlite3';
import type { CashItem } from '#station/bank/facts.ts';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE cash_activity (
  person TEXT NOT NULL,
  date TEXT NOT NULL,
  journal INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (person, date, journal, direction, account)
) STRICT, WITHOUT ROWID;
CREATE TABLE account_activity (
  account INTEGER PRIMARY KEY,
  moved_on TEXT NOT NULL
) STRICT;
`;

/** One entry of the `activity` of a posting: cash that counts for the persons named. */
export interface ActivityData {
  readonly persons: readonly string[];
  readonly account: string;
  readonly direction: 'in' | 'out';
  readonly currency: string;
  readonly amountMinor: string;
}

/** The `forgets` of a reversal: the cash of the journal taken back counts for nobody any more. */
export interface ForgetData {
  readonly journal: number;
  readonly date: string;
  readonly persons: readonly string[];
}

export interface ActivityReads {
  /** Cash of a person from the date on, oldest first; reversed items are not there. */
  cashOf(person: string, fromDate: string): readonly CashItem[];
  /** Business date of the last movement a customer asked for, or null. */
  movedOn(account: number): string | null;
  /**
   * Ids of open deposit accounts without a movement their customer asked for after the date (for those never
   * moved: opened by then). Looks at every account: for the day's close, not for a posting.
   */
  idleSince(date: string): readonly number[];
}

interface Stored {
  readonly date: string;
  readonly journal: bigint;
  readonly direction: 'in' | 'out';
  readonly account: string;
  readonly currency: string;
  readonly amount: bigint;
}

export function createActivityReads(database: Database): ActivityReads {
  const cash = database.prepare<[string, string], Stored>(
    `SELECT date, journal, direction, account, currency, amount FROM cash_activity
     WHERE person = ? AND date >= ? ORDER BY date, journal, direction, account`,
  );
  const moved = database
    .prepare<[number], string>('SELECT moved_on FROM account_activity WHERE account = ?')
    .pluck();
  const idle = database
    .prepare<[string], bigint>(
      `SELECT account.id FROM account JOIN balance ON balance.account = account.id
       LEFT JOIN account_activity ON account_activity.account = account.id
       WHERE balance.state = 'open' AND account.product IN ('checking', 'savings')
       AND coalesce(account_activity.moved_on, account.opened_on) <= ? ORDER BY account.id`,
    )
    .pluck();
  return Object.freeze({
    idleSince: (date: string) => idle.all(date).map(Number),
    cashOf: (person: string, fromDate: string) =>
      cash.all(person, fromDate).map(({ journal, amount: amountMinor, ...item }) => ({
        ...item,
        journal: Number(journal),
        amountMinor,
      })),
    movedOn: (account: number) => (moved.get(account) as string | undefined) ?? null,
  });
}

export const activityProjection: Projection = Object.freeze({
  name: 'activity',
  tables: ['cash_activity', 'account_activity'],
  schema,
  types: ['journal.posted'],
  prepare(database: Database) {
    const insert = database.prepare(
      `INSERT INTO cash_activity (person, date, journal, direction, account, currency, amount)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    const forget = database.prepare(
      'DELETE FROM cash_activity WHERE person = ? AND date = ? AND journal = ?',
    );
    const move = database.prepare(
      `INSERT INTO account_activity (account, moved_on) VALUES (?, ?)
       ON CONFLICT (account) DO UPDATE SET moved_on = excluded.moved_on`,
    );
    return ({ seq, date, data }: StoredEvent) => {
      const forgets = data.forgets as ForgetData | undefined;
      for (const person of forgets?.persons ?? []) {
        forget.run(person, (forgets as ForgetData).date, (forgets as ForgetData).journal);
      }
      for (const item of (data.activity ?? []) as unknown as readonly ActivityData[]) {
        const { direction, account, currency } = item;
        for (const person of item.persons) {
          insert.run(person, date, seq, direction, account, currency, BigInt(item.amountMinor));
        }
      }
      for (const account of (data.moved ?? []) as readonly number[]) move.run(account, date);
    };
  },
});
