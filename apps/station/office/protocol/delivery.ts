// Says how far catching up has come: of what had piled up since all was delivered last, and never less than before.

/** Events that may be under way at any time; behind is said when more pile up. */
export const underWayMost = 20;

/** How far the log is, and how much of it head office has. */
export interface Reach {
  readonly received: number;
  readonly head: number;
}

/**
 * The number of the event after which catching up began, kept until everything is there; null while nothing has
 * piled up. `from` is what it was a moment ago.
 */
export function catchingUpFrom(from: number | null, { received, head }: Reach): number | null {
  const behind = head - received;
  if (behind <= 0) return null;
  // An older word of head office than the one it began with: it begins there.
  if (from !== null) return Math.min(from, received);
  return behind > underWayMost ? received : null;
}

/** Delivered of all that had to be, what was posted meanwhile with it; null while nothing has piled up. */
export function deliveryOf(
  from: number | null,
  { received, head }: Reach,
): { readonly done: number; readonly of: number } | null {
  if (from === null || head <= received) return null;
  return { done: received - from, of: head - from };
}
