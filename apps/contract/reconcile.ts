// Reconciling: what a bank's statement says of our account with it, beside what we say.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { accountNumber, currency, date, line, minor, nothing, sequence } from './values.ts';
import { statementTextMax } from './wire.ts';

const readers = ['supervisor', 'compliance', 'auditor'] as const;

/** An entry of a statement, by the import it came with, the statement in the file and its position. */
export const statementLineKey = z.strictObject({
  seq: sequence,
  statement: z.number().int().positive(),
  position: z.number().int().positive(),
});

const theirLine = z.object({
  key: statementLineKey,
  valueDate: date,
  /** Positive came in to our account with the bank. */
  amountMinor: minor,
  references: z.array(z.string()),
  text: z.string(),
  /** Our line that may be it, for a person to confirm. */
  proposal: z.object({ leg: sequence, reason: z.string() }).nullable(),
});

const ownLine = z.object({
  leg: sequence,
  journal: sequence,
  date,
  valueDate: date,
  amountMinor: minor,
  text: z.string(),
});

export const reconcileOperations = {
  /** The bank's accounts with other banks that a statement may come for. */
  'reconcile.accounts': query({
    access: readers,
    input: nothing,
    output: z.object({
      accounts: z.array(
        z.object({
          number: z.string(),
          name: z.string(),
          currency,
          openCount: z.number().int(),
          closingOn: date.nullable(),
        }),
      ),
    }),
    topics: ['payment', 'account'],
  }),
  /** Both sides of one account: what stands on one side only, and what may belong together. */
  'reconcile.list': query({
    access: readers,
    input: z.strictObject({ account: accountNumber }),
    output: z.object({
      number: z.string(),
      name: z.string(),
      currency,
      /** What we have there by our own books. */
      ownMinor: minor,
      statement: z
        .object({
          identification: z.string(),
          account: z.string(),
          closingOn: date,
          closingMinor: minor,
        })
        .nullable(),
      /** Entries of their statements that are none of our lines yet. */
      theirs: z.array(theirLine),
      /** Our lines that no statement has shown yet, newest first. */
      ours: z.array(ownLine),
      /** Own balance less lines not yet shown, plus entries not yet ours, less their balance: 0 when all is found. */
      unexplainedMinor: minor.nullable(),
      /** Figures are of the newest lines only: there are more than the list holds. */
      isCut: z.boolean(),
    }),
    topics: ['payment', 'journal', 'account'],
  }),
  /** Takes a statement in and matches what is beyond doubt. Refused whole when one entry cannot be read. */
  'reconcile.import': command({
    access: ['supervisor'],
    input: z.strictObject({
      account: accountNumber,
      name: line(140),
      text: z.string().max(statementTextMax, 'is longer than 200,000 characters: use the inbox'),
    }),
    output: z.object({
      statements: z.number().int(),
      entries: z.number().int(),
      matched: z.number().int(),
      /** Sentences about gaps between this statement and the one before. */
      notes: z.array(z.string()),
    }),
  }),
  'reconcile.match': command({
    access: ['supervisor'],
    input: z.strictObject({ account: accountNumber, line: statementLineKey, leg: sequence }),
    output: z.object({ leg: sequence }),
  }),
  /** Takes a match back: entry and line stand open again. */
  'reconcile.unmatch': command({
    access: ['supervisor'],
    input: z.strictObject({ line: statementLineKey }),
    output: z.object({ leg: sequence }),
  }),
} as const;
