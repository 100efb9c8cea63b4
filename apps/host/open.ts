// Opens the station a windowed host was asked for, the demonstration branch made first where asked.
import type { Keychain } from '#station/ports.ts';
import { createStation, type Station } from '#station/station.ts';
import { createPorts } from './ports.ts';
import { tellProgress } from './progress.ts';

export interface Wanted {
  readonly folder: string;
  readonly demonstration: boolean;
  readonly keychain: Keychain;
}

/** Opens the station in the folder. Refuses with the reasons of `createStation` and `createDemonstration`. */
export async function openStation(wanted: Wanted): Promise<Station> {
  const ports = createPorts(wanted);
  if (wanted.demonstration) {
    // Loaded only for those who ask: a year of history takes code of its own.
    const { createDemonstration } = await import('#station/demonstrate.ts');
    const progress = tellProgress((sentence) => process.stderr.write(sentence));
    await createDemonstration(ports, { progress });
  }
  return createStation(ports);
}
