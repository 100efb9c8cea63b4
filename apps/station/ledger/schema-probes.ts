// Gathers what the schema must refuse, and tries it.
import { insert, type Probe, rawLeg, type Scene } from './probe-scene.ts';
import { accountProbes, balanceProbes, holdProbes } from './probes-accounts.ts';
import { cashProbes, legProbes, oddLegProbes, reversalProbes } from './probes-legs.ts';
import { dateProbes, logProbes } from './probes-log.ts';

export { openScene } from './probe-scene.ts';

/** The one raw leg that must be accepted, or the refusals below would prove nothing. */
export function control(scene: Scene): void {
  insert(scene.database, 'leg', rawLeg(scene));
}

/** Everything the schema must refuse, against a fresh scene each. */
export function probesOf(scene: Scene): readonly Probe[] {
  return [
    ...legProbes(scene),
    ...oddLegProbes(scene),
    ...reversalProbes(scene),
    ...balanceProbes(scene),
    ...holdProbes(scene),
    ...cashProbes(scene),
    ...accountProbes(scene),
    ...dateProbes(scene),
    ...logProbes(scene),
  ];
}

/** Whether the schema refuses the probe; the scene is left as it was. */
export function isRefused({ database }: Scene, probe: Probe): boolean {
  database.exec('BEGIN IMMEDIATE');
  try {
    probe.try(database);
    database.exec('COMMIT');
  } catch {
    if (database.inTransaction) database.exec('ROLLBACK');
    return true;
  }
  return false;
}
