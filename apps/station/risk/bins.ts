// Cuts a column of numbers into bins, finer at both tails, where fraud sits.
import { sortNumbers } from './sort.ts';

/**
 * Bin 0 is missing; a number's bin is 1 plus the count of edges below it. The search takes every
 * step whatever it compares: which way it goes is chance, and a wrong guess of the machine costs
 * more than a step.
 */
export function binOf(edges: Float64Array, value: number): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let left = edges.length;
  while (left > 1) {
    const half = left >>> 1;
    low += half & -+((edges[low + half - 1] as number) < value);
    left -= half;
  }
  return left === 0 ? 1 : low + +((edges[low] as number) < value) + 1;
}

/** Of a longer column so many rows, evenly apart, tell where to cut. */
const sortedRows = 120_000;

/**
 * Shares of the sorted column at which to cut: even in the middle, ever finer towards both ends.
 */
function cutShares(count: number): readonly number[] {
  const tail = Math.floor(count / 6);
  const even = count - 2 * tail;
  const shares: number[] = [];
  for (let at = 1; at < even; at++) shares.push(at / even);
  // From 3 % down to 0.01 % of the rows, in equal ratios.
  for (let at = 0; at < tail; at++) {
    const share = 0.03 * (1 / 300) ** (at / Math.max(1, tail - 1));
    shares.push(share, 1 - share);
  }
  return shares.toSorted((one, other) => one - other);
}

/** The middle of two neighbours that is surely at least the lower and below the upper. */
function between(lower: number, upper: number): number {
  const middle = lower + (upper - lower) / 2;
  return middle >= lower && middle < upper ? middle : lower;
}

/** The known values, or of a longer column so many of them evenly apart, in order. */
function sortedPart(values: Float64Array): Float64Array {
  let known = 0;
  for (let at = 0; at < values.length; at++) known += +!Number.isNaN(values[at] as number);
  const stride = Math.max(1, Math.floor(known / sortedRows));
  const part = new Float64Array(Math.ceil(known / stride));
  let [seen, count] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (Number.isNaN(value)) continue;
    if (seen % stride === 0) part[count++] = value;
    seen++;
  }
  return sortNumbers(part);
}

/**
 * Edges between the values of a column, at most `binsMax - 2`, so that with the bin of the missing
 * there are at most `binsMax`. A column with few distinct values is cut between each two of them.
 */
export function edgesOf(values: Float64Array, binsMax: number): Float64Array {
  const sorted = sortedPart(values);
  const edges: number[] = [];
  let distinct = 0;
  for (let at = 1; at < sorted.length && distinct < binsMax; at++) {
    if (sorted[at] !== sorted[at - 1]) distinct++;
  }
  if (distinct <= binsMax - 2) {
    for (let at = 1; at < sorted.length; at++) {
      const [lower, upper] = [sorted[at - 1] as number, sorted[at] as number];
      if (lower !== upper) edges.push(between(lower, upper));
    }
    return Float64Array.from(edges);
  }
  // Shares rise, so of a long run of equal values the end is looked for once, not for every cut within it.
  let runEnd = 0;
  for (const share of cutShares(binsMax - 2)) {
    let at = Math.min(sorted.length - 1, Math.max(1, Math.floor(share * sorted.length)));
    const lower = sorted[at - 1] as number;
    if (at < runEnd) at = runEnd;
    while (at < sorted.length && sorted[at] === lower) at++;
    runEnd = at;
    if (at >= sorted.length) continue;
    const edge = between(lower, sorted[at] as number);
    if (edges.length === 0 || edge > (edges.at(-1) as number)) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/**
 * Joins fine bins into at most `groupsMax` coarse ones by their row counts, again finer at the
 * tails;
 * `phase` from 0 to 1 shifts the even cuts, so that trees of a forest cut at different places.
 * Gives the coarse bin of each fine bin; bin 0 stays alone.
 */
export function coarsen(counts: Uint32Array, groupsMax: number, phase = 0): Uint8Array {
  const groups = new Uint8Array(counts.length);
  if (counts.length <= groupsMax) return groups.map((_none, bin) => bin);
  let total = 0;
  for (let bin = 1; bin < counts.length; bin++) total += counts[bin] as number;
  const shares = cutShares(groupsMax - 2).map((share) => share + (phase - 0.5) / groupsMax / 2);
  let [seen, cut, group] = [0, 0, 1];
  for (let bin = 1; bin < counts.length; bin++) {
    groups[bin] = group;
    seen += counts[bin] as number;
    if (cut >= shares.length || seen < (shares[cut] as number) * total) continue;
    while (cut < shares.length && seen >= (shares[cut] as number) * total) cut++;
    if (group < groupsMax - 1) group++;
  }
  return groups;
}
