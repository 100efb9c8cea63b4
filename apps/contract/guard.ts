// What may be asked of the guard: where it runs, what it holds, where the log is anchored, what is wrong.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { currency, minor, nothing, reason, sequence } from './values.ts';

const lookers = ['supervisor', 'compliance', 'auditor', 'administrator'] as const;

/** What everybody must know of the guard: nothing, unless it stands in the way of work. */
export const guardAlarm = z.object({
  /** amber: a person should look; red: cash cannot move. */
  tone: z.enum(['amber', 'red']),
  reason: z.string(),
  message: z.string(),
});

export const guardView = z.object({
  /** kernel: below the reach of this program; memory: in this program, and gone with it. */
  kind: z.enum(['kernel', 'memory']),
  /** Why it is not the kernel's, in words; null when it is. */
  absence: z.string().nullable(),
  state: z.enum(['empty', 'loading', 'active', 'frozen']),
  abi: z.number().int(),
  /** Random, new whenever the guard begins empty: hex. */
  epoch: z.string(),
  seals: z.array(z.enum(['accounts', 'limits', 'reset', 'module', 'attached'])),
  /** How this life of the station met the guard, and what it had to settle. */
  started: z.object({
    how: z.enum(['loaded', 'taken-over']),
    posted: z.number().int(),
    voided: z.number().int(),
  }),
  accounts: z.array(
    z.object({
      /** Empty for the other side of all guarded accounts of a currency. */
      number: z.string(),
      name: z.string(),
      currency,
      balanceMinor: minor,
      heldMinor: minor,
      /** Whether the guard refuses what the balance does not cover. */
      limited: z.boolean(),
    }),
  ),
  counts: z.object({
    posted: z.number().int(),
    held: z.number().int(),
    voided: z.number().int(),
    replayed: z.number().int(),
    refused: z.number().int(),
    anchored: z.number().int(),
  }),
  remembered: z.object({ transfers: z.number().int(), transfersMax: z.number().int() }),
  /** How long transfers took: those of `fromNs` to twice that. Buckets without any are left out. */
  latency: z.array(z.object({ fromNs: z.number(), count: z.number().int() })),
  /** Where the log is anchored, and the guard's statement of it; null while it holds nothing. */
  quote: z
    .object({
      seq: z.number().int(),
      hash: z.string(),
      register: z.string(),
      digest: z.string(),
      /** Under a key the application cannot read. */
      isSigned: z.boolean(),
      isHead: z.boolean(),
    })
    .nullable(),
  alarm: guardAlarm.nullable(),
});
export type GuardView = z.output<typeof guardView>;

export const guardOperations = {
  'guard.state': query({
    access: lookers,
    input: nothing,
    output: guardView,
    topics: ['guard', 'journal'],
  }),
  /** Only what matters to whoever works here. */
  'guard.alarm': query({
    access: 'signed-in',
    input: nothing,
    output: z.object({ alarm: guardAlarm.nullable() }),
    topics: ['guard', 'journal'],
  }),
  /** A supervisor has looked at a log that was opened in spite of the guard: cash may move again. */
  'guard.confirm': command({
    access: ['supervisor', 'administrator'],
    input: z.strictObject({ reason }),
    output: z.object({ seq: sequence }),
  }),
} as const;
