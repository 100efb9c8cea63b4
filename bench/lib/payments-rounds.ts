// Times contestants in one process, in short rounds of changing order, so that what slows one
// slows all.
import { readFileSync } from 'node:fs';
import { cpus, release } from 'node:os';

export interface Contestant {
  readonly name: string;
  run(size: number): unknown;
}

export interface Timed {
  readonly name: string;
  /** One figure a round: microseconds for one run. */
  readonly timesUs: number[];
}

/** Processor time of this process in microseconds: what others do on the machine is not in it. */
function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * Runs every contestant `rounds` times for `slotMs`, the order turned by one each round; the figures are
 * processor time where `isCpu`, else time on the clock.
 */
export function measure(
  contestants: readonly Contestant[],
  size: number,
  plan: { readonly rounds: number; readonly slotMs: number; readonly isCpu?: boolean },
): readonly Timed[] {
  const timed = contestants.map(({ name }): Timed => ({ name, timesUs: [] }));
  for (const contestant of contestants) slot(contestant, size, plan);
  for (let round = 0; round < plan.rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (turn + round) % contestants.length;
      const contestant = contestants[index] as Contestant;
      timed[index]?.timesUs.push(slot(contestant, size, plan));
    }
  }
  return timed;
}

function slot(
  contestant: Contestant,
  size: number,
  { slotMs, isCpu = false }: { readonly slotMs: number; readonly isCpu?: boolean },
): number {
  const cpuStart = cpuUs();
  const start = performance.now();
  let runs = 0;
  let now = start;
  while (now - start < slotMs) {
    contestant.run(size);
    runs += 1;
    if (runs % 8 === 0 || size > 100) now = performance.now();
  }
  return (isCpu ? cpuUs() - cpuStart : (now - start) * 1000) / runs;
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** The line every bench begins with. */
export function machine(): string {
  const model = cpus()[0]?.model ?? 'unknown';
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
  return `machine: ${cpus().length} x ${model}, Linux ${release()}, Node ${process.versions.node}, load ${load}`;
}
