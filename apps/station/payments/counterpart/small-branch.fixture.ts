// The branch of the counterpart's plays: the real inbox and the real tables of payments in memory, money in a map.
import DatabaseDriver from 'better-sqlite3';
import { Refusal } from '#station/bank/refusal.ts';
import type { Counter } from '#station/desk/counter.ts';
import type { FollowingEvent } from '#station/desk/desk.ts';
import { takeIn } from '#station/desk/payment-inbox.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { LegData, StoredEvent } from '#station/ledger/events.ts';
import { createPayments, paymentProjection } from '#station/ledger/projections/payment.ts';
import { bulkAfterProjection } from '#station/ledger/projections/payment-bulk-after.ts';
import { bulkReportProjection } from '#station/ledger/projections/payment-bulk-report.ts';
import { type PaymentData, paymentOf } from '#station/ledger/projections/payment-data.ts';
import { readIncoming } from '../branch/incoming.ts';
import type { PlayedBranch, Posted } from './played-branch.fixture.ts';

export const date = '2026-11-20';
const names = ['CUSTOMER', 'OUTWARDEUR', 'INWARDEUR', 'SETTLEMENTEUR'];

/** What `takeIn` and the journals read of an account; the rest of it is the ledger's. */
const accounts: readonly Account[] = names.map((number, index) => {
  const isCustomer = number === 'CUSTOMER';
  const own = { customer: isCustomer ? 1 : null, product: isCustomer ? 'checking' : 'suspense' };
  return { id: index + 1, number, name: number, state: 'open', ...own } as unknown as Account;
});

/** `amend` changes what the inbox sees: a mutant's way in. */
export function createSmallBranch(amend: (counter: Counter) => Counter = (counter) => counter) {
  const database = new DatabaseDriver(':memory:');
  database.defaultSafeIntegers(true);
  // There is no log here for the rows to point to.
  database.pragma('foreign_keys = OFF');
  for (const { schema } of [paymentProjection, bulkReportProjection, bulkAfterProjection]) {
    database.exec(schema);
  }
  const apply = paymentProjection.prepare(database);
  const payments = createPayments(database);
  const accountByNumber = (number: string) => accounts.find((each) => each.number === number);
  const counter = amend({
    payments,
    ledger: { accountByNumber, event: () => undefined },
  } as unknown as Counter);
  const balances = new Map<number, bigint>();
  const posted: Posted[] = [];
  let seq = 0;

  function book(legs: readonly LegData[]): void {
    for (const { debit, credit, amountMinor } of legs) {
      balances.set(debit, (balances.get(debit) ?? 0n) + BigInt(amountMinor));
      balances.set(credit, (balances.get(credit) ?? 0n) - BigInt(amountMinor));
    }
  }

  function store({ type, data }: FollowingEvent): number {
    seq += 1;
    const stored = { seq, at: seq, date, type, data, actor: '', key: '', digest: '' };
    apply(stored as unknown as StoredEvent);
    const { journal, life } = data as unknown as {
      journal?: { readonly kind: string; readonly legs: readonly LegData[] };
      life?: readonly { readonly payment: number }[];
    };
    if (journal) {
      book(journal.legs);
      posted.push({ kind: journal.kind, payment: life?.[0]?.payment ?? 0 });
    }
    return seq;
  }

  return Object.freeze({
    payments,
    posted: () => posted as readonly Posted[],
    balance: (number: string) => balances.get(accountByNumber(number)?.id ?? 0) ?? 0n,
    /** Posts a payment as the desk does: customer to payments out. Returns its number. */
    order(payment: PaymentData) {
      const legs = [{ debit: 1, credit: 2, amountMinor: payment.amountMinor }];
      const data = { journal: { kind: 'payment.outgoing', legs }, payments: [payment], life: [] };
      const number = paymentOf(store({ type: 'posted', data } as unknown as FollowingEvent), 0);
      const { messageId, transactionId, uetr, endToEndId, currency } = payment;
      const ids = { messageId, transactionId, uetr, endToEndId, currency };
      return { payment: number, seen: { ...ids, amountMinor: BigInt(payment.amountMinor) } };
    },
    /** What the gateway records when the carrier has the message. */
    sent(payment: number): void {
      const what = 'Handed over.';
      const life = { payment, message: 'pacs.008', direction: 'out', status: '', reason: '', what };
      const row = payments.payment(payment);
      const more = row?.state === 'queued' ? { state: 'sent' } : {};
      store({
        type: 'payment.noted',
        data: { life: [{ ...life, ...more }] },
      } as unknown as FollowingEvent);
    },
    /** One message through the real reader and inbox: all of it or, where they refuse, nothing. */
    take(xml: string): boolean {
      try {
        const incoming = readIncoming(Buffer.from(xml), { date, at: Date.UTC(2026, 10, 20, 10) });
        const file = { name: `in-${seq}.xml`, digest: '', date };
        for (const event of takeIn(counter, incoming, file).events) store(event);
        return true;
      } catch (error) {
        if (error instanceof Refusal) return false;
        throw error;
      }
    },
    /** Forgets money and journals of the plays before; their payments stay in the tables. */
    clear(): void {
      balances.clear();
      posted.length = 0;
    },
    close: () => void database.close(),
  });
}

export type SmallBranch = ReturnType<typeof createSmallBranch> & PlayedBranch;
