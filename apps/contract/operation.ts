// Says what an operation is, so that screens, handlers and tests share one table of names and shapes.
import type { z } from 'zod';

/** What a member of staff may be. One person may hold several roles. */
export const roles = ['teller', 'supervisor', 'compliance', 'auditor', 'administrator'] as const;
export type Role = (typeof roles)[number];

/**
 * Who may ask. `anyone` needs no sign-in, `signed-in` any role, `expired` a session whose password must
 * be changed first; a list names the roles of which the person must hold at least one.
 */
export type Access = 'anyone' | 'signed-in' | readonly Role[];

/** What a query's answer depends on; a `changed` push that names one of them makes the answer stale. */
export const topics = [
  'session',
  'staff',
  'customer',
  'account',
  'journal',
  'till',
  'movement',
  'approval',
  'day',
  'log',
  'policy',
  'payment',
  'guard',
  'risk',
  'credit',
  'office',
  'desk',
  'screening',
] as const;
export type Topic = (typeof topics)[number];

export interface Query<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'query';
  readonly access: Access;
  readonly input: I;
  readonly output: O;
  readonly topics: readonly Topic[];
}

/**
 * A command changes something. A keyed command carries an idempotency key in its frame: asked twice with
 * the same content it answers the same and acts once; with other content it is refused.
 */
export interface Command<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  K extends boolean = boolean,
> {
  readonly kind: 'command';
  readonly access: Access;
  readonly input: I;
  readonly output: O;
  readonly keyed: K;
}

export type Operation = Query | Command;

export interface QueryShape<I extends z.ZodType, O extends z.ZodType> {
  readonly access: Access;
  readonly input: I;
  readonly output: O;
  readonly topics: readonly Topic[];
}

export interface CommandShape<I extends z.ZodType, O extends z.ZodType> {
  readonly access: Access;
  readonly input: I;
  readonly output: O;
}

export function query<I extends z.ZodType, O extends z.ZodType>(
  shape: QueryShape<I, O>,
): Query<I, O> {
  return Object.freeze({ kind: 'query', ...shape });
}

/** A command that is recorded once for its idempotency key. */
export function command<I extends z.ZodType, O extends z.ZodType>(
  shape: CommandShape<I, O>,
): Command<I, O, true> {
  return Object.freeze({ kind: 'command', keyed: true, ...shape });
}

/** A command about the session itself (sign-in, lock): its answer is never stored, so it takes no key. */
export function sessionCommand<I extends z.ZodType, O extends z.ZodType>(
  shape: CommandShape<I, O>,
): Command<I, O, false> {
  return Object.freeze({ kind: 'command', keyed: false, ...shape });
}
