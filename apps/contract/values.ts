// The small shapes every operation is made of: money, dates, account numbers, denominations.
import { z } from 'zod';
import { shapeWords } from './shape-words.ts';

z.config({ jitless: true, customError: shapeWords });

/**
 * Largest amount the bank accepts in one movement, in minor units (2^53: exact in every program
 * that reads it).
 */
export const amountMinorMax = 2n ** 53n;

/** ISO 4217 alphabetic code. Whether the branch keeps it is the station's business. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'is three capital letters, such as EUR');

/** A positive amount in minor units as a decimal string; the station reads it as a bigint. */
export const amountMinor = z
  .string()
  .regex(/^\d{1,19}$/, 'is a whole number of minor units without sign, such as 25000 for 250.00')
  .transform((text) => BigInt(text));

/** An amount of either sign in minor units, on its way to a screen. */
export const minor = z.string().regex(/^-?\d{1,19}$/);

/** ISO 8601 calendar date, YYYY-MM-DD. */
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is a date written 2026-11-20');

/** Instant in ISO 8601 with milliseconds, UTC. */
export const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);

/** Account number as printed: digits; blanks are dropped. */
export const accountNumber = z
  .string()
  .max(40)
  .transform((text) => text.replaceAll(' ', '').toUpperCase())
  .pipe(z.string().regex(/^[A-Z0-9]{1,34}$/, 'is an account number of letters and digits'));

/** Event number in the log, which is also the journal number. */
export const sequence = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** Notes and coins: face value in minor units -> number of pieces. */
export const denominations = z
  .record(z.string().regex(/^\d{1,12}$/), z.number().int().min(0).max(1_000_000))
  .refine((vector) => Object.keys(vector).length <= 40, 'has more than 40 denominations');
export type Denominations = Readonly<Record<string, number>>;

/** One line of free text without control characters. */
export const line = (length: number) =>
  z
    .string()
    .trim()
    .max(length)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'holds a control character')
    .refine((text) => text.isWellFormed(), 'holds half a character');

export const reason = line(280).pipe(z.string().min(3, 'says why, in three letters or more'));

export const nothing = z.strictObject({});
