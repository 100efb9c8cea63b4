// What the station says unasked: something changed, somebody is needed, long work goes on.
import { z } from 'zod';
import { taskView } from './ledger.ts';
import { topics } from './operation.ts';
import { sessionStage } from './session.ts';

export const events = {
  /** Answers that name one of these topics are stale. */
  changed: z.object({ topics: z.array(z.enum(topics)) }),
  /** This window's session moved to another stage (locked, ended, opened). */
  'session.moved': z.object({ stage: sessionStage, message: z.string() }),
  /** To supervisors: a posting waits. */
  'approval.waiting': z.object({ approval: z.number().int(), message: z.string() }),
  /** To the maker: a decision has come. */
  'approval.decided': z.object({
    approval: z.number().int(),
    state: z.enum(['approved', 'declined']),
    message: z.string(),
  }),
  /** To whoever has the receiving till: cash was offered or asked for. */
  'movement.waiting': z.object({ movement: z.number().int(), message: z.string() }),
  /** To whoever started it: how far long work is, and its end. */
  progress: taskView,
} as const;
