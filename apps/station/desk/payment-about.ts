// What every command about a payment needs: the payment as it stands, the network, a message for the outbox.
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { OutboxData } from '#station/ledger/projections/payment-data.ts';
import type { PaymentRow } from '#station/ledger/projections/payment-reads.ts';
import type { Original, Sending } from '#station/payments/branch/model.ts';
import { writeMessage } from '#station/payments/branch/write.ts';
import type { Values } from '#station/payments/iso20022/index.ts';
import { type Counter, openDate } from './counter.ts';
import type { Moment } from './desk.ts';
import { channelOf, idsOf } from './payment-message.ts';
import { outboxName } from './payment-record.ts';

/** The payment of a number; refuses an unknown one, and one that went the other way. */
export function rowOf(counter: Counter, payment: number, direction: 'out' | 'in'): PaymentRow {
  const row = counter.payments.payment(payment);
  refuseUnless(row, 'payment-unknown', `There is no payment ${payment}.`, 'payment');
  const wrong = direction === 'out' ? 'came in: it is not ours to ask back' : 'went out from here';
  refuseUnless(
    row.direction === direction,
    'payment-direction',
    `Payment ${payment} ${wrong}.`,
    'payment',
  );
  return row;
}

/** Refuses what cannot be done to a payment in its state. */
export function refuseState(row: PaymentRow, allowed: readonly string[], what: string): void {
  if (allowed.includes(row.state)) return;
  const message = `Payment ${row.payment} is ${row.state}: it cannot be ${what} now.`;
  throw new Refusal('payment-state', message, 'payment');
}

/** What a later message calls the payment by. */
export const originalOf = (row: PaymentRow): Original => ({
  ...{ messageId: row.messageId, messageType: row.messageType },
  ids: { transactionId: row.transactionId, uetr: row.uetr, endToEndId: row.endToEndId },
  ...{ amountMinor: row.amountMinor, currency: row.currency, settlementDate: row.settlementDate },
});

/** The network a message about a payment travels: the payment's own, else the first that carries it. */
export function sendingFor(
  counter: Counter,
  row: PaymentRow,
  moment: Moment,
  salt = 'about',
): Sending {
  const settings = counter.payments.settings();
  const channel =
    channelOf(settings, row.channel) ??
    settings?.channels.find(({ currencies }) => currencies.includes(row.currency)) ??
    settings?.channels.at(-1);
  refuseUnless(settings && channel, 'channel-unknown', 'No network is set up for this payment.');
  const { transactionId: messageId } = idsOf(counter, moment, `${salt} ${row.payment}`);
  const settlementDate = openDate(moment);
  return { channel, bic: settings.bic, messageId, at: moment.at, settlementDate };
}

/** A message about a payment, into the outbox; our own mistakes in it are no refusal. */
export function outboxOf(
  type: string,
  values: Values,
  sending: Sending,
  payments: number[],
): OutboxData {
  const { xml, errors } = writeMessage(type, values, sending);
  const [first] = errors;
  if (first) {
    const message = `The message ${type} cannot be made: ${first.message} ${first.fix}`;
    throw new Refusal('message-not-made', message, 'payment');
  }
  const { messageId } = sending;
  return { name: outboxName(type, messageId), type, messageId, xml, payments };
}
