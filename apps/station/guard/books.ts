// Says what the guard's keeper reads of the ledger; it comes as an argument, for the rooms do not know each other.
import { findCurrency } from '#contract/currencies.ts';
import { accountFlags, accountOf, type NewAccount } from './guard.ts';

export interface GuardedBalance {
  readonly account: number;
  readonly currency: string;
  /** Debits minus credits. */
  readonly postedMinor: bigint;
  readonly lowMinor: bigint | null;
  readonly highMinor: bigint | null;
}

/** An account the guard holds: what it is in, and which side of it spends. */
export interface GuardedAccount {
  readonly currency: string;
  /** A till pays out by credits, a customer by debits. */
  readonly spentBy: 'debit' | 'credit';
}

/** What an account may spend while head office cannot be asked. */
export interface Allowance {
  readonly account: number;
  readonly softMinor: bigint;
  readonly hardMinor: bigint;
  readonly countMax: number;
}

export interface Books {
  /** Number and hash (hex) of the newest event; 0 and zeroes for an empty log. */
  head(): { readonly seq: number; readonly hash: string };
  /** Hash of an event, made anew from its bytes; null when there is none. */
  hashAt(seq: number): string | null;
  tills(): readonly GuardedBalance[];
  balance(account: number): GuardedBalance | undefined;
}

/** The other side of every guarded account: everything of the bank the guard does not hold. */
export function outsideOf(currency: string): bigint {
  return 2n ** 62n + BigInt(currencyNumber(currency));
}

/** ISO 4217's number; 999 ("no currency") for a code the table does not know. */
export function currencyNumber(currency: string): number {
  return Number(findCurrency(currency)?.numeric ?? 999);
}

/** Debits and credits that come to the balance. */
function totals(postedMinor: bigint): { debitsPosted: bigint; creditsPosted: bigint } {
  return postedMinor >= 0n
    ? { debitsPosted: postedMinor, creditsPosted: 0n }
    : { debitsPosted: 0n, creditsPosted: -postedMinor };
}

/** A till is an asset: cash goes out by a credit, and never below its lower limit. */
export function tillAccount(till: Omit<GuardedBalance, 'highMinor'>): NewAccount {
  const { account, currency, postedMinor, lowMinor } = till;
  return accountOf({
    ...{ id: BigInt(account), currency: currencyNumber(currency) },
    ...totals(postedMinor),
    ...(lowMinor === null || lowMinor > 0n
      ? {}
      : { flags: accountFlags.creditLimited, overdraft: -lowMinor }),
  });
}

/** A customer's account under an allowance: a liability, spent by debits. */
export function allowedAccount(balance: GuardedBalance, allowance: Allowance): NewAccount {
  const { account, currency, postedMinor, highMinor } = balance;
  return accountOf({
    ...{ id: BigInt(account), currency: currencyNumber(currency) },
    ...totals(postedMinor),
    flags: accountFlags.debitLimited,
    overdraft: highMinor !== null && highMinor > 0n ? highMinor : 0n,
    offlineSoft: allowance.softMinor,
    offlineHard: allowance.hardMinor,
    offlineCountMax: allowance.countMax,
  });
}

/** The accounts a guard is loaded with, and beside them one outside a currency that balances them. */
export function openingAccounts(books: Books, allowances: readonly Allowance[]): NewAccount[] {
  const tills = books.tills();
  const allowed = allowances.flatMap((allowance) => {
    const balance = books.balance(allowance.account);
    return balance ? [{ balance, account: allowedAccount(balance, allowance) }] : [];
  });
  const sums = new Map<string, bigint>();
  for (const { currency, postedMinor } of [...tills, ...allowed.map(({ balance }) => balance)]) {
    sums.set(currency, (sums.get(currency) ?? 0n) + postedMinor);
  }
  const outside = [...sums].map(([currency, sum]) =>
    accountOf({ id: outsideOf(currency), currency: currencyNumber(currency), ...totals(-sum) }),
  );
  return [...tills.map(tillAccount), ...allowed.map(({ account }) => account), ...outside];
}
