// Measures how far today's figures have moved from those a model was taught with.

/** Quantiles at 10 %, 20 % ... 90 % of the known values; empty where none is known. */
export function decilesOf(values: readonly number[]): number[] {
  const known = values.filter((value) => !Number.isNaN(value)).sort((one, other) => one - other);
  if (known.length === 0) return [];
  return Array.from(
    { length: 9 },
    (_none, index) => known[Math.floor(((index + 1) * known.length) / 10)] as number,
  );
}

/** Shares of the values in the slices between distinct deciles, and of the unknown ones last. */
function shares(values: readonly number[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 2).fill(0);
  for (const value of values) {
    let slice = edges.length + 1;
    if (!Number.isNaN(value)) {
      slice = 0;
      while (slice < edges.length && value > (edges[slice] as number)) slice += 1;
    }
    counts[slice] = (counts[slice] as number) + 1;
  }
  return counts.map((count) => count / Math.max(1, values.length));
}

/** Keeps a slice that nobody fell into from making the index infinite. */
const least = 1e-4;

/** From here on it is watched, and from here on the model is not trusted further (research 4). */
export const psiWatch = 0.1;
export const psiAct = 0.25;

/** Population stability index of `now` against `then`, over the deciles of `then`. */
export function populationStability(then: readonly number[], now: readonly number[]): number {
  const edges = [...new Set(decilesOf(then))];
  const before = shares(then, edges);
  const after = shares(now, edges);
  return before.reduce((sum, share, slice) => {
    const [old, young] = [Math.max(share, least), Math.max(after[slice] as number, least)];
    return sum + (young - old) * Math.log(young / old);
  }, 0);
}

/** The same where only the deciles of the past are kept; unknown values and ties are left out. */
export function driftFromDeciles(deciles: readonly number[], now: readonly number[]): number {
  const known = now.filter((value) => !Number.isNaN(value));
  if (known.length === 0 || deciles.length === 0) return 0;
  const edges = [...new Set(deciles)];
  const after = shares(known, edges).slice(0, -1);
  const before = edges.map((edge) => deciles.filter((each) => each === edge).length / 10);
  const rest = 1 - before.reduce((sum, share) => sum + share, 0);
  return [...before, rest].reduce((sum, share, slice) => {
    const [old, young] = [Math.max(share, least), Math.max(after[slice] ?? 0, least)];
    return sum + (young - old) * Math.log(young / old);
  }, 0);
}

export function driftState(psi: number): 'steady' | 'watch' | 'act' {
  if (psi >= psiAct) return 'act';
  return psi >= psiWatch ? 'watch' : 'steady';
}
