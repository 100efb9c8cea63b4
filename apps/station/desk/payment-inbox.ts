// Decides what an incoming message does: a journal where it is evidence of money, a line of life where it is not.
import { formatMoney } from '#contract/money.ts';
import { shareOf } from '#station/bank/fees.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { JournalData } from '#station/ledger/events.ts';
import type {
  BulkLateData,
  InboxData,
  LifeData,
} from '#station/ledger/projections/payment-data.ts';
import type { PaymentRow } from '#station/ledger/projections/payment-reads.ts';
import type { Advice, Incoming } from '#station/payments/branch/advice.ts';
import type { Counter } from './counter.ts';
import type { FollowingEvent } from './desk.ts';
import { incomingPayment } from './payment-incoming.ts';
import { accountsFor, homeOf, paymentJournal, type Step } from './payment-journals.ts';

/** States in which the money of an outgoing payment still waits in the suspense account. */
const waits: readonly string[] = ['queued', 'sent', 'accepted', 'failed'];
/** Only these say that the other bank has the money (ISO 20022 external payment transaction status). */
const settledCodes: readonly string[] = ['ACSC', 'ACCC'];
const rejectedCodes: readonly string[] = ['RJCT', 'CANC'];

/** What an advice does to one payment: events with journals, or lines of life alone. */
interface Effect {
  readonly events: readonly FollowingEvent[];
  readonly life: readonly LifeData[];
}

type Of<K extends Advice['kind']> = Advice & { readonly kind: K };

function lifeOf(
  row: PaymentRow,
  advice: Advice,
  more: Partial<LifeData> & { what: string },
): LifeData {
  const status = 'status' in advice ? advice.status : '';
  const { message, reason, text } = advice;
  const said = text === '' ? '' : ` (${text})`;
  return {
    ...{ payment: row.payment, message, direction: 'in', status, reason },
    ...more,
    what: `${more.what}${said}`,
  };
}

const only = (life: LifeData): Effect => ({ events: [], life: [life] });

/** A journal, and the line that tells of it. */
function posted(event: FollowingEvent): Effect {
  return { events: [event], life: [] };
}

function settle(counter: Counter, row: PaymentRow, advice: Advice, date: string): Effect {
  if (row.state === 'settled' || row.state === 'returned') {
    return only(lifeOf(row, advice, { what: 'Says once more that it is settled.' }));
  }
  if (!waits.includes(row.state)) {
    const what = 'Says that it is settled, though it was rejected: head office must look at it.';
    return only(lifeOf(row, advice, { what }));
  }
  const { outward, settlement } = accountsFor(counter, row.currency);
  const step = {
    debit: outward,
    credit: settlement,
    amountMinor: row.amountMinor,
    label: 'settled',
  };
  const life = lifeOf(row, advice, {
    ...{ what: 'Settled: the other bank has the money.', state: 'settled', posts: true },
  });
  const what = 'Payment settled';
  return posted(
    paymentJournal('payment.settled', row, { steps: [step], what, date, life: [life] }),
  );
}

/** The fee of a payment that never left: what its posting charged, turned round. */
function feesBack(counter: Counter, row: PaymentRow, account: Account): readonly Step[] {
  if (row.bulk !== null) return bulkFeesBack(counter, row, account);
  const journal = counter.ledger.event(row.seq)?.data.journal as unknown as JournalData | undefined;
  const charged = journal?.legs.filter(({ label }) => label === 'fee') ?? [];
  return charged.map(({ credit, amountMinor }) => {
    const earned = counter.ledger.account(credit);
    if (!earned) throw new Error(`journal ${row.seq} has a fee on no account`);
    const back = { debit: earned, credit: account, label: 'fee given back' };
    return { ...back, amountMinor: BigInt(amountMinor) };
  });
}

/** A transfer's part of what its whole file was charged. */
function bulkFeesBack(counter: Counter, row: PaymentRow, account: Account): readonly Step[] {
  const place = counter.payments.bulkPlace(row.payment);
  const count = place ? (counter.payments.bulk(place.order)?.count ?? 0) : 0;
  if (!place || count === 0) return [];
  return counter.payments.bulkFees(place.order).flatMap((fee) => {
    const amountMinor = shareOf(fee.amountMinor, count, place.position);
    const earned = counter.ledger.account(fee.account);
    if (!earned) throw new Error(`file ${place.order} has a fee on no account`);
    const label = 'fee given back, a part of the file’s';
    return amountMinor > 0n ? [{ debit: earned, credit: account, amountMinor, label }] : [];
  });
}

