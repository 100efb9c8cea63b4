// Opens the branch for a command: to read beside a running station, or to work as the only one.
import { existsSync } from 'node:fs';

import type { Database } from 'better-sqlite3';
import { createFileKeychain } from '#host/keychain.ts';
import { createPorts } from '#host/ports.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { type Branch, branchFile, openBranch } from '#station/branch.ts';
import { openDatabase } from '#station/ledger/open.ts';
import type { Ports } from '#station/ports.ts';
import { migrations } from '#station/projections.ts';
import type { Context } from './command.ts';

/** The ports of the headless host: the same as the kiosk's. */
export function portsOf(folder: string, demonstration = false): Ports {
  return createPorts({ folder, keychain: createFileKeychain({ folder }), demonstration });
}

/** A command never makes a branch by a slip of the folder's name. */
function refuseMissing(folder: string): void {
  if (existsSync(branchFile(folder))) return;
  const sentence = `There is no branch in ${folder}. Name its folder with --data DIR.`;
  throw new Refusal('branch-missing', sentence, 'data');
}

async function read<T>(folder: string, look: (database: Database) => T): Promise<T> {
  refuseMissing(folder);
  const ports = portsOf(folder);
  const key = await ports.keychain.databaseKey();
  const witness = ports.witness(key);
  try {
    const file = branchFile(folder);
    const database = openDatabase({ file, key, migrations, witness, readonly: true });
    try {
      return look(database);
    } finally {
      database.close();
    }
  } finally {
    witness.close();
    key.fill(0);
  }
}

async function work<T>(
  folder: string,
  act: (branch: Branch) => T | Promise<T>,
  { make } = { make: false },
): Promise<T> {
  if (!make) refuseMissing(folder);
  const branch = await openBranch(portsOf(folder));
  try {
    return await act(branch);
  } finally {
    branch.close();
  }
}

/** The two ways into the branch in the folder. */
export function branchAccess(folder: string): Pick<Context, 'read' | 'work'> {
  return Object.freeze({
    read: <T>(look: (database: Database) => T) => read(folder, look),
    work: <T>(act: (branch: Branch) => T | Promise<T>, how?: { readonly make: boolean }) =>
      work(folder, act, how),
  });
}
