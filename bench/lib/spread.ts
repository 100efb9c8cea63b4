// Says in one line how a list of times lies: median, the slow end, and how many they are.
import { quantile } from './side-by-side.ts';

/** `p50 12.1 p95 20.4 p99 31.0 lowest 9.8 highest 40.2 ms, 200 times`. */
export function spread(timesMs: readonly number[]): string {
  const at = (part: number) => quantile(timesMs, part).toFixed(1);
  const ends = `lowest ${Math.min(...timesMs).toFixed(1)} highest ${Math.max(...timesMs).toFixed(1)}`;
  return `p50 ${at(0.5)} p95 ${at(0.95)} p99 ${at(0.99)} ${ends} ms, ${timesMs.length} times`;
}

/** What is behind every figure of the running workstation: how it writes and how it encrypts. */
export const durability = 'WAL, synchronous=FULL (an fsync at every commit), AEGIS-256 pages';
