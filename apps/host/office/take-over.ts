// Lets the standby take the primary's place on this machine, and makes and keeps copies of head office.
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { refuseUnless } from '#station/bank/refusal.ts';
import { type Cluster, control, isRunning, openCluster, own } from './cluster.ts';
import { markCopy } from './rejoin.ts';

/** Folders of standbys that stand beside the primary. */
function standbysIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^replica-\d+$/.test(name))
    .map((name) => join(folder, name))
    .filter((data) => existsSync(join(data, 'standby.signal')));
}

/**
 * The standby becomes the primary at the primary's own address, so that no branch needs another file. The old
 * primary's folder is kept under another name and is never started again by us: what only it had is lost
 * to the bank, and looked at there. Refuses `standby-missing`, `standby-silent`.
 */
export async function takeOver(
  folder: string,
  port: number,
  now: number,
): Promise<{ readonly cluster: Cluster; readonly kept: string }> {
  const [standby, more] = standbysIn(folder);
  refuseUnless(
    standby !== undefined && more === undefined,
    'standby-missing',
    standby === undefined
      ? `There is no standby in ${folder}: start one with --replica or --synchronous before it is needed.`
      : `There are several standbys in ${folder}: take away the folders of those that are not to go on.`,
  );
  const data = join(folder, 'data');
  // In order where it still can: then the standby has had everything before the primary is gone.
  if (isRunning(data)) control('stop', data, folder);
  if (!isRunning(standby)) control('start', standby, folder);
  control('promote', standby, folder);
  control('stop', standby, folder);
  const kept = join(
    folder,
    `data-until-${new Date(now).toISOString().replaceAll(/[-:]|\..*/g, '')}`,
  );
  renameSync(data, kept);
  renameSync(standby, data);
  return { cluster: await openCluster({ folder, port }), kept };
}

/** What of a head office's folder is not in PostgreSQL, and without which its copy is none. */
const keys = ['authority', 'signing.key', 'owner.secret', 'replica.secret'];

/**
 * Copies a running head office into a new folder: the cluster as of the end of the copying, its authority and
 * its keys. The copy is a head office: `prove --data COPY` opens it. Refuses `backup-exists`.
 */
export async function backUp(cluster: Cluster, to: string): Promise<void> {
  refuseUnless(
    !existsSync(to) || readdirSync(to).length === 0,
    'backup-exists',
    `${to} holds something already: a backup goes into a new folder.`,
    'out',
  );
  mkdirSync(to, { recursive: true, mode: 0o711 });
  own(to);
  cluster.copy(join(to, 'data'));
  for (const name of keys) {
    cpSync(join(cluster.folder, name), join(to, name), {
      recursive: true,
      preserveTimestamps: true,
    });
  }
  markCopy(to, Date.now());
  // A folder's rights do not come with its files.
  chmodSync(join(to, 'authority'), 0o700);
}
