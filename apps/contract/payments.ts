// Payments beyond the branch: how they are set up, ordered, followed by their life line, and repaired.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { paymentChannel, paymentSettings } from './payment-settings.ts';
import {
  accountNumber,
  currency,
  date,
  instant,
  line,
  minor,
  nothing,
  reason,
  sequence,
} from './values.ts';

export {
  type PaymentChannel,
  type PaymentSettings,
  type PaymentSettingsInput,
  paymentChannel,
  paymentSettings,
} from './payment-settings.ts';

export const channelId = paymentChannel.shape.id;
export type ChannelId = z.output<typeof channelId>;

/** What was typed, by the path of its value in the message (`Cdtr/Nm`). */
export const paymentValues = z
  .record(z.string().regex(/^[A-Za-z0-9]{1,20}(\/[A-Za-z0-9]{1,20}){0,7}$/), line(140))
  .refine((values) => Object.keys(values).length <= 30, 'holds more than 30 values');

export const paymentState = z.enum([
  'queued',
  'sent',
  'accepted',
  'settled',
  'rejected',
  'returned',
  'failed',
  'received',
  'unapplied',
  'sent-back',
]);
export type PaymentState = z.output<typeof paymentState>;

export const recallState = z.enum(['none', 'asked', 'pending', 'refused', 'granted']);

export const paymentLine = z.object({
  payment: sequence,
  direction: z.enum(['out', 'in']),
  channel: z.string(),
  state: paymentState,
  recall: recallState,
  at: instant,
  date,
  amountMinor: minor,
  currency,
  account: z.string(),
  /** The other party: payee of an outgoing payment, payer of an incoming one. */
  name: z.string(),
  iban: z.string(),
  text: z.string(),
  uetr: z.string(),
  endToEndId: z.string(),
});
export type PaymentLine = z.output<typeof paymentLine>;

/** One thing that happened to a payment, in words. */
export const lifeEvent = z.object({
  seq: sequence,
  at: instant,
  /** `pain.001`, `pacs.008`, `pacs.002` ... or `''` for what happened in the branch. */
  message: z.string(),
  direction: z.enum(['out', 'in', 'here']),
  status: z.string(),
  /** What the status means; '' when there is none. */
  statusMeaning: z.string(),
  reason: z.string(),
  reasonMeaning: z.string(),
  what: z.string(),
  /** Journal it posted, or null. */
  journal: sequence.nullable(),
});
export type LifeEvent = z.output<typeof lifeEvent>;

export const messageText = z.object({
  /** `pacs.008.001.08`, `MT103`. */
  type: z.string(),
  text: z.string(),
});

export const translationLoss = z.object({ code: z.string(), message: z.string() });

export const paymentCard = paymentLine.extend({
  /** What the teller does next, in a sentence. */
  next: z.string(),
  settlementDate: date,
  transactionId: z.string(),
  messageId: z.string(),
  life: z.array(lifeEvent),
  message: messageText,
  mt: messageText.nullable(),
  losses: z.array(translationLoss),
  words: z.array(z.string()),
  /** What the person at the window may do. */
  actions: z.array(
    z.enum(['recall', 'enquire', 'replay', 'apply', 'send-back', 'pay-back', 'answer']),
  ),
});
export type PaymentCard = z.output<typeof paymentCard>;

/** A field of the payment form, drawn from the message's definition. */
export const paymentField = z.object({
  path: z.string(),
  label: z.string(),
  help: z.string(),
  kind: z.enum([
    'text',
    'amount',
    'date',
    'date-time',
    'choice',
    'yes-no',
    'iban',
    'bic',
    'country',
    'currency',
  ]),
  isRequired: z.boolean(),
  maxLength: z.number().int().nullable(),
  options: z.array(z.object({ code: z.string(), label: z.string() })),
  fixed: z.string().nullable(),
});
export type PaymentField = z.output<typeof paymentField>;

