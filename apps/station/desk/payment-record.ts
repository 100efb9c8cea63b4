// Writes a posted payment down beside its journal: the payment, its message in the outbox, its life line's start.
import type { Draft } from '#contract/drafts.ts';
import type { JournalData } from '#station/ledger/events.ts';
import type {
  BulkData,
  LifeData,
  OutboxData,
  PaymentData,
} from '#station/ledger/projections/payment-data.ts';
import type { Sending, Transfer } from '#station/payments/branch/model.ts';
import { transferType } from '#station/payments/branch/transfer.ts';
import type { Counter } from './counter.ts';
import type { FollowingEvent, Moment } from './desk.ts';
import { compose, idsOf } from './payment-message.ts';

/** A payment as an event keeps it. */
export function paymentData(
  transfer: Transfer,
  sending: Sending,
  more: { readonly account: string; readonly bulk: number | null },
): PaymentData {
  const { ids, amountMinor, currency, debtor, creditor, text } = transfer;
  return {
    ...{ direction: 'out', channel: sending.channel.id, state: 'queued', ...more },
    ...{ messageId: sending.messageId, messageType: transferType, ...ids },
    ...{ amountMinor: String(amountMinor), currency, settlementDate: sending.settlementDate },
    ...{ debtor: { ...debtor }, creditor: { ...creditor }, text },
  };
}

/** The name a message goes out under: its kind and its number. */
export function outboxName(type: string, messageId: string): string {
  return `${type.slice(0, 8)}-${messageId}.xml`;
}

const start: Pick<LifeData, 'direction' | 'status' | 'reason'> = {
  ...{ direction: 'here', status: '', reason: '' },
};

function singleRecord(counter: Counter, draft: Draft & { task: 'payment.outgoing' }, at: Moment) {
  const ids = idsOf(counter, at, draft.from);
  const made = compose(counter, draft, { at: at.at, date: at.date ?? '', ids });
  const { transfer, sending, written, problems } = made;
  if (!transfer || !sending || !written || problems.length > 0) {
    throw new Error('a payment is posted only with a message nothing stands against');
  }
  const { messageId } = sending;
  const outbox: OutboxData = {
    ...{ name: outboxName(transferType, messageId), type: transferType, messageId },
    ...{ xml: written.xml, payments: [] },
  };
  const life: readonly LifeData[] = [
    {
      ...{ payment: 0, message: 'pain.001', ...start, posts: true },
      what: 'Ordered at the counter; the money waits on the account for payments out.',
    },
    { ...{ payment: 0, message: 'pacs.008', ...start }, what: made.timing?.words ?? '' },
  ];
  const payments = [paymentData(transfer, sending, { account: draft.from, bulk: null })];
  return { payments, outbox: [outbox], life };
}

/** The events of a posting with what makes a payment of it; other postings stay as they are. */
export function withPayment(
  counter: Counter,
  draft: Draft,
  moment: Moment,
  events: readonly FollowingEvent[],
): readonly FollowingEvent[] {
  const [first, ...rest] = events;
  if (!first) return events;
  if (draft.task === 'payment.outgoing') {
    return [
      { ...first, data: { ...first.data, ...singleRecord(counter, draft, moment) } },
      ...rest,
    ];
  }
  if (draft.task !== 'payment.bulk') return events;
  const { journal } = first.data as unknown as { readonly journal?: JournalData };
  const charged = journal?.legs.filter(({ label }) => label === 'fee') ?? [];
  const fees = charged.map(({ credit, amountMinor }) => ({ account: credit, amountMinor }));
  const what = fees.length > 0 ? { fees } : {};
  const bulk: BulkData = { step: 'posted', order: draft.order, ...what };
  return [{ ...first, data: { ...first.data, bulk } }, ...rest];
}
