// Prints how many transactions a second of processor time the feature engine takes, and holds it to the batch reference.
import { parseArgs } from 'node:util';
import type { Movement } from '#station/risk/features/attempt.ts';
import { createFeatureEngine } from '#station/risk/features/engine.ts';
import { createFeatureReader } from '#station/risk/features/events.ts';
import { drawHistory } from '#station/risk/features/history.fixture.ts';
import { referenceVector } from '#station/risk/features/reference.fixture.ts';
import { createRandom, type Random } from '#station/risk/random.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '400000' },
    accounts: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '3' },
  },
});
const [rows, accounts, rounds] = [values.rows, values.accounts, values.rounds].map(Number) as [
  number,
  number,
  number,
];
const dayMs = 86_400_000;
const tasks = ['cash.deposit', 'cash.withdrawal', 'transfer'] as const;

const blank: Movement = {
  ...{ at: 0.5, task: 'transfer', account: 1, other: 0, amountMinor: 1, teller: 3 },
  ...{ isOtherAtDesk: false, journal: 0 },
};

/** What happens in half a year, drawn once, in plain columns. */
function drawn(random: Random) {
  const column = (draw: (index: number) => number) =>
    Int32Array.from({ length: rows }, (_n, at) => draw(at));
  const task = column(() => random.below(3));
  const account = column(() => 1 + random.below(accounts));
  const payee = (index: number) => 1 + ((account[index]! + 1 + random.below(40)) % accounts);
  return {
    ...{ task, account, other: column((index) => (task[index] === 2 ? payee(index) : 0)) },
    ...{
      amount: column(() => 100 + random.below(500_000)),
      teller: column(() => 3 + random.below(4)),
    },
  };
}

function place(movement: Movement, columns: ReturnType<typeof drawn>, index: number): void {
  const into = movement as { -readonly [Key in keyof Movement]: Movement[Key] };
  into.at = 200 * dayMs + Math.floor((index * 180 * dayMs) / rows);
  into.task = tasks[columns.task[index]!]!;
  into.account = columns.account[index]!;
  into.other = columns.other[index]!;
  into.amountMinor = columns.amount[index]!;
  into.teller = columns.teller[index]!;
  into.journal = index + 1;
}

/** Half a year of a branch: every transaction is scored as it would be, then recorded. */
function round(seed: number) {
  const random = createRandom(seed);
  const engine = createFeatureEngine();
  for (let id = 1; id <= accounts; id += 1) {
    engine.openAccount({ id, scale: 100, currency: 'EUR', openedAt: 0, customer: id });
  }
  const columns = drawn(random);
  // One object for all: what is measured is the engine, not the rubbish of the bench's own input.
  const movement: Movement = { ...blank };
  const out = new Float32Array(64);
  const cpu = process.cpuUsage();
  for (let index = 0; index < rows; index += 1) {
    place(movement, columns, index);
    engine.vector(movement, out);
    engine.movement(movement);
    engine.leg(movement.account, movement.other, movement.amountMinor);
  }
  const { user, system } = process.cpuUsage(cpu);
  const timesUs: number[] = [];
  for (let index = rows - 20_000; index < rows; index += 1) {
    place(movement, columns, index);
    (movement as { at: number }).at = 381 * dayMs;
    const began = performance.now();
    engine.vector(movement, out);
    timesUs.push((performance.now() - began) * 1_000);
  }
  return { perCpuSecond: rows / ((user + system) / 1e6), timesUs };
}

/** Vectors of histories with every kind of event, compared bit by bit with the slow way. */
function compare() {
  let [compared, mismatches] = [0, 0];
  for (let seed = 1; seed <= 6; seed += 1) {
    const events = drawHistory({ seed, events: 220, customers: 6, paceMs: 30_000_000 });
    const reader = createFeatureReader();
    events.forEach((event, index) => {
      for (const attempt of reader.attemptsOf(event)) {
        const expected = Float32Array.from(referenceVector(events.slice(0, index), attempt));
        reader.engine.vector(attempt).forEach((value, place) => {
          compared += 1;
          if (!Object.is(value, expected[place])) mismatches += 1;
        });
      }
      reader.apply(event);
    });
  }
  return { compared, mismatches };
}

console.log(machine('.'));
const found = Array.from({ length: rounds }, (_none, index) => round(index + 1));
const rates = found.map(({ perCpuSecond }) => perCpuSecond);
const times = found.flatMap(({ timesUs }) => timesUs);
console.log(
  `${rows} transactions of ${accounts} accounts, scored and recorded, ${rounds} rounds: ` +
    `${Math.round(quantile(rates, 0.5))} per CPU second ` +
    `(${Math.round(Math.min(...rates))} to ${Math.round(Math.max(...rates))}); bar 500,000`,
);
console.log(
  `one vector: p50 ${quantile(times, 0.5).toFixed(1)} us, p99 ${quantile(times, 0.99).toFixed(1)} us; bar p99 10 us`,
);
const { compared, mismatches } = compare();
console.log(`batch reference: ${compared} values compared to the bit, ${mismatches} differ; bar 0`);
if (mismatches > 0) process.exitCode = 1;
