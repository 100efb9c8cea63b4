// Customers' accounts: opened for identified owners, looked up, stated, frozen, closed.
import { z } from 'zod';
import { accountLine, customerId } from './customers.ts';
import { command, query } from './operation.ts';
import {
  accountNumber,
  amountMinor,
  currency,
  date,
  instant,
  line,
  minor,
  reason,
} from './values.ts';

/** Products a customer can hold; the bank's own (till, vault, fees ...) are not opened at the desk. */
export const customerProduct = z.enum(['checking', 'savings', 'loan', 'credit']);

export const ownerRole = z.enum(['holder', 'joint']);

const mandate = z.strictObject({
  customer: customerId,
  kind: z.enum(['signatory', 'attorney', 'guardian', 'view']),
  /** Largest amount the person may move alone in one posting, in minor units; none when absent. */
  limitMinor: amountMinor.optional(),
  until: date.optional(),
});

export const accountView = accountLine.extend({
  id: z.number().int(),
  openedOn: date,
  overdraftMinor: minor,
  heldMinor: minor,
  owners: z.array(z.object({ customer: customerId, name: z.string(), role: ownerRole })),
  mandates: z.array(
    z.object({
      id: z.number().int(),
      customer: customerId,
      name: z.string(),
      kind: z.string(),
      limitMinor: minor.nullable(),
      until: date.nullable(),
    }),
  ),
  holds: z.array(
    z.object({ id: z.string(), amountMinor: minor, why: z.string(), placedAt: instant }),
  ),
  lastMovementOn: date.nullable(),
  entries: z.number().int(),
});
export type AccountView = z.output<typeof accountView>;

export const statementLine = z.object({
  /** Leg number: pass the last one as `before` for the next page. */
  leg: z.string(),
  journal: z.number().int(),
  number: z.number().int(),
  at: instant,
  date,
  valueDate: date,
  what: z.string(),
  counterparty: z.string(),
  narrative: z.string(),
  /** As the customer sees it: credit positive, debit negative. */
  amountMinor: minor,
  balanceMinor: minor,
});
export type StatementLine = z.output<typeof statementLine>;

const everyone = ['teller', 'supervisor', 'compliance', 'auditor', 'administrator'] as const;
const done = z.object({ number: z.string() });

export const accountOperations = {
  'account.get': query({
    access: everyone,
    input: z.strictObject({ number: accountNumber }),
    output: accountView,
    topics: ['account', 'customer'],
  }),
  'account.statement': query({
    access: everyone,
    input: z.strictObject({
      number: accountNumber,
      before: z
        .string()
        .regex(/^\d{1,19}$/)
        .optional(),
      count: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      number: z.string(),
      currency,
      lines: z.array(statementLine),
      more: z.boolean(),
    }),
    topics: ['account', 'journal'],
  }),
  'account.open': command({
    access: ['teller', 'supervisor'],
    input: z.strictObject({
      product: customerProduct,
      currency,
      owners: z
        .array(z.strictObject({ customer: customerId, role: ownerRole }))
        .min(1, 'needs one owner: no account without an identified customer')
        .max(10),
      mandates: z.array(mandate).max(20).default([]),
      name: line(70).default(''),
    }),
    output: done,
  }),
  'account.freeze': command({
    access: ['supervisor', 'compliance'],
    input: z.strictObject({ number: accountNumber, reason }),
    output: done,
  }),
  'account.unfreeze': command({
    access: ['supervisor', 'compliance'],
    input: z.strictObject({ number: accountNumber, reason }),
    output: done,
  }),
  'account.close': command({
    access: ['teller', 'supervisor'],
    input: z.strictObject({ number: accountNumber, reason }),
    output: done,
  }),
  'account.setOverdraft': command({
    access: ['supervisor'],
    input: z.strictObject({ number: accountNumber, overdraftMinor: amountMinor, reason }),
    output: done,
  }),
  'account.grantMandate': command({
    access: ['supervisor'],
    input: z.strictObject({ number: accountNumber, mandate, reason }),
    output: z.object({ mandate: z.number().int() }),
  }),
  'account.revokeMandate': command({
    access: ['supervisor'],
    input: z.strictObject({ mandate: z.number().int().positive(), reason }),
    output: z.object({ mandate: z.number().int() }),
  }),
} as const;
