// Knows at which desk of the branch each window stands, and writes it beside what is done there.
import type { CommandLog } from './dispatch.ts';

/** A desk on the LAN, as the host found it at the other end of a window's line. */
export interface DeskPlace {
  readonly desk: number;
  readonly name: string;
  readonly address: string;
}

export interface DeskWindows {
  /** The window stands at the desk until the returned function is called. */
  sit(window: number, place: DeskPlace): () => void;
  /** The desk of a window, also of one that has gone a moment ago; null at the station's own machine. */
  of(window: number): DeskPlace | null;
  /** Windows a desk has open. */
  countOf(desk: number): number;
}

/** What is recorded a moment after a window has gone still names its desk; older ones are forgotten. */
const goneMax = 256;

export function createDeskWindows(): DeskWindows {
  const open = new Map<number, DeskPlace>();
  const gone = new Map<number, DeskPlace>();
  return Object.freeze({
    sit(window: number, place: DeskPlace) {
      open.set(window, place);
      return () => {
        if (!open.delete(window)) return;
        gone.set(window, place);
        const [oldest] = gone.keys();
        if (gone.size > goneMax && oldest !== undefined) gone.delete(oldest);
      };
    },
    of: (window: number) => open.get(window) ?? gone.get(window) ?? null,
    countOf: (desk: number) => [...open.values()].filter((place) => place.desk === desk).length,
  });
}

/** What an event says of the place: the desk's number, or nothing at the station's own machine. */
export function placeData(windows: DeskWindows, window: unknown): { readonly atDesk?: number } {
  const place = typeof window === 'number' ? windows.of(window) : null;
  return place ? { atDesk: place.desk } : {};
}

/** The log for whoever records by window (sign-ins, proofs): each of those events names its desk too. */
export function logByDesk(log: CommandLog, windows: DeskWindows): CommandLog {
  return Object.freeze({
    submit: <T>(work: () => T) => log.submit(work),
    find: (key: string) => log.find(key),
    moment: () => log.moment(),
    append(event: Parameters<CommandLog['append']>[0]) {
      const place = placeData(windows, event.data.window);
      log.append({ ...event, data: { ...event.data, ...place } });
    },
  });
}
