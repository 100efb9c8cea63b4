// The real clock and the real chance, handed to the station by every host.
import { randomFillSync } from 'node:crypto';
import type { Chance, Clock } from '#station/ports.ts';

export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
});

/** The kernel's cryptographic generator. */
export const systemChance: Chance = Object.freeze({
  bytes: (count: number) => randomFillSync(new Uint8Array(count)),
});
