// Keeps what the plan knows of money while it is drawn, so that every act it writes down can be done.
import type { Denominations } from '#contract/values.ts';
import type { PlannedAccount } from './accounts.ts';
import type { Purse, TillName } from './acts.ts';
import type { DemonstrationCurrency } from './people.ts';

/** Balances as the customers see them, the notes of each till, and when an account was last used. */
export interface Books {
  /** Opens the account with what it brings along; the customer's money is positive. */
  open(account: PlannedAccount, balanceMinor: bigint): void;
  isOpen(key: string): boolean;
  balance(key: string): bigint;
  /** Balance and overdraft: what can be taken out. */
  available(key: string): bigint;
  isLoan(key: string): boolean;
  /** Adds (or with a negative amount takes); taking more than is available, or paying more than is owed, is a mistake. */
  move(key: string, amountMinor: bigint): void;
  stock(till: TillName, currency: DemonstrationCurrency): Denominations;
  purse(till: TillName): Purse;
  put(till: TillName, currency: DemonstrationCurrency, pieces: Denominations): void;
  take(till: TillName, currency: DemonstrationCurrency, pieces: Denominations): void;
}

export function createBooks(): Books {
  const balances = new Map<string, bigint>();
  const overdrafts = new Map<string, bigint>();
  const loans = new Set<string>();
  const purses = new Map<
    TillName,
    Partial<Record<DemonstrationCurrency, Record<string, number>>>
  >();

  function balance(key: string): bigint {
    const found = balances.get(key);
    if (found === undefined) throw new Error(`The plan uses ${key} before it is open.`);
    return found;
  }

  const available = (key: string) => balance(key) + (overdrafts.get(key) ?? 0n);
  /** The live vector of a till: changed in place, because a day changes it hundreds of times. */
  function vector(till: TillName, currency: DemonstrationCurrency): Record<string, number> {
    const purse = purses.get(till) ?? {};
    purses.set(till, purse);
    purse[currency] ??= {};
    return purse[currency];
  }

  function change(held: Record<string, number>, pieces: Denominations, sign: 1 | -1): void {
    for (const [face, count] of Object.entries(pieces)) {
      const left = (held[face] ?? 0) + sign * count;
      if (left < 0) throw new Error(`The plan takes ${count} x ${face}, more than a till holds.`);
      held[face] = left;
    }
  }

  return Object.freeze({
    open(account: PlannedAccount, balanceMinor: bigint) {
      balances.set(account.key, balanceMinor);
      overdrafts.set(account.key, account.overdraftMinor);
      if (account.product === 'loan') loans.add(account.key);
    },
    isOpen: (key: string) => balances.has(key),
    balance,
    available,
    isLoan: (key: string) => loans.has(key),
    move(key: string, amountMinor: bigint) {
      if (amountMinor < 0n && available(key) + amountMinor < 0n) {
        throw new Error(`The plan overdraws ${key}.`);
      }
      if (amountMinor > 0n && loans.has(key) && balance(key) + amountMinor > 0n) {
        throw new Error(`The plan pays more on ${key} than is owed.`);
      }
      balances.set(key, balance(key) + amountMinor);
    },
    stock: vector,
    purse(till: TillName) {
      const entries = Object.entries(purses.get(till) ?? {});
      return Object.fromEntries(entries.map(([currency, held]) => [currency, { ...held }]));
    },
    put(till: TillName, currency: DemonstrationCurrency, pieces: Denominations) {
      change(vector(till, currency), pieces, 1);
    },
    take(till: TillName, currency: DemonstrationCurrency, pieces: Denominations) {
      change(vector(till, currency), pieces, -1);
    },
  });
}
