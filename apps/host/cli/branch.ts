// Opens the branch for a command: to read beside a running station, or to work as the only one.
import { existsSync } from 'node:fs';

import type { Database } from 'better-sqlite3';
import { createHostKeychain, systemTerminal } from '#host/passphrase.ts';
import { createPorts } from '#host/ports.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { type Branch, branchFile, openBranch } from '#station/branch.ts';
import { openDatabase } from '#station/ledger/open.ts';
import type { Ports, Witness } from '#station/ports.ts';
import { migrations } from '#station/projections.ts';
import type { Context } from './command.ts';

/** The ports of the headless host: the same as the kiosk's. */
export function portsOf(folder: string, demonstration = false): Ports {
  const keychain = createHostKeychain({ folder, wantsPassphrase: false, terminal: systemTerminal });
  return createPorts({ folder, keychain, demonstration });
}

/** A command never makes a branch by a slip of the folder's name. */
function refuseMissing(folder: string): void {
  if (existsSync(branchFile(folder))) return;
  const sentence = `There is no branch in ${folder}. Name its folder with --data DIR.`;
  throw new Refusal('branch-missing', sentence, 'data');
}

async function lend<T>(
  folder: string,
  act: (file: string, key: Uint8Array, witness: Witness) => T | Promise<T>,
): Promise<T> {
  refuseMissing(folder);
  const ports = portsOf(folder);
  const key = await ports.keychain.databaseKey();
  const witness = ports.witness(key);
  try {
    return await act(branchFile(folder), key, witness);
  } finally {
    witness.close();
    key.fill(0);
  }
}

/** Opening refuses a file that is damaged, foreign, newer, or not what the witness saw. */
function reading<T>(look: (database: Database) => T) {
  return (file: string, key: Uint8Array, witness: Witness): T => {
    const database = openDatabase({ file, key, migrations, witness, readonly: true });
    try {
      return look(database);
    } finally {
      database.close();
    }
  };
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

/** The ways into the branch in the folder. */
export function branchAccess(folder: string): Pick<Context, 'read' | 'lend' | 'work'> {
  return Object.freeze({
    read: <T>(look: (database: Database) => T) => lend(folder, reading(look)),
    lend: <T>(act: (file: string, key: Uint8Array) => Promise<T>) =>
      lend(folder, (file, key, witness) => {
        reading(() => undefined)(file, key, witness);
        return act(file, key);
      }),
    work: <T>(act: (branch: Branch) => T | Promise<T>, how?: { readonly make: boolean }) =>
      work(folder, act, how),
  });
}
