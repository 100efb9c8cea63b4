// Reckons with business days: weekends, holidays, rolling and value dates, on ISO 8601 dates as
// text.
import { Refusal } from './refusal.ts';

export interface Calendar {
  /** Days of the week without business, 1 Monday to 7 Sunday (ISO 8601). */
  readonly weekend: readonly number[];
  /** Dates without business. */
  readonly holidays: readonly string[];
}

/**
 * following: the next business day; preceding: the last; modified following: the next unless in
 * another month.
 */
export type Roll = 'following' | 'modified-following' | 'preceding';

/**
 * Days since 1970-01-01 of a date, by the proleptic Gregorian calendar; refuses what is no date.
 */
export function dayNumber(date: string): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const [year, month, day] = (parts ?? []).slice(1).map(Number);
  const exists =
    year !== undefined &&
    month !== undefined &&
    day !== undefined &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month);
  if (!exists) throw new Refusal('not-a-date', `${date} is not a date: write it as 2026-11-20.`);
  // Months counted from March put the leap day at the end of the year.
  const shifted = month > 2 ? month - 3 : month + 9;
  const era = month > 2 ? year : year - 1;
  const days = 365 * era + Math.floor(era / 4) - Math.floor(era / 100) + Math.floor(era / 400);
  return days + Math.floor((153 * shifted + 2) / 5) + day - 1 - 719_468;
}

function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The date so many days after 1970-01-01. */
export function dateOf(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const digits = (value: number, length: number) => String(value).padStart(length, '0');
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

/** The date so many days later (earlier when negative). */
export function addDays(date: string, days: number): string {
  return dateOf(dayNumber(date) + days);
}

/** Days from one date to another; negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Day of the week, 1 Monday to 7 Sunday. */
export function weekday(date: string): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** Whether the branch does business on the date. */
export function isBusinessDay(date: string, calendar: Calendar): boolean {
  return !calendar.weekend.includes(weekday(date)) && !calendar.holidays.includes(date);
}

/** A branch closed for this long has no calendar but a mistake in one. */
const closedDaysMax = 370;

function seek(date: string, step: 1 | -1, calendar: Calendar): string {
  for (let days = 0, at = date; days <= closedDaysMax; days++, at = addDays(at, step)) {
    if (isBusinessDay(at, calendar)) return at;
  }
  throw new Refusal('no-business-day', `The calendar has no business day near ${date}.`);
}

/** Rolls a date that is no business day to one that is, by the rule; a business day stays. */
export function rollDate(date: string, roll: Roll, calendar: Calendar): string {
  if (roll === 'preceding') return seek(date, -1, calendar);
  const following = seek(date, 1, calendar);
  const leavesMonth = following.slice(0, 7) !== date.slice(0, 7);
  return roll === 'modified-following' && leavesMonth ? seek(date, -1, calendar) : following;
}

/** The first business day after the date. */
export function nextBusinessDay(date: string, calendar: Calendar): string {
  return seek(addDays(date, 1), 1, calendar);
}

/** The date so many business days later; zero rolls to the following business day. */
export function addBusinessDays(date: string, days: number, calendar: Calendar): string {
  let at = rollDate(date, 'following', calendar);
  for (let left = days; left > 0; left--) at = nextBusinessDay(at, calendar);
  return at;
}
