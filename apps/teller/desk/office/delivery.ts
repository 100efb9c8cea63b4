// Says what waits for head office in words, and where one has got to in leafing through it.

/** Lines of the queue shown at once: the half of the window holds no more. */
export const queueShown = 8;

/** What an event that waits is: what it posted, or its type without the dots (`session.opened`). */
export function eventWords({
  type,
  what,
}: {
  readonly type: string;
  readonly what: string;
}): string {
  return what === '' ? type.replaceAll(/[.-]/g, ' ') : what;
}

/** Where the queue begins and ends just now: events after `received` up to `head` wait. */
export interface Waiting {
  readonly received: number;
  readonly head: number;
}

export type Leaf = 'older' | 'newer' | 'newest';

/**
 * The event after which the next page begins, or null for the oldest, which moves as they are delivered. `after`
 * is where the page begins that is shown.
 */
export function leafed(
  leaf: Leaf,
  after: number | null,
  { received, head }: Waiting,
): number | null {
  const from = Math.max(after ?? received, received);
  const last = Math.max(received, head - queueShown);
  const next = {
    older: from - queueShown,
    newer: Math.min(from + queueShown, last),
    newest: last,
  }[leaf];
  return next <= received ? null : next;
}
