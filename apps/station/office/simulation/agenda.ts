// What will happen and when: a heap of moments, so that simulated weeks pass in milliseconds.

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export interface Agenda {
  /** Simulated milliseconds since the beginning. */
  now(): number;
  after(delayMs: number, run: () => void): void;
  /** Lets the next moment happen; false when nothing is left. */
  step(): boolean;
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  let now = 0;
  let order = 0;

  const swap = (one: number, other: number): void => {
    const entry = heap[one] as Entry;
    heap[one] = heap[other] as Entry;
    heap[other] = entry;
  };
  const rise = (from: number): void => {
    for (let at = from; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!isBefore(heap[at] as Entry, heap[above] as Entry)) return;
      swap(at, above);
      at = above;
    }
  };
  const sink = (): void => {
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < heap.length && isBefore(heap[left] as Entry, heap[least] as Entry)) least = left;
      if (right < heap.length && isBefore(heap[right] as Entry, heap[least] as Entry))
        least = right;
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  };
  return Object.freeze({
    now: () => now,
    after(delayMs: number, run: () => void) {
      order += 1;
      heap.push({ at: now + Math.max(0, delayMs), order, run });
      rise(heap.length - 1);
    },
    step() {
      const first = heap[0];
      if (!first) return false;
      const last = heap.pop() as Entry;
      if (heap.length > 0) {
        heap[0] = last;
        sink();
      }
      now = first.at;
      first.run();
      return true;
    },
  });
}
