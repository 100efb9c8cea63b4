// Keeps what is to happen in the order of its time, without a clock: the plays jump from one thing to the next.

/** What happens may take its time: the next thing waits for it. */
export type Happen = (at: number) => void | Promise<void>;

export interface Agenda {
  /** `at` in ms; things of one instant happen in the order they were added. */
  add(at: number, happen: Happen): void;
  /** Lets everything happen, `after` each thing; ends when nothing is left. */
  run(after: () => void): Promise<void>;
}

/** An empty agenda. What happens may add to it, never before its own time. */
export function createAgenda(): Agenda {
  const waiting: { readonly at: number; readonly happen: Happen }[] = [];
  return Object.freeze({
    add(at: number, happen: Happen) {
      const place = waiting.findLastIndex((each) => each.at <= at);
      waiting.splice(place + 1, 0, { at, happen });
    },
    async run(after: () => void) {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await next.happen(next.at);
        after();
      }
    },
  });
}
