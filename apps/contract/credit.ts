// Credit: an application for a loan or an overdraft, what the figures say of it, and an officer's decision.
import { z } from 'zod';
import { command, query } from './operation.ts';
import {
  amountMinor,
  currency,
  instant,
  line,
  minor,
  nothing,
  reason,
  sequence,
} from './values.ts';

export const creditProduct = z.enum(['loan', 'overdraft']);
export const creditBand = z.enum(['A', 'B', 'C', 'D']);
export const creditState = z.enum(['open', 'approved', 'declined']);
export const creditOutcome = z.enum(['repaid', 'defaulted']);

/** What the applicant says. Nothing here is who they are: no name, birth date, nationality or gender. */
export const creditApplication = z.strictObject({
  customer: z.number().int().positive(),
  product: creditProduct,
  amountMinor,
  currency,
  /** Months until it is paid back; for an overdraft the months it is granted for. */
  months: z.number().int().min(1).max(120),
  /** Net income and fixed payments a month. */
  incomeMinor: amountMinor,
  obligationsMinor: amountMinor,
  /** Months with the present employer, or in the present business. */
  employedMonths: z.number().int().min(0).max(720),
  purpose: line(140).default(''),
});
export type CreditApplication = z.output<typeof creditApplication>;

export const creditAssessment = z.object({
  /** Probability of default within a year, in hundredths of a percent. */
  basisPoints: z.number().int(),
  band: creditBand,
  /** The most the figures carry at an acceptable risk. */
  limitMinor: minor,
  currency,
  /** Why it is not better, in words an applicant understands; most important first. */
  reasons: z.array(z.string()),
  /** Which scorecard, and by how many outcomes of the branch it was set right. */
  scorecard: z.string(),
  outcomes: z.number().int(),
  /** How the probability was set right, as a sentence; absent in applications of before it was said. */
  calibration: z.string().optional(),
  /** What went in, as label and text, for the file. */
  figures: z.array(z.object({ label: z.string(), text: z.string() })),
});
export type CreditAssessment = z.output<typeof creditAssessment>;

export const creditLine = z.object({
  application: sequence,
  at: instant,
  state: creditState,
  customer: z.number().int(),
  name: z.string(),
  product: creditProduct,
  amountMinor: minor,
  currency,
  by: z.string(),
  assessment: creditAssessment,
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  grantedMinor: minor.nullable(),
  comment: z.string().nullable(),
  outcome: creditOutcome.nullable(),
  /** What stands against a decision by the person at this window; empty where nothing does. */
  against: z.string(),
});
export type CreditLine = z.output<typeof creditLine>;

export const fairnessGroup = z.object({
  attribute: z.string(),
  group: z.string(),
  applications: z.number().int(),
  approved: z.number().int(),
  meanBasisPoints: z.number().int(),
});

const desk = ['teller', 'supervisor'] as const;

export const creditOperations = {
  /** What the figures say, while the form is filled. Asks nothing and changes nothing. */
  'credit.assess': query({
    access: desk,
    input: z.strictObject({ application: creditApplication }),
    output: creditAssessment,
    topics: ['credit', 'account'],
  }),
  'credit.list': query({
    access: [...desk, 'compliance', 'auditor'],
    input: nothing,
    output: z.object({ applications: z.array(creditLine) }),
    topics: ['credit'],
  }),
  'credit.apply': command({
    access: desk,
    input: z.strictObject({ application: creditApplication }),
    output: z.object({ application: sequence }),
  }),
  /** The officer decides; the figure only advises. A refusal keeps its reasons. */
  'credit.decide': command({
    access: ['supervisor'],
    input: z.strictObject({
      application: sequence,
      decision: z.enum(['approve', 'decline']),
      grantedMinor: amountMinor.optional(),
      comment: reason,
    }),
    output: z.object({ application: sequence, state: creditState }),
  }),
  /** What became of it: by outcomes the scorecard is set right. */
  'credit.outcome': command({
    access: ['supervisor', 'compliance'],
    input: z.strictObject({ application: sequence, outcome: creditOutcome }),
    output: z.object({ application: sequence }),
  }),
  /** How applications went by what the scorecard never sees. */
  'credit.fairness': query({
    access: ['supervisor', 'compliance', 'auditor'],
    input: nothing,
    output: z.object({ groups: z.array(fairnessGroup), sentence: z.string() }),
    topics: ['credit'],
  }),
} as const;
