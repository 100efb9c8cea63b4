// Puts a branch with a teller, a supervisor and two customers before the tests of accounts.
import type { AccountView } from '#contract/accounts.ts';
import type { JournalData } from '../ledger/events.ts';
import {
  addPerson,
  established,
  openDay,
  person,
  register,
  signIn,
  type TestDesk,
} from './session-fixture.ts';

export const reason = 'a reason in words';
export const capital = 500;

/** Teller ben at window 2, supervisor sam at 3; customers Anna and Jonas; the bank's capital account. */
export async function branch() {
  const desk = await established();
  await addPerson(desk, 'ben', ['teller']);
  await addPerson(desk, 'sam', ['supervisor']);
  await signIn(desk, 2, 'ben');
  await signIn(desk, 3, 'sam');
  openDay(desk);
  desk.ledger.write(() =>
    desk.ledger.append({
      ...{ type: 'account.opened', actor: 'system' },
      data: {
        accounts: [
          {
            ...{ id: capital, number: 'CAPITAL-EUR', product: 'capital', class: 'equity' },
            ...{ currency: 'EUR', name: 'Opening balances', customer: null, cash: false },
            ...{ lowMinor: null, highMinor: null },
          },
        ],
      },
    }),
  );
  const anna = await register(desk, 2, person('Anna', 'Keller'));
  const jonas = await register(desk, 2, person('Jonas', 'Weber'));
  return Object.assign(desk, { anna, jonas });
}

export const opening = (customer: number, change: object = {}) => ({
  ...{ product: 'checking', currency: 'EUR', owners: [{ customer, role: 'holder' }] },
  ...change,
});
export async function openAccount(
  desk: TestDesk,
  customer: number,
  change: object = {},
): Promise<string> {
  const { number }: { number: string } = await desk.ask(
    2,
    'account.open',
    opening(customer, change),
  );
  return number;
}
export const view = (desk: TestDesk, number: string): Promise<AccountView> =>
  desk.ask(2, 'account.get', { number });

/** Posts as the counter will: from the customer's side, positive is paid in. */
export function post(
  desk: TestDesk,
  number: string,
  amount: bigint,
  more: Partial<JournalData> = {},
) {
  const account = desk.ledger.accountByNumber(number)?.id ?? 0;
  const [debit, credit] = amount > 0n ? [capital, account] : [account, capital];
  const amountMinor = String(amount > 0n ? amount : -amount);
  const legs = [{ debit, credit, amountMinor, currency: 'EUR' }];
  const entry = { what: amount > 0n ? 'Deposit' : 'Withdrawal', narrative: 'by hand' };
  desk.ledger.write(() =>
    desk.ledger.append({
      ...{ type: 'journal.posted', actor: '2' },
      data: { journal: { kind: 'transfer', legs, ...more }, entry },
    }),
  );
}
