// The drafts: what a teller says should happen, one shape for each task at the counter.
import { z } from 'zod';
import { channelId, paymentValues } from './payments.ts';
import {
  accountNumber,
  amountMinor,
  currency,
  denominations,
  line,
  reason,
  sequence,
} from './values.ts';

/**
 * Who stands at the desk: a known customer, or somebody named with a document. Recorded for all
 * cash.
 */
export const conductor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('customer'), customer: z.number().int().positive() }),
  z.strictObject({
    kind: z.literal('other'),
    name: line(140).pipe(z.string().min(2, 'is the name on the document')),
    document: line(35).pipe(z.string().min(3, 'is the number of the document shown')),
  }),
]);

/** How a fee is taken. */
export const feeFrom = z.enum(['account', 'cash']);

const narrative = line(140).default('');

export const cashDeposit = z.strictObject({
  task: z.literal('cash.deposit'),
  account: accountNumber,
  amountMinor,
  currency,
  /**
   * Notes and coins received, less change given back (negative pieces are refused: use `change`).
   */
  denominations: denominations.optional(),
  /** Notes and coins handed back as change. */
  change: denominations.optional(),
  feeFrom: feeFrom.default('account'),
  conductor: conductor.optional(),
  narrative,
});

export const cashWithdrawal = z.strictObject({
  task: z.literal('cash.withdrawal'),
  account: accountNumber,
  amountMinor,
  currency,
  /**
   * Notes and coins paid out; not part of what a supervisor approves, because they are counted out
   * later.
   */
  denominations: denominations.optional(),
  feeFrom: feeFrom.default('account'),
  conductor: conductor.optional(),
  narrative,
});

export const transfer = z.strictObject({
  task: z.literal('transfer'),
  from: accountNumber,
  to: accountNumber,
  amountMinor,
  currency,
  /** Notes and coins received, and change given back, when the fee is paid in cash. */
  denominations: denominations.optional(),
  change: denominations.optional(),
  feeFrom: feeFrom.default('account'),
  conductor: conductor.optional(),
  narrative,
});

/** Notes changed for other notes at the till: no money moves, the vector does. */
export const cashExchange = z.strictObject({
  task: z.literal('cash.exchange'),
  currency,
  received: denominations,
  given: denominations,
});

export const reversal = z.strictObject({
  task: z.literal('journal.reversal'),
  journal: sequence,
  reason,
});

/** A payment to another bank: the account it leaves, the amount, and the values of its message. */
export const paymentOutgoing = z.strictObject({
  task: z.literal('payment.outgoing'),
  channel: channelId,
  from: accountNumber,
  amountMinor,
  currency,
  values: paymentValues,
  /** What the payee's bank said of name and account, as the customer was told. */
  verification: z.enum(['match', 'close-match', 'no-match', 'not-possible']).optional(),
  conductor: conductor.optional(),
});

/** A customer's file of transfers, posted as one and sent as many. */
export const paymentBulk = z.strictObject({
  task: z.literal('payment.bulk'),
  /** Number the file was recorded under. */
  order: sequence,
  from: accountNumber,
  amountMinor,
  currency,
  conductor: conductor.optional(),
});

const item = z.discriminatedUnion('task', [cashDeposit, cashWithdrawal, transfer]);

/** Several items for one customer, posted together or not at all. */
export const basket = z.strictObject({
  task: z.literal('basket'),
  items: z.array(item).min(2, 'holds two items or more').max(20, 'holds 20 items at most'),
});

/**
 * One-step correction: the mistaken journal is reversed and the right one posted, linked, together.
 */
export const correction = z.strictObject({
  task: z.literal('journal.correction'),
  journal: sequence,
  replacement: item,
  reason,
});

export const draft = z.discriminatedUnion('task', [
  cashDeposit,
  cashWithdrawal,
  transfer,
  cashExchange,
  reversal,
  basket,
  correction,
  paymentOutgoing,
  paymentBulk,
]);

export type Conductor = z.output<typeof conductor>;
export type CashDeposit = z.output<typeof cashDeposit>;
export type CashWithdrawal = z.output<typeof cashWithdrawal>;
export type Transfer = z.output<typeof transfer>;
export type CashExchange = z.output<typeof cashExchange>;
export type Reversal = z.output<typeof reversal>;
export type Basket = z.output<typeof basket>;
export type Correction = z.output<typeof correction>;
export type PaymentOutgoing = z.output<typeof paymentOutgoing>;
export type PaymentBulk = z.output<typeof paymentBulk>;
export type BasketItem = z.output<typeof item>;
/** A draft as the station reads it: amounts are bigint. */
export type Draft = z.output<typeof draft>;
/** A draft as a screen writes it: amounts are strings. */
export type DraftInput = z.input<typeof draft>;
