// What one unit of the bank's base currency is worth in others: head office's list, and how a branch says what holds.
import { z } from 'zod';
import { currency, instant, line, reason } from './values.ts';

/** How many of a currency are one of the base, as a decimal fraction: `1.0812`. Never a float. */
export const rate = z
  .string()
  .regex(/^(0|[1-9]\d{0,8})(\.\d{1,10})?$/, 'is a decimal number such as 1.0812')
  .refine((text) => /[1-9]/.test(text), 'is zero: nothing could be converted by it');

/** What a bank buys and sells a currency at, and how many of the base are one of it, where it is quoted so. */
const quote = z.strictObject({ bid: rate, ask: rate, inverse: rate.optional() });

/** Who gave the list and who else has seen what is unusual in it: their names, the currencies, and why. */
const seenBy = z
  .strictObject({
    given: line(80),
    seen: line(80),
    currencies: z.array(currency).min(1).max(200),
    reason,
  })
  .refine(
    ({ given, seen }) => given.trim().toLowerCase() !== seen.trim().toLowerCase(),
    'names one person twice: somebody else has to have seen it',
  );

/** Head office's `rates`: quoted as central banks do, one of the base being so many of the other. */
export const ratesOrder = z
  .strictObject({
    base: currency,
    date: z.iso.date(),
    rates: z
      .record(currency, rate)
      .refine((rates) => Object.keys(rates).length >= 1, 'names no currency')
      .refine((rates) => Object.keys(rates).length <= 200, 'names more than 200 currencies'),
    /** Held to the rates where they are given: a list that contradicts itself comes into force nowhere. */
    quotes: z.record(currency, quote).optional(),
    /** Needed where a rate moves further than the policy allows, or one in use is gone. */
    second: seenBy.optional(),
  })
  .refine(({ base, rates }) => rates[base] === undefined, {
    message: 'names the base itself, which is always 1',
    path: ['rates'],
  });
export type RatesOrder = z.output<typeof ratesOrder>;

/** The rates that hold at a branch, with their age. */
export const ratesView = z.object({
  version: z.number().int(),
  base: currency,
  date: z.string(),
  /** When this branch took them. */
  since: instant,
  /** Calendar days from their date to the business date, or to today while no date is open. */
  ageDays: z.number().int(),
  /** Older than the policy allows before it is said. */
  isOld: z.boolean(),
  rates: z.array(z.object({ currency, rate: z.string() })),
});
