// Shows an account as its customer sees it: what they have is positive, what they owe negative.

import { formatAccountNumber } from '#contract/account-number.ts';
import type { AccountView, StatementLine as StatementView } from '#contract/accounts.ts';
import type { AccountLine } from '#contract/customers.ts';
import { refuseUnless } from '../bank/refusal.ts';
import type { Account } from '../ledger/balance.ts';
import { journalOf } from '../ledger/events.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { CustomerReads } from '../ledger/projections/customer-reads.ts';
import type { StatementLine } from '../ledger/statement.ts';

export interface AccountSources {
  readonly ledger: LedgerReader;
  readonly customers: CustomerReads;
}

const customerProducts = ['checking', 'savings', 'loan', 'credit'] as const;
export type CustomerProduct = (typeof customerProducts)[number];

/** An account that customers hold, as against the bank's own. */
export type CustomerAccount = Account & { readonly product: CustomerProduct };

/** The customers' account with this number. The bank's own accounts are not shown here: a till counts blind. */
export function customerAccount(
  ledger: LedgerReader,
  number: string,
  field = 'number',
): CustomerAccount {
  const account = ledger.accountByNumber(number);
  refuseUnless(
    account,
    'account-unknown',
    `There is no account ${formatAccountNumber(number)}; check the digits.`,
    field,
  );
  refuseUnless(
    isCustomers(account),
    'account-internal',
    `${account.number} is one of the bank's own accounts; the trial balance shows it.`,
    field,
  );
  return account;
}

export function isCustomers(account: Account): account is CustomerAccount {
  return (customerProducts as readonly string[]).includes(account.product);
}

/** One line of a customer's list; `role` says what the customer is to the account. */
export function accountLineOf(account: Account, role: string): AccountLine {
  const { number, name, product, currency, state, postedMinor, availableDebitMinor } = account;
  return {
    ...{ number, name, product, currency, state, role },
    balanceMinor: String(-postedMinor),
    availableMinor: String(availableDebitMinor ?? -postedMinor - account.heldDebitMinor),
  };
}

export function accountViewOf(sources: AccountSources, account: CustomerAccount): AccountView {
  const { ledger, customers } = sources;
  const { id, openedOn, highMinor, heldDebitMinor, legs } = account;
  return {
    ...accountLineOf(account, ''),
    ...{ id, openedOn, entries: legs },
    overdraftMinor: String(highMinor ?? 0n),
    heldMinor: String(heldDebitMinor),
    owners: [...customers.ownersOf(id)],
    mandates: customers.mandatesOn(id).map(({ limitMinor, account: _account, ...mandate }) => ({
      ...mandate,
      limitMinor: limitMinor === null ? null : String(limitMinor),
    })),
    holds: ledger.placedOn(id).map((hold) => ({
      id: String(hold.id),
      amountMinor: String(hold.amountMinor),
      why: hold.why,
      placedAt: instant(ledger.event(journalOf(hold.id))?.at ?? 0),
    })),
    lastMovementOn: ledger.statement({ account: id, count: 1 })[0]?.date ?? null,
  };
}

/** What a journal was, in words, as its entry in the electronic journal says it. */
export interface Told {
  readonly at: number;
  readonly what: string;
  readonly narrative: string;
}

export function tellJournal(ledger: LedgerReader, seq: number): Told {
  const found = ledger.journal(seq);
  const entry = found?.event.data.entry as { what?: string; narrative?: string } | undefined;
  return {
    at: found?.event.at ?? 0,
    what: entry?.what ?? found?.journal.kind ?? '',
    narrative: entry?.narrative ?? found?.journal.narrative ?? '',
  };
}

export function statementLineOf(ledger: LedgerReader, line: StatementLine): StatementView {
  const { at, what, narrative } = tellJournal(ledger, line.journal);
  const other = ledger.account(line.counterparty);
  const counterparty =
    other && isCustomers(other)
      ? `${formatAccountNumber(other.number)} ${other.name}`
      : (other?.name ?? '');
  return {
    ...{ journal: line.journal, number: line.number, date: line.date, valueDate: line.valueDate },
    ...{ what, narrative, counterparty },
    leg: String(line.leg),
    at: instant(at),
    amountMinor: String(-line.amountMinor),
    balanceMinor: String(-line.balanceMinor),
  };
}

export function instant(at: number): string {
  return new Date(at).toISOString();
}
