// Lists the accounts a guard begins with: tills, open allowances, and everything else as one a currency.
import { allowanceAccount, type GuardedAllowance } from './allowances.ts';
import { type Books, currencyNumber, outsideOf, tillAccount, totals } from './books.ts';
import { accountOf, type NewAccount } from './guard.ts';

/** The accounts a guard is loaded with, and beside them one outside a currency that balances them. */
export function openingAccounts(
  books: Books,
  allowances: readonly GuardedAllowance[],
): NewAccount[] {
  const tills = books.tills();
  const sums = new Map<string, bigint>();
  const add = (currency: string, amount: bigint): void => {
    sums.set(currency, (sums.get(currency) ?? 0n) + amount);
  };
  for (const { currency, postedMinor } of tills) add(currency, postedMinor);
  for (const { currency, amountMinor, spentMinor } of allowances) {
    add(currency, spentMinor - amountMinor);
  }
  const outside = [...sums].map(([currency, sum]) =>
    accountOf({ id: outsideOf(currency), currency: currencyNumber(currency), ...totals(-sum) }),
  );
  return [...tills.map(tillAccount), ...allowances.map(allowanceAccount), ...outside];
}
