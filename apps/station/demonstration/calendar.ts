// Fixes the demonstration's days: ninety calendar days that end with the evening before the tour.
import { addDays, isBusinessDay, rollDate } from '../bank/calendar.ts';
import { defaultPolicy } from '../bank/policy.ts';
import type { Dice } from './dice.ts';

/** The last closed business date; the branch opens next on the Friday after it. */
export const lastDate = '2026-11-19';

/** The date the tour opens the branch on. */
export const tourDate = '2026-11-20';

/** The Friday on which the accounts came over from the system before: the eve of the ninety days. */
export const migrationDate = '2026-08-21';

/** Every business date after the migration up to the last; Hesse has no holiday on a weekday among them. */
export function businessDates(): string[] {
  const dates: string[] = [];
  for (let date = addDays(migrationDate, 1); date <= lastDate; date = addDays(date, 1)) {
    if (isBusinessDay(date, defaultPolicy.calendar)) dates.push(date);
  }
  return dates;
}

/** The business dates on which something due on this day of each month happens. */
export function monthly(dayOfMonth: number): string[] {
  const two = String(dayOfMonth).padStart(2, '0');
  return ['2026-08', '2026-09', '2026-10', '2026-11']
    .map((month) => rollDate(`${month}-${two}`, 'following', defaultPolicy.calendar))
    .filter((date) => date > migrationDate && date <= lastDate);
}

/** Milliseconds since 1970 of a time of day at the branch: two hours ahead of UTC in summer, one in winter. */
export function branchTime(date: string, minutes: number): number {
  const ahead = date < '2026-10-25' ? 120 : 60;
  return Date.parse(`${date}T00:00:00.000Z`) + (minutes - ahead) * 60_000;
}

/** A business date well inside the ninety days, on which somebody new comes. */
export function newDate(dice: Dice): string {
  return rollDate(addDays(migrationDate, dice.between(9, 80)), 'following', defaultPolicy.calendar);
}
