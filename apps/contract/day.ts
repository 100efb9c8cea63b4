// The branch's day: opened on a business date, closed from one list, proven by a signed pack.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { secondPerson } from './session.ts';
import { counts } from './tills.ts';
import { date, instant, nothing, sequence } from './values.ts';

export const dayView = z.object({
  date: date.nullable(),
  state: z.enum(['never-opened', 'open', 'closed']),
  openedAt: instant.nullable(),
  openedBy: z.string().nullable(),
  /** The date the branch would open on next. */
  nextDate: date,
  journals: z.number().int(),
});

/** One thing that stands between now and the close, and the screen that settles it. */
export const blocker = z.object({
  id: z.string(),
  kind: z.enum([
    'till-open',
    'approval-waiting',
    'movement-pending',
    'vault-not-counted',
    'trial-balance',
  ]),
  message: z.string(),
  action: z.object({
    screen: z.enum(['till', 'approvals', 'movements', 'day', 'ledger']),
    id: z.number().int().nullable(),
  }),
});

export const dayPackLine = z.object({
  date,
  closedAt: instant,
  closedBy: z.string(),
  journals: z.number().int(),
  headSeq: sequence,
  headHash: z.string(),
});

const readers = ['teller', 'supervisor', 'compliance', 'auditor', 'administrator'] as const;

export const dayOperations = {
  'day.state': query({
    access: readers,
    input: nothing,
    output: dayView,
    topics: ['day', 'journal'],
  }),
  /** Opens the branch on a business date; the vault is counted by two. */
  'day.open': command({
    access: ['supervisor'],
    input: z.strictObject({ date, vaultCounts: counts, second: secondPerson }),
    output: z.object({
      date,
      differences: z.array(z.object({ currency: z.string(), differenceMinor: z.string() })),
    }),
  }),
  'day.blockers': query({
    access: ['supervisor', 'auditor', 'administrator'],
    input: nothing,
    output: z.object({ blockers: z.array(blocker) }),
    topics: ['day', 'till', 'approval', 'movement', 'journal'],
  }),
  /** Counts the vault by two for the close. */
  'day.countVault': command({
    access: ['supervisor'],
    input: z.strictObject({ vaultCounts: counts, second: secondPerson }),
    output: z.object({
      differences: z.array(z.object({ currency: z.string(), differenceMinor: z.string() })),
    }),
  }),
  /** Closes the branch; refused while a blocker stands. Writes the signed day pack. */
  'day.close': command({
    access: ['supervisor'],
    input: nothing,
    output: z.object({ date, headSeq: sequence }),
  }),
  'day.packs': query({
    access: ['supervisor', 'compliance', 'auditor', 'administrator'],
    input: nothing,
    output: z.object({ packs: z.array(dayPackLine) }),
    topics: ['day'],
  }),
  /** The pack of one day: JSON text with its signature, and the same as a PDF (base64). */
  'day.pack': query({
    access: ['supervisor', 'compliance', 'auditor', 'administrator'],
    input: z.strictObject({ date }),
    output: z.object({ name: z.string(), json: z.string(), pdfBase64: z.string() }),
    topics: ['day'],
  }),
} as const;
