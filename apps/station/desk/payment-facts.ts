// Reads what a payment is judged by: its network, its message, the suspense account, what looks alike.
import type { Draft, PaymentBulk, PaymentOutgoing } from '#contract/drafts.ts';
import type { AccountFacts } from '#station/bank/facts.ts';
import { timeIn } from '#station/bank/payment-cutoff.ts';
import type { PaymentFacts } from '#station/bank/payment-facts.ts';
import { type Problem, problem } from '#station/bank/problem.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { Counter } from './counter.ts';
import { channelOf, compose, previewIds } from './payment-message.ts';
import { bulkHitsMost } from './screening-bulk.ts';

interface At {
  readonly at: number;
  readonly date: string;
  readonly toFacts: (account: Account) => AccountFacts;
}

function outwardOf(counter: Counter, currency: string, at: At): AccountFacts | null {
  const account = counter.ledger.accountByNumber(`OUTWARD${currency}`);
  return account ? at.toFacts(account) : null;
}

function singleFacts(counter: Counter, draft: PaymentOutgoing, at: At): PaymentFacts {
  const { at: now, date } = at;
  const made = compose(counter, draft, { at: now, date, ids: previewIds });
  const { channel, typed, settings } = made;
  const { from: account, amountMinor } = draft;
  const iban = typed?.iban ?? '';
  const zone = settings?.timeZone ?? 'UTC';
  const similar = counter.payments.similar({ account, iban, amountMinor, date });
  return {
    ...{ channel, outward: outwardOf(counter, draft.currency, at), iban },
    ...{ name: typed?.name ?? '', text: typed?.text ?? '', problems: made.problems },
    doubts: [...(typed?.doubts ?? []), ...verificationDoubts(draft)],
    similar: similar.map(({ payment, at: then }) => ({ payment, time: timeIn(then, zone) })),
    count: 1,
  };
}

/** A payee whose bank says that name and account do not belong together is looked at twice. */
function verificationDoubts({ verification }: PaymentOutgoing): readonly string[] {
  if (verification !== 'no-match') return [];
  return ['the payee’s bank says that name and account do not belong together'];
}

function bulkProblem(counter: Counter, draft: PaymentBulk): Problem | null {
  const order = counter.payments.bulk(draft.order);
  if (!order) return problem('bulk-unknown', `There is no bulk order ${draft.order}.`, 'order');
  const { state, account, amountMinor, currency } = order;
  if (state !== 'checked') {
    const words: Readonly<Record<string, string>> = {
      loading: 'is still being read: wait for its end',
      scheduled: 'waits for the day it is to be paid on',
      refused: 'was refused: the customer sends a corrected file',
      posted: 'is posted already',
      done: 'is posted and sent on already',
      cancelled: 'was cancelled',
    };
    return problem('bulk-state', `Bulk order ${draft.order} ${words[state]}.`, 'order');
  }
  const isSame =
    account === draft.from && amountMinor === draft.amountMinor && currency === draft.currency;
  const message = 'The order is not what stood on the screen: look at it again.';
  return isSame ? namesProblem(counter, draft.order) : problem('bulk-stale', message, 'order');
}

/** No file leaves before every payee was compared with the lists in force. */
function namesProblem({ bulkNames }: Counter, order: number): Problem | null {
  const hits = bulkNames?.hitsOf(order);
  if (hits === null) {
    const { compared = 0, count = 0 } = bulkNames?.progress(order) ?? {};
    const message = `${compared} of ${count} payees are compared with the lists: wait for the others.`;
    return problem('payees-being-compared', message, 'order');
  }
  if (hits === undefined || hits.length <= bulkHitsMost) return null;
  const message = `More than ${bulkHitsMost} of its payees resemble listed names: compliance looks at list and file first.`;
  return problem('payees-listed', message, 'order');
}

function bulkFacts(counter: Counter, draft: PaymentBulk, at: At): PaymentFacts {
  const order = counter.payments.bulk(draft.order);
  const wrong = bulkProblem(counter, draft);
  return {
    channel: channelOf(counter.payments.settings(), order?.channel ?? ''),
    outward: outwardOf(counter, draft.currency, at),
    ...{ name: '', iban: '', text: order ? `File ${order.messageId}` : '' },
    ...{ problems: wrong ? [wrong] : [], doubts: [], similar: [], count: order?.count ?? 0 },
  };
}

/** The facts of a payment; nothing for any other draft. */
export function paymentFactsOf(
  counter: Counter,
  draft: Draft,
  at: At,
): { readonly payment?: PaymentFacts } {
  if (draft.task === 'payment.outgoing') return { payment: singleFacts(counter, draft, at) };
  if (draft.task === 'payment.bulk') return { payment: bulkFacts(counter, draft, at) };
  return {};
}
