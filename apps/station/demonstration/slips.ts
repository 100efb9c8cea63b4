// Fills in what customers ask for: slips of cash in and out and of transfers, with notes the till can handle.
import { proposePayOut } from '../bank/cash-mix.ts';
import type { PlannedAccount } from './accounts.ts';
import type { PlannedDeposit, PlannedTransfer, PlannedWithdrawal, TillName, Who } from './acts.ts';
import type { DemonstrationCurrency } from './people.ts';
import { brought } from './purses.ts';
import type { Stage } from './stage.ts';

export interface Slips {
  /** The account of this key; an unknown one is a mistake of the plan. */
  account(key: string): PlannedAccount;
  /** A customer brings exactly this in cash. */
  deposit(key: string, amountMinor: bigint, narrative?: string): PlannedDeposit;
  /** What a till pays out for an amount, or null when it has not got the notes. */
  withdrawal(till: TillName, key: string, amountMinor: bigint): PlannedWithdrawal | null;
  transfer(from: string, to: string, amountMinor: bigint, narrative: string): PlannedTransfer;
}

/** Minor units of about one euro in each currency, so that amounts can be said once. */
const one: Readonly<Record<DemonstrationCurrency, bigint>> = {
  EUR: 100n,
  USD: 100n,
  JPY: 100n,
  KWD: 500n,
};

/** So many euros' worth in a currency, in minor units. */
export function worth(currency: DemonstrationCurrency, euros: number): bigint {
  return BigInt(euros) * one[currency];
}

export function createSlips(stage: Stage): Slips {
  const { books, accounts } = stage;
  const dice = stage.dice.fork('slips');

  function account(key: string): PlannedAccount {
    const found = accounts.get(key);
    if (!found) throw new Error(`The plan has no account ${key}.`);
    return found;
  }

  /** A company comes in the person who signs for it, a couple in either of the two. */
  function conductor({ holder, joint, mandate }: PlannedAccount): Who {
    if (mandate?.kind === 'signatory') return { customer: mandate.customer };
    return { customer: joint && dice.happens(1, 3) ? joint : holder };
  }

  return Object.freeze({
    account,
    deposit(key: string, amountMinor: bigint, narrative = '') {
      const found = account(key);
      const { currency } = found;
      const denominations = brought(dice, currency, amountMinor);
      const money = { amountMinor, currency, denominations, narrative };
      return { task: 'cash.deposit', account: key, ...money, conductor: conductor(found) } as const;
    },
    withdrawal(till: TillName, key: string, amountMinor: bigint) {
      const found = account(key);
      const { currency } = found;
      const denominations = proposePayOut(amountMinor, books.stock(till, currency));
      if (!denominations) return null;
      const money = { amountMinor, currency, denominations, narrative: '' };
      return {
        task: 'cash.withdrawal',
        account: key,
        ...money,
        conductor: conductor(found),
      } as const;
    },
    transfer(from: string, to: string, amountMinor: bigint, narrative: string) {
      const payer = account(from);
      const money = { amountMinor, currency: payer.currency, narrative };
      return { task: 'transfer', from, to, ...money, conductor: conductor(payer) } as const;
    },
  });
}