export const payee = z.object({
  name: z.string(),
  iban: z.string(),
  bic: z.string(),
  /** How often paid, and when last. */
  times: z.number().int(),
  lastOn: date,
  text: z.string(),
});
export type Payee = z.output<typeof payee>;

export const verification = z.object({
  outcome: z.enum(['match', 'close-match', 'no-match', 'not-possible']),
  /** The name the payee's bank has, where it tells. */
  name: z.string().nullable(),
  message: z.string(),
  /** Who answered; a test double says that it is one. */
  source: z.string(),
});
export type Verification = z.output<typeof verification>;

/** What the message would be while the form is filled. */
export const composed = z.object({
  errors: z.array(
    z.object({
      /** Field of the form, or null when it is none of them. */
      field: z.string().nullable(),
      code: z.string(),
      message: z.string(),
    }),
  ),
  message: messageText,
  order: messageText,
  mt: messageText.nullable(),
  losses: z.array(translationLoss),
  words: z.array(z.string()),
  settlementDate: date.nullable(),
  /** `goes out today until 15:30`, or why it does not. */
  cutOff: z.string(),
  /** What was derived from the account of the payee. */
  bank: z.string(),
  country: z.string(),
  /** Earlier payments of the same parties and amount on this date. */
  similar: z.array(z.object({ payment: sequence, at: instant })),
});
export type Composed = z.output<typeof composed>;

export const bulkLine = z.object({
  order: sequence,
  state: z.enum(['loading', 'checked', 'scheduled', 'refused', 'posted', 'done', 'cancelled']),
  file: z.string(),
  messageId: z.string(),
  account: z.string(),
  /** Name of the account it is paid from, and the name the file gives. */
  holder: z.string(),
  name: z.string(),
  count: z.number().int(),
  amountMinor: minor,
  currency,
  /** Transfers read so far. */
  loaded: z.number().int(),
  /** Payees compared with the lists so far; null when all of them are, or there is nothing to compare with. */
  compared: z.number().int().nullable(),
  /** Transfers sent on so far, once it is posted. */
  split: z.number().int(),
  problems: z.array(
    z.object({ item: z.number().int(), path: z.string(), code: z.string(), message: z.string() }),
  ),
  moreProblems: z.number().int(),
  /** The day it waits for, or was to be paid on; null: the day it came. */
  payOn: date.nullable(),
  /** Status reports (pain.002) the customer was sent, and the status the last gave the file. */
  reports: z.number().int(),
  reported: z.string(),
  at: instant,
});
export type BulkLine = z.output<typeof bulkLine>;

const desk = ['teller', 'supervisor'] as const;
const readers = ['teller', 'supervisor', 'compliance', 'auditor', 'administrator'] as const;

