// Pays a credited payment back after a recall: with the customer's consent on record, by a journal and a pacs.004.
import type { Checked } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { LifeData } from '#station/ledger/projections/payment-data.ts';
import type { PaymentRow } from '#station/ledger/projections/payment-reads.ts';
import {
  agreementValues,
  refusalType,
  returnType,
  returnValues,
} from '#station/payments/branch/investigate.ts';
import { type Counter, openDate } from './counter.ts';
import type { Asker, KeyedHandler, Moment } from './desk.ts';
import { originalOf, outboxOf, refuseState, rowOf, sendingFor } from './payment-about.ts';
import { accountsFor, paymentJournal } from './payment-journals.ts';
import { refusePayer } from './screening-postings.ts';

/** ISO 20022 external return reason: returned following a cancellation request. */
const followingRequest = 'FOCR';

/** The customer's account, where it can be debited with the whole amount now. */
function debitable(counter: Counter, row: PaymentRow, asker: Asker): Account {
  const account = counter.ledger.accountByNumber(row.account);
  const none = `The account ${row.account} the payment was credited to is gone.`;
  refuseUnless(account, 'account-unknown', none, 'payment');
  const closed = `Account ${account.number} is ${account.state}: nothing is debited from it.`;
  refuseUnless(account.state === 'open', 'account-state', closed, 'payment');
  const own = asker.person?.customer ?? null;
  const isOwn = own !== null && counter.people.ownersOf(account.id).includes(own);
  refuseUnless(!isOwn, 'own-account', 'Your own accounts are served by a colleague.', 'payment');
  const room = account.availableDebitMinor;
  if (room !== null && room < row.amountMinor) {
    const [has, needs] = [room, row.amountMinor].map((minor) => formatMoney(minor, row.currency));
    const message = `${has} are available on ${account.number}, ${needs} are to be paid back: refuse with AM04, or wait.`;
    throw new Refusal('not-enough-available', message, 'payment');
  }
  return account;
}

/**
 * Gives a recalled payment back. Refuses where nobody asks for it, where it is not on a customer's account any
 * more, where the account cannot be debited with all of it, where payer or owner resembles a listed name, and for the supervisor's own account.
 */
export function payBackHandler(counter: Counter): KeyedHandler<'payment.payBack'> {
  return {
    record({ payment, consent }: Checked<'payment.payBack'>, asker, moment) {
      const date = openDate(moment);
      const row = rowOf(counter, payment, 'in');
      const none = `Nobody asks for payment ${payment} back.`;
      refuseUnless(row.recall === 'asked', 'no-recall', none, 'payment');
      refuseState(row, ['received'], 'paid back');
      const account = debitable(counter, row, asker);
      refusePayer(counter, row, account.id);
      const { settlement } = accountsFor(counter, row.currency);
      const { amountMinor } = row;
      const step = { debit: account, credit: settlement, amountMinor, label: 'paid back' };
      const life: LifeData = {
        ...{ payment, message: 'pacs.004', direction: 'here', status: '' },
        what: `Paid back as asked; the customer agreed: ${consent}`,
        ...{ reason: followingRequest, state: 'sent-back', recall: 'granted', posts: true },
      };
      const made = { steps: [step], what: 'Payment paid back', date, life: [life] };
      const event = paymentJournal('payment.paid-back', row, made);
      return {
        ...event,
        data: { ...event.data, consent, outbox: messagesOf(counter, row, moment) },
        result: { journal: moment.seq },
        topics: ['payment', 'journal', 'account'],
      };
    },
  };
}

/** The return; beside it, where the network answers every request with a message, the agreement. */
function messagesOf(counter: Counter, row: PaymentRow, moment: Moment) {
  const sending = sendingFor(counter, row, moment);
  const original = { ...originalOf(row), debtor: row.debtor, creditor: row.creditor };
  const why = { code: followingRequest, text: '', orderedBy: row.creditor.name };
  const own = [row.payment];
  const back = outboxOf(returnType, returnValues(original, why, sending), sending, own);
  if (sending.channel.id !== 'cbpr-plus') return [back];
  const answer = sendingFor(counter, row, moment, 'answer');
  return [outboxOf(refusalType, agreementValues(original, answer), answer, own), back];
}
