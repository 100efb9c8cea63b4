// The line between a branch and head office: it loses, doubles, delays, reorders, and is cut for weeks.
import type { Agenda } from './agenda.ts';
import type { Random } from './random.ts';

export interface Line {
  /**
   * Carries a question there and its answer back, each as the line pleases. `answer` runs at the other end
   * each time the question arrives; `take` gets what came back, possibly more than once, possibly never.
   */
  carry<R>(answer: () => R | undefined, take: (reply: R) => void): void;
  cut(): void;
  mend(): void;
  /** No more loss, doubling and delay: the weather is fine. */
  heal(): void;
}

export interface Weather {
  readonly loss: number;
  readonly doubled: number;
  readonly delayMs: number;
}

export function createLine(agenda: Agenda, random: Random, weather: Weather): Line {
  let isCut = false;
  let isFine = false;
  const isLost = (): boolean => isCut || (!isFine && random.chance(weather.loss));
  const delay = (): number => 1 + random.next() * (isFine ? 50 : weather.delayMs);
  const send = (run: () => void): void => {
    const copies = !isFine && random.chance(weather.doubled) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (isLost()) continue;
      // A line cut while something is on its way loses that too.
      agenda.after(delay(), () => {
        if (!isCut) run();
      });
    }
  };
  return Object.freeze({
    carry<R>(answer: () => R | undefined, take: (reply: R) => void) {
      send(() => {
        const reply = answer();
        if (reply !== undefined) send(() => take(reply));
      });
    },
    cut() {
      isCut = true;
    },
    mend() {
      isCut = false;
    },
    heal() {
      isCut = false;
      isFine = true;
    },
  });
}
