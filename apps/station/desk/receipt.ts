// Handles receipts: what the customer takes home, on screen and on paper, and the proof of its code.
import { formatAccountNumber } from '#contract/account-number.ts';
import { formatDate } from '#contract/dates.ts';
import type { Checked } from '#contract/index.ts';
import type { ReceiptView } from '#contract/journals.ts';
import { formatMoney } from '#contract/money.ts';
import {
  describePieces,
  noPieces,
  subtractPieces,
  valueMinor,
} from '#station/bank/denominations.ts';
import { groupedIban } from '#station/bank/payment-title.ts';
import { localTime } from '#station/bank/time-zone.ts';
import type { PaymentData } from '#station/ledger/projections/payment-data.ts';
import { type Counter, instant } from './counter.ts';
import type { Handlers } from './desk.ts';
import { type Found, findJournal } from './journal.ts';
import { print } from './print/printer.ts';
import { receiptCodeOf, verifyReceipt } from './receipt-proof.ts';

type ReceiptHandlers = Pick<Handlers, Extract<keyof Handlers, `receipt.${string}`>>;
type Line = ReceiptView['lines'][number];

export function receiptHandlers(counter: Counter): ReceiptHandlers {
  return Object.freeze({
    'receipt.get': ({ journal }: Checked<'receipt.get'>) => receiptView(counter, journal),
    'receipt.pdf': async ({ journal }: Checked<'receipt.pdf'>) => {
      const bytes = await print({ kind: 'receipt', receipt: receiptView(counter, journal) });
      const base64 = Buffer.from(bytes).toString('base64');
      return { name: `receipt-${journal}.pdf`, base64 };
    },
    'receipt.verify': ({ code }: Checked<'receipt.verify'>) => {
      const { ok, message, journal } = verifyReceipt(counter.ledger, code);
      const isEntry = journal !== null && counter.entries.entry(journal) !== null;
      return { ok, message, journal, receipt: isEntry ? receiptView(counter, journal) : null };
    },
  });
}

const titles: Readonly<Record<string, string>> = {
  'cash.deposit': 'Cash deposit',
  'cash.withdrawal': 'Cash withdrawal',
  transfer: 'Transfer',
  'cash.exchange': 'Exchange of notes',
  'journal.reversal': 'Reversal',
  'till.difference': 'Counting difference',
  'vault.receive': 'Cash from the cash centre',
  'vault.send': 'Cash to the cash centre',
  'movement.offer': 'Cash into transit',
  'movement.accept': 'Cash out of transit',
  'movement.decline': 'Cash sent back',
  'movement.cancel': 'Cash taken back',
  'payment.outgoing': 'Payment',
  'payment.bulk': 'Bulk payment',
  'payment.settled': 'Payment settled',
  'payment.rejected': 'Payment rejected',
  'payment.returned': 'Payment returned',
  'payment.received': 'Payment received',
  'payment.applied': 'Payment credited',
  'payment.sent-back': 'Payment sent back',
  'day.vault': 'Vault count',
};

export function receiptView(counter: Counter, number: number): ReceiptView {
  const found = findJournal(counter, number);
  const { row, entry, event } = found;
  const branch = counter.people.branch();
  const pieces = tillPieces(counter, found);
  return {
    journal: number,
    code: receiptCodeOf(counter.ledger, number) ?? '',
    bank: branch?.bank ?? '',
    branch: branch ? `${branch.code} ${branch.name}` : '',
    at: instant(event.at),
    date: row.date,
    title: titles[entry.kind] ?? entry.kind,
    lines: linesOf(counter, found),
    denominations: pieces,
    demonstration: counter.demonstration,
  };
}

