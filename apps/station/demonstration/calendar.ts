// Fixes the demonstration's days: ninety calendar days that end with the evening before the tour.

/** The last closed business date; the branch opens next on the Friday after it. */
export const lastDate = '2026-11-19';

/** The date the tour opens the branch on. */
export const tourDate = '2026-11-20';

/** The Saturday on which the accounts came over from the system before, ninety days up to the last date. */
export const migrationDate = '2026-08-22';

const dayMs = 86_400_000;

/** Milliseconds since 1970 at midnight UTC of an ISO date. */
export function midnight(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`);
}

/** The ISO date so many calendar days later (earlier when negative). */
export function daysAfter(date: string, days: number): string {
  return new Date(midnight(date) + days * dayMs).toISOString().slice(0, 10);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(date: string): number {
  return new Date(midnight(date)).getUTCDay();
}

/** Calendar days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return (midnight(to) - midnight(from)) / dayMs;
}

/** Every weekday after the migration up to the last date; Hesse has no weekday holiday among them. */
export function businessDates(): string[] {
  const dates: string[] = [];
  for (let date = daysAfter(migrationDate, 1); date <= lastDate; date = daysAfter(date, 1)) {
    const day = weekday(date);
    if (day !== 0 && day !== 6) dates.push(date);
  }
  return dates;
}

/** The first business date on or after the given one, or null when that lies after the last. */
export function rolledForward(date: string): string | null {
  const day = weekday(date);
  const rolled = daysAfter(date, day === 6 ? 2 : day === 0 ? 1 : 0);
  return rolled <= lastDate ? rolled : null;
}

/** Dates in the range that fall on this day of a month, rolled to business dates. */
export function monthly(dayOfMonth: number): string[] {
  const two = String(dayOfMonth).padStart(2, '0');
  return ['2026-08', '2026-09', '2026-10', '2026-11']
    .map((month) => rolledForward(`${month}-${two}`))
    .filter((date): date is string => date !== null && date > migrationDate);
}
