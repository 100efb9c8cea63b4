// Looking under the floor: trial balance, proof of the log, the audit trail, the branch's policy.
import { z } from 'zod';
import { command, query, sessionCommand } from './operation.ts';
import { currency, instant, line, minor, nothing, reason, sequence } from './values.ts';

const auditors = ['supervisor', 'compliance', 'auditor', 'administrator'] as const;

/** Long work: verification, audit and rebuild report progress by the `progress` push and can be cancelled. */
export const taskKind = z.enum(['log.verify', 'ledger.audit', 'ledger.rebuild']);

export const taskView = z.object({
  task: z.number().int(),
  kind: taskKind,
  state: z.enum(['running', 'held', 'failed', 'cancelled', 'broken']),
  done: z.number().int(),
  total: z.number().int(),
  /** What was found, in words; empty while it runs. */
  message: z.string(),
  /** Machine-readable result, such as { ok, events, head, firstBad }. */
  result: z.unknown(),
});
export type TaskView = z.output<typeof taskView>;

export const ledgerOperations = {
  'ledger.trialBalance': query({
    access: auditors,
    input: nothing,
    output: z.object({
      totals: z.record(currency, minor),
      rows: z.array(
        z.object({
          number: z.string(),
          name: z.string(),
          product: z.string(),
          currency,
          debitMinor: minor,
          creditMinor: minor,
        }),
      ),
    }),
    topics: ['journal', 'account'],
  }),
  'log.head': query({
    access: auditors,
    input: nothing,
    output: z.object({
      seq: z.number().int(),
      hash: z.string(),
      checkpointSeq: z.number().int().nullable(),
      witnessSeq: z.number().int().nullable(),
    }),
    topics: ['log', 'journal'],
  }),
  /** The audit trail, newest first. */
  'log.list': query({
    access: ['auditor', 'compliance', 'administrator'],
    input: z.strictObject({
      type: line(60).default(''),
      before: sequence.optional(),
      count: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      events: z.array(
        z.object({
          seq: sequence,
          at: instant,
          type: z.string(),
          actor: z.string(),
          /** Number of the desk on the LAN where it was asked; null at the station's own machine. */
          desk: z.number().int().nullable(),
          body: z.string(),
          hash: z.string(),
        }),
      ),
      more: z.boolean(),
    }),
    topics: ['log'],
  }),
  'task.start': sessionCommand({
    access: auditors,
    input: z.strictObject({ kind: taskKind }),
    output: taskView,
  }),
  'task.cancel': sessionCommand({
    access: auditors,
    input: z.strictObject({ task: z.number().int() }),
    output: taskView,
  }),
  /** After a lost connection: whether the command with this key was recorded, and what it answered. */
  'outcome.find': query({
    access: 'signed-in',
    input: z.strictObject({ key: z.string().uuid() }),
    output: z.discriminatedUnion('state', [
      z.object({ state: z.literal('unknown') }),
      z.object({ state: z.literal('recorded'), seq: sequence, result: z.unknown() }),
      z.object({
        state: z.literal('refused'),
        seq: sequence,
        reason: z.string(),
        message: z.string(),
      }),
    ]),
    topics: [],
  }),
  'policy.get': query({
    access: ['teller', 'supervisor', 'compliance', 'auditor', 'administrator'],
    input: nothing,
    output: z.object({ policy: z.unknown(), since: instant.nullable() }),
    topics: ['policy'],
  }),
  /** Sets the branch's policy (limits, fees, thresholds). The shape is contract/policy.ts. */
  'policy.set': command({
    access: ['administrator'],
    input: z.strictObject({ policy: z.unknown(), reason }),
    output: z.object({ seq: sequence }),
  }),
} as const;
