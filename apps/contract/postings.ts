// The posting operations: what a draft would do, shown before it is done, and the doing of exactly
// that.
import { z } from 'zod';
import { draft } from './drafts.ts';
import { command, query } from './operation.ts';
import { riskAnswers, riskView } from './risk.ts';
import { currency, date, denominations, minor, sequence } from './values.ts';

export const outcome = z.enum(['post', 'approval', 'refused']);

export const previewLeg = z.object({
  debit: z.string(),
  debitName: z.string(),
  credit: z.string(),
  creditName: z.string(),
  amountMinor: minor,
  currency,
  label: z.string(),
});

/** Who is served: the card beside the form. */
export const customerCard = z.object({
  customer: z.number().int(),
  name: z.string(),
  kind: z.enum(['person', 'organisation']),
  /** What tells this customer from another of the same name. */
  distinction: z.string(),
  riskClass: z.enum(['low', 'normal', 'high']),
  identified: z.boolean(),
  /** Sentences the teller must know now. */
  alerts: z.array(z.string()),
});

/** An account before and after, as its holder sees it: what is theirs is positive. */
export const previewBalance = z.object({
  account: z.string(),
  name: z.string(),
  currency,
  beforeMinor: minor,
  afterMinor: minor,
  /** What can still be taken out afterwards; null for the bank's own accounts. */
  availableAfterMinor: minor.nullable(),
});

export const previewFee = z.object({
  label: z.string(),
  amountMinor: minor,
  currency,
  from: z.enum(['account', 'cash']),
});

/**
 * The till's notes and coins: pieces in (positive) and out (negative), and the drawer before and
 * after.
 */
export const previewCash = z.object({
  till: z.string(),
  currency,
  /** What crosses the counter: positive is taken in, negative is paid out. */
  amountMinor: minor,
  pieces: z.record(z.string(), z.number().int()),
  tillBeforeMinor: minor,
  tillAfterMinor: minor,
});

/** A limit and how far this posting goes towards it. */
export const previewLimit = z.object({
  label: z.string(),
  usedMinor: minor,
  limitMinor: minor,
  currency,
  state: z.enum(['within', 'notice', 'approval', 'refused']),
});

export const previewFlag = z.object({
  rule: z.string(),
  version: z.number().int(),
  /** A notice only tells; an approval needs a second person. */
  needs: z.enum(['notice', 'approval']),
  message: z.string(),
});

export const previewRefusal = z.object({
  reason: z.string(),
  message: z.string(),
  /** The field of the draft, dotted, or null when it is no single field. */
  field: z.string().nullable(),
});

/**
 * Cash of one person on the business date with this posting in it, beside the reporting threshold.
 */
export const runningCash = z.object({
  customer: z.number().int(),
  name: z.string(),
  direction: z.enum(['in', 'out']),
  currency,
  amountMinor: minor,
  thresholdMinor: minor.nullable(),
});

/** Notes and coins the station proposes for an item of the draft. */
export const proposal = z.object({
  /** Path of the field it would fill (`denominations`, `items.1.denominations`). */
  field: z.string(),
  currency,
  denominations,
  message: z.string(),
});

export const preview = z.object({
  outcome,
  /**
   * SHA-256 of the canonical content (everything but the notes and coins), 64 hexadecimal digits.
   */
  contentDigest: z.string(),
  /** What will happen, in one sentence. */
  title: z.string(),
  businessDate: date.nullable(),
  valueDate: date.nullable(),
  customer: customerCard.nullable(),
  legs: z.array(previewLeg),
  balances: z.array(previewBalance),
  fees: z.array(previewFee),
  cash: z.array(previewCash),
  limits: z.array(previewLimit),
  flags: z.array(previewFlag),
  refusals: z.array(previewRefusal),
  runningCash: z.array(runningCash),
  proposals: z.array(proposal),
  /** What the models make of it; absent where there is nothing they look at. */
  risk: riskView.optional(),
});
export type Preview = z.output<typeof preview>;

export const posted = z.object({
  state: z.literal('posted'),
  /** The journal to show: of several, the last. */
  journal: sequence,
  receiptCode: z.string(),
  /**
   * Every journal posted, in order: a basket posts one an item, a correction a reversal and a
   * replacement.
   */
  journals: z.array(sequence),
});

export const parked = z.object({ state: z.literal('parked'), approval: sequence });

const desk = ['teller', 'supervisor'] as const;

export const postingOperations = {
  /**
   * What posting the draft would do now. Refusals are part of the answer, by field, not a fault.
   */
  'posting.preview': query({
    access: desk,
    input: z.strictObject({ draft }),
    output: preview,
    topics: ['account', 'till', 'journal', 'day', 'policy', 'approval', 'customer', 'screening'],
  }),
  /**
   * Posts the draft, or parks it with its money held when a second person must approve. With the
   * digest of the preview that was on the screen it is refused when anything would be other than
   * shown.
   */
  'posting.post': command({
    access: desk,
    input: z.strictObject({
      draft,
      contentDigest: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
      /** What the customer answered, where the preview's risk asks two questions. */
      answers: riskAnswers.optional(),
    }),
    output: z.discriminatedUnion('state', [posted, parked]),
  }),
} as const;
