// Shows payments as a screen reads them: the line of a list, the card with its life line and its message.
import type { Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import type { PaymentCard, PaymentLine } from '#contract/payments.ts';
import { Refusal } from '#station/bank/refusal.ts';
import type { OutboxData } from '#station/ledger/projections/payment-data.ts';
import type { LifeRow, PaymentRow } from '#station/ledger/projections/payment-reads.ts';
import { meaning, nextStep, recallStep } from '#station/payments/branch/reasons.ts';
import { type Checked, checkMessage, explain } from '#station/payments/iso20022/index.ts';
import { translateToMt } from '#station/payments/translation/to-mt/translate.ts';
import { type Counter, hasRole, instant } from './counter.ts';
import type { Person } from './desk.ts';

type Shown = Pick<PaymentCard, 'message' | 'mt' | 'losses' | 'words'>;

/** A batch is not put on a screen whole. */
const shownCharacters = 20_000;

/** A message as MX, as MT with what the translation loses, and in words. */
export function messageShown(
  type: string,
  xml: string,
  { header, document }: Pick<Checked, 'header' | 'document'> = checkMessage(xml),
): Shown {
  const message = { type, text: indented(xml).slice(0, shownCharacters) };
  if (!header || !document) return { message, mt: null, losses: [], words: [] };
  const { title, sentences } = explain(document);
  const words = [title, ...sentences];
  try {
    const envelope = { tag: 'Envelope', text: '', attributes: {}, children: [header, document] };
    const { type: name, text, losses } = translateToMt(envelope, 'I');
    const lost = losses.map(({ code, message: what }) => ({ code, message: what }));
    return { message, mt: { type: `MT${name}`, text }, losses: lost, words };
  } catch (error) {
    // Not every MX has an MT: then there is none to show.
    if (error instanceof Refusal) return { message, mt: null, losses: [], words };
    throw error;
  }
}

/** The message with one element a line, for reading; what is sent has no line ends. */
export function indented(xml: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const part of xml.split(/(?<=>)(?=<)/)) {
    const isEnd = part.startsWith('</');
    if (isEnd) depth -= 1;
    lines.push(`${'  '.repeat(Math.max(0, depth))}${part}`);
    const isOpen = !isEnd && !part.startsWith('<?') && !/\/>$|<\/[^>]+>$/.test(part);
    if (isOpen) depth += 1;
  }
  return lines.join('\n');
}

export function paymentLine(row: PaymentRow): PaymentLine {
  const other = row.direction === 'out' ? row.creditor : row.debtor;
  const { payment, direction, channel, state, recall, date, currency, account, text } = row;
  return {
    ...{ payment, direction, channel, state, recall, at: instant(row.at), date },
    ...{ amountMinor: String(row.amountMinor), currency, account, name: other.name },
    ...{ iban: other.iban, text, uetr: row.uetr, endToEndId: row.endToEndId },
  };
}

function lifeEvent(row: LifeRow): PaymentCard['life'][number] {
  const { seq, at, message, direction, status, reason, what, journal } = row;
  return {
    ...{ seq, at: instant(at), message, direction, status, reason, what, journal },
    statusMeaning: meaning(status),
    reasonMeaning: meaning(reason),
  };
}

/** The message a payment went out with, from the event that queued it; '' for one that came in. */
export function messageOf(counter: Counter, row: PaymentRow): string {
  const event = counter.ledger.event(row.seq);
  const outbox = (event?.data.outbox ?? []) as unknown as readonly OutboxData[];
  return outbox.find(({ messageId }) => messageId === row.messageId)?.xml ?? '';
}

const recallable: readonly string[] = ['sent', 'accepted', 'settled'];

function actionsOf(row: PaymentRow, person: Person): PaymentCard['actions'] {
  const isDesk = hasRole(person, 'teller', 'supervisor');
  const isSupervisor = hasRole(person, 'supervisor');
  const { direction, state, recall } = row;
  const actions: PaymentCard['actions'] = [];
  if (direction === 'out') {
    const mayRecall = recallable.includes(state) && (recall === 'none' || recall === 'refused');
    if (isDesk && mayRecall) actions.push('recall');
    if (isDesk && (state === 'sent' || state === 'accepted')) actions.push('enquire');
    if (isSupervisor && state === 'failed') actions.push('replay');
    return actions;
  }
  if (isSupervisor && state === 'unapplied') actions.push('apply', 'send-back');
  if (isSupervisor && recall === 'asked' && state === 'received') actions.push('pay-back');
  if (isSupervisor && recall === 'asked' && state !== 'sent-back') actions.push('answer');
  return actions;
}

function nextOf(row: PaymentRow): string {
  const { direction, state, recall, reason } = row;
  if (direction === 'in' && recall === 'asked') {
    return state === 'received'
      ? 'The payer’s bank asks for it back: ask the customer, then pay it back with their consent, or refuse.'
      : 'The payer’s bank asks for it back: send it back (asked for), or refuse.';
  }
  const isOver = state === 'returned' || state === 'rejected';
  return (isOver ? null : recallStep(recall, reason)) ?? nextStep(state, reason);
}

export function paymentCard(counter: Counter, row: PaymentRow, person: Person): PaymentCard {
  const xml = messageOf(counter, row);
  const shown: Shown =
    xml === ''
      ? {
          message: { type: row.messageType, text: '' },
          mt: null,
          losses: [],
          words: incomingWords(row),
        }
      : messageShown(row.messageType, xml);
  const { settlementDate, transactionId, messageId } = row;
  return {
    ...paymentLine(row),
    ...{ settlementDate, transactionId, messageId, next: nextOf(row) },
    life: counter.payments.life(row.payment).map(lifeEvent),
    ...shown,
    actions: actionsOf(row, person),
  };
}

function incomingWords({ debtor, creditor, amountMinor, currency, text }: PaymentRow): string[] {
  const money = formatMoney(amountMinor, currency);
  return [`${debtor.name} pays ${money} to ${creditor.name}.`, ...(text === '' ? [] : [text])];
}

export type PaymentListed = Output<'payment.list'>;
