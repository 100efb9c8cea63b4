// How the bank pays: who it is in messages, the networks it takes part in, the banks and statements it knows.
import { z } from 'zod';
import { accountNumber, amountMinor, currency, line } from './values.ts';

/** ISO 9362, eight or eleven characters. Whether it is a right one is the station's business. */
const bic = z.string().regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/, 'is a BIC of 8 or 11 characters');

/** `HH:MM` on the clock of the branch. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time written 15:30');

/** One network a payment can take, with what binds it there. */
export const paymentChannel = z.strictObject({
  /** Name of the market profile its messages are judged by. */
  id: z.enum(['sepa-sct', 'sepa-inst', 'cbpr-plus']),
  name: line(60),
  /** Currencies it carries; empty: every currency the branch keeps. */
  currencies: z.array(currency).max(40),
  /** Last time of day at which a payment still goes out on the business date; null: at any time. */
  cutOff: timeOfDay.nullable(),
  /** Business days from going out to settlement. */
  settlementDays: z.number().int().min(0).max(5),
  /** Largest amount it carries in minor units; null: none of its own. */
  mostMinor: amountMinor.nullable(),
  /** Who receives its messages: the clearing, or the correspondent. */
  counterparty: bic,
});

/** How the bank pays: who it is in messages, and the networks it takes part in. */
export const paymentSettings = z.strictObject({
  bic,
  /** Country, bank and branch code the branch's account numbers become IBANs with; the station knows the lengths. */
  ibanCountry: z.string().regex(/^[A-Z]{2}$/, 'is a country of two letters'),
  bankCode: z.string().regex(/^[A-Z0-9]{2,8}$/, 'is a bank code of letters and digits'),
  branchCode: z
    .string()
    .regex(/^[A-Z0-9]{0,6}$/, 'is a branch code of letters and digits')
    .default(''),
  timeZone: line(60),
  channels: z.array(paymentChannel).min(1).max(3),
  /** Banks by the country and bank code of their IBANs, as the clearing's directory names them. */
  banks: z
    .array(
      z.strictObject({
        country: z.string().regex(/^[A-Z]{2}$/),
        code: line(12),
        bic,
        name: line(70),
      }),
    )
    .max(20_000)
    .default([]),
  /** Our accounts with other banks by the names their statements bear, for statements that arrive. */
  statementAccounts: z
    .array(z.strictObject({ theirs: line(40), account: accountNumber }))
    .max(100)
    .default([]),
});
export type PaymentSettings = z.output<typeof paymentSettings>;
export type PaymentSettingsInput = z.input<typeof paymentSettings>;
export type PaymentChannel = PaymentSettings['channels'][number];
