// Opens the station of a window host and, where asked, serves it to the other desks of the branch.
import { openStation, type Wanted } from '#host/open.ts';
import { systemClock } from '#host/system.ts';
import type { Station } from '#station/station.ts';
import type { LanAddress } from './address.ts';
import { startListener } from './listener.ts';

export interface ServedStation extends Pick<Station, 'attach' | 'metrics' | 'close'> {
  /** `HOST:PORT` where desks attach, or null. */
  readonly listening: string | null;
}

/** Refuses with the reasons of `openStation`, and `port-taken`; nothing stays open then. */
export async function openServed(
  wanted: Wanted & {
    readonly serveLan: LanAddress | null;
    readonly report: (where: string, error: unknown) => void;
  },
): Promise<ServedStation> {
  const { serveLan, report } = wanted;
  const station = await openStation(wanted);
  const { attach, metrics } = station;
  if (serveLan === null) return { attach, metrics, close: station.close, listening: null };
  try {
    const listener = await startListener({
      ...{ station, address: serveLan, clock: systemClock, report },
    });
    return {
      ...{ attach, metrics, listening: listener.address },
      async close() {
        await listener.close();
        await station.close();
      },
    };
  } catch (error) {
    await station.close();
    throw error;
  }
}
