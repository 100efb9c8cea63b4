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
  /** A till pays out by credits, an allowance by debits. */
  readonly spentBy: 'debit' | 'credit';
}

/** What head office lets this branch pay of another branch's account, as the ledger has it. */
export interface AllowanceBalance {
  /** Head office's number of it. */
  readonly id: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly spentMinor: bigint;
  /** False once it was given back or written off: nothing may be spent of it any more. */
  readonly isOpen: boolean;
}

export interface Books {
  /** Number and hash (hex) of the newest event; 0 and zeroes for an empty log. */
  head(): { readonly seq: number; readonly hash: string };
  /** Hash of an event, made anew from its bytes; null when there is none. */
  hashAt(seq: number): string | null;
  tills(): readonly GuardedBalance[];
  balance(account: number): GuardedBalance | undefined;
  allowances(): readonly AllowanceBalance[];
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
export function totals(postedMinor: bigint): { debitsPosted: bigint; creditsPosted: bigint } {
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
