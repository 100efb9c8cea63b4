// Counts the processor time of a PostgreSQL server with all its processes: a figure that load beside it does not change.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Kernel clock ticks a second on Linux. */
const ticks = 100;

/** Milliseconds of processor time so far, of the postmaster in this data folder and everything it started. */
export function serverCpuMs(data: string): number {
  const postmaster = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  let sum = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const own = [11, 12];
      // Of those that ended, the postmaster has the sum.
      const ended = pid === postmaster ? [13, 14] : [];
      if (pid !== postmaster && fields[1] !== postmaster) continue;
      for (const at of [...own, ...ended]) sum += (Number(fields[at]) * 1000) / ticks;
    } catch {
      // It ended while it was looked at.
    }
  }
  return sum;
}

/** Milliseconds of processor time so far of this one process, as its scheduler counts them. */
export function processCpuMs(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}