function feeWords(fees: readonly Step[], { currency, bulk }: PaymentRow): string {
  if (fees.length === 0) return '';
  const isFile = bulk !== null;
  const sum = fees.reduce((all, { amountMinor }) => all + amountMinor, 0n);
  const what = isFile ? 'its part of the file’s fee,' : 'the fee of';
  return `, with ${what} ${formatMoney(sum, currency)}`;
}

function reject(counter: Counter, row: PaymentRow, advice: Advice, date: string): Effect {
  if (row.state === 'rejected') {
    return only(lifeOf(row, advice, { what: 'Says once more that it is rejected.' }));
  }
  if (!waits.includes(row.state)) {
    const what = 'Says that it is rejected, though it was settled: head office must look at it.';
    return only(lifeOf(row, advice, { what }));
  }
  const { outward } = accountsFor(counter, row.currency);
  const { account, isHome } = homeOf(counter, row);
  const step = { debit: outward, credit: account, amountMinor: row.amountMinor, label: 'rejected' };
  const fees = feesBack(counter, row, account);
  const where = isHome ? 'the customer’s account' : `${account.name}: the customer’s takes none`;
  const life = lifeOf(row, advice, {
    ...{ what: `Rejected; the money is on ${where}${feeWords(fees, row)}.` },
    ...{ state: 'rejected', posts: true },
  });
  const what = 'Payment rejected';
  return posted(
    paymentJournal('payment.rejected', row, { steps: [step, ...fees], what, date, life: [life] }),
  );
}

function status(counter: Counter, row: PaymentRow, advice: Of<'status'>, date: string): Effect {
  if (settledCodes.includes(advice.status)) return settle(counter, row, advice, date);
  if (rejectedCodes.includes(advice.status)) return reject(counter, row, advice, date);
  const isOpen = row.state === 'queued' || row.state === 'sent' || row.state === 'failed';
  const what = isOpen ? 'Taken on by the other side; not settled yet.' : 'Told of its way.';
  return only(lifeOf(row, advice, { what, ...(isOpen ? { state: 'accepted' } : {}) }));
}

/** Debit entries of the settlement account are evidence; one of another amount is none. */
function entry(counter: Counter, row: PaymentRow, advice: Of<'entry'>, date: string): Effect {
  if (!advice.isBooked) return only(lifeOf(row, advice, { what: 'Noted, not booked yet.' }));
  const { amountMinor, currency } = advice;
  if (amountMinor !== null && (amountMinor !== row.amountMinor || currency !== row.currency)) {
    const money = formatMoney(amountMinor, currency);
    return only(
      lifeOf(row, advice, { what: `Booked with another amount, ${money}: look into it.` }),
    );
  }
  return row.direction === 'out'
    ? settle(counter, row, advice, date)
    : only(lifeOf(row, advice, { what: 'Booked on the settlement account.' }));
}

/** Where the customer was told of another end before: the file is reported on once more. */
function lateOf(counter: Counter, { payment }: PaymentRow, reason: string) {
  const place = counter.payments.bulkPlace(payment);
  if (!place?.isTold) return {};
  const late: BulkLateData = { order: place.order, position: place.position, payment, reason };
  return { late };
}

function returned(counter: Counter, row: PaymentRow, advice: Of<'return'>, date: string): Effect {
  const { amountMinor, currency } = advice;
  if (row.state === 'returned' || row.state === 'rejected') {
    return only(
      lifeOf(row, advice, { what: 'Says once more that it came back: nothing is booked.' }),
    );
  }
  if (amountMinor === null || currency !== row.currency || amountMinor > row.amountMinor) {
    const came = amountMinor === null ? 'no amount' : formatMoney(amountMinor, currency);
    const sent = formatMoney(row.amountMinor, row.currency);
    const message = `${came} came back of ${sent}: that cannot be, ask the other bank.`;
    throw new Refusal('return-amount', message);
  }
  const { outward, settlement } = accountsFor(counter, row.currency);
  const { account, isHome } = homeOf(counter, row);
  const settled = {
    debit: outward,
    credit: settlement,
    amountMinor: row.amountMinor,
    label: 'settled',
  };
  const back = { debit: settlement, credit: account, amountMinor, label: 'returned' };
  const steps = waits.includes(row.state) ? [settled, back] : [back];
  const money = formatMoney(amountMinor, currency);
  const where = isHome ? 'the customer’s account' : `${account.name}: the customer’s takes none`;
  const life = lifeOf(row, advice, {
    ...{ what: `Returned, ${money} on ${where}.`, state: 'returned', posts: true },
    ...(row.recall === 'asked' || row.recall === 'pending' ? { recall: 'granted' } : {}),
  });
  const what = 'Payment returned';
  const event = paymentJournal('payment.returned', row, { steps, what, date, life: [life] });
  return posted({ ...event, data: { ...event.data, ...lateOf(counter, row, advice.reason) } });
}

