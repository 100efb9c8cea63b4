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

  function first(from: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cells[middle] as number) > from) high = middle;
      else low = middle + 1;
    }
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
