// Maker and checker: what waits for a supervisor, the decision, and the teller's resuming of it.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { factorCode } from './session.ts';
import { currency, denominations, instant, line, minor, sequence } from './values.ts';

export const approvalState = z.enum([
  'waiting',
  'approved',
  'declined',
  'posted',
  'withdrawn',
  'void',
]);

export const approvalLine = z.object({
  approval: sequence,
  state: approvalState,
  /** Task name of what waits (`cash.withdrawal`, `till.close`, `policy.set` ...). */
  task: z.string(),
  what: z.string(),
  account: z.string(),
  name: z.string(),
  amountMinor: minor,
  currency,
  by: z.string(),
  byId: z.number().int(),
  at: instant,
  reasons: z.array(z.object({ rule: z.string(), message: z.string() })),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  comment: z.string().nullable(),
  /** True where the person at this window may decide it. */
  mine: z.boolean(),
});
export type ApprovalLine = z.output<typeof approvalLine>;

export const approvalCard = approvalLine.extend({
  /** SHA-256 of the canonical content: what is decided is exactly this. */
  contentDigest: z.string(),
  /** The content as label and text, in the order to read it. */
  content: z.array(z.object({ label: z.string(), text: z.string() })),
  legs: z.array(
    z.object({
      debit: z.string(),
      credit: z.string(),
      amountMinor: minor,
      currency,
      label: z.string(),
    }),
  ),
  balances: z.array(
    z.object({
      account: z.string(),
      name: z.string(),
      currency,
      beforeMinor: minor,
      afterMinor: minor,
    }),
  ),
  /** Earlier movements of the same customer, newest first: the evidence. */
  history: z.array(
    z.object({
      journal: z.number().int(),
      at: instant,
      what: z.string(),
      amountMinor: minor,
      currency,
    }),
  ),
  /** Notes and coins to pay out, where the person at this window may carry out an approved withdrawal now. */
  proposal: denominations.nullable(),
  /** Earlier approvals with the same reason and how they ended. */
  similar: z.array(approvalLine),
});
export type ApprovalCard = z.output<typeof approvalCard>;

export const approvalOperations = {
  'approval.list': query({
    access: ['teller', 'supervisor', 'compliance', 'auditor'],
    input: z.strictObject({ scope: z.enum(['waiting', 'own', 'decided']) }),
    output: z.object({ approvals: z.array(approvalLine) }),
    topics: ['approval'],
  }),
  'approval.get': query({
    access: ['teller', 'supervisor', 'compliance', 'auditor'],
    input: z.strictObject({ approval: sequence }),
    output: approvalCard,
    topics: ['approval', 'account', 'till', 'journal'],
  }),
  /** Two keys and the factor: the digest says what was on the screen, the code who is at the keyboard. */
  'approval.decide': command({
    access: ['supervisor'],
    input: z.strictObject({
      approval: sequence,
      decision: z.enum(['approve', 'decline']),
      contentDigest: z.string().regex(/^[0-9a-f]{64}$/),
      code: factorCode,
      comment: line(280).default(''),
    }),
    output: z.object({ approval: sequence, state: approvalState }),
  }),
  /** The teller carries out what was approved; the notes of a withdrawal are counted out now. */
  'approval.resume': command({
    access: ['teller', 'supervisor'],
    input: z.strictObject({ approval: sequence, denominations: denominations.optional() }),
    output: z.object({ journal: sequence.nullable(), receiptCode: z.string().nullable() }),
  }),
  /** The teller takes the request back; what was held is free again. */
  'approval.withdraw': command({
    access: ['teller', 'supervisor'],
    input: z.strictObject({ approval: sequence }),
    output: z.object({ approval: sequence }),
  }),
} as const;
