// Books a payment that comes in: on the customer's account, or aside where nobody has that account.
import { formatMoney } from '#contract/money.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { LifeData, PartyData, PaymentData } from '#station/ledger/projections/payment-data.ts';
import type { Advice, AdviceParty, Incoming } from '#station/payments/branch/advice.ts';
import { accountOfIban } from '#station/payments/branch/own-iban.ts';
import type { Counter } from './counter.ts';
import type { FollowingEvent } from './desk.ts';
import { accountsFor, paymentJournal, takesCredits } from './payment-journals.ts';
import { freshHits } from './screening-postings.ts';

type Arriving = Advice & { readonly kind: 'incoming' };

const partyOf = ({ name, iban, bic }: AdviceParty): PartyData => ({
  ...{ name, iban, bic, town: '', country: '' },
});

/** Why the money cannot be credited by itself, as a sentence; null where it can. */
function asideBecause(counter: Counter, advice: Arriving, number: string | null): string | null {
  const account = number === null ? undefined : counter.ledger.accountByNumber(number);
  if (!account) return `There is no account ${advice.creditor.iban || 'named'} here.`;
  if (account.currency !== advice.currency) {
    return `Account ${account.number} is kept in ${account.currency}.`;
  }
  if (takesCredits(account)) return null;
  return `Account ${account.number} is ${account.state === 'open' ? account.product : account.state}.`;
}

function refuseUnusable(counter: Counter, advice: Arriving): bigint {
  const { amountMinor, currency, ids } = advice;
  if (amountMinor === null || amountMinor === 0n) {
    throw new Refusal(
      'amount-unusable',
      `The payment ${ids.transactionId} carries no usable amount.`,
    );
  }
  if (!counter.ledger.accountByNumber(`SETTLEMENT${currency}`)) {
    const money = formatMoney(amountMinor, currency);
    throw new Refusal('currency-not-kept', `${money} came in; this branch keeps no ${currency}.`);
  }
  if (ids.uetr !== '' && counter.payments.matching(ids, 'in').length > 0) {
    const message = `The payment ${ids.uetr} has come in before: it is not credited twice.`;
    throw new Refusal('payment-repeated', message);
  }
  return amountMinor;
}

/** What the lists say of who pays, and of whose account it is. */
function incomingNames(
  { screening, ledger, people }: Counter,
  payer: string,
  number: string | null,
) {
  if (!screening) return [];
  const account = number === null ? undefined : ledger.accountByNumber(number);
  const owners = account ? people.ownersOf(account.id) : [];
  return [
    ...screening.nameFacts(payer, 'payer'),
    ...owners.flatMap((customer) => screening.customerFacts(customer, 'owner')),
  ];
}

/**
 * The event that books a payment from another bank: settlement to payments in, and on to the customer
 * where the account takes it. Refuses a repeated UETR and a currency the branch does not keep.
 */
export function incomingPayment(
  counter: Counter,
  advice: Arriving,
  at: { readonly incoming: Incoming; readonly date: string },
): FollowingEvent {
  const amountMinor = refuseUnusable(counter, advice);
  const { currency, ids, text } = advice;
  const settings = counter.payments.settings();
  const number = settings ? accountOfIban(settings, advice.creditor.iban) : null;
  const names = incomingNames(counter, advice.debtor.name, number);
  const pressing = names.find(({ state }) => state !== 'false');
  const why = pressing?.message ?? asideBecause(counter, advice, number);
  const { settlement, inward } = accountsFor(counter, currency);
  const home = why === null && number !== null ? counter.ledger.accountByNumber(number) : undefined;
  const debtor = partyOf(advice.debtor);
  const creditor = partyOf(advice.creditor);
  const payment: PaymentData = {
    ...{ direction: 'in', channel: at.incoming.sender || 'unknown', bulk: null, text },
    state: home ? 'received' : 'unapplied',
    ...{ messageId: at.incoming.messageId, messageType: at.incoming.type },
    ...{ transactionId: ids.transactionId, uetr: ids.uetr, endToEndId: ids.endToEndId },
    ...{ amountMinor: String(amountMinor), currency, account: home?.number ?? '' },
    ...{ settlementDate: advice.settlementDate || at.date, debtor, creditor },
  };
  const life: LifeData = {
    ...{ payment: 0, message: 'pacs.008', direction: 'in', status: '', reason: '', posts: true },
    what: home ? 'Came in and was credited.' : `Came in and waits: ${why}`,
  };
  const arrive = { debit: settlement, credit: inward, amountMinor, label: 'payment in' };
  const credit = home ? [{ debit: inward, credit: home, amountMinor, label: 'payment in' }] : [];
  const event = paymentJournal(
    'payment.received',
    { ...payment, amountMinor, payment: 0 },
    {
      ...{ steps: [arrive, ...credit], date: at.date, life: [life] },
      what: home ? 'Payment received' : 'Payment received, not credited yet',
    },
  );
  return { ...event, data: { ...event.data, payments: [payment], ...freshHits(names) } };
}
