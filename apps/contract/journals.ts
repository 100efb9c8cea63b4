// The electronic journal and the receipts: what was done, by whom, and proof of it.
import { z } from 'zod';
import { query } from './operation.ts';
import { currency, date, denominations, instant, line, minor, sequence } from './values.ts';

export const journalLine = z.object({
  journal: sequence,
  at: instant,
  date,
  kind: z.string(),
  /** What it was, in words. */
  what: z.string(),
  account: z.string(),
  name: z.string(),
  amountMinor: minor,
  currency,
  state: z.enum(['posted', 'reversed', 'reversal', 'correction']),
  by: z.string(),
  till: z.string().nullable(),
});
export type JournalLine = z.output<typeof journalLine>;

export const journalView = journalLine.extend({
  valueDate: date,
  narrative: z.string(),
  conductor: z.string().nullable(),
  legs: z.array(
    z.object({
      debit: z.string(),
      debitName: z.string(),
      credit: z.string(),
      creditName: z.string(),
      amountMinor: minor,
      currency,
      label: z.string(),
    }),
  ),
  cash: z.array(z.object({ till: z.string(), currency, pieces: z.record(z.string(), z.number()) })),
  reversalOf: sequence.nullable(),
  reversedBy: sequence.nullable(),
  correctedBy: sequence.nullable(),
  approval: z
    .object({ approval: sequence, by: z.string(), at: instant, comment: z.string() })
    .nullable(),
  receiptCode: z.string(),
  hash: z.string(),
});
export type JournalView = z.output<typeof journalView>;

export const receiptView = z.object({
  journal: sequence,
  code: z.string(),
  bank: z.string(),
  branch: z.string(),
  at: instant,
  date,
  title: z.string(),
  /** Label and text of each line, in printing order. */
  lines: z.array(z.object({ label: z.string(), text: z.string() })),
  denominations: denominations.nullable(),
  demonstration: z.boolean(),
});
export type ReceiptView = z.output<typeof receiptView>;

const readers = ['teller', 'supervisor', 'compliance', 'auditor'] as const;

export const journalOperations = {
  /** The journal of a business date, newest first. A teller sees the own entries; `all` is for the others. */
  'journal.list': query({
    access: readers,
    input: z.strictObject({
      date: date.optional(),
      till: z.number().int().positive().optional(),
      text: line(70).default(''),
      before: sequence.optional(),
      count: z.number().int().min(1).max(500).default(50),
    }),
    output: z.object({ lines: z.array(journalLine), more: z.boolean() }),
    topics: ['journal', 'approval'],
  }),
  'journal.get': query({
    access: readers,
    input: z.strictObject({ journal: sequence }),
    output: journalView,
    topics: ['journal'],
  }),
  'receipt.get': query({
    access: readers,
    input: z.strictObject({ journal: sequence }),
    output: receiptView,
    topics: [],
  }),
  /** The receipt as a PDF, base64. */
  'receipt.pdf': query({
    access: readers,
    input: z.strictObject({ journal: sequence }),
    output: z.object({ name: z.string(), base64: z.string() }),
    topics: [],
  }),
  /** Proves a receipt's code against the log. */
  'receipt.verify': query({
    access: ['teller', 'supervisor', 'compliance', 'auditor', 'administrator'],
    input: z.strictObject({ code: line(60) }),
    output: z.object({
      ok: z.boolean(),
      message: z.string(),
      journal: sequence.nullable(),
      receipt: receiptView.nullable(),
    }),
    topics: [],
  }),
} as const;
