// Keeps moments in order of time, so that "how many since" is a search.

export interface Times {
  readonly count: number;
  /** Moments are given in order of time. */
  push(at: number): void;
  /** How many lie after `from`. */
  since(from: number): number;
}

/** Forgets what lies more than `horizon` ms before the newest, now and then. */
export function createTimes(horizon: number): Times {
  let cells = new Float64Array(8);
  let count = 0;

  /** Where the last question's answer lay: a hint for speed, never for the answer. */
  let hint = 0;

  /** First cell later than `from`, searched in doubling steps from the hint. */
  function first(from: number): number {
    if (count === 0) return 0;
    let low = hint > count ? count : hint;
    let high = low;
    for (let step = 1; low > 0 && (cells[low - 1] as number) > from; step *= 2) {
      high = low - 1;
      low = low > step ? low - step : 0;
    }
    for (let step = 1; high < count && (cells[high] as number) <= from; step *= 2) {
      low = high + 1;
      high = high + step < count ? high + step : count;
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cells[middle] as number) > from) high = middle;
      else low = middle + 1;
    }
    hint = low;
    return low;
  }

  return Object.freeze({
    get count() {
      return count;
    },
    push(at: number) {
      if (count === cells.length) {
        const keep = first(at - horizon);
        cells.copyWithin(0, keep, count);
        count -= keep;
        hint = 0;
        if (count * 4 > cells.length * 3) {
          const larger = new Float64Array(cells.length * 2);
          larger.set(cells);
          cells = larger;
        }
      }
      cells[count] = at;
      count += 1;
    },
    since: (from: number) => count - first(from),
  });
}
