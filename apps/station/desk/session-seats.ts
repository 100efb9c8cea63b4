// Remembers, for each window, how far somebody has signed in there, and ends or locks it in time.
import type { Clock } from '../ports.ts';

/** Where a window stands between nobody and somebody at work. */
export type SeatStage = 'factor' | 'password-change' | 'enrol' | 'open' | 'locked';

export interface Seat {
  readonly window: number;
  readonly staff: number;
  readonly stage: SeatStage;
  /** End of the session whatever happens, ms since 1970. */
  readonly until: number;
  /** A one-time seed shown but not yet confirmed. */
  readonly newSeed: Uint8Array | null;
}

/** NIST SP 800-63B-4 AAL2 allows 24 h and 1 h; PCI DSS 8.2.8 15 min idle. The bank is stricter. */
export const sessionMs = 8 * 60 * 60_000;
export const idleLockMs = 5 * 60_000;

export interface Seats {
  /** The seat as it is now: an idle one is locked and an old one gone before it is given. */
  at(window: number): Seat | null;
  take(window: number, staff: number, stage: SeatStage): Seat;
  change(window: number, change: { stage?: SeatStage; newSeed?: Uint8Array | null }): void;
  /** Somebody is at the keyboard: the idle time starts anew. */
  touch(window: number): void;
  leave(window: number): Seat | null;
  /** Windows in which this person is, in any stage. */
  windowsOf(staff: number): readonly number[];
}

export interface SeatParts {
  readonly clock: Clock;
  /** Called when a seat has locked itself (`idle`) or ended (`idle` before it was open, `expired`). */
  readonly moved: (seat: Seat, why: 'locked' | 'idle' | 'expired') => void;
}

interface Instant {
  readonly wall: number;
  readonly monotonic: number;
}

interface Kept {
  seat: Seat;
  readonly since: Instant;
  touched: Instant;
  cancel: () => void;
}

/**
 * Time is measured by the wall clock and by the timer that never goes back, whichever says more: a clock
 * set back lengthens nothing, and a machine that slept has still been idle.
 */
export function createSeats({ clock, moved }: SeatParts): Seats {
  const kept = new Map<number, Kept>();
  const instant = (): Instant => ({ wall: clock.now(), monotonic: clock.monotonic() });
  const elapsedMs = (from: Instant) =>
    Math.max(clock.now() - from.wall, clock.monotonic() - from.monotonic);

  function drop(entry: Kept): void {
    entry.cancel();
    kept.delete(entry.seat.window);
  }

  /** Locks or ends the seat when its time has come; otherwise asks again when it may have. */
  function settle(entry: Kept): void {
    entry.cancel();
    const leftMs = sessionMs - elapsedMs(entry.since);
    const quietMs = idleLockMs - elapsedMs(entry.touched);
    if (leftMs <= 0) {
      drop(entry);
      moved(entry.seat, 'expired');
    } else if (entry.seat.stage === 'locked') {
      entry.cancel = clock.after(leftMs, () => settle(entry));
    } else if (quietMs > 0) {
      entry.cancel = clock.after(Math.min(leftMs, quietMs), () => settle(entry));
    } else if (entry.seat.stage === 'open') {
      entry.seat = { ...entry.seat, stage: 'locked' };
      entry.cancel = clock.after(leftMs, () => settle(entry));
      moved(entry.seat, 'locked');
    } else {
      drop(entry);
      moved(entry.seat, 'idle');
    }
  }

  function isDue(entry: Kept): boolean {
    if (elapsedMs(entry.since) >= sessionMs) return true;
    return entry.seat.stage !== 'locked' && elapsedMs(entry.touched) >= idleLockMs;
  }

  function current(window: number): Kept | null {
    const entry = kept.get(window);
    if (entry && isDue(entry)) settle(entry);
    return kept.get(window) ?? null;
  }

  return Object.freeze({
    at: (window: number) => current(window)?.seat ?? null,
    take(window: number, staff: number, stage: SeatStage) {
      const before = kept.get(window);
      if (before) drop(before);
      const since = instant();
      const seat = { window, staff, stage, until: since.wall + sessionMs, newSeed: null };
      const entry: Kept = { seat, since, touched: since, cancel: () => undefined };
      kept.set(window, entry);
      settle(entry);
      return seat;
    },
    change(window: number, change: { stage?: SeatStage; newSeed?: Uint8Array | null }) {
      const entry = current(window);
      if (!entry) return;
      entry.seat = { ...entry.seat, ...change };
      entry.touched = instant();
      settle(entry);
    },
    touch(window: number) {
      const entry = current(window);
      if (entry && entry.seat.stage !== 'locked') entry.touched = instant();
    },
    leave(window: number) {
      const entry = current(window);
      if (entry) drop(entry);
      return entry?.seat ?? null;
    },
    windowsOf: (staff: number) =>
      [...kept.values()]
        .filter((each) => each.seat.staff === staff)
        .map((each) => each.seat.window),
  });
}
