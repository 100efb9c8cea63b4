// The branch's policy: every number that says how much, how often and from when, in one checked
// document.
import { z } from 'zod';
import { amountMinor, currency } from './values.ts';

/** What a limit or a fee can be set for. A reversal counts as the amount it takes back. */
export const limitedTask = z.enum([
  'cash.deposit',
  'cash.withdrawal',
  'transfer',
  'cash.exchange',
  'journal.reversal',
  'payment.outgoing',
  'payment.bulk',
]);
export type LimitedTask = z.output<typeof limitedTask>;

export const limitedRole = z.enum(['teller', 'supervisor']);
export type LimitedRole = z.output<typeof limitedRole>;

const basisPoints = z.number().int().min(0).max(10_000);
const days = (most: number) => z.number().int().min(1).max(most);

/**
 * Above `softMinor` a second person must approve; above `hardMinor` the role may not do or approve
 * it at all.
 */
export const roleLimit = z
  .strictObject({
    role: limitedRole,
    task: limitedTask,
    currency,
    softMinor: amountMinor,
    hardMinor: amountMinor.nullable(),
  })
  .refine((limit) => limit.hardMinor === null || limit.hardMinor >= limit.softMinor, {
    message: 'is lower than the limit above which a second person must approve',
    path: ['hardMinor'],
  });

/**
 * What a till or the vault may hold: above `softMinor` it is nudged to sell, above `hardMinor` it
 * takes no more.
 */
export const tillLimit = z
  .strictObject({
    kind: z.enum(['till', 'vault']),
    currency,
    softMinor: amountMinor,
    hardMinor: amountMinor.nullable(),
  })
  .refine((limit) => limit.hardMinor === null || limit.hardMinor >= limit.softMinor, {
    message: 'is lower than the soft limit',
    path: ['hardMinor'],
  });

/**
 * flat + basis points of the amount, not less than `minMinor`, not more than `maxMinor`, from
 * `fromMinor` up.
 */
export const feeRule = z.strictObject({
  task: z.enum(['cash.deposit', 'cash.withdrawal', 'transfer', 'payment.outgoing', 'payment.bulk']),
  currency,
  fromMinor: amountMinor,
  flatMinor: amountMinor,
  basisPoints,
  minMinor: amountMinor,
  maxMinor: amountMinor.nullable(),
});
export type FeeRule = z.output<typeof feeRule>;

const perCurrency = z.array(z.strictObject({ currency, amountMinor })).max(200);

function isUnique<T>(rows: readonly T[], key: (row: T) => string): boolean {
  return new Set(rows.map(key)).size === rows.length;
}

export const policy = z.strictObject({
  /**
   * A task, role and currency without a row has the limit zero: everything needs a second person.
   */
  roleLimits: z
    .array(roleLimit)
    .max(1000)
    .refine(
      (rows) => isUnique(rows, (row) => `${row.role} ${row.task} ${row.currency}`),
      'names a role, task and currency twice',
    ),
  tillLimits: z
    .array(tillLimit)
    .max(400)
    .refine(
      (rows) => isUnique(rows, (row) => `${row.kind} ${row.currency}`),
      'names a kind and currency twice',
    ),
  /** The rule with the highest `fromMinor` not above the amount counts; none means no fee. */
  fees: z
    .array(feeRule)
    .max(1000)
    .refine(
      (rows) => isUnique(rows, (row) => `${row.task} ${row.currency} ${row.fromMinor}`),
      'names a task, currency and lowest amount twice',
    ),
  /**
   * Cash in, or cash out, of one person on one business date above this is reported to the
   * authority.
   */
  reportingThresholds: perCurrency,
  /**
   * Cash items at or above this part of the threshold that together pass it within so many days.
   */
  structuring: z.strictObject({
    days: days(31),
    lowerBasisPoints: basisPoints,
    items: z.number().int().min(2).max(20),
  }),
  /**
   * The withdrawal that makes it `count` within `days` business dates from one account is looked
   * at.
   */
  manyWithdrawals: z.strictObject({ count: z.number().int().min(2).max(100), days: days(31) }),
  /**
   * Money out of an account younger than this is looked at, from `floors` up (no row: from the
   * first cent).
   */
  youngAccount: z.strictObject({ days: days(3650), floors: perCurrency }),
  /** An account without a movement for this long is dormant, whatever its state says. */
  dormantDays: days(36_500),
  /**
   * A risk model's probability from here up needs a second person, in basis points (5,000 is 0.5).
   */
  riskBasisPoints: basisPoints,
  /**
   * An over or short at a till's close above this needs a supervisor; no row: any difference does.
   */
  differenceTolerances: perCurrency,
  /** How long a request for approval, and an approval given, stay good. */
  approvalMinutes: z.number().int().min(1).max(1440),
  /** Whether money may come into a frozen account. */
  frozenAcceptsCredits: z.boolean(),
  /**
   * Head office's rates older than `oldDays` are said to be old wherever they are used; one that moves further than
   * `moveBasisPoints` a day needs a second person at head office.
   */
  rates: z
    .strictObject({
      oldDays: days(365),
      moveBasisPoints: z.number().int().min(1).max(100_000).default(1_000),
    })
    .default({ oldDays: 7, moveBasisPoints: 1_000 }),
  /**
   * A name that resembles a listed one by `leastScore` of 1000 or more is looked at by a second person; a list
   * older than `oldDays` is said to be old.
   */
  screening: z
    .strictObject({ leastScore: z.number().int().min(500).max(1000), oldDays: days(365) })
    .default({ leastScore: 800, oldDays: 7 }),
  /**
   * Business days from the business date to the value date, of tasks where it is not the same day.
   */
  valueDays: z
    .array(z.strictObject({ task: limitedTask, days: z.number().int().min(0).max(10) }))
    .max(7),
  /** Days of the week the branch is closed, 1 Monday to 7 Sunday (ISO 8601), and its holidays. */
  calendar: z.strictObject({
    weekend: z.array(z.number().int().min(1).max(7)).max(6),
    holidays: z.array(z.string().regex(/^\d{4}-\d{2}-\d{2}$/)).max(2000),
  }),
});

/** The policy as the station reads it: amounts are bigint. */
export type Policy = z.output<typeof policy>;
/** The policy as it crosses the wire and stands in the log: amounts are strings. */
export type PolicyInput = z.input<typeof policy>;
