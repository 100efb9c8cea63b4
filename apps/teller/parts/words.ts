// Writes dates, times, account numbers and state words the same way on every screen.
import { monthNames } from '#contract/dates.ts';
import { wallClock } from './wallClock.ts';

export { formatDate } from '#contract/dates.ts';

/** An instant (ISO 8601) as the clock on the branch's wall shows it: `14:05:09`. */
export function formatTime(instant: string): string {
  const { hour, minute, second } = wallClock(instant);
  return `${hour}:${minute}:${second}`;
}

/** An instant as date and time of the branch's clock: `20 Nov 2026 14:05`. */
export function formatInstant(instant: string): string {
  return `${dayOf(instant)} ${wallClock(instant).year} ${formatTime(instant).slice(0, 5)}`;
}

/** When something was, seen from `now` (ISO 8601): the time if on the same day, else the date: `18 Nov`. */
export function formatWhen(instant: string, now: string): string {
  return isSameDay(instant, now) ? formatTime(instant).slice(0, 5) : dayOf(instant);
}

/** Whether two instants (ISO 8601) fall on one day of the branch's calendar. */
export function isSameDay(one: string, other: string): boolean {
  return dayOf(one) === dayOf(other) && wallClock(one).year === wallClock(other).year;
}

/** `20 Nov` */
function dayOf(instant: string): string {
  const { day, month } = wallClock(instant);
  return `${Number(day)} ${monthNames[Number(month) - 1]}`;
}

/** An account number in groups of four, as a person reads it out: `1234 5678`. */
export function formatAccount(number: string): string {
  return number.replaceAll(' ', '').replace(/(.{4})(?=.)/g, '$1 ');
}

/** A count as the screens write it: `24,990`. */
export function grouped(count: number): string {
  return count.toLocaleString('en');
}

/** `2 notes`, `1 note`: a count with its word. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A kebab-case or dotted word of the wire as a person reads it: `not-counted` is `not counted`. */
export function plain(word: string): string {
  return word.replaceAll(/[-.]/g, ' ');
}
