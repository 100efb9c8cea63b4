// Names beside the lists head office sends: which lists are in force, what resembles a listed name, and what was decided.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { factorCode } from './session.ts';
import { instant, line, nothing, reason } from './values.ts';

export const screeningPair = z.object({
  asked: z.string(),
  listed: z.string(),
  /** In thousandths. */
  likeness: z.number().int(),
  /** How much the word says, 1 to 32 for one word. */
  weight: z.number().int(),
});

export const screeningHit = z.object({
  customer: z.number().int().nullable(),
  /** What the bearer of the name is: `customer`, `payee`, `payer`, `at the desk`, `account holder`. */
  role: z.string(),
  name: z.string(),
  list: z.string(),
  version: z.number().int(),
  entry: z.string(),
  entryName: z.string(),
  programme: z.string(),
  score: z.number().int(),
  pairs: z.array(screeningPair),
  notes: z.array(z.string()),
  engine: z.string(),
});

export const screeningCase = screeningHit.extend({
  id: z.number().int(),
  state: z.enum(['open', 'false', 'true', 'gone']),
  /** Event it came up in. */
  event: z.number().int(),
  openedBy: z.string(),
  openedAt: instant,
  /** Who has to decide it. */
  owner: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  note: z.string(),
  /** Whether the person at this window may decide it. */
  mine: z.boolean(),
});
export type ScreeningCase = z.output<typeof screeningCase>;

export const screeningList = z.object({
  name: z.string(),
  version: z.number().int(),
  asOf: z.string(),
  source: z.string(),
  digest: z.string(),
  entries: z.number().int(),
  names: z.number().int(),
  appliedAt: instant,
  /** Days from the day it bears to today. */
  ageDays: z.number().int(),
  isOld: z.boolean(),
});

export const screeningState = z.object({
  lists: z.array(screeningList),
  open: z.number().int(),
  /** Comparing all customers with the lists in force; null while there was none. */
  run: z
    .object({
      state: z.enum(['running', 'done', 'stopped']),
      next: z.number().int(),
      last: z.number().int(),
      hits: z.number().int(),
      at: instant,
      /** Whether it compared with the lists now in force. */
      isCurrent: z.boolean(),
    })
    .nullable(),
  /** A list older than this is said. */
  oldDays: z.number().int(),
  leastScore: z.number().int(),
  engine: z.string(),
});
export type ScreeningState = z.output<typeof screeningState>;

const everyone = ['teller', 'supervisor', 'compliance', 'auditor', 'administrator'] as const;
const lookers = ['supervisor', 'compliance', 'auditor'] as const;
const deciders = ['supervisor', 'compliance'] as const;

export const screeningOperations = {
  'screening.state': query({
    access: everyone,
    input: nothing,
    output: screeningState,
    topics: ['screening', 'policy', 'day'],
  }),
  'screening.cases': query({
    access: lookers,
    input: z.strictObject({ scope: z.enum(['open', 'decided']) }),
    output: z.object({ cases: z.array(screeningCase) }),
    topics: ['screening'],
  }),
  /** Compares one name now and records nothing. */
  'screening.try': query({
    access: lookers,
    input: z.strictObject({
      name: line(350),
      birth: z.iso.date().optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
    }),
    output: z.object({ hits: z.array(screeningHit) }),
    topics: ['screening', 'policy'],
  }),
  /** Never by who brought the name, nor about oneself; remembered for this name and entry until either changes. */
  'screening.decide': command({
    access: deciders,
    input: z.strictObject({
      case: z.number().int().positive(),
      outcome: z.enum(['false', 'true']),
      note: reason,
      code: factorCode,
    }),
    output: z.object({ case: z.number().int() }),
  }),
  /** Compares every customer with the lists in force, from the beginning. */
  'screening.rescreen': command({
    access: deciders,
    input: nothing,
    output: nothing,
  }),
  'screening.stop': command({
    access: deciders,
    input: z.strictObject({ reason }),
    output: nothing,
  }),
} as const;