export const paymentOperations = {
  'payment.settings': query({
    access: readers,
    input: nothing,
    output: z.object({ settings: z.unknown() }),
    topics: ['payment'],
  }),
  /** Says who the bank is in messages and which networks it takes part in. */
  'payment.configure': command({
    access: ['administrator'],
    input: z.strictObject({ settings: paymentSettings, reason }),
    output: z.object({ seq: sequence }),
  }),
  /** The form of a channel, drawn from the definition of its message. */
  'payment.form': query({
    access: desk,
    input: z.strictObject({ channel: channelId }),
    output: z.object({ message: z.string(), fields: z.array(paymentField) }),
    topics: ['payment'],
  }),
  /** The message as it stands while the form is filled; half a form is no fault. */
  'payment.compose': query({
    access: desk,
    input: z.strictObject({
      channel: channelId,
      from: z.string().max(40),
      amountMinor: z.string().max(19),
      currency: z.string().max(3),
      values: paymentValues,
    }),
    output: composed,
    topics: ['account', 'customer', 'payment', 'day'],
  }),
  /** Asks the payee's bank whether name and account belong together. */
  'payment.verify': query({
    access: desk,
    input: z.strictObject({ iban: line(40), name: line(140) }),
    output: verification,
    topics: [],
  }),
  /** Whom the account paid before. */
  'payment.payees': query({
    access: desk,
    input: z.strictObject({ account: accountNumber, text: line(70).default('') }),
    output: z.object({ payees: z.array(payee) }),
    topics: ['payment'],
  }),
  'payment.list': query({
    access: readers,
    input: z.strictObject({
      scope: z.enum(['open', 'attention', 'all']).default('all'),
      text: line(70).default(''),
      before: sequence.optional(),
      count: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ payments: z.array(paymentLine), more: z.boolean() }),
    topics: ['payment'],
  }),
  'payment.get': query({
    access: readers,
    input: z.strictObject({ payment: sequence }),
    output: paymentCard,
    topics: ['payment'],
  }),
  /** Asks for a payment back (camt.056). Money moves only when the other bank returns it. */
  'payment.recall': command({
    access: desk,
    input: z.strictObject({
      payment: sequence,
      code: z.enum(['DUPL', 'TECH', 'FRAD', 'CUST', 'AC03', 'AM09']),
      text: line(105).default(''),
    }),
    output: z.object({ payment: sequence }),
  }),
  /** Asks what became of a payment (pacs.028). */
  'payment.enquire': command({
    access: desk,
    input: z.strictObject({ payment: sequence }),
    output: z.object({ payment: sequence }),
  }),
  /** Puts a dead letter back among what is to be sent. */
  'payment.replay': command({
    access: ['supervisor'],
    input: z.strictObject({ payment: sequence, reason }),
    output: z.object({ payment: sequence }),
  }),
  /** Credits money that came in for an account nobody has to the right one. */
  'payment.apply': command({
    access: ['supervisor'],
    input: z.strictObject({ payment: sequence, account: accountNumber, reason }),
    output: z.object({ journal: sequence }),
  }),
  /** Sends money back that came in and cannot be credited (pacs.004). */
  'payment.sendBack': command({
    access: ['supervisor'],
    input: z.strictObject({
      payment: sequence,
      code: z.enum(['AC01', 'AC04', 'AC06', 'BE04', 'FOCR', 'MD07', 'MS02', 'MS03']),
    }),
    output: z.object({ journal: sequence }),
  }),
  /** Gives a credited payment back that the payer's bank asks for: only with the customer's consent. */
  'payment.payBack': command({
    access: ['supervisor'],
    input: z.strictObject({
      payment: sequence,
      /** How and when the customer agreed, as it is to be shown when somebody asks. */
      consent: line(140).pipe(
        z.string().min(3, 'says how and when the customer agreed, in three letters or more'),
      ),
    }),
    output: z.object({ journal: sequence }),
  }),
  /** Refuses another bank's wish to have a payment back (camt.029). */
  'payment.refuseRecall': command({
    access: ['supervisor'],
    input: z.strictObject({
      payment: sequence,
      code: z.enum(['NOOR', 'ARDT', 'CUST', 'AC04', 'LEGL', 'NOAS', 'AM04']),
    }),
    output: z.object({ payment: sequence }),
  }),
  'payment.bulkList': query({
    access: readers,
    input: nothing,
    output: z.object({ orders: z.array(bulkLine) }),
    topics: ['payment'],
  }),
  /** Stops loading a file, or sends nothing of it that is not posted. */
  'payment.bulkCancel': command({
    access: desk,
    input: z.strictObject({ order: sequence, reason }),
    output: z.object({ order: sequence }),
  }),
  /** What came in and could not be taken in, with the reasons. */
  'payment.rejects': query({
    access: readers,
    input: nothing,
    output: z.object({
      files: z.array(
        z.object({
          seq: sequence,
          at: instant,
          file: z.string(),
          reason: z.string(),
          message: z.string(),
        }),
      ),
    }),
    topics: ['payment'],
  }),
} as const;
