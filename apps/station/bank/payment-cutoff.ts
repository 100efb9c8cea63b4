// Reckons when a payment goes out and settles: cut-off on the branch's clock, business days of the network.
import { formatDate } from '#contract/dates.ts';
import type { PaymentChannel } from '#contract/payments.ts';
import { addBusinessDays, addDays, type Calendar, nextBusinessDay, rollDate } from './calendar.ts';

/** Easter Sunday of a year (Gregorian calendar, algorithm of Butcher in Nature of 20 April 1876). */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d =
    (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(Math.floor(f / 31))}-${two((f % 31) + 1)}`;
}

/** Days on which T2, and with it SEPA, does not settle, besides weekends (ECB, since 2000). */
export function targetHolidays(year: number): readonly string[] {
  const easter = easterSunday(year);
  return [
    ...[`${year}-01-01`, addDays(easter, -2), addDays(easter, 1)],
    ...[`${year}-05-01`, `${year}-12-25`, `${year}-12-26`],
  ];
}

/** Days T2 is closed in the year of a date (ISO 8601) and the next one. */
export function targetCalendar(date: string): Calendar {
  const year = Number(date.slice(0, 4));
  return { weekend: [6, 7], holidays: [...targetHolidays(year), ...targetHolidays(year + 1)] };
}

/** The branch's own closed days and, for euro networks, those of T2. */
export function networkCalendar(channel: PaymentChannel, own: Calendar, date: string): Calendar {
  if (channel.id === 'cbpr-plus') return own;
  const target = targetCalendar(date);
  const holidays = [...own.holidays, ...target.holidays];
  return { weekend: [...new Set([...own.weekend, ...target.weekend])], holidays };
}

/** `HH:MM` of an instant (ms since 1970) on the clock of a zone (IANA). */
export function timeIn(at: number, timeZone: string): string {
  const options = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(at);
}

export interface Timing {
  /** Business date it counts as ordered on. */
  readonly goesOut: string;
  /** Interbank settlement date. */
  readonly settles: string;
  readonly isLate: boolean;
  /** One sentence for the teller. */
  readonly words: string;
}

/**
 * When a payment ordered on a business date at a time of day goes out and settles. At the cut-off itself
 * it is still in time. An instant payment goes out at once on any day.
 */
export function timingOf(
  channel: PaymentChannel,
  {
    date,
    time,
    calendar,
  }: { readonly date: string; readonly time: string; readonly calendar: Calendar },
): Timing {
  const { cutOff, settlementDays, name } = channel;
  if (channel.id === 'sepa-inst') {
    return {
      goesOut: date,
      settles: date,
      isLate: false,
      words: `${name}: at once, day and night.`,
    };
  }
  const days = networkCalendar(channel, calendar, date);
  const first = rollDate(date, 'following', days);
  const isLate = first !== date || (cutOff !== null && time > cutOff);
  const goesOut = first === date && isLate ? nextBusinessDay(date, days) : first;
  const settles = addBusinessDays(goesOut, settlementDays, days);
  const today = cutOff === null ? 'goes out today' : `goes out today until ${cutOff}`;
  const later =
    first === date
      ? `the cut-off ${cutOff} has passed`
      : `${formatDate(date)} is no business day of it`;
  const when = isLate ? `${later}, it counts as ordered on ${formatDate(goesOut)}` : today;
  return {
    goesOut,
    settles,
    isLate,
    words: `${name}: ${when}, settles on ${formatDate(settles)}.`,
  };
}
