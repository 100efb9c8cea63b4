// Opens the station a windowed host was asked for, the demonstration branch made first where asked.
import type { Keychain } from '#station/ports.ts';
import { createStation, type Station } from '#station/station.ts';
import { createPorts } from './ports.ts';
import { tellProgress } from './progress.ts';

export interface Wanted {
  readonly folder: string;
  readonly demonstration: boolean;
  readonly keychain: Keychain;
  readonly acceptHead?: string | undefined;
}

/** Opens the station in the folder. Refuses with the reasons of `createStation` and `createDemonstration`. */
export async function openStation(wanted: Wanted): Promise<Station> {
  const ports = createPorts(wanted);
  // What is accepted is there: nothing is to be made.
  if (wanted.demonstration && wanted.acceptHead === undefined) {
    // Loaded only for those who ask: a year of history takes code of its own.
    const { createDemonstration } = await import('#station/demonstrate.ts');
    const progress = tellProgress((sentence) => process.stderr.write(sentence));
    await createDemonstration(ports, { progress });
  }
  return createStation(ports);
}
