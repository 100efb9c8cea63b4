// Handles what is done about a payment: asked back, enquired after, sent again, credited, sent back, refused.
import type { Checked } from '#contract/index.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { LifeData, OutboxData } from '#station/ledger/projections/payment-data.ts';
import type { PaymentRow } from '#station/ledger/projections/payment-reads.ts';
import {
  enquiryType,
  enquiryValues,
  recallType,
  recallValues,
  refusalType,
  refusalValues,
  returnType,
  returnValues,
} from '#station/payments/branch/investigate.ts';
import type { Original, Sending } from '#station/payments/branch/model.ts';
import { writeMessage } from '#station/payments/branch/write.ts';
import type { Values } from '#station/payments/iso20022/index.ts';
import { type Counter, openDate } from './counter.ts';
import type { Handlers, KeyedHandler, Moment } from './desk.ts';
import { accountsFor, paymentJournal, takesCredits } from './payment-journals.ts';
import { channelOf, idsOf } from './payment-message.ts';
import { outboxName } from './payment-record.ts';

type Names =
  | 'payment.recall'
  | 'payment.enquire'
  | 'payment.replay'
  | 'payment.apply'
  | 'payment.sendBack'
  | 'payment.refuseRecall';

export function paymentCommands(counter: Counter): Pick<Handlers, Names> {
  return Object.freeze({
    'payment.recall': recallHandler(counter),
    'payment.enquire': enquireHandler(counter),
    'payment.replay': replayHandler(counter),
    'payment.apply': applyHandler(counter),
    'payment.sendBack': sendBackHandler(counter),
    'payment.refuseRecall': refuseRecallHandler(counter),
  });
}

