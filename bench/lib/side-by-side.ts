// Measures contestants side by side: short slots in shuffled order, medians and spread, the machine
// named.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';

/** One thing that is measured: `run` does `batch` units of work and makes them durable together. */
export interface Contestant {
  readonly name: string;
  run(batch: number): void | Promise<void>;
}

export interface Figure {
  readonly name: string;
  readonly batch: number;
  /** Units a second: median, lowest and highest slot. */
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** CPU time a unit, in microseconds (median). */
  readonly cpuUs: number;
  /** Time of one run, in milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /**
   * Median over slots of this one's rate divided by the first contestant's rate in the same round.
   */
  readonly ratio: number;
}

export interface SideBySide {
  readonly contestants: readonly Contestant[];
  readonly batches: readonly number[];
  readonly rounds: number;
  readonly slotMs: number;
}

interface Slot {
  readonly rate: number;
  readonly cpuUs: number;
  readonly timesMs: readonly number[];
}

/** The first contestant is what the others are compared with. */
export async function measure(plan: SideBySide): Promise<readonly Figure[]> {
  const slots = new Map<string, Slot[]>();
  for (const contestant of plan.contestants) {
    for (const batch of plan.batches) await slot(contestant, batch, plan.slotMs / 2);
  }
  for (let round = 0; round < plan.rounds; round++) {
    for (const batch of plan.batches) {
      for (const contestant of shuffled(plan.contestants)) {
        const key = `${contestant.name}/${batch}`;
        const list = slots.get(key) ?? [];
        slots.set(key, list);
        list.push(await slot(contestant, batch, plan.slotMs));
      }
    }
  }
  const [first] = plan.contestants;
  return plan.batches.flatMap((batch) => {
    const base = slots.get(`${first?.name}/${batch}`) ?? [];
    return plan.contestants.map(({ name }) =>
      figure(name, batch, slots.get(`${name}/${batch}`) ?? [], base),
    );
  });
}

async function slot(contestant: Contestant, batch: number, slotMs: number): Promise<Slot> {
  const timesMs: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  let now = start;
  while (now - start < slotMs) {
    const done = contestant.run(batch);
    if (done) await done;
    const after = performance.now();
    timesMs.push(after - now);
    now = after;
  }
  const used = process.cpuUsage(cpu);
  const units = timesMs.length * batch;
  return {
    rate: (units / (now - start)) * 1000,
    cpuUs: (used.user + used.system) / units,
    timesMs,
  };
}

function figure(name: string, batch: number, own: readonly Slot[], base: readonly Slot[]): Figure {
  const rates = own.map(({ rate }) => rate);
  const times = own.flatMap(({ timesMs }) => timesMs);
  return {
    ...{ name, batch },
    median: quantile(rates, 0.5),
    low: Math.min(...rates),
    high: Math.max(...rates),
    cpuUs: quantile(
      own.map((each) => each.cpuUs),
      0.5,
    ),
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    ratio: quantile(
      own.map((each, round) => each.rate / (base[round]?.rate ?? Number.NaN)),
      0.5,
    ),
  };
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function shuffled<T>(list: readonly T[]): readonly T[] {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

/** The lines every bench begins with. */
export function machine(folder: string): string {
  const [cpu] = cpus();
  const disk = execFileSync('df', ['--output=source,fstype', folder], { encoding: 'utf8' })
    .trim()
    .split('\n')[1];
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0] ?? loadavg()[0];
  return [
    `machine: ${cpus().length} x ${cpu?.model ?? 'unknown'}, ${memory} GiB, Linux ${release()}, Node ${process.versions.node}`,
    `disk: ${disk?.replace(/\s+/g, ' ')} (${folder}), load at start ${load}`,
  ].join('\n');
}

export function table(figures: readonly Figure[]): string {
  const lines = figures.map((each) =>
    [
      `${each.batch} a commit`.padEnd(14),
      each.name.padEnd(34),
      `${Math.round(each.median)}/s`.padStart(11),
      `(${Math.round(each.low)} to ${Math.round(each.high)})`.padEnd(20),
      `ratio ${each.ratio.toFixed(2)}`,
      ` p50 ${each.p50Ms.toFixed(3)} p99 ${each.p99Ms.toFixed(3)} ms`,
      ` cpu ${each.cpuUs.toFixed(1)} us`,
    ].join(' '),
  );
  return lines.join('\n');
}
