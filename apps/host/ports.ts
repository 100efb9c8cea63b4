// Gathers what the station needs of the real world, the same for every host but the keychain.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { devicePath } from '#station/guard/find-guard.ts';
import { createSidecarWitness } from '#station/ledger/witness.ts';
import type { Keychain, Ports } from '#station/ports.ts';
import { looksWith } from '#station/risk/slate.ts';
import { createRiskWorker } from '#station/risk/worker-client.ts';
import { ownFolder } from './keychain-files.ts';
import { systemChance, systemClock } from './system.ts';

export interface PortsOptions {
  /** Folder of the branch; made, for us alone, when it is not there. */
  readonly folder: string;
  readonly keychain: Keychain;
  readonly demonstration: boolean;
  /** Head that a supervisor has looked at and accepts in spite of witness or guard. */
  readonly acceptHead?: string | undefined;
}

/** One line a mistake on standard error: where, and the stack; never what a customer said or owns. */
function report(where: string, error: unknown): void {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`QENEX Teller: mistake in ${where}: ${what}\n`);
}

/**
 * Makes the ports of a real workstation: system clock and chance, sealed witness beside the database.
 * Refuses a folder that is none, or that others may write in (`secret-file-unusable`, `secret-open-to-others`).
 */
export function createPorts(options: PortsOptions): Ports {
  const { folder, keychain, demonstration, acceptHead } = options;
  ownFolder(folder);
  return Object.freeze({
    clock: systemClock,
    chance: systemChance,
    keychain,
    witness: (key: Uint8Array) => createSidecarWitness({ file: join(folder, 'log.witness'), key }),
    // Its thread starts with the first model; until then the rules alone decide and nothing is scored.
    riskScorer: createRiskWorker({ looks: looksWith(availableParallelism()) }),
    guardDevice: devicePath,
    ...(acceptHead === undefined ? {} : { acceptHead }),
    folder,
    report,
    demonstration,
  });
}
