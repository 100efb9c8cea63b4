// Cuts a column of numbers into bins, finer at both tails, where fraud sits.

/** Bin 0 is missing; a number's bin is 1 plus the count of edges below it. */
export function binOf(edges: Float64Array, value: number): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
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

/**
 * Edges between the values of a column, at most `binsMax - 2`, so that with the bin of the missing
 * there are at most `binsMax`. A column with few distinct values is cut between each two of them.
 */
export function edgesOf(values: Float64Array, binsMax: number): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const stride = Math.max(1, Math.floor(known.length / sortedRows));
  const sorted = (stride === 1 ? known : known.filter((_value, at) => at % stride === 0)).sort();
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
  for (const share of cutShares(binsMax - 2)) {
    let at = Math.min(sorted.length - 1, Math.max(1, Math.floor(share * sorted.length)));
    const lower = sorted[at - 1] as number;
    while (at < sorted.length && sorted[at] === lower) at++;
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
