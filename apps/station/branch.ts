// Opens the branch's folder: key, witness, database and the one ledger over it, for every host alike.
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { recordAcceptance } from './desk/guard-acceptance.ts';
import { makeFolder } from './folder.ts';
import { findKernelGuard } from './guard/find-guard.ts';
import { type OpenedGuard, openGuard } from './guard/open-guard.ts';
import { createGuardedBooks } from './ledger/guarded.ts';
import { createLedger, type Ledger } from './ledger/ledger.ts';
import { openDatabase } from './ledger/open.ts';
import { awaitedAcceptance } from './ledger/projections/guard-acceptance.ts';
import type { Head, Ports, Witness } from './ports.ts';
import { migrations, projections } from './projections.ts';

/** The ports that a branch needs before anybody sits at a desk. */
export type BranchPorts = Pick<Ports, 'clock' | 'chance' | 'keychain' | 'witness' | 'folder'> &
  Partial<Pick<Ports, 'report' | 'guardDevice' | 'acceptHead'>>;

export interface Branch {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly witness: Witness;
  readonly guard: OpenedGuard;
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

/**
 * Opens, or makes, the branch in the folder. Refuses with the reasons of `openDatabase`, `openGuard`
 * and the keychain.
 */
export async function openBranch(ports: BranchPorts): Promise<Branch> {
  makeFolder(ports.folder);
  const key = Uint8Array.from(await ports.keychain.databaseKey());
  const witness = ports.witness(key);
  const closing: (() => void)[] = [() => key.fill(0), () => witness.close()];
  const close = () => {
    for (const step of closing.splice(0).reverse()) step();
  };
  try {
    return Object.freeze({ ...openParts(ports, key, witness, closing), witness, key, close });
  } catch (error) {
    close();
    throw error;
  }
}

function openParts(ports: BranchPorts, key: Uint8Array, witness: Witness, closing: (() => void)[]) {
  const { clock, chance, folder, acceptHead } = ports;
  const file = branchFile(folder);
  const report = ports.report ?? warn;
  // Read first: opening tells the witness the head anew, without a quote.
  const witnessed = seenBy(witness);
  const accepting = acceptHead === undefined ? {} : { acceptHead };
  const database = openDatabase({
    ...{ file, key, migrations, witness, now: clock.now },
    ...accepting,
  });
  closing.push(() => database.close());
  const kernel = findKernelGuard(ports.guardDevice);
  const books = createGuardedBooks(database);
  const opened = openGuard({
    ...{ clock, chance, key, books, kernel, witnessed, report },
    ...{ awaited: awaitedAcceptance(database), ...accepting },
  });
  closing.push(opened.close);
  const { keeper: companion } = opened;
  const ledger = createLedger(database, {
    ...{ clock, chance, witness, projections, report, companion },
  });
  closing.push(() => ledger.close());
  recordAcceptance(ledger, opened);
  return { database, ledger, file, guard: opened };
}

function seenBy(witness: Witness): Head | null {
  try {
    return witness.read();
  } catch {
    // A damaged witness is refused where the database is opened, with a sentence.
    return null;
  }
}

function warn(where: string, error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), { detail: where });
}
