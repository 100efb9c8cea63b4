// Opens the station a windowed host was asked for, the demonstration branch made first where asked.
import { createDemonstration } from '#station/demonstrate.ts';
import type { Keychain } from '#station/ports.ts';
import { createStation, type Station } from '#station/station.ts';
import { createPorts } from './ports.ts';

export interface Wanted {
  readonly folder: string;
  readonly demonstration: boolean;
  readonly keychain: Keychain;
}

/** Tells how far the making of the demonstration is, at each tenth. */
export function tellProgress(
  write: (sentence: string) => void,
): (done: number, all: number) => void {
  let told = -1;
  return (done, all) => {
    const tenth = all === 0 ? 10 : Math.floor((done * 10) / all);
    if (tenth === told) return;
    told = tenth;
    write(`QENEX Teller: making the demonstration branch, ${tenth * 10} %\n`);
  };
}

/** Opens the station in the folder. Refuses with the reasons of `createStation` and `createDemonstration`. */
export async function openStation(wanted: Wanted): Promise<Station> {
  const ports = createPorts(wanted);
  if (wanted.demonstration) {
    const progress = tellProgress((sentence) => process.stderr.write(sentence));
    await createDemonstration(ports, { progress });
  }
  return createStation(ports);
}
