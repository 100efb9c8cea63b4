// Draws what falls due each month: wages, rents, bills, savings plans and repayments, by transfer.

import { accountKey, type PlannedAccount } from './accounts.ts';
import { monthly } from './calendar.ts';
import { companies, type Trade } from './companies.ts';
import { isNamed, type PlannedCustomer } from './customers.ts';
import type { Dice } from './dice.ts';

/** One transfer due on a business date. */
export interface Order {
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: bigint;
  readonly narrative: string;
}

/** Parts of the people who are paid wages here, rent here and so on, in a hundred. */
const parts = { wages: 62, rent: 30, bills: 34, savings: 60 } as const;

export interface Household {
  readonly customers: readonly PlannedCustomer[];
  readonly accounts: readonly PlannedAccount[];
}

/** Every order of the ninety days, in order of dates. */
export function drawOrders(dice: Dice, { customers, accounts }: Household): Order[] {
  const orders: Order[] = [];
  const known = new Map(accounts.map((each) => [each.key, each]));
  const firms = (trade: Trade) =>
    companies.flatMap((each, index) =>
      each.trade === trade ? [accountKey(`company-${index + 1}`, 'checking', 'EUR')] : [],
    );
  const [employers, landlords, utilities] = [
    firms('employer'),
    firms('landlord'),
    firms('utility'),
  ];
  const add = (day: number, account: PlannedAccount, order: Omit<Order, 'date'>) => {
    for (const date of monthly(day)) if (date > account.openedOn) orders.push({ date, ...order });
  };
  for (const { key } of customers.filter((each) => each.trade === null)) {
    const account = known.get(accountKey(key, 'checking', 'EUR'));
    if (account?.state !== 'open' || isNamed(key)) continue;
    const own = dice.fork(key);
    const from = account.key;
    const cents = (low: number, high: number) => BigInt(own.between(low * 100, high * 100));
    if (own.happens(parts.wages, 100)) {
      const wage = { from: own.pick(employers), to: from, amountMinor: cents(1_750, 4_300) };
      add(25, account, { ...wage, narrative: 'Wages' });
    }
    if (own.happens(parts.rent, 100)) {
      const rent = {
        from,
        to: own.pick(landlords),
        amountMinor: BigInt(own.between(45, 128)) * 1_000n,
      };
      add(1, account, { ...rent, narrative: `Rent flat ${own.between(1, 64)}` });
    }
    if (own.happens(parts.bills, 100)) {
      for (const to of utilities) {
        const bill = { from, to, amountMinor: cents(24, 118) };
        add(5, account, { ...bill, narrative: `Contract ${own.filled('#######')}` });
      }
    }
    const savings = known.get(accountKey(key, 'savings', 'EUR'));
    if (savings?.state === 'open' && own.happens(parts.savings, 100)) {
      const plan = { from, to: savings.key, amountMinor: BigInt(own.between(1, 12)) * 2_500n };
      add(26, savings, { ...plan, narrative: 'Savings plan' });
    }
    const loan = known.get(accountKey(key, 'loan', 'EUR'));
    if (loan) {
      const instalment = { from, to: loan.key, amountMinor: BigInt(own.between(8, 30)) * 1_000n };
      add(1, loan, { ...instalment, narrative: 'Instalment' });
    }
  }
  return orders.sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
}
