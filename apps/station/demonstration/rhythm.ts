// Gives a day its shape: how many customers come, when, and when each teller is at lunch.
import { weekday } from '../bank/calendar.ts';
import { branchTime, monthly } from './calendar.ts';
import type { Dice } from './dice.ts';
import { type Teller, tellers } from './stage.ts';

/** Minutes after midnight at the branch. */
export const hours = Object.freeze({
  staffIn: 8 * 60 + 20,
  tillsOpen: 8 * 60 + 35,
  doorsOpen: 9 * 60,
  doorsShut: 16 * 60 + 30,
  tillsClose: 16 * 60 + 36,
  dayClose: 17 * 60 + 5,
});

/** Customers at one till on an ordinary day. */
const customersUsual = 43;

/** Parts of a hundred by weekday, Monday first: Friday is the busy one. */
const weekdayParts = [104, 92, 88, 98, 134] as const;

/** Weights of the half hours from nine: the lunch hour is the peak. */
const halfHours = [5, 6, 6, 5, 5, 6, 10, 13, 11, 7, 6, 6, 7, 8, 6] as const;

/** When each teller is away for half an hour, around the others' lunch-hour peak. */
const lunches: Readonly<Record<Teller, number>> = {
  ana: 11 * 60,
  ben: 13 * 60 + 30,
  chloe: 14 * 60,
};

const payDates: ReadonlySet<string> = new Set([...monthly(25), ...monthly(1)]);

/** Whether wages or rents are due on the date. */
export function isPayDate(date: string): boolean {
  return payDates.has(date);
}

/** Start and end of a teller's lunch, ms since 1970. */
export function lunch(date: string, teller: Teller): readonly [number, number] {
  return [branchTime(date, lunches[teller]), branchTime(date, lunches[teller] + 30)];
}

/** The moments at which customers step up to a till on the date, in order. */
export function arrivals(dice: Dice, date: string, teller: Teller): number[] {
  const usual = (customersUsual * (weekdayParts[weekday(date) - 1] ?? 100)) / 100;
  const busy = isPayDate(date) ? usual * 1.25 : usual;
  const count = Math.round(busy) + dice.between(-6, 6) - tellers.indexOf(teller);
  const slots = Object.fromEntries(halfHours.map((weight, slot) => [slot, weight]));
  const [away, back] = lunch(date, teller);
  const times: number[] = [];
  while (times.length < count) {
    const slot = Number(dice.weighted(slots as Record<string, number>));
    const at = branchTime(date, hours.doorsOpen + slot * 30) + dice.below(1_800_000);
    if (at < away || at >= back) times.push(at);
  }
  return times.sort((one, other) => one - other);
}
