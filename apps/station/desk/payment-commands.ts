// Handles what is done about a payment: asked back, enquired after, sent again, credited, sent back, refused.
import type { Checked } from '#contract/index.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { LifeData } from '#station/ledger/projections/payment-data.ts';
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
import { type Counter, openDate } from './counter.ts';
import type { Handlers, KeyedHandler } from './desk.ts';
import { originalOf, outboxOf, refuseState, rowOf, sendingFor } from './payment-about.ts';
import { accountsFor, paymentJournal, takesCredits } from './payment-journals.ts';
import { payBackHandler } from './payment-pay-back.ts';
import { refusePayer } from './screening-postings.ts';

type Names =
  | 'payment.recall'
  | 'payment.enquire'
  | 'payment.replay'
  | 'payment.apply'
  | 'payment.sendBack'
  | 'payment.payBack'
  | 'payment.refuseRecall';

export function paymentCommands(counter: Counter): Pick<Handlers, Names> {
  return Object.freeze({
    'payment.recall': recallHandler(counter),
    'payment.enquire': enquireHandler(counter),
    'payment.replay': replayHandler(counter),
    'payment.apply': applyHandler(counter),
    'payment.sendBack': sendBackHandler(counter),
    'payment.payBack': payBackHandler(counter),
    'payment.refuseRecall': refuseRecallHandler(counter),
  });
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
      refusePayer(counter, row, account?.id);
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
      refusePayer(counter, row);
      const sending = sendingFor(counter, row, moment);
      const original = { ...originalOf(row), debtor: row.debtor, creditor: row.creditor };
      const why = { code, text: '', orderedBy: row.creditor.name };
      const outbox = outboxOf(returnType, returnValues(original, why, sending), sending, [payment]);
      const { inward, settlement } = accountsFor(counter, row.currency);
      const { amountMinor } = row;
      const step = { debit: inward, credit: settlement, amountMinor, label: 'sent back' };
      const what = 'Sent back to the payer’s bank.';
      // Money nobody had yet needs no consent: sending it back grants a request that has come meanwhile.
      const granted = row.recall === 'asked' ? { recall: 'granted' } : {};
      const more = { what, state: 'sent-back', posts: true, reason: code, ...granted };
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
