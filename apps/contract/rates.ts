// What one unit of the bank's base currency is worth in others: head office's list, and how a branch says what holds.
import { z } from 'zod';
import { currency, instant } from './values.ts';

/** How many of a currency are one of the base, as a decimal fraction: `1.0812`. Never a float. */
export const rate = z
  .string()
  .regex(/^(0|[1-9]\d{0,8})(\.\d{1,10})?$/, 'is a decimal number such as 1.0812')
  .refine((text) => /[1-9]/.test(text), 'is zero: nothing could be converted by it');

/** Head office's `rates`: quoted as central banks do, one of the base being so many of the other. */
export const ratesOrder = z
  .strictObject({
    base: currency,
    date: z.iso.date(),
    rates: z
      .record(currency, rate)
      .refine((rates) => Object.keys(rates).length >= 1, 'names no currency')
      .refine((rates) => Object.keys(rates).length <= 200, 'names more than 200 currencies'),
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