function rowOf(counter: Counter, payment: number, direction: 'out' | 'in'): PaymentRow {
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

function refuseState(row: PaymentRow, allowed: readonly string[], what: string): void {
  if (allowed.includes(row.state)) return;
  const message = `Payment ${row.payment} is ${row.state}: it cannot be ${what} now.`;
  throw new Refusal('payment-state', message, 'payment');
}

const originalOf = (row: PaymentRow): Original => ({
  ...{ messageId: row.messageId, messageType: row.messageType },
  ids: { transactionId: row.transactionId, uetr: row.uetr, endToEndId: row.endToEndId },
  ...{ amountMinor: row.amountMinor, currency: row.currency, settlementDate: row.settlementDate },
});

/** The network a message about a payment travels: the payment's own, else the first that carries it. */
function sendingFor(counter: Counter, row: PaymentRow, moment: Moment): Sending {
  const settings = counter.payments.settings();
  const channel =
    channelOf(settings, row.channel) ??
    settings?.channels.find(({ currencies }) => currencies.includes(row.currency)) ??
    settings?.channels.at(-1);
  refuseUnless(settings && channel, 'channel-unknown', 'No network is set up for this payment.');
  const { transactionId: messageId } = idsOf(counter, moment, `about ${row.payment}`);
  const settlementDate = openDate(moment);
  return { channel, bic: settings.bic, messageId, at: moment.at, settlementDate };
}

/** A message about a payment, into the outbox; our own mistakes in it are no refusal. */
function outboxOf(type: string, values: Values, sending: Sending, payments: number[]): OutboxData {
  const { xml, errors } = writeMessage(type, values, sending);
  const [first] = errors;
  if (first) {
    const message = `The message ${type} cannot be made: ${first.message} ${first.fix}`;
    throw new Refusal('message-not-made', message, 'payment');
  }
  const { messageId } = sending;
  return { name: outboxName(type, messageId), type, messageId, xml, payments };
}

const here = (row: PaymentRow, message: string, more: Partial<LifeData> & { what: string }) => ({
  ...{ payment: row.payment, message, direction: 'here' as const, status: '', reason: '' },
  ...more,
});

function recallHandler(counter: Counter): KeyedHandler<'payment.recall'> {
  return {
    record({ payment, code, text }: Checked<'payment.recall'>, _asker, moment) {
      const row = rowOf(counter, payment, 'out');
      refuseState(row, ['sent', 'accepted', 'settled'], 'asked back');
      const isFree = row.recall === 'none' || row.recall === 'refused';
      const asked = `Payment ${payment} has been asked back already: wait for the answer.`;
      refuseUnless(isFree, 'recall-asked', asked, 'payment');
      const sending = sendingFor(counter, row, moment);
      const why = { code, text, orderedBy: row.debtor.name };
      const values = recallValues(originalOf(row), why, sending);
      const what = 'It is asked back; the money is here only when its return is.';
      return {
        type: 'payment.recalled',
        data: {
          outbox: [outboxOf(recallType, values, sending, [payment])],
          life: [here(row, 'camt.056', { what, recall: 'asked', reason: code })],
        },
        result: { payment },
        topics: ['payment'],
      };
    },
  };
}

function enquireHandler(counter: Counter): KeyedHandler<'payment.enquire'> {
  return {
    record({ payment }, _asker, moment) {
      const row = rowOf(counter, payment, 'out');
      refuseState(row, ['sent', 'accepted'], 'enquired after');
      const sending = sendingFor(counter, row, moment);
      const values = enquiryValues(originalOf(row), sending);
      return {
        type: 'payment.enquired',
        data: {
          outbox: [outboxOf(enquiryType, values, sending, [payment])],
          life: [here(row, 'pacs.028', { what: 'The other bank is asked what became of it.' })],
        },
        result: { payment },
        topics: ['payment'],
      };
    },
  };
}

function replayHandler(counter: Counter): KeyedHandler<'payment.replay'> {
  return {
    record({ payment, reason }) {
      const row = rowOf(counter, payment, 'out');
      refuseState(row, ['failed'], 'sent again');
      const { messageId } = row;
      const outbox = counter.payments.outboxOf(messageId);
      const message = `The message of payment ${payment} is not a dead letter.`;
      refuseUnless(outbox?.state === 'dead', 'not-a-dead-letter', message, 'payment');
      return {
        type: 'payment.replayed',
        data: { name: outbox.name, messageId, why: reason },
        result: { payment },
        topics: ['payment'],
      };
    },
  };
}

function applyHandler(counter: Counter): KeyedHandler<'payment.apply'> {
  return {
    record({ payment, account: number, reason }, _asker, moment) {
      const date = openDate(moment);
      const row = rowOf(counter, payment, 'in');
      refuseState(row, ['unapplied'], 'credited');
      const account = counter.ledger.accountByNumber(number);
      const none = `There is no account ${number} that takes ${row.currency} now.`;
      const fits = account?.currency === row.currency && takesCredits(account);
      refuseUnless(account && fits, 'account-takes-none', none, 'account');
      const { inward } = accountsFor(counter, row.currency);
      const { amountMinor } = row;
      const step = { debit: inward, credit: account, amountMinor, label: 'payment in' };
      const what = `Credited to ${number} by a supervisor: ${reason}`;
      const life = [here(row, '', { what, state: 'received', posts: true })];
      const made = { steps: [step], what: 'Payment credited', date, life };
      return {
        ...paymentJournal('payment.applied', row, made),
        result: { journal: moment.seq },
        topics: ['payment', 'journal', 'account'],
      };
    },
  };
}

function sendBackHandler(counter: Counter): KeyedHandler<'payment.sendBack'> {
  return {
    record({ payment, code }, _asker, moment) {
      const date = openDate(moment);
      const row = rowOf(counter, payment, 'in');
      refuseState(row, ['unapplied'], 'sent back');
      const sending = sendingFor(counter, row, moment);
      const original = { ...originalOf(row), debtor: row.debtor, creditor: row.creditor };
      const why = { code, text: '', orderedBy: row.creditor.name };
      const outbox = outboxOf(returnType, returnValues(original, why, sending), sending, [payment]);
      const { inward, settlement } = accountsFor(counter, row.currency);
      const { amountMinor } = row;
      const step = { debit: inward, credit: settlement, amountMinor, label: 'sent back' };
      const what = 'Sent back to the payer’s bank.';
      const more = { what, state: 'sent-back', posts: true, reason: code };
      const life = [here(row, 'pacs.004', more)];
      const made = { steps: [step], what: 'Payment sent back', date, life };
      const event = paymentJournal('payment.sent-back', row, made);
      return {
        ...event,
        data: { ...event.data, outbox: [outbox] },
        result: { journal: moment.seq },
        topics: ['payment', 'journal', 'account'],
      };
    },
  };
}

function refuseRecallHandler(counter: Counter): KeyedHandler<'payment.refuseRecall'> {
  return {
    record({ payment, code }, _asker, moment) {
      const row = rowOf(counter, payment, 'in');
      const none = `Nobody asks for payment ${payment} back.`;
      refuseUnless(row.recall === 'asked', 'no-recall', none, 'payment');
      const sending = sendingFor(counter, row, moment);
      const why = { code, text: '', orderedBy: row.creditor.name };
      const values = refusalValues(originalOf(row), why, sending);
      const what = 'Refused to give it back.';
      return {
        type: 'payment.recall-refused',
        data: {
          outbox: [outboxOf(refusalType, values, sending, [payment])],
          life: [here(row, 'camt.029', { what, recall: 'refused', reason: code })],
        },
        result: { payment },
        topics: ['payment'],
      };
    },
  };
}
