// Says what an account brings over from the system before: its date, its limit, its money, its sleep.
import { formatMoney } from '#contract/money.ts';
import type { Account } from '../ledger/balance.ts';
import type { AccountData, JournalData, LedgerParts } from '../ledger/events.ts';
import type { EntryData } from '../ledger/projections/entry.ts';
import type { PlannedAccount } from './accounts.ts';
import { migrationDate } from './calendar.ts';

type Data = Readonly<Record<string, unknown>>;

/** Amends the data of `account.open`: no screen may say since when an account exists and what it may owe. */
export function migratedAccount(
  planned: PlannedAccount,
  balanceMinor: bigint,
): (data: Data) => Data {
  return (data) => {
    const [account] = data.accounts as readonly AccountData[];
    if (!account) throw new Error('Opening an account opens no account.');
    const { openedOn, overdraftMinor, product } = planned;
    const highMinor = String(product === 'loan' ? -balanceMinor : overdraftMinor);
    return { ...data, accounts: [{ ...account, highMinor, openedOn }] };
  };
}

/** The transfer from the contra account that brings the balance over, and puts to sleep what slept before. */
export function openingBalance(
  account: Account,
  brought: {
    /** As the customer sees it. */
    readonly balanceMinor: bigint;
    /** Id of the account that stands for the old books. */
    readonly contra: number;
    readonly isAsleep: boolean;
  },
): Data {
  const { id, number, name, currency, customer } = account;
  const { balanceMinor, contra, isAsleep } = brought;
  const isOwed = balanceMinor < 0n;
  const amountMinor = String(isOwed ? -balanceMinor : balanceMinor);
  const [debit, credit] = isOwed ? [id, contra] : [contra, id];
  const journal: JournalData = {
    kind: 'account.migrated',
    legs: [{ debit, credit, amountMinor, currency, label: 'brought over' }],
    ...(customer === null ? {} : { customer }),
  };
  const entry: EntryData = {
    ...{ kind: journal.kind, account: number, name, amountMinor, currency, customer },
    what: `Brought over from the system before: ${formatMoney(balanceMinor, currency)}`,
    ...{ valueDate: migrationDate, narrative: '', till: null, conductor: null },
    ...{ fees: [], reversalOf: null, correctionOf: null, approval: null },
  };
  const states: LedgerParts['states'] = [{ account: id, state: 'dormant' }];
  return isAsleep ? { entry, journal, states } : { entry, journal, moved: [id] };
}
