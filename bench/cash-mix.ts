// Prints what the cash-mix adviser spares a till beside paying the largest notes first.
import {
  forecasting,
  habit,
  type Played,
  type Practice,
  payLargestFirst,
  play,
} from '#station/bank/cash-day.fixture.ts';
import { proposePayOut } from '#station/bank/cash-mix.ts';

const tills = Number(process.argv[2] ?? 100);
const daysEach = 5;

function line(name: string, practice: Practice): number {
  const all = Array.from({ length: tills }, (_, seed) => play(practice, daysEach, seed));
  const sum = (of: (each: Played) => number) => all.reduce((total, each) => total + of(each), 0);
  const days = tills * daysEach;
  const trips = sum((each) => each.trips);
  const columns = [
    trips / days,
    sum((each) => each.poor) / days,
    sum((each) => each.pieces) / sum((each) => each.payOuts),
    sum((each) => Number(each.floatMinor)) / 100 / days,
  ];
  console.log(name.padEnd(38) + columns.map((value) => value.toFixed(2).padStart(11)).join(''));
  return trips;
}

console.log(`${tills} tills, ${daysEach} seeded days of 120 customers each; per day`);
const heads = ['trips', 'no money', 'pieces', 'float EUR'];
console.log(' '.repeat(38) + heads.map((head) => head.padStart(11)).join(''));
const largest = line('largest first, fixed float', habit);
line('adviser’s mix, fixed float', { ...habit, pay: proposePayOut });
line('largest first, forecast float', forecasting(payLargestFirst));
const adviser = line('adviser’s mix, forecast float', forecasting(proposePayOut));
console.log(`trips, adviser / largest first: ${(adviser / largest).toFixed(2)} (bar 0.70)`);