/** The notes that crossed the counter, taken in or paid out; null where none did. */
function tillPieces(counter: Counter, { journal }: Found): ReceiptView['denominations'] {
  const [cash] = journal.cash ?? [];
  if (!cash || !counter.tills.ofAccount(cash.account)) return null;
  const pieces = Object.entries(cash.pieces).filter(([, count]) => count !== 0);
  const isOneWay = pieces.every(([, count]) => count > 0) || pieces.every(([, count]) => count < 0);
  if (pieces.length === 0 || !isOneWay) return null;
  return Object.fromEntries(pieces.map(([face, count]) => [face, Math.abs(count)]));
}

function noteLines({ journal, entry }: Found): Line[] {
  const [cash] = journal.cash ?? [];
  if (!cash) return [];
  const taken = Object.fromEntries(Object.entries(cash.pieces).filter(([, count]) => count > 0));
  const given = subtractPieces(
    noPieces,
    Object.fromEntries(Object.entries(cash.pieces).filter(([, count]) => count < 0)),
  );
  const line = (label: string, pieces: Readonly<Record<string, number>>): Line[] =>
    valueMinor(pieces) === 0n ? [] : [{ label, text: describePieces(pieces, entry.currency) }];
  return [...line('Received', taken), ...line('Paid out', given)];
}

/** Both accounts of a transfer, the one account of anything else. */
function accountLines(counter: Counter, { entry, journal }: Found): Line[] {
  const named = (id: number | undefined): string => {
    const account = id === undefined ? undefined : counter.ledger.account(id);
    return account ? `${formatAccountNumber(account.number)} ${account.name}` : '';
  };
  const [leg] = journal.legs;
  if (entry.kind === 'transfer') {
    return [
      { label: 'From', text: named(leg?.debit) },
      { label: 'To', text: named(leg?.credit) },
    ];
  }
  if (entry.account === '') return entry.name ? [{ label: 'Till', text: entry.name }] : [];
  return [
    { label: 'Account', text: formatAccountNumber(entry.account) },
    { label: 'Name', text: entry.name },
  ];
}

/** Whom a payment goes to, with the reference both banks know it by; nothing for anything else or for a whole file. */
function payeeLines({ entry, event }: Found): Line[] {
  if (entry.kind !== 'payment.outgoing') return [];
  const [payment] = (event.data.payments ?? []) as unknown as readonly PaymentData[];
  if (!payment) return [];
  return [
    { label: 'Payee', text: payment.creditor.name },
    { label: 'IBAN', text: groupedIban(payment.creditor.iban) },
    { label: 'UETR', text: payment.uetr },
  ].filter(({ text }) => text !== '');
}

function linkLines({ row, entry }: Found): Line[] {
  const line = (label: string, journal: number | null): Line[] =>
    journal === null ? [] : [{ label, text: `journal ${journal}` }];
  return [...line('Takes back', entry.reversalOf), ...line('In the place of', row.correctionOf)];
}

function linesOf(counter: Counter, found: Found): Line[] {
  const { entry, event, row } = found;
  const till = row.till === null ? null : counter.tills.till(row.till);
  const text = (label: string, value: string | null): Line[] =>
    value ? [{ label, text: value }] : [];
  return [
    ...accountLines(counter, found),
    { label: 'Amount', text: formatMoney(entry.amountMinor, entry.currency) },
    ...entry.fees.map((fee) => ({
      label: `Fee (${fee.from === 'cash' ? 'in cash' : 'from the account'})`,
      text: formatMoney(fee.amountMinor, fee.currency),
    })),
    ...noteLines(found),
    ...payeeLines(found),
    ...text('Text', entry.narrative),
    ...text('At the desk', entry.conductor),
    ...linkLines(found),
    { label: 'Business date', text: formatDate(row.date) },
    ...text('Value date', entry.valueDate === row.date ? null : formatDate(entry.valueDate)),
    { label: 'Time', text: localTime(event.at, counter.people.branch()?.timeZone ?? 'UTC') },
    { label: 'Served by', text: counter.people.nameOf(row.actor) },
    ...text('Till', till?.name ?? null),
  ];
}
