// Adds to the opening of an account what it brings over from the system before: its date, limit, state, money.
import { formatMoney } from '#contract/money.ts';
import type { AccountData, JournalData, LedgerParts } from '../ledger/events.ts';
import type { EntryData } from '../ledger/projections/entry.ts';
import type { PlannedAccount } from './accounts.ts';
import { migrationDate } from './calendar.ts';

type Data = Readonly<Record<string, unknown>>;

/** What came over: the balance as the customer sees it, and the account that stands for the old books. */
export interface Brought {
  readonly balanceMinor: bigint;
  readonly contra: number;
}

/** Amends the data of `account.open`; the account is opened, filled and put to sleep by one event. */
export function migrated(planned: PlannedAccount, brought: Brought): (data: Data) => Data {
  return (data) => {
    const [account] = data['accounts'] as readonly AccountData[];
    if (!account) throw new Error('Opening an account opens no account.');
    const { openedOn, state, overdraftMinor } = planned;
    const { balanceMinor } = brought;
    const owed = balanceMinor < 0n ? -balanceMinor : 0n;
    const highMinor = String(planned.product === 'loan' ? owed : overdraftMinor);
    const isAsleep = state === 'dormant';
    return {
      ...data,
      accounts: [{ ...account, highMinor, openedOn }],
      ...(isAsleep
        ? { states: [{ account: account.id, state }] satisfies LedgerParts['states'] }
        : {}),
      ...(balanceMinor === 0n ? {} : moneyOf(account, brought)),
    };
  };
}

function moneyOf(account: AccountData, { balanceMinor, contra }: Brought) {
  const { id, number, name, currency, customer } = account;
  const isOwed = balanceMinor < 0n;
  const amountMinor = String(isOwed ? -balanceMinor : balanceMinor);
  const [debit, credit] = isOwed ? [id, contra] : [contra, id];
  const journal: JournalData = {
    kind: 'account.migrated',
    legs: [{ debit, credit, amountMinor, currency, label: 'brought over' }],
    ...(customer === null ? {} : { customer }),
  };
  const entry: EntryData = {
    ...{ kind: 'account.migrated', account: number, name, amountMinor, currency },
    what: `Brought over from the system before: ${formatMoney(balanceMinor, currency)}`,
    ...{ valueDate: migrationDate, narrative: '', till: null, customer, conductor: null },
    ...{ fees: [], reversalOf: null, correctionOf: null, approval: null },
  };
  return { journal, entry };
}
