// Names the bank's own accounts that a branch needs in each currency, and finds them again.
import assert from 'node:assert/strict';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { AccountClass, AccountData, AccountProduct } from '#station/ledger/events.ts';
import type { BranchData } from '#station/ledger/projections/staff.ts';
import type { Purse, TillAdded } from '#station/ledger/projections/till.ts';
import type { FollowingEvent } from './desk.ts';

/** What an account of the bank is for; with the currency it makes the account's number. */
export type ChartRole =
  | 'VAULT'
  | 'TRANSIT'
  | 'CASHOVER'
  | 'CASHSHORT'
  | 'FEES'
  | 'NOSTRO'
  | 'SETTLEMENT'
  | 'OUTWARD'
  | 'INWARD'
  | 'CAPITAL';

interface ChartLine {
  readonly role: ChartRole;
  readonly product: AccountProduct;
  readonly class: AccountClass;
  readonly name: string;
  /** Notes and coins stand behind it: it can never go below zero. */
  readonly cash: boolean;
}

/** Research page teller, section 6.1. What is counted too much is owed until it is explained, and so a liability. */
const chart: readonly ChartLine[] = [
  { role: 'VAULT', product: 'vault', class: 'asset', name: 'Vault', cash: true },
  { role: 'TRANSIT', product: 'transit', class: 'asset', name: 'Cash in transit', cash: true },
  { role: 'CASHOVER', product: 'suspense', class: 'liability', name: 'Cash over', cash: false },
  { role: 'CASHSHORT', product: 'suspense', class: 'asset', name: 'Cash short', cash: false },
  { role: 'FEES', product: 'fees', class: 'income', name: 'Fees', cash: false },
  { role: 'NOSTRO', product: 'nostro', class: 'asset', name: 'Head office', cash: false },
  { role: 'SETTLEMENT', product: 'nostro', class: 'asset', name: 'Settlement', cash: false },
  { role: 'OUTWARD', product: 'suspense', class: 'liability', name: 'Payments out', cash: false },
  { role: 'INWARD', product: 'suspense', class: 'liability', name: 'Payments in', cash: false },
  { role: 'CAPITAL', product: 'capital', class: 'equity', name: 'Opening contra', cash: false },
];

/** The number the vault has among the tills. */
export const vaultTill = 1;

function accountData(
  line: Pick<ChartLine, 'product' | 'class' | 'name' | 'cash'>,
  at: { readonly id: number; readonly number: string; readonly currency: string },
): AccountData {
  const { product, name, cash } = line;
  const limits = { lowMinor: cash ? '0' : null, highMinor: null };
  return {
    ...at,
    ...{ product, class: line.class, cash, customer: null, ...limits },
    name: `${name} ${at.currency}`,
  };
}

/**
 * The internal accounts every branch needs, per currency: vault, cash in transit, cash over and short, fees,
 * head office, settlement, payments out and in, and the contra of what the branch began with. Ids run from `firstId`.
 */
export function chartOfAccounts(currencies: readonly string[], firstId: number): AccountData[] {
  const lines = currencies.flatMap((currency) => chart.map((line) => ({ line, currency })));
  return lines.map(({ line, currency }, index) =>
    accountData(line, { id: firstId + index, number: `${line.role}${currency}`, currency }),
  );
}

/** The accounts that are a till's cash, one a currency. */
export function tillAccounts(
  till: { readonly till: number; readonly name: string },
  currencies: readonly string[],
  firstId: number,
): { readonly accounts: readonly AccountData[]; readonly added: readonly Purse[] } {
  const line = { product: 'till', class: 'asset', name: till.name, cash: true } as const;
  const accounts = currencies.map((currency, index) =>
    accountData(line, { id: firstId + index, number: `TILL${till.till}${currency}`, currency }),
  );
  return { accounts, added: accounts.map(({ id, currency }) => ({ currency, account: id })) };
}

/** What a new branch records beside its people: its vault. The accounts follow on the first business day. */
export function foundation(branch: BranchData): readonly FollowingEvent[] {
  const vault: TillAdded = {
    ...{ till: vaultTill, kind: 'vault', name: 'Vault' },
    currencies: [...branch.currencies],
  };
  return [{ type: 'till.added', data: { ...vault } }];
}

interface Accounts {
  accountByNumber(number: string): Account | undefined;
}

/** The bank's account for a purpose; a currency the branch does not keep is refused. */
export function chartAccount(accounts: Accounts, role: ChartRole, currency: string): Account {
  const account = accounts.accountByNumber(`${role}${currency}`);
  refuseUnless(
    account,
    'currency-not-kept',
    `This branch keeps no ${currency}: choose a currency it keeps.`,
    'currency',
  );
  return account;
}

/** Account ids of a till's cash by currency. */
export function purseOf(
  till: { readonly name: string; readonly purses: readonly Purse[] },
  currency: string,
): number {
  const purse = till.purses.find((each) => each.currency === currency);
  const kept = till.purses.map((each) => each.currency).join(', ') || 'nothing yet';
  refuseUnless(
    purse,
    'currency-not-in-till',
    `${till.name} keeps no ${currency}: it keeps ${kept}.`,
    'currency',
  );
  assert.ok(purse.account > 0);
  return purse.account;
}