const recallStates: Readonly<Record<string, readonly [state: string, what: string]>> = {
  RJCR: ['refused', 'The other bank does not give it back.'],
  PDCR: ['pending', 'The other bank is looking at it.'],
  CNCL: ['granted', 'The other bank gives it back; its return is awaited.'],
  ACCR: ['granted', 'The other bank gives it back; its return is awaited.'],
};

function recallAnswer(row: PaymentRow, advice: Of<'recall-answer'>): Effect {
  const [recall, what] = recallStates[advice.status] ?? [
    'pending',
    'An answer to the recall came.',
  ];
  return only(lifeOf(row, advice, { what, recall }));
}

function effectOf(counter: Counter, row: PaymentRow, advice: Advice, date: string): Effect {
  switch (advice.kind) {
    case 'status':
      return status(counter, row, advice, date);
    case 'return':
      return returned(counter, row, advice, date);
    case 'recall-answer':
      return recallAnswer(row, advice);
    case 'entry':
      return entry(counter, row, advice, date);
    case 'recall':
      return only(
        lifeOf(row, advice, { what: 'The payer’s bank asks for it back.', recall: 'asked' }),
      );
    default:
      return only(lifeOf(row, advice, { what: 'The payer’s bank asks what became of it.' }));
  }
}

/** Which of our payments an advice speaks of: our own orders, or what came in. */
function directionOf(advice: Advice): 'out' | 'in' {
  if (advice.kind === 'recall' || advice.kind === 'enquiry') return 'in';
  return advice.kind === 'entry' && advice.side === 'CRDT' ? 'in' : 'out';
}

function unknownOf(advice: Advice): string {
  const { uetr, transactionId, endToEndId, messageId } = advice.ids;
  return uetr || transactionId || endToEndId || messageId || 'no reference';
}

/** The life lines that post nothing, in one event with the file; then one event a journal. */
interface Taken {
  readonly events: readonly FollowingEvent[];
  /** Payments spoken of that are none of ours. */
  readonly unknown: readonly string[];
}

function effects(counter: Counter, incoming: Incoming, date: string) {
  const life: LifeData[] = [];
  const events: FollowingEvent[] = [];
  const unknown: string[] = [];
  const touched = new Set<number>();
  for (const advice of incoming.advices) {
    if (advice.kind === 'incoming') {
      events.push(incomingPayment(counter, advice, { incoming, date }));
      continue;
    }
    const rows = counter.payments.matching(advice.ids, directionOf(advice));
    if (rows.length === 0) unknown.push(unknownOf(advice));
    for (const row of rows) {
      // A message that speaks of a payment twice is read the first time: its journals are not there yet.
      if (touched.has(row.payment)) continue;
      touched.add(row.payment);
      const effect = effectOf(counter, row, advice, date);
      life.push(...effect.life);
      events.push(...effect.events);
    }
  }
  return { life, events, unknown };
}

/** Refuses the message of a number its sender has used before. */
function refuseRepeated(counter: Counter, incoming: Incoming): void {
  const { sender, type, messageId } = incoming;
  const before = counter.payments.taken(sender, type, messageId);
  if (!before) return;
  const message =
    `${sender || 'The sender'} has used the number ${messageId} before ` +
    `(file ${before.file}): nothing of it is taken in twice.`;
  throw new Refusal('message-repeated', message);
}

/**
 * What a message does, as events: first the file itself with the lines of life, then one event a journal.
 * Refuses a repeated number, a message about nothing of ours, and amounts that cannot be; then nothing
 * changes. `date` is the open business date.
 */
export function takeIn(
  counter: Counter,
  incoming: Incoming,
  file: { readonly name: string; readonly digest: string; readonly date: string },
): Taken {
  refuseRepeated(counter, incoming);
  const { life, events, unknown } = effects(counter, incoming, file.date);
  if (life.length === 0 && events.length === 0) {
    const names = unknown.slice(0, 5).join(', ');
    const message = `${incoming.type} speaks of no payment of this branch: ${names || 'it is empty'}.`;
    throw new Refusal('payment-unknown', message);
  }
  const { type, messageId, sender } = incoming;
  const left =
    unknown.length === 0 ? '' : `Not of this branch: ${unknown.slice(0, 10).join(', ')}.`;
  const inbox: InboxData = {
    ...{ file: file.name, digest: file.digest, type, messageId, sender, reason: '', message: left },
  };
  return { events: [{ type: 'payment.told', data: { inbox, life } }, ...events], unknown };
}
