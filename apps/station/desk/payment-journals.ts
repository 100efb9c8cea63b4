// Makes the journals that follow a payment: settled, rejected, returned, received, credited, sent back.
import { formatMoney } from '#contract/money.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { LegData } from '#station/ledger/events.ts';
import type { LifeData } from '#station/ledger/projections/payment-data.ts';
import type { PaymentRow } from '#station/ledger/projections/payment-reads.ts';
import { type Counter, entryOf } from './counter.ts';
import type { FollowingEvent } from './desk.ts';
import { chartAccount } from './till-chart.ts';

/** Whether money can be credited to a customer's account without anybody looking. */
export function takesCredits({ state, customer, product }: Account): boolean {
  const isOpen = state === 'open' && customer !== null;
  return isOpen && (product === 'checking' || product === 'savings');
}

type PaymentJournal = Pick<
  PaymentRow,
  'payment' | 'amountMinor' | 'currency' | 'account' | 'direction' | 'debtor' | 'creditor' | 'text'
>;

/** One step of money: from, to, how much, and what the statement calls it. */
export interface Step {
  readonly debit: Account;
  readonly credit: Account;
  readonly amountMinor: bigint;
  readonly label: string;
}

/** The event of a payment's journal; `life` is told with it. */
export function paymentJournal(
  kind: string,
  payment: PaymentJournal,
  given: {
    readonly steps: readonly Step[];
    readonly what: string;
    readonly date: string;
    readonly life: readonly LifeData[];
  },
): FollowingEvent {
  const { steps, what, date, life } = given;
  const { currency } = payment;
  const legs: LegData[] = steps.map(({ debit, credit, amountMinor, label }) => ({
    ...{ debit: debit.id, credit: credit.id, amountMinor: String(amountMinor), currency },
    ...{ valueDate: date, label },
  }));
  const touched = steps.flatMap(({ debit, credit }) => [debit, credit]);
  const customer = touched.find((account) => account.customer !== null);
  const other = payment.direction === 'out' ? payment.creditor : payment.debtor;
  const said = [other.name, payment.text].filter((part) => part !== '');
  const narrative = said.join(': ').slice(0, 140);
  const amount = steps.reduce(
    (most, step) => (step.amountMinor > most ? step.amountMinor : most),
    0n,
  );
  return {
    type: kind,
    data: {
      journal: {
        ...{ kind, legs, narrative },
        ...(customer?.customer ? { customer: customer.customer } : {}),
      },
      entry: entryOf({
        ...{ kind, what: `${what}, ${formatMoney(amount, currency)}: ${other.name}` },
        ...{ amountMinor: String(amount), currency, valueDate: date, narrative },
        account: customer?.number ?? payment.account,
        name: customer?.name ?? '',
        customer: customer?.customer ?? null,
      }),
      life,
    },
  };
}

/** The bank's own accounts a payment moves over. */
export function accountsFor(counter: Counter, currency: string) {
  return {
    settlement: chartAccount(counter.ledger, 'SETTLEMENT', currency),
    outward: chartAccount(counter.ledger, 'OUTWARD', currency),
    inward: chartAccount(counter.ledger, 'INWARD', currency),
  };
}

/** Where money that comes back goes: the customer's account, else the account for payments in. */
export function homeOf(
  counter: Counter,
  payment: Pick<PaymentRow, 'account' | 'currency'>,
): { readonly account: Account; readonly isHome: boolean } {
  const own = counter.ledger.accountByNumber(payment.account);
  if (own && takesCredits(own)) return { account: own, isHome: true };
  return { account: accountsFor(counter, payment.currency).inward, isHome: false };
}
