// Opens the branch's folder: key, witness, database and the one ledger over it, for every host alike.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { createLedger, type Ledger } from './ledger/ledger.ts';
import { openDatabase } from './ledger/open.ts';
import type { Ports, Witness } from './ports.ts';
import { migrations, projections } from './projections.ts';

/** The ports that a branch needs before anybody sits at a desk. */
export type BranchPorts = Pick<Ports, 'clock' | 'chance' | 'keychain' | 'witness' | 'folder'>;

export interface Branch {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly witness: Witness;
  /** Path of the database file and the key, for workers that read beside the station. */
  readonly file: string;
  readonly key: Uint8Array;
  /** Commits what waits, signs the head, closes the files and forgets the key. */
  close(): void;
}

/** The database inside a branch's folder. */
export function branchFile(folder: string): string {
  return join(folder, 'branch.db');
}

/** Opens, or makes, the branch in the folder. Refuses with the reasons of `openDatabase` and the keychain. */
export async function openBranch(ports: BranchPorts): Promise<Branch> {
  const { clock, chance, keychain, folder } = ports;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = Uint8Array.from(await keychain.databaseKey());
  const file = branchFile(folder);
  const witness = ports.witness(key);
  try {
    const database = openDatabase({ file, key, migrations, witness, now: clock.now });
    const ledger = createLedger(database, { clock, chance, witness, projections });
    return Object.freeze({
      ...{ database, ledger, witness, file, key },
      close() {
        ledger.close();
        database.close();
        witness.close();
        key.fill(0);
      },
    });
  } catch (error) {
    witness.close();
    key.fill(0);
    throw error;
  }
}
